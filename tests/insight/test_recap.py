"""What is read back, and where the last interview ended."""

from mi_cli.insight.recap import recap
from mi_cli.insight.way_in import last_words
from mi_cli.records.plan import Plan
from mi_cli.records.terms import GoalStatus, Talk
from tests.conftest import Desk


def plan(desk: Desk) -> Plan:
    return desk.store.plan(desk.client)


def test_change_talk_is_gathered_by_type_what_prepares_before_what_moves(desk: Desk) -> None:
    desk.begin(
        "+t poured it away", "+ something", "+d one", "-d I like it", "-", "+", "+r", "+n must", "+d two", "! came",
        "/value son", "= late", "said", "? his father",
    )  # fmt: skip
    found = recap(desk.notes)
    assert [(talk, [entry.words for entry in entries]) for talk, entries in found.change] == [
        (None, ["something"]),
        (Talk.DESIRE, ["one", "two"]),
        (Talk.NEED, ["must"]),
        (Talk.TAKING, ["poured it away"]),
    ]
    assert (found.change_marks, found.sustain) == (2, 2)
    assert [entry.words for entry in (*found.strengths, *found.values)] == ["came", "son"]


def test_a_recap_follows_what_was_typed_afterwards_and_taken_back(desk: Desk) -> None:
    recorder = desk.begin("said", "+ two", "+d three", "/mark 1 +c", "/mark 2 -", "/edit 3 other")
    assert [(talk, [entry.words for entry in entries]) for talk, entries in recap(desk.notes).change] == [
        (Talk.DESIRE, ["other"]),
        (Talk.COMMITMENT, ["said"]),
    ]
    desk.enter(recorder, *["/undo"] * 6)
    assert recap(desk.notes).change == ()


def test_the_last_interview_ended_with_the_next_step_else_with_a_goal_else_nowhere(desk: Desk) -> None:
    desk.begin("+d one", "/goal first", "/goal second", "/end Ring on Friday.")
    assert last_words(desk.notes, plan(desk)) == "Ring on Friday."
    desk.begin("/goal third", "/end")
    assert last_words(desk.notes, plan(desk)) == "third"
    dropped = tuple(goal.but(status=GoalStatus.DROPPED) for goal in plan(desk).goals)
    assert last_words(desk.notes, plan(desk).but(goals=dropped)) is None
    desk.begin("+d one", "/end")
    assert last_words(desk.notes, plan(desk)) is None  # an earlier interview's goal is not this one's
