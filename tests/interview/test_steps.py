"""The life of a step: open until something becomes of it; nothing of it is lost, and each line can be taken back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.interview import goals
from mi_cli.interview.actions import Action, Rejected, ReplaceStep, SettleStep
from mi_cli.interview.grammar import parse
from mi_cli.interview.outcome import Applied, Effect
from mi_cli.interview.recorder import Recorder
from mi_cli.records.plan import Goal
from mi_cli.records.terms import StepStatus
from mi_cli.records.text_keys import Problem
from tests.conftest import Desk
from tests.interview.test_goals import AT, GOALS, MAYBE, WORDS, plan_with

MONDAY = date(2026, 11, 23)  # the day of the desk's clock


def goals_of(desk: Desk) -> tuple[Goal, ...]:
    return desk.store.plan(desk.client).goals


def reply(recorder: Recorder, line: str) -> object:
    return recorder.enter(line).reply


def problems(recorder: Recorder, *lines: str) -> list[object]:
    replies = [reply(recorder, line) for line in lines]
    return [each.problem for each in replies if isinstance(each, Rejected)]


def became(desk: Desk) -> list[tuple[str, str, str | None]]:
    return [(step.words, step.status, step.outcome) for goal in goals_of(desk) for step in goal.steps]


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("/done", SettleStep(StepStatus.DONE)),
        ("/done ", SettleStep(StepStatus.DONE)),
        ("/done #2", SettleStep(StepStatus.DONE, 2)),
        ("/done #2 ", SettleStep(StepStatus.DONE, 2)),
        ("/done #2  He picked up", SettleStep(StepStatus.DONE, 2, " He picked up")),
        ("/done He picked up", SettleStep(StepStatus.DONE, None, "He picked up")),
        ("/done #ring", SettleStep(StepStatus.DONE, None, "#ring")),
        ("/done #2nd try", SettleStep(StepStatus.DONE, None, "#2nd try")),
        ("/partly #1 half", SettleStep(StepStatus.PARTLY, 1, "half")),
        ("/notdone", SettleStep(StepStatus.NOT_DONE)),
        ("/NotDone #12", SettleStep(StepStatus.NOT_DONE, 12)),
        ("/replace Ring Ana @ this Friday", ReplaceStep(None, "Ring Ana", "this Friday")),
        ("/replace #3 Ring Ana", ReplaceStep(3, "Ring Ana", None)),
        ("/replace", Rejected(Problem.NEEDS_WORDS)),
        ("/replace #3", Rejected(Problem.NEEDS_WORDS)),
        ("/replace 3", Rejected(Problem.NEEDS_STEP)),
        ("/done 2", Rejected(Problem.NEEDS_STEP)),
        ("/partly  2 ", Rejected(Problem.NEEDS_STEP)),
    ],
)
def test_each_way_to_say_what_became_of_a_step(line: str, action: Action) -> None:
    assert parse(line) == action


@pytest.mark.parametrize(
    ("spanish", "english"),
    [("/hecho #2 bien", "/done #2 bien"), ("/cumplido", "/done"), ("/parcial x", "/partly x"), ("/enparte", "/partly"),
     ("/nohecho #1", "/notdone #1"), ("/incumplido", "/notdone"), ("/reemplazar a @ b", "/replace a @ b"),
     ("/sustituir #2 a", "/replace #2 a"), ("/done", "/done")],
)  # fmt: skip
def test_the_spanish_names(spanish: str, english: str) -> None:
    assert parse(spanish, "es") == parse(english)


def test_without_a_number_it_is_the_only_open_step(desk: Desk) -> None:
    recorder = desk.begin("/goal first", "/step one", "/goal second", "/done")
    assert became(desk) == [("one", "done", None)]  # the goal in hand has none that is open
    desk.enter(recorder, "/done", "/step two", "/step three", "/done")
    assert problems(recorder, "/done", "/done #9", "/partly #0") == [
        Problem.WHICH_STEP, Problem.NO_SUCH_STEP, Problem.NO_SUCH_STEP,
    ]  # fmt: skip
    assert became(desk)[1:] == [("two", "open", None), ("three", "open", None)]
    desk.enter(recorder, "/notdone #2 no time", "/partly")  # the goal of that step is in hand since
    assert became(desk)[1:] == [("two", "not", "no time"), ("three", "partly", None)]


def test_where_it_cannot_be_told_nothing_is_saved(desk: Desk) -> None:
    recorder = desk.begin("words")
    assert problems(recorder, "/done", "/done #1", "/replace x") == [
        Problem.NO_OPEN_STEP, Problem.NO_GOAL_YET, Problem.NO_OPEN_STEP,
    ]  # fmt: skip
    desk.begin("/goal first", "/step one", "/goal second", "/step two", "/end")
    later = desk.begin()
    assert problems(later, "/done", "/done #1") == [Problem.WHICH_STEP, Problem.WHICH_GOAL]
    assert {status for _, status, _ in became(desk)} == {"open"}


def test_a_step_that_is_replaced_stays_and_the_new_one_has_the_day_it_means(desk: Desk) -> None:
    desk.begin("/goal first", "/step Tell Dave @ this Friday", "/replace Write to Dave @ tomorrow, by hand")
    old, new = goals_of(desk)[0].steps
    assert (old.status, old.on, old.due) == (StepStatus.REPLACED, MONDAY, date(2026, 11, 27))
    assert (new.words, new.when, new.due) == ("Write to Dave", "tomorrow, by hand", date(2026, 11, 24))
    assert new.is_open
    assert new.id != old.id


def test_a_step_can_be_settled_anew_and_the_history_keeps_what_stood_there(desk: Desk) -> None:
    desk.begin("/goal first", "/step one", "/partly half", "/done #1 all of it")
    [goal] = goals_of(desk)
    assert (goal.steps[0].status, goal.steps[0].outcome) == (StepStatus.DONE, "all of it")
    [before] = goal.history
    assert isinstance(before.before, dict)
    assert (before.before["status"], before.before["outcome"]) == ("partly", "half")


def test_the_reply_names_the_step_and_a_new_one_is_asked_about_as_any_step(desk: Desk) -> None:
    recorder = desk.begin("/goal Quit vodka", "/step one")
    said = reply(recorder, "/replace Client will comply with the treatment plan")
    assert isinstance(said, Applied)
    assert (said.effect, said.n, said.name, said.ask_voice) == (Effect.STEP, 1, "replaced", True)
    said = reply(recorder, "/replace Pour it all out, no more vodka from today")
    assert isinstance(said, Applied)
    assert said.medical_review


def test_each_line_is_taken_back_by_undo(desk: Desk) -> None:
    recorder = desk.begin("/goal first", "/step one @ el lunes", "/step two")
    plans = [goals_of(desk)]
    for line in (
        "/partly #1 half",
        "/done #1",
        "/replace #1 new @ Friday",
        "/notdone #2",
        "/replace #3 other @ tomorrow",
    ):
        desk.enter(recorder, line)
        plans.append(goals_of(desk))
    assert len(set(map(str, plans))) == len(plans)
    for before in reversed(plans[:-1]):
        desk.enter(recorder, "/undo")
        assert goals_of(desk) == before


SETTLED = st.builds(SettleStep, st.sampled_from([*StepStatus][1:]), st.none(), MAYBE)
REPLACED = st.builds(ReplaceStep, st.none(), WORDS, MAYBE | st.sampled_from(["this Friday", "mañana"]))


@given(GOALS.filter(lambda goal: goal.steps), SETTLED | REPLACED, st.data())
def test_no_step_is_lost_and_each_change_has_its_inverse(
    goal: Goal, action: SettleStep | ReplaceStep, data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, len(goal.steps)))
    made = goals.from_step_line(action, goal, number, AT, lambda: "stepnew1")
    [changed] = plan_with(goal).with_changes(*made.changes).goals
    assert [step.id for step in changed.steps[: len(goal.steps)]] == [step.id for step in goal.steps]
    settled = changed.steps[number - 1]
    assert settled.on == AT.date()
    if isinstance(action, ReplaceStep):
        assert settled.status is StepStatus.REPLACED
        assert (changed.steps[-1].words, changed.steps[-1].when) == (action.words, action.when)
    else:
        assert (settled.status, settled.outcome) == (action.status, action.outcome or goal.steps[number - 1].outcome)
        assert len(changed.steps) == len(goal.steps)
    [back] = plan_with(goal).with_changes(*made.changes).with_changes(*made.inverse).goals
    assert back == goal
