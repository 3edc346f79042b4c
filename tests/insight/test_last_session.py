"""Where the last interview ended, as the next one is told."""

from mi_cli.insight.last_session import last_goal, last_time
from mi_cli.records.plan import Plan
from mi_cli.records.terms import GoalStatus
from mi_cli.terminal.greeting import last_goal_page, last_time_page
from mi_cli.words.interview import interview_words
from tests.conftest import Desk


def plan(desk: Desk) -> Plan:
    return desk.store.plan(desk.client)


def test_what_was_agreed_is_shown_as_it_was_said_with_the_last_reading_of_each_ruler(desk: Desk) -> None:
    desk.begin("/confidence 2", "/importance 7", "/confidence 4", "/end Ring my  brother on Wednesday")
    left = last_time(desk.session, desk.notes)
    assert [line.text for line in last_time_page(left, interview_words("en"))] == [
        "last time, 2026-11-23: “Ring my  brother on Wednesday”",
        "last readings, 2026-11-23: importance 7, confidence 4",
    ]
    assert [line.text for line in last_time_page(left, interview_words("es"))] == [
        "la vez pasada, 2026-11-23: “Ring my  brother on Wednesday”",
        "últimas lecturas, 2026-11-23: importancia 7, confianza 4",
    ]


def test_nothing_is_said_where_there_is_nothing_to_say(desk: Desk) -> None:
    desk.begin("words", "/end")
    assert last_time_page(last_time(desk.session, desk.notes), interview_words("en")) == []
    assert last_goal(plan(desk)) is None


def test_a_safety_concern_that_was_left_open_comes_first(desk: Desk) -> None:
    desk.begin("/safety withdrawal clinic called", "/end Tomorrow")
    page = last_time_page(last_time(desk.session, desk.notes), interview_words("en"))
    assert page[0].text == "a safety concern of 2026-11-23 was left open: withdrawal"


def test_the_goal_last_worked_on_with_its_steps_and_when(desk: Desk) -> None:
    recorder = desk.begin("/goal first", "/step Ring my brother @ on Wednesday", "/step Sleep", "/goal second")
    found = last_goal(plan(desk))
    assert found is not None
    assert (found.goal.words, found.number, found.of, found.steps) == ("second", 2, 2, ())

    desk.enter(recorder, "/goal #1", "/progress rang him")
    found = last_goal(plan(desk))
    assert found is not None
    assert [line.text for line in last_goal_page(found, interview_words("en"))] == [
        "goal: “first”",
        "step: “Ring my brother”, on Wednesday",
        "step: “Sleep”",
        "/goal #1, then /progress and a few words, note what came of it; /goal shows all 2",
    ]


def test_steps_that_something_came_of_and_goals_that_are_over_are_left_out(desk: Desk) -> None:
    recorder = desk.begin("/goal first", *(f"/step do {number}" for number in range(5)))
    [goal] = plan(desk).goals
    done = goal.steps[4].replace(outcome="did it")
    found = last_goal(plan(desk).replace(goals=(goal.replace(steps=(*goal.steps[:4], done)),)))
    assert found is not None
    assert [step.words for step in found.steps] == ["do 1", "do 2", "do 3"]

    desk.enter(recorder, "/goal second")
    first, second = plan(desk).goals
    over = plan(desk).replace(goals=(first, second.replace(status=GoalStatus.MET)))
    found = last_goal(over)
    assert found is not None
    assert (found.goal.words, found.of) == ("first", 1)
