import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_cli.handoff.formats import Format, HandoffInput, handoff
from mi_cli.handoff.packet import Packet
from mi_cli.records.consent import Consent, Signer
from mi_cli.records.terms import Capacity, Category, Jurisdiction, Ruler
from mi_cli.words.documents import document_words
from tests.builders import EIGHT, EMPTY, ENTERO, WHOLE, consent, cover, facts, goal, packet, plan
from tests.handoff import fhir_checks

Resource = dict[str, Any]
CONSENT = consent(scope_categories=tuple(Category))


def bundle(of: Packet, language: str = "en", given_: Consent | None = CONSENT) -> Resource:
    sending = HandoffInput(of, cover(language), given_, document_words(language))
    made: Resource = json.loads(handoff(sending, Format.FHIR))
    return made


def resources(of: Resource, kind: str) -> list[Resource]:
    return [entry["resource"] for entry in of["entry"] if entry["resource"]["resourceType"] == kind]


SOUND = {
    "one goal": bundle(packet(name="Jo Example")),
    "Spanish": bundle(packet(ENTERO, language="es"), "es"),
    "eight goals": bundle(packet(EIGHT, held=facts("goal0003"))),
    "nothing": bundle(packet(EMPTY)),
    "a goal alone": bundle(packet(plan(goal(1, "Walk")), held=[])),
    "within the program": bundle(packet(), given_=None),
}


@pytest.fixture(scope="module")
def by_npm() -> dict[str, list[str]]:
    """What npm's fhir finds in each sound and each faulty bundle: one process, as it takes a second to begin."""
    named = {**SOUND, **{name: faulty(name) for name in FAULTS}}
    return dict(zip(named, fhir_checks.by_npm(list(named.values())), strict=True))


@pytest.mark.parametrize("name", SOUND)
def test_every_checker_finds_it_sound(name: str) -> None:
    made = SOUND[name]
    assert fhir_checks.by_models(made) == []
    assert fhir_checks.by_us(made) == []


def test_what_came_of_a_goal_is_the_counselors_note_and_not_the_clients() -> None:
    made = SOUND["one goal"]
    (author,) = resources(made, "Practitioner")
    notes = [note for kind in ("Goal", "ServiceRequest") for one in resources(made, kind) for note in one["note"]]
    reference = {"reference": f"urn:uuid:{author['id']}"}
    noted = {note["text"] for note in notes if note.get("authorReference") == reference}
    assert noted == {"Up at the second one.", "Made it last Saturday, half an hour late."}
    assert "9-10 beers" not in json.dumps(made)


@pytest.mark.skipif(not fhir_checks.SCHEMA.is_file(), reason="tests/tools has not been installed by npm")
@pytest.mark.parametrize("name", SOUND)
def test_the_official_schema_finds_it_sound(name: str) -> None:
    assert fhir_checks.by_schema(SOUND[name]) == []


@pytest.mark.skipif(not fhir_checks.HAS_NPM_FHIR, reason="tests/tools has not been installed by npm")
@pytest.mark.parametrize("name", SOUND)
def test_npms_checker_finds_it_sound(name: str, by_npm: dict[str, list[str]]) -> None:
    assert by_npm[name] == []


def first(of: Resource, kind: str, at: int = 0) -> Resource:
    return resources(of, kind)[at]


def ruler(of: Resource) -> Resource:
    return next(one for one in resources(of, "Observation") if "valueCodeableConcept" in one)


def barrier(of: Resource) -> Resource:
    return next(one for one in resources(of, "Observation") if "valueString" in one)


FAULTS: dict[str, Callable[[Resource], object]] = {
    "no timestamp": lambda one: one.pop("timestamp"),
    "no identifier": lambda one: one.pop("identifier"),
    "another type": lambda one: one.update(type="message-of-mine"),
    "the Composition is not first": lambda one: one["entry"].append(one["entry"].pop(0)),
    "an address twice": lambda one: one["entry"][2].update(fullUrl=one["entry"][1]["fullUrl"]),
    "a label gone from the Bundle": lambda one: one["meta"]["security"].pop(),
    "a label gone from a Goal": lambda one: first(one, "Goal")["meta"]["security"].pop(1),
    "no status of a Goal": lambda one: first(one, "Goal").pop("lifecycleStatus"),
    "a status there is not": lambda one: first(one, "Goal").update(lifecycleStatus="wanted"),
    "no description": lambda one: first(one, "Goal").pop("description"),
    "a description that is a text": lambda one: first(one, "Goal").update(description="Breakfast"),
    "a field of R5": lambda one: first(one, "Goal").update(source=first(one, "Goal").pop("expressedBy")),
    "expressed by the counselor": lambda one: first(one, "Goal").update(
        expressedBy={"reference": f"urn:uuid:{first(one, 'Practitioner')['id']}"}
    ),
    "no profile": lambda one: first(one, "Goal")["meta"].pop("profile"),
    "a date that is none": lambda one: first(one, "Goal").update(startDate="2026-13-40"),
    "a target's detail without a measure": lambda one: first(one, "Goal")["target"][0].update(detailString="much"),
    "an empty list": lambda one: first(one, "CarePlan").update(note=[]),
    "an empty text": lambda one: first(one, "CarePlan").update(title=""),
    "no narrative": lambda one: first(one, "CarePlan").pop("text"),
    "a narrative that is no XHTML": lambda one: first(one, "CarePlan")["text"].update(div="<p>plan"),
    "no intent": lambda one: first(one, "CarePlan").pop("intent"),
    "details of an activity": lambda one: first(one, "CarePlan")["activity"][0].update(detail={"status": "scheduled"}),
    "a step that leads nowhere": lambda one: first(one, "CarePlan")["activity"][0].update(
        reference={"reference": "urn:uuid:00000000-0000-4000-8000-000000000000"}
    ),
    "a step without a code": lambda one: first(one, "ServiceRequest").pop("code"),
    "a step about nobody": lambda one: first(one, "ServiceRequest").pop("subject"),
    "an answer of 11": lambda one: ruler(one)["valueCodeableConcept"]["coding"][0].update(code="LA11-1"),
    "another answer's code": lambda one: ruler(one)["valueCodeableConcept"]["coding"][0].update(code="LA6111-4"),
    "an answer as a number": lambda one: ruler(one).update(valueInteger=ruler(one).pop("valueCodeableConcept") and 7),
    "two answers": lambda one: ruler(one).update(valueString="seven"),
    "no answer": lambda one: ruler(one).pop("valueCodeableConcept"),
    "a panel's member that is gone": lambda one: one["entry"].remove(
        next(entry for entry in one["entry"] if entry["resource"] is ruler(one))
    ),
    "no code of a reading": lambda one: ruler(one).pop("code"),
    "a barrier about the client": lambda one: barrier(one).update(focus=[barrier(one)["subject"]]),
    "a barrier that is a list": lambda one: barrier(one).update(valueString=["Payday"]),
    "a Consent without a rule": lambda one: first(one, "Consent").pop("policy"),
    "a Consent without a scope": lambda one: first(one, "Consent").pop("scope"),
    "a Consent's period backwards in kind": lambda one: first(one, "Consent")["provision"].update(period="2027"),
    "a Provenance of nothing": lambda one: first(one, "Provenance").pop("target"),
    "a Provenance by nobody": lambda one: first(one, "Provenance").pop("agent"),
    "a section without the notice": lambda one: first(one, "Composition")["section"][2]["text"].update(
        div='<div xmlns="http://www.w3.org/1999/xhtml">Goals</div>'
    ),
    "an author that is a text": lambda one: first(one, "Composition").update(author="A. Counselor"),
    "a resource there is not": lambda one: first(one, "Procedure").update(resourceType="Interview"),
}


def faulty(name: str) -> Resource:
    made = deepcopy(SOUND["one goal"])
    FAULTS[name](made)
    return made


@pytest.mark.parametrize("name", FAULTS)
def test_each_planted_fault_is_found(name: str, by_npm: dict[str, list[str]]) -> None:
    made = faulty(name)
    found = {
        "fhir.resources": fhir_checks.by_models(made),
        "npm fhir": by_npm[name],
        "ours": fhir_checks.by_us(made),
        "schema": [] if name == "a resource there is not" else fhir_checks.by_schema(made),
    }
    assert any(found.values())


def test_goals_say_what_the_client_wants_and_that_the_client_said_it() -> None:
    made = first(SOUND["one goal"], "Goal")
    patient = f"urn:uuid:{first(SOUND['one goal'], 'Patient')['id']}"
    assert made["description"] == {"text": WHOLE.goals[0].words}
    assert made["expressedBy"] == {"reference": patient}
    assert made["target"] == [{"dueDate": "2026-12-07"}]
    assert "coding" not in made["description"]  # no code is made up for a client's words


def test_readings_are_panels_of_what_was_asked_at_a_time() -> None:
    observations = {one["id"]: one for one in resources(SOUND["eight goals"], "Observation")}
    panels = [one for one in observations.values() if "hasMember" in one]
    assert len(panels) == 3
    for panel in panels:
        members = [observations[one["reference"].removeprefix("urn:uuid:")] for one in panel["hasMember"]]
        assert [one["code"]["coding"][0]["code"] for one in members] == [Ruler.IMPORTANCE, Ruler.CONFIDENCE]
        assert all(one["focus"] == panel["focus"] for one in members)


def test_it_says_what_the_page_says() -> None:
    made = SOUND["one goal"]
    narrative = " ".join(
        "".join(ET.fromstring(section["text"]["div"]).itertext()) for section in first(made, "Composition")["section"]
    )
    for item in WHOLE.shared:
        assert item.words in narrative


def test_only_the_us_labels_are_left_out_elsewhere() -> None:
    elsewhere = replace(cover(), jurisdiction=Jurisdiction.GENERAL)
    made = json.loads(handoff(HandoffInput(packet(), elsewhere, CONSENT, document_words("en")), Format.FHIR))
    assert [label["code"] for label in made["meta"]["security"]] == ["R"]
    assert "policy" not in first(made, "Consent")


def test_a_consent_signed_for_the_client_says_by_whom_and_makes_up_no_purpose() -> None:
    guardian = Signer(name="G. Guardian", capacity=Capacity.GUARDIAN)
    made = bundle(packet(), given_=CONSENT.replace(signer=guardian, purpose_codes=()))
    assert first(made, "Consent")["performer"] == [{"display": "G. Guardian"}]
    assert "purpose" not in first(made, "Consent")["provision"]
    assert fhir_checks.by_models(made) == []


def test_the_same_packet_makes_the_same_bytes_and_another_one_other_ids() -> None:
    assert bundle(packet()) == bundle(packet())
    assert bundle(packet())["id"] != bundle(packet().replace(id="zzzzzzzz"))["id"]


@settings(deadline=None, max_examples=25)
@given(st.text(min_size=1), st.text())
def test_any_words_make_a_sound_document(words: str, more: str) -> None:
    strange = goal(1, words, reasons=(more,), signs=(words,), if_not_working=more)
    made = bundle(packet(plan(strange), held=[]))
    assert fhir_checks.by_models(made) == []
    assert fhir_checks.by_us(made) == []
    for section in first(made, "Composition")["section"]:
        ET.fromstring(section["text"]["div"])
