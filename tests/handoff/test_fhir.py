import json
from base64 import b64decode
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_cli.handoff.formats import Format, HandoffInput, handoff
from mi_cli.handoff.packet import Packet, Person
from mi_cli.records.consent import Consent, Signer
from mi_cli.records.facts import ReadingFact
from mi_cli.records.plan import Step
from mi_cli.records.terms import Capacity, Category, GoalStatus, Jurisdiction, Kind, Ruler
from mi_cli.words.documents import document_words
from tests.builders import (
    BREAKFAST,
    EIGHT,
    EMPTY,
    ENTERO,
    NOW,
    WHOLE,
    consent,
    cover,
    facts,
    goal,
    packet,
    plan,
    shared,
)
from tests.handoff import fhir_checks

Resource = dict[str, Any]
PARTS = Person(code="J-014", name="Jo Example", family="Example", given="Jo B.")
CONSENT = consent(scope_categories=tuple(Category))


def bundle(of: Packet, language: str = "en", given_: Consent | None = CONSENT) -> Resource:
    sending = HandoffInput(of, cover(language), given_, document_words(language))
    made: Resource = json.loads(handoff(sending, Format.FHIR))
    return made


def transaction(of: Packet, given_: Consent | None = CONSENT) -> Resource:
    made: Resource = json.loads(handoff(HandoffInput(of, cover(), given_, document_words("en")), Format.TRANSACTION))
    return made


def resources(of: Resource, kind: str) -> list[Resource]:
    return [entry["resource"] for entry in of["entry"] if entry["resource"]["resourceType"] == kind]


DUE = goal(
    1,
    "Walk",
    review_on=date(2026, 12, 7),
    steps=(
        Step(id="step0001", words="To the river", when="this Friday", due=date(2026, 11, 27)),
        Step(id="step0002", words="Around the lake", when="some day"),
    ),
)
SOUND = {
    "one goal": bundle(packet(name="Jo Example")),
    "Spanish": bundle(packet(ENTERO, language="es"), "es"),
    "eight goals": bundle(packet(EIGHT, held=facts("goal0003"))),
    "nothing": bundle(packet(EMPTY)),
    "a goal alone": bundle(packet(plan(goal(1, "Walk")), held=[])),
    "within the program": bundle(packet(), given_=None),
    "a name in parts": bundle(packet(name="Jo Example").replace(client=PARTS)),
    "a step with its day": bundle(packet(plan(DUE), held=[])),
    "a transaction": transaction(packet(name="Jo Example")),
    "a transaction of nothing": transaction(packet(EMPTY)),
}


@pytest.fixture(scope="module")
def by_profiles() -> dict[str, dict[str, list[str]]]:
    """What the checkers with profiles find in each sound and faulty bundle, asked at once, as they begin slowly."""
    named = {**SOUND, **{name: faulty(name) for name in FAULTS}}
    return dict(zip(named, fhir_checks.by_profiles(list(named.values())), strict=True))


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
    assert {text.rpartition(": ")[2] for text in noted} == {
        "Up at the second one.",
        "Made it last Saturday, half an hour late.",
        "look at it again on 2026-12-07",
    }
    assert "9-10 beers" not in json.dumps(made)


@pytest.mark.skipif(not fhir_checks.SCHEMA.is_file(), reason="tests/tools has not been installed by npm")
@pytest.mark.parametrize("name", SOUND)
def test_the_official_schema_finds_it_sound(name: str) -> None:
    assert fhir_checks.by_schema(SOUND[name]) == []


@pytest.mark.skipif(not fhir_checks.HAS_PROFILES, reason="npm or pip has not installed every checker")
@pytest.mark.parametrize("name", SOUND)
def test_four_validators_with_the_profiles_find_it_sound(
    name: str, by_profiles: dict[str, dict[str, list[str]]]
) -> None:
    assert by_profiles[name] == {checker: [] for checker in fhir_checks.WITH_PROFILES}
    assert len(fhir_checks.WITH_PROFILES) == 4


def first(of: Resource, kind: str, at: int = 0) -> Resource:
    return resources(of, kind)[at]


def ruler(of: Resource) -> Resource:
    return next(one for one in resources(of, "Observation") if "valueCodeableConcept" in one)


def barrier(of: Resource) -> Resource:
    return next(one for one in resources(of, "Observation") if "valueString" in one)


def value(of: Resource) -> Resource:
    return next(one for one in resources(of, "Observation") if "what-matters" in str(one["meta"]))


def refer(to: Resource) -> Resource:
    return {"reference": f"urn:uuid:{to['id']}"}


# What only the profiles forbid, of the resource itself or of one that it refers to.
PROFILE_FAULTS: dict[str, Callable[[Resource], object]] = {
    "a Goal about the program": lambda one: first(one, "Goal").update(subject=refer(first(one, "Organization"))),
    "a Goal without its first day": lambda one: first(one, "Goal").pop("startDate"),
    "expressed by the counselor": lambda one: first(one, "Goal").update(
        expressedBy=refer(first(one, "Practitioner")),
    ),
    "a plan that is no assessment and plan": lambda one: first(one, "CarePlan")["category"].pop(0),
    "a plan without steps": lambda one: first(one, "CarePlan").pop("activity"),
    "a plan without goals": lambda one: first(one, "CarePlan").pop("goal"),
    "a plan about the program": lambda one: first(one, "CarePlan").update(subject=refer(first(one, "Organization"))),
    "a reading that is no survey": lambda one: ruler(one)["category"][0]["coding"][0].update(code="exam"),
    "a reading about two things": lambda one: ruler(one).update(focus=[refer(first(one, "Goal"))] * 2),
    "a reading of nobody": lambda one: ruler(one).pop("subject"),
    "a reading that the counselor made": lambda one: ruler(one).update(performer=[refer(first(one, "Practitioner"))]),
    "no answer": lambda one: ruler(one).pop("valueCodeableConcept"),
    "a barrier as a member of a panel": lambda one: next(
        each for each in resources(one, "Observation") if "hasMember" in each
    ).update(hasMember=[refer(barrier(one))]),
    "a barrier without a name": lambda one: barrier(one).pop("valueString"),
    "a barrier about the client": lambda one: barrier(one).update(focus=[barrier(one)["subject"]]),
    "a value that is not said": lambda one: value(one).pop("valueString"),
    "a value that is no survey": lambda one: value(one).update(category=[{"text": "Survey"}]),
    "a barrier that is no survey": lambda one: barrier(one)["category"][0]["coding"][0].update(code="exam"),
    "a barrier of nobody": lambda one: barrier(one).pop("subject"),
    "a barrier that the counselor named": lambda one: barrier(one).update(
        performer=[refer(first(one, "Practitioner"))]
    ),
    "a barrier as a number": lambda one: barrier(one).update(valueInteger=barrier(one).pop("valueString") and 1),
    "a value of the program": lambda one: value(one).update(subject=refer(first(one, "Organization"))),
    "a goal for a medicine": lambda one: first(one, "Goal").update(addresses=[refer(first(one, "CarePlan"))]),
    "a plan for what is no goal": lambda one: first(one, "CarePlan").update(goal=[refer(value(one))]),
    "a name of one text": lambda one: first(one, "Patient")["name"][0].pop("extension"),
    "a name with parts and a reason why not": lambda one: first(one, "Patient")["name"][0].update(family="Example"),
    "a Patient without a name": lambda one: first(one, "Patient").pop("name"),
    "a Patient without an identifier": lambda one: first(one, "Patient").pop("identifier"),
    "an identifier of no system": lambda one: first(one, "Patient")["identifier"][0].pop("system"),
    "a Patient without a gender": lambda one: first(one, "Patient").pop("gender"),
    "an answer as a number": lambda one: ruler(one).update(valueInteger=ruler(one).pop("valueCodeableConcept") and 7),
    "an answer of 11": lambda one: ruler(one)["valueCodeableConcept"]["coding"][0].update(code="LA11-1"),
    "a profile there is not": lambda one: value(one)["meta"].update(profile=["http://example.org/mine"]),
}
FAULTS: dict[str, Callable[[Resource], object]] = {
    **PROFILE_FAULTS,
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
    "a Patient of no profile": lambda one: first(one, "Patient")["meta"].pop("profile"),
    "an achievement there is not": lambda one: first(one, "Goal")["achievementStatus"]["coding"][0].update(code="done"),
    "a Consent to everything": lambda one: first(one, "Consent")["provision"].pop("data"),
    "a root rule with a type": lambda one: first(one, "Consent")["provision"].update(type="permit"),
    "a review as a due date": lambda one: first(one, "Goal").update(target=[{"dueDate": "2026-12-07"}]),
    "no profile": lambda one: first(one, "Goal")["meta"].pop("profile"),
    "a date that is none": lambda one: first(one, "Goal").update(startDate="2026-13-40"),
    "a target's detail without a measure": lambda one: first(one, "Goal").update(target=[{"detailString": "much"}]),
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
    "another answer's code": lambda one: ruler(one)["valueCodeableConcept"]["coding"][0].update(code="LA6111-4"),
    "two answers": lambda one: ruler(one).update(valueString="seven"),
    "a panel's member that is gone": lambda one: one["entry"].remove(
        next(entry for entry in one["entry"] if entry["resource"] is ruler(one))
    ),
    "no code of a reading": lambda one: ruler(one).pop("code"),
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
def test_each_planted_fault_is_found(name: str, by_profiles: dict[str, dict[str, list[str]]]) -> None:
    if name in PROFILE_FAULTS and not fhir_checks.HAS_PROFILES:
        pytest.skip("npm or pip has not installed every checker")
    made = faulty(name)
    found = {
        "fhir.resources": fhir_checks.by_models(made),
        **by_profiles[name],
        "ours": fhir_checks.by_us(made),
        "schema": [] if name == "a resource there is not" else fhir_checks.by_schema(made),
    }
    assert any(found.values())


# What the validators pass over, of what the profiles forbid: two of them slices, invariants, how often at most and what
# stands within an element; Medplum codes, fhirschema as well; pyfhircheck which type a value has.
NOT_BY_TWO = {
    *(name for name in PROFILE_FAULTS if "survey" in name or "no assessment" in name),
    "no answer", "a value that is not said", "a reading about two things", "an identifier of no system",
    "a name of one text", "a name with parts and a reason why not",
}  # fmt: skip
PASSED_OVER = {
    "medplum": {"an answer of 11"},
    "fhir": NOT_BY_TWO,
    "fhirschema": NOT_BY_TWO | {"an answer of 11"},
    "pyfhircheck": {"a barrier as a number", "an answer as a number"},
}


@pytest.mark.skipif(not fhir_checks.HAS_PROFILES, reason="npm or pip has not installed every checker")
@pytest.mark.parametrize("name", PROFILE_FAULTS)
def test_what_the_profiles_forbid_is_found_by_the_validators_also_where_only_a_reference_leads(
    name: str, by_profiles: dict[str, dict[str, list[str]]]
) -> None:
    found = {checker for checker, errors in by_profiles[name].items() if errors}
    assert found == {checker for checker in fhir_checks.WITH_PROFILES if name not in PASSED_OVER[checker]}
    assert len(found) >= 2


def test_goals_say_what_the_client_wants_and_that_the_client_said_it() -> None:
    made = first(SOUND["one goal"], "Goal")
    patient = f"urn:uuid:{first(SOUND['one goal'], 'Patient')['id']}"
    assert made["description"] == {"text": WHOLE.goals[0].words}
    assert made["expressedBy"] == {"reference": patient}
    assert "target" not in made  # a review is no due date
    assert "coding" not in made["description"]  # no code is made up for a client's words


def test_the_day_of_a_step_is_data_where_it_is_known_and_no_day_is_made_up() -> None:
    made = SOUND["a step with its day"]
    days = {one["code"]["text"]: one.get("occurrenceDateTime") for one in resources(made, "ServiceRequest")}
    assert days == {"To the river": "2026-11-27", "Around the lake": None}
    assert "dueDate" not in json.dumps(made)  # a review is none, and a step's day is not its goal's


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


@pytest.mark.parametrize("name", sorted(SOUND.keys() - {"a transaction of nothing"}))
def test_no_narrative_says_that_it_can_be_made_anew_from_the_data(name: str) -> None:
    narratives = [text for one in SOUND[name]["entry"] for text in fhir_checks.narratives(one["resource"])]
    assert narratives
    assert {text["status"] for text in narratives} == {"additional"}


def rules_within(rule: Resource) -> Iterator[Resource]:
    for nested in rule.get("provision", []):
        yield nested
        yield from rules_within(nested)


@pytest.mark.parametrize("name", [name for name, made in SOUND.items() if resources(made, "Consent")])
def test_only_the_root_of_a_consents_rules_has_no_type(name: str) -> None:
    """FHIR R4, Consent.provision.type: not permitted in the root rule, required in nested ones."""
    for found in resources(SOUND[name], "Consent"):
        assert "type" not in found["provision"]
        assert all("type" in nested for nested in rules_within(found["provision"]))


def test_notes_of_a_goal_are_told_apart() -> None:
    notes = [note["text"] for note in first(SOUND["one goal"], "Goal")["note"]]
    for label in (
        "Reasons: She asked",
        "How the client will know: I can",
        "If it is not working: I call",
        "Review: look",
    ):
        assert [note for note in notes if note.startswith(label)]


def test_a_consent_permits_what_is_passed_on_and_nothing_else() -> None:
    for name in ("one goal", "nothing", "a transaction"):
        data = first(SOUND[name], "Consent")["provision"]["data"]
        kinds = [kind_of(SOUND[name], one["reference"]) for one in data]
        assert {one["meaning"] for one in data} == {"instance"}
        assert len(kinds) == len({one["reference"]["reference"] for one in data})
        who = {"Patient", "Practitioner", "Organization", "Device", "Consent", "Provenance"}
        made = [one["resource"]["resourceType"] for one in SOUND[name]["entry"]]
        assert sorted(kinds) == sorted(kind for kind in made if kind not in who)


def kind_of(of: Resource, reference: Resource) -> str:
    (kind,) = [e["resource"]["resourceType"] for e in of["entry"] if e["fullUrl"] == reference["reference"]]
    return str(kind)


def test_what_is_empty_has_no_resource() -> None:
    made = [one["resource"]["resourceType"] for one in SOUND["nothing"]["entry"]]
    assert "CarePlan" not in made
    assert "Goal" not in made


def test_what_matters_most_is_an_observation_of_its_own() -> None:
    values = [one for one in resources(SOUND["one goal"], "Observation") if "what-matters" in str(one["meta"])]
    assert [one["valueString"] for one in values] == ["Being a dad she is proud of"]
    assert first(SOUND["one goal"], "CarePlan")["supportingInfo"]


def test_a_goal_says_whether_it_was_achieved_and_since_when() -> None:
    made = first(SOUND["one goal"], "Goal")
    assert made["achievementStatus"]["coding"][0]["code"] == "in-progress"
    assert made["statusDate"] == "2026-11-23"
    reached = packet().replace(goals=(packet().goals[0].replace(status=GoalStatus.MET, status_on=date(2026, 12, 1)),))
    made = first(bundle(reached), "Goal")
    assert made["achievementStatus"]["coding"][0]["code"] == "achieved"
    assert (made["lifecycleStatus"], made["statusDate"]) == ("completed", "2026-12-01")


def test_a_transaction_has_the_document_as_a_pdf_and_makes_no_client_twice() -> None:
    made = SOUND["a transaction"]
    attachment = first(made, "DocumentReference")["content"][0]["attachment"]
    assert b64decode(attachment["data"]).startswith(b"%PDF-")
    assert len(b64decode(attachment["data"])) == attachment["size"]
    requests = {entry["resource"]["resourceType"]: entry["request"] for entry in made["entry"]}
    assert {request["method"] for request in requests.values()} == {"POST"}
    assert requests["Patient"]["ifNoneExist"].endswith("|J-014")
    assert all(request["url"] == kind for kind, request in requests.items())


def test_a_name_in_parts_is_given_in_parts() -> None:
    assert first(SOUND["a name in parts"], "Patient")["name"] == [
        {"text": "Jo Example", "family": "Example", "given": ["Jo", "B."]}
    ]


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


def test_what_was_said_about_a_number_stands_beside_it() -> None:
    held = [replace(facts()[0], id="7k3q9xab", readings=(ReadingFact(Ruler.IMPORTANCE, None, 7, NOW, None, 1, 2),))]
    answers = (shared("For my son.", Kind.CHANGE, n=1), shared("A job.", Kind.CHANGE, n=2))
    passed = packet(plan(BREAKFAST, talk=answers), held=held)
    (answer,) = [
        each["resource"]
        for each in bundle(passed)["entry"]
        if each["resource"].get("valueCodeableConcept", {}).get("text") == "7"
    ]
    assert [note["text"] for note in answer["note"]] == ["why not lower: For my son.", "what would raise it: A job."]
