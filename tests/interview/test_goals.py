"""The rules for goals: what they make, that it can be taken back, and that nothing which stood there is lost."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.interview import goals
from mi_cli.interview.actions import AddGoalPart
from mi_cli.interview.goals import FieldPath
from mi_cli.records.change import ReversibleChange
from mi_cli.records.names import ID_ALPHABET
from mi_cli.records.plan import CHANGE_PLAN, Barrier, Goal, GoalFrom, Objective, Plan, Progress, Step, Support
from mi_cli.records.terms import GoalStatus, Reach, Ruler, StepStatus
from mi_cli.records.text_keys import Problem

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
EARLIER = datetime(2026, 11, 20, 9, tzinfo=UTC)

WORDS = st.text(min_size=1, max_size=8)
MAYBE = st.none() | WORDS
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
# What became of a step, and the day of that.
BECAME = st.just((StepStatus.OPEN, None)) | st.tuples(st.sampled_from([*StepStatus][1:]), st.just(date(2026, 10, 1)))
NUMBERS = st.none() | st.integers(0, 10)


def several(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=3, unique=True).map(tuple)


GOALS = st.builds(
    Goal,
    id=st.just("goal0001"),
    words=WORDS,
    from_=st.just(GoalFrom(session=None, stage=None, at=EARLIER)),
    objective=st.none() | st.builds(Objective, words=WORDS, by=WORDS),
    reasons=several(WORDS),
    steps=several(
        st.builds(Step, id=st.text(ID_ALPHABET, min_size=8, max_size=8), words=WORDS, when=MAYBE, due=DAYS, where=MAYBE,
                  how=MAYBE, reach=st.none() | st.sampled_from(Reach), outcome=MAYBE)
        .flatmap(lambda step: BECAME.map(lambda became: step.replace(status=became[0], on=became[1])))
    ),
    supports=several(st.builds(Support, who=WORDS, how=MAYBE)),
    barriers=several(st.builds(Barrier, what=WORDS, response=MAYBE)),
    signs=several(WORDS),
    if_not_working=MAYBE,
    importance=NUMBERS,
    confidence=NUMBERS,
    review_on=DAYS,
    status=st.sampled_from(GoalStatus),
    progress=several(st.builds(Progress, at=st.just(EARLIER), words=WORDS)),
)  # fmt: skip


def plan_with(goal: Goal) -> Plan:
    return Plan(
        schema_=Plan.SCHEMA, id="plan0001", created_at=EARLIER, updated_at=EARLIER, revision=1, client="client01",
        goals=(goal,),
    )  # fmt: skip


def after(goal: Goal, made: ReversibleChange) -> Goal:
    [changed] = plan_with(goal).with_changes(*made.changes).goals
    return changed


def spots(goal: Goal) -> list[FieldPath]:
    found = [
        FieldPath(name) for name in ("words", "objective", "if_not_working", "importance", "confidence", "review_on")
    ]
    for name, parts in goals.LISTS.items():
        for number in range(1, len(getattr(goal, name)) + 1):
            found += [FieldPath(name, number, part) for part in parts or ("",)]
    return [*found, FieldPath("status")]


def unordered(goal: Goal) -> dict[str, Any]:
    fields = goal.model_dump(mode="json")
    return {name: sorted(map(str, value)) if isinstance(value, list) else value for name, value in fields.items()}


def leaves(value: Any) -> list[str]:
    """Every word, number and date in a JSON value; that a step is open is none: it says that nothing is known yet."""
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [] if value in (None, "open") else [str(value)]


VALUES = {
    "importance": st.integers(0, 10), "confidence": st.integers(0, 10), "status": st.sampled_from(GoalStatus),
    "review_on": st.dates().map(date.isoformat), "done_on": st.dates().map(date.isoformat),
    "reach": st.sampled_from(Reach),
}  # fmt: skip


@given(GOALS, st.data())
def test_any_edit_can_be_taken_back_and_loses_nothing(goal: Goal, data: st.DataObject) -> None:
    spot = data.draw(st.sampled_from(spots(goal)))
    value = data.draw(VALUES.get(spot.part or spot.field, WORDS))
    made = goals.edit_field(
        goal, spot, data.draw(st.sampled_from([value, None])) if spot.can_be_empty else value, AT, "A"
    )
    changed = after(goal, made)
    assert not set(leaves(goal.model_dump(mode="json"))) - set(leaves(changed.model_dump(mode="json")))
    assert all(before.at == AT for before in changed.history)
    [back] = plan_with(goal).with_changes(*made.changes).with_changes(*made.inverse).goals
    assert unordered(back) == unordered(goal)


@given(GOALS, st.data())
def test_a_place_has_a_name_and_the_name_finds_it(goal: Goal, data: st.DataObject) -> None:
    spot = data.draw(st.sampled_from(spots(goal)))
    assert goals.parse_field_path(str(spot), goal) == spot
    value = data.draw(VALUES.get(spot.part or spot.field, WORDS))
    changed = after(goal, goals.edit_field(goal, spot, value, AT, "A"))
    assert goals.value_at(changed, spot) == value


@given(GOALS, st.text())
def test_any_other_name_finds_nothing(goal: Goal, name: str) -> None:
    found = goals.parse_field_path(name, goal)
    assert found is None or found in spots(goal)


@pytest.mark.parametrize(
    "name", ["", "id", "history", "reasons", "reasons.0", "reasons.2", "reasons.1.words", "steps.1.x"]
)
def test_a_name_for_nothing(name: str) -> None:
    goal = Goal(id="goal0001", words="w", from_=GoalFrom(session=None, stage=None, at=AT), reasons=("r",),
                steps=(Step(id="step0001", words="s"),))  # fmt: skip
    assert goals.parse_field_path(name, goal) is None
    assert goals.parse_field_path("steps.1", goal) == FieldPath("steps", 1, "words")


@pytest.mark.parametrize(
    ("place", "typed", "value"),
    [
        ("importance", " 0 ", 0), ("importance", "10", 10), ("importance", "11", Problem.NOT_ON_THE_RULER),
        ("confidence", "-1", Problem.NOT_ON_THE_RULER), ("confidence", "²", Problem.NOT_ON_THE_RULER),
        ("review_on", "2027-01-31", "2027-01-31"), ("review_on", "4w", "2026-12-22"), ("review_on", "3D", "2026-11-27"),
        ("review_on", "soon", Problem.NOT_A_DATE), ("status", "Drop", "dropped"), ("status", "", Problem.NOT_A_CHOICE),
        ("words", "  as typed ", "  as typed "),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_for_its_place(place: str, typed: str, value: object) -> None:
    assert goals.read_value(FieldPath(place), typed, AT.date()) == value


@given(st.sampled_from([*CHANGE_PLAN, "status", "words"]), st.text())
def test_whatever_is_typed_is_a_value_the_plan_can_hold_or_a_problem(place: str, typed: str) -> None:
    value = goals.read_value(FieldPath(place), typed, AT.date())
    if not isinstance(value, Problem) and place not in goals.LISTS:
        goal = Goal(id="goal0001", words="w", from_=GoalFrom(session=None, stage=None, at=AT))
        assert goals.value_at(after(goal, goals.set_field(goal, place, value, AT)), FieldPath(place)) == value


@given(GOALS)
def test_a_goal_that_is_dropped_keeps_everything_and_can_be_taken_up_again(goal: Goal) -> None:
    active = goal.replace(status=GoalStatus.ACTIVE)
    dropped = after(active, goals.set_status(active, GoalStatus.DROPPED, AT))
    assert dropped.replace(status=GoalStatus.ACTIVE, history=()) == active
    assert [(before.field, before.before) for before in dropped.history] == [("status", "active")]
    again = after(dropped, goals.set_status(dropped, GoalStatus.ACTIVE, AT))
    assert (again.status, len(again.history)) == (GoalStatus.ACTIVE, 2)


def test_a_step_that_was_done_keeps_its_day_and_what_came_of_it() -> None:
    goal = Goal(id="goal0001", words="w", from_=GoalFrom(session=None, stage=None, at=EARLIER),
                steps=(Step(id="step0001", words="ring", when="Monday"), Step(id="step0002", words="go")))  # fmt: skip
    done = after(goal, goals.settle_step(goal, 1, StepStatus.DONE, "He picked up", AT))
    assert done.steps[0] == goal.steps[0].replace(status=StepStatus.DONE, on=AT.date(), outcome="He picked up")
    assert done.steps[0].done_on == AT.date()
    assert (done.steps[1], done.history) == (goal.steps[1], ())


def test_a_reading_is_the_goals_own_unless_it_is_readiness() -> None:
    goal = Goal(id="goal0001", words="w", from_=GoalFrom(session=None, stage=None, at=EARLIER))
    assert after(goal, goals.from_reading(Ruler.IMPORTANCE, 7, goal, AT)).importance == 7
    assert goals.from_reading(Ruler.READINESS, 7, goal, AT) == ReversibleChange()


def test_what_to_do_if_it_is_not_working_is_one_line_and_the_one_before_is_kept() -> None:
    goal = Goal(id="goal0001", words="w", from_=GoalFrom(session=None, stage=None, at=EARLIER), if_not_working="wait")
    changed = after(goal, goals.from_line(AddGoalPart("if_not_working", ("ring you",)), goal, AT, lambda: "step0001"))
    assert changed.if_not_working == "ring you"
    assert [(before.field, before.before) for before in changed.history] == [("if_not_working", "wait")]


def test_an_item_that_another_hand_took_out_is_not_found_any_more() -> None:
    goal = Goal(id="goal0001", words="w", from_=GoalFrom(session=None, stage=None, at=EARLIER), reasons=("r",))
    assert goals.edit_field(goal, FieldPath("reasons", 2), "x", AT) == ReversibleChange()
    assert goals.settle_step(goal, 1, StepStatus.DONE, None, AT) == ReversibleChange()
