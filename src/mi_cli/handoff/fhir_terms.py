"""The codes and addresses of HL7 FHIR R4, US Core 6.1 and HL7 Person-Centered Outcomes (PCO) 1.0.0 that are used.

SNOMED CT codes are from the Global Patient Set (CC BY 4.0), except the one that PCO requires for barriers. LOINC codes
are free of charge under its license (https://loinc.org/license). PCO has no code for "readiness": it is given as text.
"""

from collections.abc import Mapping
from typing import Any, Final

from mi_cli.records.terms import GoalStatus, Ruler

_US_CORE: Final = "http://hl7.org/fhir/us/core/StructureDefinition"
_PCO: Final = "http://hl7.org/fhir/us/pco"
_V3: Final = "http://terminology.hl7.org/CodeSystem"

US_CORE_PATIENT: Final = f"{_US_CORE}/us-core-patient|6.1.0"
US_CORE_GOAL: Final = f"{_US_CORE}/us-core-goal|6.1.0"
US_CORE_CARE_PLAN: Final = f"{_US_CORE}/us-core-careplan|6.1.0"
PCO_GOAL: Final = f"{_PCO}/StructureDefinition/pco-goal-profile|1.0.0"
PCO_CARE_PLAN: Final = f"{_PCO}/StructureDefinition/pco-care-plan|1.0.0"
PCO_WHAT_MATTERS: Final = f"{_PCO}/StructureDefinition/pco-what-matters-assessment|1.0.0"
PCO_READINESS: Final = f"{_PCO}/StructureDefinition/pco-readiness-assessment|1.0.0"
PCO_BARRIER: Final = f"{_PCO}/StructureDefinition/pco-goal-barrier|1.0.0"
PART_2: Final = "https://www.ecfr.gov/current/title-42/chapter-I/subchapter-A/part-2"


def coding(system: str, code: str, display: str) -> dict[str, str]:
    """Returns a FHIR Coding."""
    return {"system": system, "code": code, "display": display}


def concept(*codings: Mapping[str, str], text: str | None = None) -> dict[str, Any]:
    """Returns a FHIR CodeableConcept."""
    coded: dict[str, Any] = {"coding": [dict(each) for each in codings]} if codings else {}
    return {**coded, "text": text} if text else coded


def language(tag: str) -> dict[str, str]:
    """Returns a language, with its name in English where it is one of this program's."""
    name = _LANGUAGES.get(tag)
    return {"system": "urn:ietf:bcp:47", "code": tag, **({"display": name} if name else {})}


LOINC: Final = "http://loinc.org"
_SNOMED: Final = "http://snomed.info/sct"
_OBSERVATION: Final = f"{_V3}/observation-category"
_PCO_CONCEPTS: Final = f"{_PCO}/CodeSystem/pco-concepts-temporary"
_READINESS: Final = f"{_PCO}/CodeSystem/readiness-assessment-concepts-temporary"

RESTRICTED: Final = coding(f"{_V3}/v3-Confidentiality", "R", "restricted")
PART_2_LABELS: Final = (
    coding(f"{_V3}/v3-ActCode", "42CFRPart2", "42 CFR Part2"),
    coding(f"{_V3}/v3-ActCode", "SUD", "substance use disorder information sensitivity"),
    coding(f"{_V3}/v3-ActCode", "NORDSCLCD", "no redisclosure without consent directive"),
)
PLAN_OF_CARE: Final = coding(LOINC, "18776-5", "Plan of care note")
GOALS: Final = coding(LOINC, "61146-7", "Goals Narrative")
CONSENT_DOCUMENT: Final = coding(LOINC, "64292-6", "Release of information consent")
INTERVENTIONS: Final = coding(LOINC, "62387-6", "Interventions Narrative")
BEHAVIORAL: Final = coding(f"{_V3}/goal-category", "behavioral", "Behavioral")
PERSON_CENTERED: Final = coding(_PCO_CONCEPTS, "person-centered", "Person-Centered")
CLINICAL_NOTE: Final = coding(
    "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category", "clinical-note", "Clinical Note"
)
ASSESS_PLAN: Final = coding(
    "http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan", "Assessment and Plan of Treatment"
)
SURVEY: Final = coding(_OBSERVATION, "survey", "Survey")
BARRIER: Final = coding(_SNOMED, "811791000000103", "Identifying barriers to goal achievement")
MI: Final = coding(_SNOMED, "713144002", "Motivational interviewing technique")
PATIENT_PRIVACY: Final = coding(f"{_V3}/consentscope", "patient-privacy", "Privacy Consent")
DISCLOSE: Final = coding(f"{_V3}/consentaction", "disclose", "Disclose")
RECIPIENT: Final = coding(f"{_V3}/v3-ParticipationType", "IRCP", "information recipient")
AUTHOR: Final = coding(f"{_V3}/provenance-participant-type", "author", "Author")
ASSEMBLER: Final = coding(f"{_V3}/provenance-participant-type", "assembler", "Assembler")
PURPOSE: Final = f"{_V3}/v3-ActReason"

PANEL: Final = coding(_READINESS, "readiness-assessment", "Readiness assessment")
RULERS: Final[Mapping[Ruler, Mapping[str, str] | None]] = {
    Ruler.IMPORTANCE: coding(_READINESS, "importance", "Importance of change"),
    Ruler.CONFIDENCE: coding(_READINESS, "confidence", "Confidence to change"),
    Ruler.READINESS: None,
}
# The answers of LOINC's list LL2335-9, from 0 to 10.
_LL2335_9: Final = (
    "LA6111-4", "LA6112-2", "LA6113-0", "LA6114-8", "LA6115-5", "LA10137-0",
    "LA10138-8", "LA10139-6", "LA10140-4", "LA10141-2", "LA13942-0",
)  # fmt: skip
ANSWERS: Final = tuple(coding(LOINC, code, str(value)) for value, code in enumerate(_LL2335_9))
LIFECYCLE: Final[Mapping[GoalStatus, str]] = {
    GoalStatus.ACTIVE: "active",
    GoalStatus.MET: "completed",
    GoalStatus.DROPPED: "cancelled",
}
ACHIEVEMENT: Final[Mapping[GoalStatus, Mapping[str, str]]] = {
    GoalStatus.ACTIVE: coding(f"{_V3}/goal-achievement", "in-progress", "In Progress"),
    GoalStatus.MET: coding(f"{_V3}/goal-achievement", "achieved", "Achieved"),
}
# Systems of identifiers that are this program's own: names that need not be registered.
CLIENT_CODE: Final = "urn:uuid:7d0f2a4e-5b1c-5d8e-9f63-2c9a1e6b4a10"
CONSENT_NUMBER: Final = "urn:uuid:7d0f2a4e-5b1c-5d8e-9f63-2c9a1e6b4a11"
_LANGUAGES: Final[Mapping[str, str]] = {"en": "English", "es": "Spanish"}
_DATA_ABSENT: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
MASKED_NAME: Final = {"extension": [{"url": _DATA_ABSENT, "valueCode": "masked"}]}
UNKNOWN_PARTS: Final = {"extension": [{"url": _DATA_ABSENT, "valueCode": "unknown"}]}
