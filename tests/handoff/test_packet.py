from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_cli.handoff.packet import Packet
from mi_cli.records.facts import ReadingFact
from mi_cli.records.plan import Before, Goal, Progress, Step
from mi_cli.records.terms import Category, GoalStatus, Kind, Ruler, StepStatus
from tests.builders import BREAKFAST, EIGHT, NOW, WHOLE, facts, goal, packet, plan

GOAL_LESS = frozenset(Category) - {Category.GOAL_PLAN}


def test_the_packet_is_what_was_shared_in_the_clients_words() -> None:
    made = packet()
    assert [one.words for one in made.goals] == [BREAKFAST.words]
    assert [one.words for one in made.parked] == [one.words for one in WHOLE.parked]
    assert [one.words for one in made.of(Kind.SUSTAIN)] == ["It's the only thing that switches my head off."]
    assert [one.words for one in made.goals[0].steps] == [one.words for one in BREAKFAST.steps]
    assert len(made.readings) == 6
    assert [one.minutes for one in made.interviews] == [42, 43, 44]
    assert made.safety_raised == (NOW.date(),)


def test_what_came_of_a_goal_goes_only_where_the_client_agreed_to_that() -> None:
    steps = (Step(id="step0001", words="Walk", status=StepStatus.DONE, on=NOW.date(), outcome="MARKER"),)
    lines = (Progress(at=NOW, words="MARKER"), Progress(at=NOW, words="Rang", shared=NOW.date()))
    made = packet(plan(BREAKFAST.replace(steps=steps, progress=lines)))
    (only,) = made.goals
    assert [line.words for line in only.progress] == ["Rang"]
    assert [(step.words, step.outcome) for step in only.steps] == [("Walk", None)]
    document = made.model_dump_json()
    assert "MARKER" not in document
    assert "shared" not in document  # nor which day the client agreed


def test_what_the_records_hold_besides_stays_behind() -> None:
    stray = Step.model_validate({"id": "step0001", "words": "Walk", "from_elsewhere": "MARKER"})
    before = Before(at=NOW, field="words", before="MARKER")
    changed = BREAKFAST.replace(steps=(stray,), history=(before,))
    extra = Goal.model_validate({**changed.model_dump(by_alias=True), "from_elsewhere": "MARKER"})
    document = packet(plan(extra)).model_dump_json()
    assert "MARKER" not in document
    assert '"n":' not in document  # the number of an entry tells how much more was said
    assert "7k3q9xab" not in document  # which interview


def test_only_the_goals_asked_for_go() -> None:
    dropped = goal(2, "Another time", status=GoalStatus.DROPPED)
    assert [one.id for one in packet(plan(BREAKFAST, dropped)).goals] == [BREAKFAST.id]


@pytest.mark.parametrize("category", list(Category))
def test_what_is_not_permitted_is_empty_as_what_was_never_said(category: Category) -> None:
    without = packet(permitted=frozenset(Category) - {category})
    fields = {
        Category.GOAL_PLAN: ["goals"],
        Category.READINGS: ["readings"],
        Category.SHARED_WORDS: ["said"],
        Category.PARKED_MATTERS: ["parked"],
        Category.INTERVIEWS: ["interviews"],
        Category.SAFETY_RAISED: ["safety_raised"],
    }
    empty = {field for field in Packet.model_fields if getattr(without, field) == ()}
    assert empty == set(fields[category])


def test_without_readings_no_number_goes_with_a_goal_either() -> None:
    (only,) = packet(permitted=frozenset(Category) - {Category.READINGS}).goals
    assert (only.importance, only.confidence) == (None, None)


def test_readings_about_a_goal_that_stays_behind_stay_too() -> None:
    assert packet(plan(BREAKFAST), held=facts("goal0002")).readings == ()


def test_readings_about_goals_are_told_apart_even_where_the_goals_may_not_go() -> None:
    held = facts("goal0001") + facts("goal0002")
    series = packet(EIGHT, held=held, permitted=GOAL_LESS).series()
    assert {number for number, _ in series} == {1, 2}


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Ruler), st.integers(0, 10), st.integers(0, 10**6)), max_size=20))
def test_every_reading_is_in_one_series_oldest_first(answers: list[tuple[Ruler, int, int]]) -> None:
    readings = tuple(ReadingFact(ruler, None, value, NOW + timedelta(seconds=after)) for ruler, value, after in answers)
    (first, *_) = facts()
    held = [type(first)(**{**vars(first), "readings": readings})]
    series = packet(held=held).series()
    assert sum(len(items) for items in series.values()) == len(answers)
    for (_, ruler), items in series.items():
        assert {one.ruler for one in items} == {ruler}
        assert [one.at for one in items] == sorted(one.at for one in items)
