"""A plan outside an interview: what several hands do at once is all there, and a line says what it cannot do."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from mi_cli.errors import Failed, WrongUsage
from mi_cli.interview import goals
from mi_cli.interview.actions import Rejected
from mi_cli.interview.goal_by_id import goal_named
from mi_cli.interview.grammar import parse
from mi_cli.interview.plan_editor import PlanEditor
from mi_cli.records.terms import GoalStatus
from mi_cli.records.text_keys import Problem
from tests.conftest import Desk


@pytest.fixture
def editor(desk: Desk) -> PlanEditor:
    return PlanEditor(desk.store, desk.client, desk.store.now, desk.store.new_id)


def test_what_two_hands_add_at_once_is_all_there(editor: PlanEditor) -> None:
    goal = editor.add("Be there")

    def reasons(hand: str) -> None:
        for number in range(8):
            editor.apply(parse(f"/reason {hand}{number}"), goal.id)

    with ThreadPoolExecutor() as hands:
        list(hands.map(reasons, "abc"))
    assert sorted(editor.plan.goals[0].reasons) == [f"{hand}{number}" for hand in "abc" for number in range(8)]


def test_an_interview_and_the_commands_change_the_same_plan(desk: Desk, editor: PlanEditor) -> None:
    recorder = desk.begin("/goal Be there", "/step Ring @ Monday")
    goal = editor.plan.goals[0]
    editor.change_goal(
        goal.id, lambda fresh, at: goals.edit_field(fresh, goals.FieldPath("steps", 1, "when"), "Friday", at)
    )
    desk.enter(recorder, "/step Go", "/undo", "/confidence 4 x")
    [step] = editor.plan.goals[0].steps
    assert (step.words, step.when) == ("Ring", "Friday")
    desk.enter(recorder, "/undo", "/undo")
    assert [step.when for step in editor.plan.goals[0].steps] == ["Friday"], "what another hand changed is not undone"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("/reason x", Problem.NO_GOAL_YET),
        ("/importance 7", Problem.NO_GOAL_YET),
        ("/goal #1", Problem.NO_SUCH_GOAL),
        ("words", Problem.NOT_A_GOAL_LINE),
        ("+d want", Problem.NOT_A_GOAL_LINE),
        ("/end", Problem.NOT_A_GOAL_LINE),
        ("/share 1", Problem.NOT_A_GOAL_LINE),
        ("/review soon", Problem.NOT_A_DATE),
        ("/importance 11", Problem.NOT_ON_THE_RULER),
    ],
)
def test_a_line_that_does_nothing_says_why(editor: PlanEditor, line: str, problem: Problem) -> None:
    result = editor.apply(parse(line), None)
    assert isinstance(result, Rejected)
    assert result.problem is problem
    assert editor.plan.goals == ()


@pytest.mark.parametrize("line", ["/readiness 6", "/importance 7 because"])
def test_a_reading_with_words_belongs_to_an_interview_and_readiness_to_no_goal(editor: PlanEditor, line: str) -> None:
    goal = editor.add("Be there")
    assert editor.apply(parse(line), goal.id) == Rejected(Problem.NOT_A_GOAL_LINE)
    assert editor.plan.goals[0].importance is None


def test_a_goal_that_is_gone_is_said_to_be(desk: Desk, editor: PlanEditor) -> None:
    recorder = desk.begin("/goal Be there")
    goal_id = editor.plan.goals[0].id
    desk.enter(recorder, "/undo")
    with pytest.raises(Failed, match="no longer in the plan"):
        editor.apply(parse("/reason x"), goal_id)


def test_a_goal_is_named_by_the_start_of_its_id(editor: PlanEditor) -> None:
    one, _ = editor.add("one"), editor.add("two")
    assert goal_named(editor.plan, one.id) == one
    with pytest.raises(WrongUsage, match="more than one"):
        goal_named(editor.plan, one.id[:2])
    for name in ("", "zz"):
        with pytest.raises(Failed, match="no such goal"):
            goal_named(editor.plan, name)


def test_a_goal_is_named_by_its_number_among_the_active_ones(editor: PlanEditor) -> None:
    one, two, three = (editor.add(words) for words in ("one", "two", "three"))
    assert [goal_named(editor.plan, name) for name in ("1", "#2", "3")] == [one, two, three]
    plan = editor.plan.replace(goals=(one.replace(status=GoalStatus.DROPPED), two, three))
    assert [goal_named(plan, name).id for name in ("1", "2", one.id)] == [two.id, three.id, one.id]
    for name in ("3", "#", "#0", "-1", "1.", "01"):
        with pytest.raises((Failed, WrongUsage)):
            goal_named(plan, name)


def test_a_number_that_is_the_start_of_another_goals_id_is_not_guessed_at(editor: PlanEditor) -> None:
    one, two = editor.add("one"), editor.add("two")
    plan = editor.plan.replace(goals=(one, two.replace(id="1zzzzzzz")))
    with pytest.raises(WrongUsage, match="more than one"):
        goal_named(plan, "1")
    assert [goal_named(plan, name).words for name in ("#1", "1z", "2")] == ["one", "two", "two"]
