"""A change to a record is data: it can be made again and taken back."""

from datetime import date

from mi_cli.records.change import Change, RecordPart
from mi_cli.records.plan import Plan
from mi_cli.records.terms import GoalStatus
from tests.conftest import Desk


def plan_of(desk: Desk, *lines: str) -> Plan:
    desk.begin(*lines)
    return desk.store.plan(desk.client)


def test_of_equal_items_the_last_is_taken_out(desk: Desk) -> None:
    plan = plan_of(desk, "/goal one", "/reason a", "/reason b", "/reason a")
    goal = plan.goals[0].id
    drop = Change(where=RecordPart.GOAL_LIST, key=goal, field="reasons", drop="a")
    assert plan.with_changes(drop).goals[0].reasons == ("a", "b")
    assert plan.with_changes(drop).with_changes(drop).with_changes(drop).goals[0].reasons == ("b",)
    instead = Change(where=RecordPart.GOAL_LIST, key=goal, field="reasons", drop="b", put="c")
    assert plan.with_changes(instead).goals[0].reasons == ("a", "c", "a")
    assert plan.with_changes(instead).with_changes(instead).goals[0].reasons == ("a", "c", "a")


def test_a_change_to_a_goal_that_is_gone_does_nothing(desk: Desk) -> None:
    plan = plan_of(desk, "/goal one")
    for change in (
        Change(where=RecordPart.GOAL_LIST, key="gone", field="reasons", put="a"),
        Change(where=RecordPart.GOAL_FIELD, key="gone", field="review_on", put="2027-01-01"),
        Change(where=RecordPart.GOAL, key="gone"),
    ):
        assert plan.with_changes(change) == plan


def test_a_field_is_put_and_taken_back(desk: Desk) -> None:
    plan = plan_of(desk, "/goal one")
    goal = plan.goals[0].id
    put = Change(where=RecordPart.GOAL_FIELD, key=goal, field="review_on", put="2027-01-31")
    assert plan.with_changes(put).goals[0].review_on == date(2027, 1, 31)
    assert plan.with_changes(put).with_changes(put.replace(put=None)) == plan


def test_only_active_goals_are_worked_on(desk: Desk) -> None:
    plan = plan_of(desk, "/goal one", "/goal two")
    met = plan.replace(goals=(plan.goals[0].replace(status=GoalStatus.MET), plan.goals[1]))
    assert [goal.words for goal in met.active] == ["two"]
