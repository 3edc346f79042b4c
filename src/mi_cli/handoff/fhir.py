"""Writes the packet as an HL7 FHIR R4 document: US Core 6.1 Goal and CarePlan, HL7 Person-Centered Outcomes 1.0.0.

Theory of operation
-------------------
A document in FHIR is a Bundle whose first entry is a Composition. `_Writer` has a method for each resource, which
builds it as a plain dict; codes and addresses stand in `fhir_terms.py`. Three rules:

1. **The narrative has everything.** The Composition's sections hold the whole document as XHTML (`fhir_narrative.py`).
   What FHIR has a field for stands in a resource as well.
2. **The same packet makes the same bytes.** Each id is a UUID derived from the packet's id (`_Writer._id`).
3. **The Bundle and each resource carry the labels of 42 CFR part 2** (`_Writer._resource`).
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from mi_cli.handoff import fhir_terms as terms
from mi_cli.handoff.cover import Cover
from mi_cli.handoff.document import Document, Paragraph, quote, text
from mi_cli.handoff.fhir_narrative import div, sections
from mi_cli.handoff.fhir_terms import coding, concept
from mi_cli.handoff.packet import Interview, Packet, PassedGoal, PassedReading, PassedStep
from mi_cli.handoff.strings import map_strings
from mi_cli.records.consent import Consent
from mi_cli.records.plan import Barrier
from mi_cli.records.terms import Capacity, Jurisdiction
from mi_cli.records.text import sanitized
from mi_cli.words.documents.model import DocumentWords

Resource = dict[str, Any]


def fhir(packet: Packet, cover: Cover, consent: Consent | None, document: Document, words: DocumentWords) -> bytes:
    """Returns the Bundle as JSON. `document` is the narrative, in the language of `words`."""
    bundle = _Writer(packet, cover, consent, document, words).bundle()
    return json.dumps(map_strings(bundle, _fhir_string), ensure_ascii=False, indent=2).encode() + b"\n"


class _Writer:
    """Builds the resources of one packet and the references between them."""

    def __init__(
        self, packet: Packet, cover: Cover, consent: Consent | None, document: Document, words: DocumentWords
    ) -> None:
        self._packet, self._cover, self._consent = packet, cover, consent
        self._document, self._words = document, words
        self._us = cover.jurisdiction is Jurisdiction.US_PART2
        self._labels = [terms.RESTRICTED, *(terms.PART_2_LABELS if self._us else ())]
        self._patient = self._reference("Patient")
        self._author = self._reference("Practitioner")

    def bundle(self) -> Resource:
        """Returns the Bundle: the Composition first, then everything it refers to."""
        packet, words = self._packet, self._words
        goals = [self._goal(goal) for goal in packet.goals]
        steps = [self._step(goal, n, step) for goal in packet.goals for n, step in enumerate(goal.steps)]
        barriers = [self._barrier(goal, n, each) for goal in packet.goals for n, each in enumerate(goal.barriers)]
        care_plan = self._care_plan(goals, steps)
        consents = [self._consent_resource(self._consent)] if self._consent else []
        by_section = {
            words.consent_heading: consents,
            words.goals: [care_plan, *goals, *steps, *barriers],
            words.readings: list(self._rulers()),
            words.interviews: [self._interview(n, interview) for n, interview in enumerate(packet.interviews)],
        }
        resources = [
            self._composition(by_section),
            self._client(),
            self._resource("Practitioner", name=[{"text": packet.counselor}]),
            *([self._resource("Organization", name=self._cover.program)] if self._cover.program else []),
            *(resource for section in by_section.values() for resource in section),
            self._provenance([care_plan, *goals]),
        ]
        identifier = self._id("Bundle")
        return {
            "resourceType": "Bundle",
            "id": identifier,
            "meta": {"security": self._labels},
            "language": self._document.language,
            "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{identifier}"},
            "type": "document",
            "timestamp": _instant(packet.made_at),
            "entry": [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in resources],
        }

    # -- who, and the document itself -------------------------------------------------------------------------------

    def _composition(self, by_section: dict[str, list[Resource]]) -> Resource:
        narrative = [
            {
                "title": section.title,
                **({"code": concept(terms.GOALS)} if section.title == self._words.goals else {}),
                "text": {"status": "generated", "div": section.div},
                **_if("entry", [_reference_to(each) for each in by_section.get(section.title, [])]),
            }
            for section in sections(self._document)
        ]
        return self._resource(
            "Composition",
            status="final",
            type=concept(terms.PLAN_OF_CARE),
            subject=self._patient,
            date=_instant(self._packet.made_at),
            author=[self._author],
            title=self._document.title,
            confidentiality="R",
            **self._organization("custodian"),
            section=narrative,
        )

    def _client(self) -> Resource:
        """Returns the client: the code, and a name only if one was noted."""
        client = self._packet.client
        return self._resource(
            "Patient",
            identifier=[{"system": "urn:mi-cli:client-code", "value": client.code}],
            name=[{"text": client.name} if client.name else terms.MASKED_NAME],
            gender="unknown",
            **({"birthDate": f"{client.born_on}"} if client.born_on else {}),
            communication=[
                {"language": concept(coding("urn:ietf:bcp:47", self._packet.language, self._packet.language))}
            ],
        )

    def _provenance(self, targets: Sequence[Resource]) -> Resource:
        on_behalf = self._organization("onBehalfOf")
        return self._resource(
            "Provenance",
            target=[_reference_to(target) for target in targets],
            recorded=_instant(self._packet.made_at),
            agent=[
                {"type": concept(terms.AUTHOR), "who": self._author, **on_behalf},
                {"type": concept(terms.ASSEMBLER), "who": {"display": self._packet.made_by}},
            ],
        )

    def _consent_resource(self, consent: Consent) -> Resource:
        """Returns as much of the consent as shows what it permits (42 CFR 2.32(b))."""
        recipient = self._cover.recipient
        name = ", ".join(part for part in (recipient.name, recipient.organization) if part)
        signer = consent.signer
        performer = {"display": signer.name} if signer and signer.capacity is not Capacity.CLIENT else self._patient
        policy = {"policy": [{"uri": terms.PART_2}]} if self._us else {"policyRule": {"text": self._cover.notice.full}}
        ends = {"end": f"{consent.expiry.on}"} if consent.expiry.on else {}
        return self._resource(
            "Consent",
            identifier=[{"system": "urn:mi-cli:consent", "value": consent.id}],
            status="active",
            scope=concept(terms.PATIENT_PRIVACY),
            category=[concept(terms.CONSENT_DOCUMENT)],
            patient=self._patient,
            **({"dateTime": f"{consent.signed_on}"} if consent.signed_on else {}),
            performer=[performer],
            **_if("organization", [*self._organization("organization").values()]),
            **policy,
            provision={
                "type": "permit",
                **_if("period", {**({"start": f"{consent.signed_on}"} if consent.signed_on else {}), **ends}),
                "actor": [{"role": concept(terms.RECIPIENT), "reference": {"display": name}}],
                "action": [concept(terms.DISCLOSE)],
                "securityLabel": self._labels,
                **_if("purpose", [{"system": terms.PURPOSE, "code": code.value} for code in consent.purpose_codes]),
            },
        )

    # -- the plan ---------------------------------------------------------------------------------------------------

    def _goal(self, goal: PassedGoal) -> Resource:
        notes: list[Resource] = [
            {"authorReference": self._patient, "text": reason} for reason in (*goal.reasons, *goal.signs)
        ]
        notes += [{"authorReference": self._patient, "text": goal.if_not_working}] if goal.if_not_working else []
        notes += [{"authorString": goal.objective.by, "text": goal.objective.words}] if goal.objective else []
        notes += [
            {"authorReference": self._author, "time": _instant(line.at), "text": line.words} for line in goal.progress
        ]
        return self._resource(
            f"Goal/{goal.id}",
            profiles=(terms.US_CORE_GOAL, terms.PCO_GOAL),
            text=self._generated(goal.words),
            lifecycleStatus=terms.LIFECYCLE[goal.status],
            category=[concept(terms.BEHAVIORAL), concept(terms.PERSON_CENTERED)],
            description={"text": goal.words},
            subject=self._patient,
            startDate=f"{goal.said_on}",
            **_if("target", [{"dueDate": f"{goal.review_on}"}] if goal.review_on else []),
            expressedBy=self._patient,
            **_if("note", notes),
        )

    def _care_plan(self, goals: Sequence[Resource], steps: Sequence[Resource]) -> Resource:
        helpers = [
            ": ".join(part for part in (support.who, support.how) if part)
            for goal in self._packet.goals
            for support in goal.supports
        ]
        return self._resource(
            "CarePlan",
            # PCO asks for a goal and for action steps: without them it is US Core's plan alone.
            profiles=(terms.US_CORE_CARE_PLAN, *((terms.PCO_CARE_PLAN,) if goals and steps else ())),
            text=self._generated(*(goal.words for goal in self._packet.goals)),
            status="active",
            intent="plan",
            category=[concept(terms.ASSESS_PLAN), concept(terms.PERSON_CENTERED)],
            title=self._words.goals,
            subject=self._patient,
            period={
                "start": f"{min((goal.said_on for goal in self._packet.goals), default=self._packet.made_at.date())}"
            },
            created=_instant(self._packet.made_at),
            author=self._author,
            contributor=[self._patient],
            **_if("goal", [_reference_to(goal) for goal in goals]),
            **_if("activity", [{"reference": _reference_to(step)} for step in steps]),
            **_if("note", [{"authorReference": self._patient, "text": helper} for helper in helpers]),
        )

    def _step(self, goal: PassedGoal, n: int, step: PassedStep) -> Resource:
        reach = self._words.reach[step.reach] if step.reach else None
        done = self._words.done.format(day=step.done_on) if step.done_on else None
        notes: list[Resource] = [{"text": part} for part in (step.when, step.where, step.how, reach, done) if part]
        notes += [{"authorReference": self._author, "text": step.outcome}] if step.outcome else []
        return self._resource(
            f"ServiceRequest/{goal.id}/{n}",
            status="completed" if step.done_on else "active",
            intent="plan",
            code={"text": step.words},
            subject=self._patient,
            authoredOn=f"{goal.said_on}",
            requester=self._patient,
            **_if("note", notes),
        )

    def _barrier(self, goal: PassedGoal, n: int, barrier: Barrier) -> Resource:
        answer = [{"authorReference": self._patient, "text": barrier.response}] if barrier.response else []
        return self._resource(
            f"Observation/{goal.id}/barrier/{n}",
            profiles=(terms.PCO_BARRIER,),
            status="final",
            category=[concept(terms.SURVEY)],
            code=concept(terms.BARRIER, text=self._words.barriers),
            subject=self._patient,
            focus=[self._reference(f"Goal/{goal.id}")],
            effectiveDateTime=f"{goal.said_on}",
            performer=[self._patient],
            valueString=barrier.what,
            **_if("note", answer),
        )

    # -- rulers and interviews --------------------------------------------------------------------------------------

    def _rulers(self) -> Iterable[Resource]:
        """Yields for each time and goal a panel, then an observation for each ruler."""
        goal_ids = {goal.id for goal in self._packet.goals}
        ordered = sorted(self._packet.readings, key=lambda reading: (reading.at, reading.goal or ""))
        for n, ((at, goal), answers) in enumerate(groupby(ordered, key=lambda reading: (reading.at, reading.goal))):
            panel = f"Observation/panel/{n}"
            focus = _if("focus", [self._reference(f"Goal/{goal}")] if goal in goal_ids else [])
            members = [self._ruler(f"{panel}/{place}", panel, answer, focus) for place, answer in enumerate(answers)]
            yield self._observation(
                panel, at, concept(terms.PANEL), focus, hasMember=[_reference_to(member) for member in members]
            )
            yield from members

    def _ruler(self, name: str, panel: str, answer: PassedReading, focus: Resource) -> Resource:
        code = terms.RULERS[answer.ruler]
        return self._observation(
            name,
            answer.at,
            concept(*([code] if code else []), text=self._words.rulers[answer.ruler]),
            focus,
            valueCodeableConcept=concept(terms.ANSWERS[answer.value], text=str(answer.value)),
            derivedFrom=[self._reference(panel)],
        )

    def _observation(self, name: str, at: datetime, code: Resource, focus: Resource, **fields: Any) -> Resource:
        return self._resource(
            name,
            profiles=(terms.PCO_READINESS,),
            status="final",
            category=[concept(terms.SURVEY)],
            code=code,
            subject=self._patient,
            **focus,
            effectiveDateTime=_instant(at),
            performer=[self._patient],
            **fields,
        )

    def _interview(self, n: int, interview: Interview) -> Resource:
        ended = interview.started_at + timedelta(minutes=interview.minutes)
        stages = ", ".join(self._words.stages[stage] for stage in interview.stages)
        return self._resource(
            f"Procedure/{n}",
            status="completed",
            code=concept(terms.MI),
            subject=self._patient,
            performedPeriod={"start": _instant(interview.started_at), "end": _instant(ended)},
            performer=[{"actor": self._author}],
            **_if("note", [{"text": stages}] if stages else []),
        )

    # -- pieces -----------------------------------------------------------------------------------------------------

    def _resource(self, name: str, /, *, profiles: Sequence[str] = (), **fields: Any) -> Resource:
        """Returns a resource with its labels; `name` is its type, with a suffix that is unique within the type."""
        meta = {**_if("profile", list(profiles)), "security": self._labels}
        return {"resourceType": name.partition("/")[0], "id": self._id(name), "meta": meta, **fields}

    def _id(self, name: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"urn:mi-cli:handoff:{self._packet.id}:{name}"))

    def _reference(self, name: str) -> Resource:
        return {"reference": f"urn:uuid:{self._id(name)}"}

    def _organization(self, field: str) -> Resource:
        return {field: self._reference("Organization")} if self._cover.program else {}

    def _generated(self, *lines: str) -> Resource:
        paragraphs = [Paragraph(quote(line)) for line in lines] or [Paragraph(text(self._words.nothing_passed_on))]
        return {"status": "generated", "div": div(paragraphs, self._document)}


def _reference_to(resource: Resource) -> Resource:
    return {"reference": f"urn:uuid:{resource['id']}"}


def _if(field: str, value: Any) -> Resource:
    """Returns the field, or nothing if it would be empty: FHIR allows no empty lists."""
    return {field: value} if value else {}


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _fhir_string(text: str) -> str:
    """Returns the text as FHIR allows it: without control characters, without blanks at its ends, and never empty."""
    return sanitized(text).strip() or "\ufffd"
