"""The table from category to parts: nothing goes out that it does not have, and form and cover name all that it has."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.errors import Refused
from mi_cli.handoff.collecting import packet_of
from mi_cli.handoff.cover import cover_for
from mi_cli.handoff.form import form_data
from mi_cli.handoff.gate import permit
from mi_cli.handoff.objections import Request
from mi_cli.handoff.packet import Packet, PassedGoal, PassedStep, Person
from mi_cli.handoff.program import Program
from mi_cli.handoff.scope import FACTS as PART_OF_FACT
from mi_cli.handoff.scope import GOAL_FIELDS, KINDS, PARTS, SCOPE_VERSION, parts_of
from mi_cli.interview.sharing import LISTS
from mi_cli.records.consent import Consent
from mi_cli.records.permit import Permit
from mi_cli.records.plan import Goal, SharedFact
from mi_cli.records.terms import Basis, Category, FactName, FactSource, HandoffPart, Jurisdiction, Kind
from mi_cli.words.form import form_words
from mi_cli.words.labels import label_words
from tests.builders import BREAKFAST, CLIENT, NOW, SHARED, consent, facts, plan, shared

PROGRAM = Program("Harbor Program", recipients=("C. Colleague",))
# What a packet says of itself, whatever may be passed on.
HEAD = {"id", "made_at", "made_by", "counselor", "client", "language"}
LISTS_OF_PARTS = {"goals": PassedGoal, "said": KINDS, "parked": KINDS, "facts": PART_OF_FACT}
OWN_PARTS = {
    "readings": HandoffPart.READINGS,
    "interviews": HandoffPart.INTERVIEWS,
    "safety_raised": HandoffPart.SAFETY,
}
FULL = plan(
    BREAKFAST,
    **{
        **SHARED,
        "focus": (*SHARED["focus"], shared("The driving", Kind.AGENDA)),
        "next": (shared("Ring on Friday", Kind.NEXT),),
        "talk": (*SHARED["talk"], shared("I like it and it scares me", Kind.AMBIVALENCE)),
    },
).replace(
    facts=tuple(
        SharedFact(name=name, words=f"{name}, as told", on=NOW.date(), source=FactSource.CLIENT, shared=NOW.date())
        for name in FactName
    )
)
# What the first form and the first cover said, both of them.
FIRST = {
    Category.GOAL_PLAN: {"goals", "reasons", "steps", "supports", "barriers", "review"},
    Category.READINGS: {"readings"},
    Category.SHARED_WORDS: {"focus", "change", "values", "strengths"},
    Category.PARKED_MATTERS: {"parked"},
    Category.INTERVIEWS: {"interviews"},
    Category.SAFETY_RAISED: {"safety"},
    Category.PROGRESS_NOTES: set(),
}
NOTES = frozenset({Category.PROGRESS_NOTES})
HANDED = [category for category in Category if category not in NOTES]


def made(parts: frozenset[HandoffPart]) -> Packet:
    return packet_of(
        packet_id="kkkkkkkk",
        client=Person(code="J-014"),
        language="en",
        plan=FULL,
        facts=facts(),
        permitted=parts,
        goals={BREAKFAST.id},
        counselor="A. Counselor",
        made_at=NOW,
        made_by="mi",
    )


def held(of: Packet) -> set[HandoffPart]:
    """Every part that something in the packet belongs to."""
    found = {OWN_PARTS[field] for field in OWN_PARTS if getattr(of, field)}
    found |= {KINDS[item.kind] for item in (*of.said, *of.parked)}
    found |= {PART_OF_FACT[fact.name] for fact in of.facts}
    for goal in of.goals:
        fields = goal.model_dump(mode="json")
        found |= {GOAL_FIELDS[field] for field, value in fields.items() if value not in (None, [], "active")}
        found |= {HandoffPart.PROGRESS for step in goal.steps if step.outcome}
    return found


def permitted(of: Consent, what: frozenset[Category] = frozenset()) -> Permit:
    return permit(Request(CLIENT, "J-014", what=what), [of], PROGRAM, NOW)


def test_every_part_belongs_to_one_category_and_has_a_name_in_both_languages() -> None:
    parts = [part for category in Category for part in PARTS[category]]
    assert sorted(parts) == sorted(HandoffPart)
    for language in ("en", "es"):
        names = label_words(language).parts
        assert set(names) == set(HandoffPart)
        assert len(set(names.values())) == len(HandoffPart)


def test_every_kind_and_every_field_of_a_packet_belongs_to_a_part() -> None:
    assert set(KINDS) == set(LISTS)
    assert set(PART_OF_FACT) == set(FactName)
    assert set(GOAL_FIELDS) == set(PassedGoal.model_fields)
    assert HEAD | set(LISTS_OF_PARTS) | set(OWN_PARTS) == set(Packet.model_fields)
    tables = (GOAL_FIELDS, KINDS, PART_OF_FACT, OWN_PARTS)
    assert {part for table in tables for part in table.values()} == set(HandoffPart) - {
        HandoffPart.ANSWERS,  # beside the numbers
        HandoffPart.NOTES,  # a document of its own
    }
    assert set(PassedStep.model_fields) == {
        "words", "when", "due", "where", "how", "reach", "status", "done_on", "outcome",
    }  # fmt: skip
    assert set(Goal.model_fields) - set(GOAL_FIELDS) == {"from_", "target", "history"}  # the day of the first goes out


@given(st.frozensets(st.sampled_from(HandoffPart)))
def test_a_packet_holds_what_is_permitted_and_nothing_else(parts: frozenset[HandoffPart]) -> None:
    of_goals = set(PARTS[Category.GOAL_PLAN])
    with_goals = parts if HandoffPart.GOALS in parts else parts - of_goals
    beside = {HandoffPart.ANSWERS, HandoffPart.NOTES}  # the first in `test_packet.py`, the others by themselves
    assert held(made(parts)) == with_goals - beside
    assert made(frozenset(HandoffPart)).holds == frozenset(HANDED)
    assert made(frozenset({HandoffPart.FACTS})).holds == {Category.SHARED_WORDS}  # also where nothing else was shared


@pytest.mark.parametrize("language", ["en", "es"])
def test_form_and_cover_name_each_part_under_its_category(language: str) -> None:
    for category in Category:
        names = [label_words(language).parts[part] for part in PARTS[category]]
        lead = form_words(language).categories[category]
        (box,) = [box for box in boxes(language) if box["label"].startswith(f"{lead}: ")]
        assert all(name in box["label"] for name in names)
        given = permitted(consent(scope_categories=(category,)), NOTES & {category})
        found = cover_for(given, PROGRAM, "A. Counselor", NOW, language)
        assert found
        (line,) = found.scope
        assert line.partition(": ")[2] == box["label"].partition(": ")[2]


def boxes(language: str) -> list[dict[str, Any]]:
    data = form_data({}, language, Jurisdiction.US_PART2)
    return [part for section in data["sections"] for part in section["parts"] if part["kind"] == "box"]


@pytest.mark.parametrize("category", HANDED)
def test_a_consent_from_before_permits_what_its_form_printed(category: Category) -> None:
    before = consent(scope_categories=(category,), scope_version=1)
    assert permitted(before).parts == FIRST[category]
    assert permitted(consent(scope_categories=(category,))).parts == set(PARTS[category])
    found = cover_for(permitted(before), PROGRAM, "A. Counselor", NOW, "en")
    assert found
    printed = "\n".join(found.scope)
    assert {part for part in PARTS[category] if label_words("en").parts[part] in printed} == FIRST[category]
    assert held(made(permitted(before).parts)) <= FIRST[category]


def test_a_consent_without_a_version_is_from_before_and_an_unknown_version_permits_no_more() -> None:
    document = consent().model_dump(mode="json", by_alias=True)
    assert document.pop("scope_version") == SCOPE_VERSION
    assert Consent.model_validate(document).scope_version == 1
    for version in (SCOPE_VERSION + 1, 99):
        assert parts_of(Category, version) == parts_of(Category, 1)


def test_another_basis_has_the_parts_of_its_categories() -> None:
    inside = permit(Request(CLIENT, "J-014", basis=Basis.SAME_PROGRAM), [], PROGRAM, NOW + timedelta(days=1))
    assert inside.parts == frozenset(HandoffPart) - {HandoffPart.NOTES}
    own = permit(Request(CLIENT, "J-014", basis=Basis.CLIENT_COPY), [], PROGRAM, NOW)
    assert own.parts == parts_of(own.categories)


def test_a_consent_to_the_second_form_permits_neither_facts_nor_both_sides_at_once() -> None:
    since = {
        HandoffPart.FACTS, HandoffPart.FIRST_VISIT, HandoffPart.AMBIVALENCE, HandoffPart.ANSWERS, HandoffPart.NOTES,
    }  # fmt: skip
    assert parts_of(Category, 2) == set(HandoffPart) - since


# The facts that each form's words tell of, as it was printed.
ON_FORM_3 = frozenset(
    {
        FactName.TARGET, FactName.DIRECTION, FactName.MEDICINES, FactName.MANDATE, FactName.SAFER_USE, FactName.REACH,
        FactName.APPOINTMENT,
    }
)  # fmt: skip
ON_FORM = {1: frozenset(), 2: frozenset(), 3: ON_FORM_3, 4: ON_FORM_3, 5: frozenset(FactName)}


def test_a_consent_permits_no_fact_that_its_form_did_not_know_of() -> None:
    assert set(ON_FORM) == set(range(1, SCOPE_VERSION + 1)), "a new version says which facts its form tells of"
    for version, told in ON_FORM.items():
        given = consent(scope_categories=tuple(HANDED), scope_version=version)
        assert {fact.name for fact in made(permitted(given).parts).facts} == told


def test_the_form_that_names_the_parts_has_a_version_of_its_own() -> None:
    assert f"version {SCOPE_VERSION}" in form_data({}, "en", Jurisdiction.US_PART2)["footer"]


def test_progress_notes_go_out_under_a_consent_whose_form_named_them_and_under_no_other() -> None:
    everything = tuple(Category)
    named = permitted(consent(scope_categories=everything), NOTES)
    assert (named.categories, named.parts) == (NOTES, frozenset({HandoffPart.NOTES}))
    of_a_handoff = permitted(consent(scope_categories=everything))
    assert (of_a_handoff.categories & NOTES, HandoffPart.NOTES in of_a_handoff.parts) == (frozenset(), False)
    for version in range(1, 4):  # version 4 is the first that names them
        with pytest.raises(Refused, match="does not cover progress notes"):
            permitted(consent(scope_categories=everything, scope_version=version), NOTES)
    with pytest.raises(Refused, match="does not cover progress notes"):
        permitted(consent(scope_categories=tuple(HANDED)), NOTES)
    with pytest.raises(Refused, match="does not cover goals"):
        permit(Request(CLIENT, "J-014"), [consent(scope_categories=(Category.PROGRESS_NOTES,))], PROGRAM, NOW)
    inside = permit(Request(CLIENT, "J-014", what=NOTES, basis=Basis.SAME_PROGRAM), [], PROGRAM, NOW)
    assert inside.categories == NOTES
