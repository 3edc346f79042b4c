"""The rules for client facts: what they make, and that it can be taken back without loss of what others have noted."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mi_cli.interview import client_facts
from mi_cli.records.change import NO_CHANGE, Change, RecordPart, ReversibleChange
from mi_cli.records.client_facts import Facts
from mi_cli.records.terms import Direction, FactName, FactSource

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
NOTHING = Facts(schema_=Facts.SCHEMA, id="facts001", created_at=AT, updated_at=AT, revision=1, client="client01")
WORDS = st.text("ab ", min_size=1, max_size=3).filter(str.strip)
IDS = count(1)


def new_id() -> str:
    return f"{next(IDS):08d}"


def noted(facts: Facts, name: FactName, words: str) -> ReversibleChange:
    return client_facts.with_fact(facts, name, words, AT, new_id)


def what(facts: Facts) -> dict[str, Any]:
    return facts.model_dump(mode="json")


@st.composite
def changes(draw: st.DrawFn, facts: Facts) -> ReversibleChange:
    kind = draw(st.sampled_from(["fact", "mandate", "remove", "direction"]))
    match kind:
        case "mandate":
            return client_facts.with_mandate(facts, draw(st.none() | WORDS), AT)
        case "remove":
            name = draw(st.sampled_from([*client_facts.IN_WORDS, FactName.MANDATE]))
            return client_facts.remove_fact(facts, name)
        case "direction" if facts.targets:
            target = draw(st.sampled_from(facts.targets))
            return client_facts.with_direction(facts, target, draw(st.none() | st.sampled_from(Direction)), AT)
        case _:
            words = st.sampled_from(Direction) | WORDS
            return noted(facts, draw(st.sampled_from(FactName)), draw(words))


@given(st.data())
def test_whatever_was_noted_is_taken_back_in_turn(data: st.DataObject) -> None:
    facts, past = NOTHING, []
    for _ in range(data.draw(st.integers(1, 8))):
        made = data.draw(changes(facts))
        past.append((facts, made))
        facts = facts.with_changes(*made.changes)
        assert facts.with_changes(*made.changes) == facts, "made again after a crash it does nothing more"
        assert Facts.from_bytes(facts.to_bytes()) == facts
    for before, made in reversed(past):
        facts = facts.with_changes(*made.inverse)
        assert what(facts) == what(before)


def test_a_target_is_known_by_its_words_whatever_their_case_and_blanks() -> None:
    drinking, made = client_facts.with_target(NOTHING, "Driving  after drinking", new_id, AT)
    facts = NOTHING.with_changes(*made.changes)
    again, nothing = client_facts.with_target(facts, " driving after Drinking", new_id, AT)
    assert (again, nothing) == (drinking, NO_CHANGE)
    assert client_facts.target_named(facts, "driving after drinking") == drinking
    assert client_facts.target_named(facts, "drinking") is None
    other, made = client_facts.with_target(facts, "drinking", new_id, AT)
    facts = facts.with_changes(*made.changes)
    assert [target.id for target in facts.targets] == [drinking.id, other.id]


def test_that_somebody_was_sent_is_a_fact_without_by_whom_and_that_may_be_added() -> None:
    facts = NOTHING.with_changes(*client_facts.with_mandate(NOTHING, None, AT).changes)
    assert facts.mandate is not None
    assert facts.mandate.by is None
    assert client_facts.with_mandate(facts, None, AT) == NO_CHANGE
    facts = facts.with_changes(*client_facts.with_mandate(facts, "the court", AT).changes)
    assert client_facts.with_mandate(facts, None, AT) == NO_CHANGE, "who it was is not forgotten"
    assert what(facts)["mandate"] == {
        "by": "the court", "reported": None, "until": None, "on": "2026-11-24", "source": "counselor",
    }  # fmt: skip


def test_of_a_mandate_of_which_more_is_known_the_interview_stays_in_which_it_was_first_told() -> None:
    def told(facts: Facts, by: str, session: str) -> Facts:
        return facts.with_changes(*client_facts.with_mandate(facts, by, AT, session=session).changes)

    facts = told(told(NOTHING, "court", "session1"), "the court", "session2")
    assert facts.mandate is not None
    assert facts.mandate.session == "session2", "nothing of the first is left"
    more = facts.replace(mandate=facts.mandate.replace(reported="attendance"))
    later = told(more, "probation", "session3").mandate
    assert later is not None
    assert (later.by, later.session) == ("probation", "session2")


def test_a_fact_that_is_told_again_on_the_same_day_was_told_in_the_first_interview() -> None:
    def told(facts: Facts, session: str | None) -> Facts:
        made = client_facts.with_fact(facts, FactName.REACH, "By letter", AT, new_id, session=session)
        return facts.with_changes(*made.changes)

    for first in ("session1", None):
        once = told(NOTHING, first)
        assert told(once, "session2") == once


def test_each_fact_has_its_day_and_who_told_it() -> None:
    made = client_facts.with_fact(NOTHING, FactName.MEDICINES, " methadone ", AT, new_id, FactSource.REFERRAL)
    fact = NOTHING.with_changes(*made.changes).medicines
    assert fact is not None
    assert (fact.words, fact.on, fact.source) == (" methadone ", date(2026, 11, 24), FactSource.REFERRAL)


def test_a_direction_of_none_or_of_several_targets_changes_nothing() -> None:
    assert noted(NOTHING, FactName.DIRECTION, "stop") == NO_CHANGE
    facts = NOTHING.with_changes(*noted(NOTHING, FactName.TARGET, "one").changes)
    assert noted(facts, FactName.DIRECTION, "whatever") == NO_CHANGE
    one = facts.with_changes(*noted(facts, FactName.DIRECTION, "stop").changes)
    assert one.targets[0].direction is Direction.STOP
    two = one.with_changes(*noted(one, FactName.TARGET, "two").changes)
    assert noted(two, FactName.DIRECTION, "less") == NO_CHANGE


def test_a_change_to_what_is_not_known_or_to_another_record_does_nothing() -> None:
    for change in (
        Change(where=RecordPart.FACTS, field="later", put={"words": "x"}),
        Change(where=RecordPart.FACTS, field="client", put="client02"),
        Change(where=RecordPart.FACTS, field="targets", key="gone0001"),
        Change(where=RecordPart.SHARED, field="medicines", put={"words": "x"}),
    ):
        assert NOTHING.with_changes(change) == NOTHING
