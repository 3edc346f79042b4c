"""Writes the packet as HL7 FHIR R4: US Core 6.1 Patient, Goal and CarePlan, HL7 Person-Centered Outcomes 1.0.0.

Theory of operation
-------------------
A document in FHIR is a Bundle whose first entry is a Composition. `_Writer` has a method for each resource, which
builds it as a plain dict; codes and addresses stand in `fhir_terms.py`. The same resources make a transaction, in which
the PDF stands for the Composition. Four rules:

1. **The narrative has everything.** The Composition's sections hold the whole document as XHTML (`fhir_narrative.py`).
   What FHIR has a field for stands in a resource as well. The narrative says that it has more than the data
   ("additional"): a receiver that makes a "generated" one anew, or drops it, would lose words of the client.
2. **The same packet makes the same bytes.** Each id is a UUID derived from the packet's id (`_Writer._id`).
3. **A field says no more than is known.** A goal has no due date, since a review is none, and a step has its day
   only where that is certain; what is empty has no resource; the Consent permits the resources that are passed on and
   no others.
4. **The Bundle and each resource carry the labels of 42 CFR part 2** (`_Writer._resource`).
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha1
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote_plus
from uuid import NAMESPACE_URL, uuid5

from mi_cli.handoff import fhir_terms as terms
from mi_cli.handoff.cover import Cover
from mi_cli.handoff.document import Document, Paragraph, quote, text
from mi_cli.handoff.fhir_narrative import div, sections
from mi_cli.handoff.fhir_terms import concept
from mi_cli.handoff.packet import Interview, Packet, PassedGoal, PassedReading, PassedStep, Said
from mi_cli.handoff.strings import map_strings
from mi_cli.records import dates
from mi_cli.records.consent import Consent
from mi_cli.records.plan import Barrier
from mi_cli.records.terms import Capacity, Jurisdiction, Kind, StepStatus
from mi_cli.records.text import sanitized
from mi_cli.words.documents.model import DocumentWords

Resource = dict[str, Any]


def fhir(packet: Packet, cover: Cover, consent: Consent | None, document: Document, words: DocumentWords) -> bytes:
    """Returns the Bundle as JSON. `document` is the narrative, in the language of `words`."""
    bundle = _Writer(packet, cover, consent, document, words).bundle()
    return json.dumps(map_strings(bundle, _fhir_string), ensure_ascii=False, indent=2).encode() + b"\n"


def transaction(
    packet: Packet, cover: Cover, consent: Consent | None, document: Document, words: DocumentWords, pdf: bytes
) -> bytes:
    """Returns the same resources as a transaction, for systems that take no documents; the PDF stands for the document.

    A client that the receiving system knows by the code is not made a second time.
    """
    bundle = _Writer(packet, cover, consent, document, words).transaction(pdf)
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
        by_section = self._by_section("Composition")
        resources = [self._composition(by_section), *self._others(by_section)]
        identifier = self._id("Bundle")
        return {
            "resourceType": "Bundle",
            "id": identifier,
            "meta": {"security": self._labels},
            "language": self._document.language,
            "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{identifier}"},
            "type": "document",
            "timestamp": _instant(self._packet.made_at),
            "entry": [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in resources],
        }

    def transaction(self, pdf: bytes) -> Resource:
        """Returns a Bundle whose entries are to be made, the document among them as a PDF."""
        resources = [self._document_reference(pdf), *self._others(self._by_section("DocumentReference"))]
        return {
            "resourceType": "Bundle",
            "id": self._id("Bundle/transaction"),
            "meta": {"security": self._labels},
            "language": self._document.language,
            "type": "transaction",
            "entry": [
                {"fullUrl": f"urn:uuid:{each['id']}", "resource": each, "request": _request(each)} for each in resources
            ],
        }

    def _by_section(self, document: str) -> dict[str, list[Resource]]:
        """Returns the resources by the title of the section of the narrative that they belong to.

        `document` is the type of the resource that is the document itself.
        """
        packet, words = self._packet, self._words
        goals = [self._goal(goal) for goal in packet.goals]
        steps = [self._step(goal, n, step) for goal in packet.goals for n, step in enumerate(goal.steps)]
        barriers = [self._barrier(goal, n, each) for goal in packet.goals for n, each in enumerate(goal.barriers)]
        values = [self._value(n, item) for n, item in enumerate(packet.of(Kind.VALUE))]
        care_plans = [self._care_plan(goals, steps, values)] if goals else []
        held = {
            words.goals: [*care_plans, *goals, *steps, *barriers],
            words.said: values,
            words.readings: list(self._rulers()),
            words.interviews: [self._interview(n, interview) for n, interview in enumerate(packet.interviews)],
        }
        passed_on = [resource for section in held.values() for resource in section]
        permitted = [self._reference(document), *map(_reference_to, passed_on)]
        consents = [self._consent_resource(self._consent, permitted)] if self._consent else []
        return {words.consent_heading: consents, **held}

    def _others(self, by_section: dict[str, list[Resource]]) -> list[Resource]:
        """Returns everything but the document: who it is about and who made it, then what it holds."""
        return [
            self._client(),
            self._resource("Practitioner", name=[{"text": self._packet.counselor}]),
            self._resource("Device", deviceName=[{"name": self._packet.made_by, "type": "user-friendly-name"}]),
            *([self._resource("Organization", name=self._cover.program)] if self._cover.program else []),
            *(resource for section in by_section.values() for resource in section),
            self._provenance(by_section[self._words.goals]),
        ]

    # -- who, and the document itself -------------------------------------------------------------------------------

    def _composition(self, by_section: dict[str, list[Resource]]) -> Resource:
        narrative = [
            {
                "title": section.title,
                **_if("code", self._section_code(section.title)),
                "text": {"status": "additional", "div": section.div},
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

    def _section_code(self, title: str) -> Resource | None:
        """Returns the code of a section; there is none where no published code fits."""
        words = self._words
        codes = {
            words.goals: terms.GOALS,
            words.consent_heading: terms.CONSENT_DOCUMENT,
            words.interviews: terms.INTERVENTIONS,
        }
        return concept(codes[title]) if title in codes else None

    def _document_reference(self, pdf: bytes) -> Resource:
        """Returns the document as a PDF, for systems that keep documents as files."""
        return self._resource(
            "DocumentReference",
            status="current",
            docStatus="final",
            type=concept(terms.PLAN_OF_CARE),
            category=[concept(terms.CLINICAL_NOTE)],
            subject=self._patient,
            date=_instant(self._packet.made_at),
            author=[self._author],
            **self._organization("custodian"),
            description=self._document.title,
            securityLabel=[concept(label) for label in self._labels],
            content=[
                {
                    "attachment": {
                        "contentType": "application/pdf",
                        "language": self._document.language,
                        "data": b64encode(pdf).decode(),
                        "size": len(pdf),
                        "hash": b64encode(sha1(pdf, usedforsecurity=False).digest()).decode(),
                        "title": self._document.title,
                        "creation": _instant(self._packet.made_at),
                    }
                }
            ],
        )

    def _client(self) -> Resource:
        """Returns the client: the code, and a name and a birth date only if they were noted."""
        client = self._packet.client
        return self._resource(
            "Patient",
            identifier=[{"system": terms.CLIENT_CODE, "value": client.code}],
            profiles=(terms.US_CORE_PATIENT,),
            name=[self._name()],
            gender="unknown",
            **({"birthDate": f"{client.born_on}"} if client.born_on else {}),
            communication=[{"language": concept(terms.language(self._packet.language)), "preferred": True}],
        )

    def _name(self) -> Resource:
        """Returns the client's name as US Core asks for it: with its parts, or else why they are absent."""
        client = self._packet.client
        if not client.name:
            return terms.MASKED_NAME
        parts = _if("family", client.family) | _if("given", client.given.split() if client.given else [])
        return {"text": client.name, **(parts or terms.UNKNOWN_PARTS)}

    def _provenance(self, made: Sequence[Resource]) -> Resource:
        """Returns who made the plan; without a plan, who noted the client's code."""
        targets = [each for each in made if each["resourceType"] in ("CarePlan", "Goal")] or [self._client()]
        on_behalf = self._organization("onBehalfOf")
        return self._resource(
            "Provenance",
            target=[_reference_to(target) for target in targets],
            recorded=_instant(self._packet.made_at),
            agent=[
                {"type": concept(terms.AUTHOR), "who": self._author, **on_behalf},
                {"type": concept(terms.ASSEMBLER), "who": self._reference("Device")},
            ],
        )

    def _consent_resource(self, consent: Consent, permitted: Sequence[Resource]) -> Resource:
        """Returns as much of the consent as shows what it permits (42 CFR 2.32(b)): these resources and no others."""
        recipient = self._cover.recipient
        name = ", ".join(part for part in (recipient.name, recipient.organization) if part)
        signer = consent.signer
        performer = {"display": signer.name} if signer and signer.capacity is not Capacity.CLIENT else self._patient
        policy = {"policy": [{"uri": terms.PART_2}]} if self._us else {"policyRule": {"text": self._cover.notice.full}}
        ends = {"end": f"{consent.expiry.on}"} if consent.expiry.on else {}
        return self._resource(
            "Consent",
            identifier=[{"system": terms.CONSENT_NUMBER, "value": consent.id}],
            status="active",
            scope=concept(terms.PATIENT_PRIVACY),
            category=[concept(terms.CONSENT_DOCUMENT)],
            patient=self._patient,
            **({"dateTime": f"{consent.signed_on}"} if consent.signed_on else {}),
            performer=[performer],
            **_if("organization", [*self._organization("organization").values()]),
            **policy,
            provision={
                **_if("period", {**({"start": f"{consent.signed_on}"} if consent.signed_on else {}), **ends}),
                "actor": [{"role": concept(terms.RECIPIENT), "reference": {"display": name}}],
                "action": [concept(terms.DISCLOSE)],
                "securityLabel": self._labels,
                "data": [{"meaning": "instance", "reference": each} for each in permitted],
                **_if("purpose", [{"system": terms.PURPOSE, "code": code.value} for code in consent.purpose_codes]),
            },
        )

    # -- the plan ---------------------------------------------------------------------------------------------------

    def _goal(self, goal: PassedGoal) -> Resource:
        words = self._words
        notes = [self._note(words.reasons, reason) for reason in goal.reasons]
        notes += [self._note(words.signs, sign) for sign in goal.signs]
        notes += [self._note(words.if_not_working, goal.if_not_working)] if goal.if_not_working else []
        if goal.objective:
            notes.append({"authorString": goal.objective.by, "text": f"{words.objective}: {goal.objective.words}"})
        if goal.review_on:
            review = f"{words.review}: {words.review_on.format(day=goal.review_on)}"
            notes.append({"authorReference": self._author, "text": review})
        notes += [
            {
                "authorReference": self._author,
                "time": _instant(line.at),
                "text": f"{words.progress}: {line.words}",
            }
            for line in goal.progress
        ]
        achieved = terms.ACHIEVEMENT.get(goal.status)
        return self._resource(
            f"Goal/{goal.id}",
            profiles=(terms.US_CORE_GOAL, terms.PCO_GOAL),
            text=self._narrative(goal.words),
            lifecycleStatus=terms.LIFECYCLE[goal.status],
            **_if("achievementStatus", concept(achieved) if achieved else None),
            category=[concept(terms.BEHAVIORAL), concept(terms.PERSON_CENTERED)],
            description={"text": goal.words},
            subject=self._patient,
            startDate=f"{goal.said_on}",
            statusDate=f"{goal.status_on}",
            expressedBy=self._patient,
            **_if("note", notes),
        )

    def _note(self, label: str, words: str) -> Resource:
        """Returns a note in the client's words, below a label: FHIR has no field that tells notes apart."""
        return {"authorReference": self._patient, "text": f"{label}: {words}"}

    def _value(self, n: int, item: Said) -> Resource:
        return self._resource(
            f"Observation/value/{n}",
            profiles=(terms.PCO_WHAT_MATTERS,),
            status="final",
            category=[concept(terms.SURVEY)],
            code={"text": self._words.values},
            subject=self._patient,
            effectiveDateTime=f"{item.on}",
            performer=[self._patient],
            valueString=item.words,
        )

    def _care_plan(self, goals: Sequence[Resource], steps: Sequence[Resource], values: Sequence[Resource]) -> Resource:
        helpers = [
            ": ".join(part for part in (support.who, support.how) if part)
            for goal in self._packet.goals
            for support in goal.supports
        ]
        return self._resource(
            "CarePlan",
            # PCO asks for a goal and for action steps: without them it is US Core's plan alone.
            profiles=(terms.US_CORE_CARE_PLAN, *((terms.PCO_CARE_PLAN,) if steps else ())),
            text=self._narrative(*(goal.words for goal in self._packet.goals)),
            status="active",
            intent="plan",
            category=[concept(terms.ASSESS_PLAN), concept(terms.PERSON_CENTERED)],
            title=self._words.goals,
            subject=self._patient,
            period={"start": f"{min(goal.said_on for goal in self._packet.goals)}"},
            created=_instant(self._packet.made_at),
            author=self._author,
            contributor=[self._patient],
            **_if("supportingInfo", [_reference_to(value) for value in values]),
            goal=[_reference_to(goal) for goal in goals],
            **_if("activity", [{"reference": _reference_to(step)} for step in steps]),
            **_if("note", [self._note(self._words.supports, helper) for helper in helpers]),
        )

    def _step(self, goal: PassedGoal, n: int, step: PassedStep) -> Resource:
        reach = self._words.reach[step.reach] if step.reach else None
        done = self._words.done.format(day=step.done_on) if step.done_on else None
        notes: list[Resource] = [
            {"text": part} for part in (step.when_with_day(dates.day), step.where, step.how, reach, done) if part
        ]
        notes += [{"authorReference": self._author, "text": step.outcome}] if step.outcome else []
        return self._resource(
            f"ServiceRequest/{goal.id}/{n}",
            status=_STEP_STATUSES.get(step.status, "active"),
            intent="plan",
            code={"text": step.words},
            subject=self._patient,
            authoredOn=f"{goal.said_on}",
            requester=self._patient,
            **_if("occurrenceDateTime", f"{step.due}" if step.due else None),
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
        words = self._words
        answers = ((words.why_not_lower, answer.why), (words.to_raise, answer.to_raise))
        notes = [self._note(label.rstrip(": "), said) for label, said in answers if said]
        return self._observation(
            name,
            answer.at,
            concept(*([code] if code else []), text=self._words.rulers[answer.ruler]),
            focus,
            valueCodeableConcept=concept(terms.ANSWERS[answer.value], text=str(answer.value)),
            derivedFrom=[self._reference(panel)],
            **_if("note", notes),
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

    def _narrative(self, *lines: str) -> Resource:
        """Returns the lines below the notice, which stands in no element: so the narrative is more than the data."""
        paragraphs = [Paragraph(quote(line)) for line in lines] or [Paragraph(text(self._words.nothing_passed_on))]
        return {"status": "additional", "div": div(paragraphs, self._document)}


# FHIR's request-status for what became of a step; one that is open, or partly done, is active.
_STEP_STATUSES: Final = {
    StepStatus.DONE: "completed",
    StepStatus.NOT_DONE: "revoked",
    StepStatus.REPLACED: "revoked",
}


def _reference_to(resource: Resource) -> Resource:
    return {"reference": f"urn:uuid:{resource['id']}"}


def _request(resource: Resource) -> Resource:
    kind = resource["resourceType"]
    if kind != "Patient":
        return {"method": "POST", "url": kind}
    (identifier,) = resource["identifier"]
    query = f"identifier={quote_plus(identifier['system'])}|{quote_plus(identifier['value'])}"
    return {"method": "POST", "url": kind, "ifNoneExist": query}


def _if(field: str, value: Any) -> Resource:
    """Returns the field, or nothing if it would be empty: FHIR allows no empty lists."""
    return {field: value} if value else {}


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _fhir_string(text: str) -> str:
    """Returns the text as FHIR allows it: without control characters, without blanks at its ends, and never empty."""
    return sanitized(text).strip() or "\ufffd"
