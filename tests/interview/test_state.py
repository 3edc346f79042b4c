"""What each line of an interview does, through the recorder and a real store."""

from pathlib import Path

import pytest

from mi_cli.errors import SaveFailed
from mi_cli.interview import goals
from mi_cli.interview.actions import Rejected, Show
from mi_cli.interview.outcome import Applied, Effect, Leaving
from mi_cli.interview.recorder import Recorder
from mi_cli.interview.rulers import RulerQuestion
from mi_cli.records.plan import Plan
from mi_cli.records.terms import GoalStatus, Kind, Stage, Status, Talk
from mi_cli.records.text_keys import FollowUp, Problem
from mi_cli.terminal.pages import quiet_lines
from mi_cli.words.interview import interview_words
from tests.conftest import Desk


def asks(recorder: Recorder) -> FollowUp | None:
    question = recorder.state.question
    return question.follow_up if isinstance(question, RulerQuestion) else None


def reply(recorder: Recorder, line: str) -> object:
    return recorder.enter(line).reply


def plan(desk: Desk) -> Plan:
    return desk.store.plan(desk.client)


def test_a_reading_asks_why_not_lower_and_then_what_would_raise_it(desk: Desk) -> None:
    recorder = desk.begin("/importance 7")
    assert asks(recorder) is FollowUp.WHY_NOT_LOWER
    desk.enter(recorder, "She is embarrassed.")
    assert asks(recorder) is FollowUp.WHAT_WOULD_RAISE_IT
    desk.enter(recorder, "A week without.")
    assert asks(recorder) is None
    assert [(entry.kind, entry.prompt) for entry in desk.notes.entries] == [(Kind.CHANGE, None), (Kind.SAID, None)]
    assert (desk.session.readings[0].why, desk.session.readings[0].raise_) == (1, 2)


def test_at_zero_it_asks_what_would_make_it_a_one_and_keeps_the_answer_as_said(desk: Desk) -> None:
    recorder = desk.begin("/confidence 0")
    assert asks(recorder) is FollowUp.WHAT_WOULD_MAKE_IT_ONE
    desk.enter(recorder, "Other people around me.")
    assert desk.notes.entries[0].kind is Kind.SAID
    assert desk.session.readings[0].why == 1


def test_at_ten_nothing_could_raise_it(desk: Desk) -> None:
    assert asks(desk.begin("/readiness 10 I am.")) is None


def test_another_line_drops_the_question_and_an_empty_one_passes_over_it(desk: Desk) -> None:
    recorder = desk.begin("/importance 5", "+d I want to")
    assert asks(recorder) is None
    before = recorder.state.view.prompt
    desk.enter(recorder, "/importance 5", "")
    assert asks(recorder) is FollowUp.WHAT_WOULD_RAISE_IT
    desk.enter(recorder, "")
    assert asks(recorder) is None
    assert recorder.state.view.prompt == before


def test_a_line_that_is_not_understood_changes_nothing(desk: Desk) -> None:
    recorder = desk.begin("/importance 5")
    assert reply(recorder, "/importance 11") == Rejected(Problem.NOT_ON_THE_RULER, "importance")
    assert asks(recorder) is FollowUp.WHY_NOT_LOWER


def test_stages_come_in_any_order_and_keep_their_place(desk: Desk) -> None:
    recorder = desk.begin("", "")
    here = recorder.state.view.prompt
    desk.enter(recorder, "/planning", "/evoking", "", "/engaging")
    assert recorder.state.view.prompt == here
    assert [visit.stage for visit in desk.session.visits] == [
        Stage.ENGAGING, Stage.PLANNING, Stage.EVOKING, Stage.ENGAGING,
    ]  # fmt: skip


def test_back_and_use_move_among_the_prompts(desk: Desk) -> None:
    recorder = desk.begin()
    first = recorder.state.view.prompt
    desk.enter(recorder, "", "/back", "/back")
    assert recorder.state.view.prompt == first
    desk.enter(recorder, "/use 5")
    assert recorder.state.view.prompt == recorder.state.guide.prompts[4]
    assert reply(recorder, "/use 500") == Rejected(Problem.NO_SUCH_PROMPT)


def test_past_the_last_prompt_nothing_is_in_view(desk: Desk) -> None:
    recorder = desk.begin(*[""] * 40)
    assert recorder.state.view.prompt is None
    desk.enter(recorder, "/back")
    assert recorder.state.view.prompt is not None


def test_undo_takes_back_turn_by_turn_across_a_resume(desk: Desk) -> None:
    recorder = desk.begin(
        "one", "+d two", "/goal three", "/step four @ noon", "/review 4w", "/share 2", "/mark 1 +n", "/edit 2 other"
    )
    assert [item.words for item in plan(desk).talk] == ["other"]
    desk.crash()
    recorder = desk.resume()
    desk.enter(recorder, "/undo")
    assert plan(desk).talk[0].words == "two"
    desk.enter(recorder, "/undo")
    assert desk.notes.entries[0].kind is Kind.SAID
    desk.enter(recorder, "/undo")
    assert plan(desk).talk == ()
    desk.enter(recorder, "/undo", "/undo")
    assert (plan(desk).goals[0].review_on, plan(desk).goals[0].steps) == (None, ())
    desk.enter(recorder, "/undo", "/undo", "/undo")
    assert (plan(desk).goals, desk.notes.entries) == ((), ())
    assert reply(recorder, "/undo") == Rejected(Problem.NOTHING_TO_UNDO)
    desk.enter(recorder, "again")
    assert desk.notes.entries[0].n == 3


def test_undo_of_an_answer_leaves_the_reading_without_it(desk: Desk) -> None:
    recorder = desk.begin("/importance 7", "because", "/undo")
    assert desk.session.readings[0].why is None
    desk.enter(recorder, "/undo")
    assert desk.session.readings == ()


def test_goal_lines_belong_to_the_goal_in_hand(desk: Desk) -> None:
    recorder = desk.begin()
    assert reply(recorder, "/step a") == Rejected(Problem.NO_GOAL_YET)
    desk.enter(recorder, "/goal one", "/goal two", "/goal #1", "/reason r", "/support S: h", "/barrier b -> c")
    desk.enter(recorder, "/sign s", "/progress p", "/step what @ when")
    goal = plan(desk).goals[0]
    assert (goal.reasons, goal.signs, goal.progress[0].words) == (("r",), ("s",), "p")
    assert (goal.supports[0].how, goal.barriers[0].response, goal.steps[0].when) == ("h", "c", "when")
    assert plan(desk).goals[1].reasons == ()
    assert reply(recorder, "/goal #3") == Rejected(Problem.NO_SUCH_GOAL)
    desk.crash()
    assert reply(desk.resume(), "/reason x") == Rejected(Problem.WHICH_GOAL)


def test_in_planning_a_reading_is_about_the_goal_in_hand(desk: Desk) -> None:
    recorder = desk.begin("/importance 5 x", "/planning", "/goal one", "/confidence 6 y")
    assert [reading.goal for reading in desk.session.readings] == [None, plan(desk).goals[0].id]
    assert recorder.state.goal_in_hand == plan(desk).goals[0]


def test_a_reading_in_planning_is_the_goals_own_until_it_is_taken_back(desk: Desk) -> None:
    recorder = desk.begin("/planning", "/goal one", "/confidence 4 x", "/confidence 6 y", "/readiness 3 z")
    goal = plan(desk).goals[0]
    assert (goal.importance, goal.confidence) == (None, 6)
    assert [(before.field, before.before) for before in goal.history] == [("confidence", 4)]
    desk.enter(recorder, "/undo", "/undo")
    goal = plan(desk).goals[0]
    assert (goal.confidence, goal.history) == (4, ())
    desk.enter(recorder, "/undo")
    assert plan(desk).goals[0].confidence is None


def test_a_goal_that_was_dropped_elsewhere_is_not_in_hand_any_more(desk: Desk) -> None:
    recorder = desk.begin("/goal one", "/reason before")
    goal = plan(desk).goals[0]
    recorder.plan_editor.change_goal(goal.id, lambda fresh, at: goals.set_status(fresh, GoalStatus.DROPPED, at))
    desk.enter(recorder, "/reason as it was dropped")
    assert reply(recorder, "/reason after") == Rejected(Problem.NO_GOAL_YET)
    assert plan(desk).goals[0].reasons == ("before", "as it was dropped")


def test_a_goal_says_after_which_entry_it_came(desk: Desk) -> None:
    desk.begin("/goal first", "one", "/evoking", "+d two", "/goal second")
    origins = [(goal.from_.session, goal.from_.stage, goal.from_.n) for goal in plan(desk).goals]
    assert origins == [(desk.session.id, Stage.ENGAGING, None), (desk.session.id, Stage.EVOKING, 2)]


def test_a_review_date_that_is_replaced_stays_in_the_history(desk: Desk) -> None:
    recorder = desk.begin("/goal one", "/review 2027-01-31", "/review 2027-01-31", "/review 2027-02-28")
    assert [(before.field, before.before) for before in plan(desk).goals[0].history] == [("review_on", "2027-01-31")]
    desk.enter(recorder, "/otherwise Ring you", "/undo", "/undo")
    assert (plan(desk).goals[0].history, plan(desk).goals[0].if_not_working) == ((), None)


def test_what_does_not_sound_like_the_client_is_kept_and_asked_about(desk: Desk) -> None:
    recorder = desk.begin()
    for line, asked in (
        ("/goal Client will attend group", True),
        ("/goal I must see my son", False),
        ("/step Comply with the treatment plan @ Monday", True),
        ("/step Ring Dave", False),
        ("/reason The patient is tired", False),
    ):
        done = reply(recorder, line)
        assert isinstance(done, Applied)
        assert done.ask_voice is asked
    assert plan(desk).goals[0].words == "Client will attend group"


def test_what_was_shared_can_be_taken_out_again(desk: Desk) -> None:
    recorder = desk.begin("+d want", "? his father", "/share 1 2")
    assert reply(recorder, "/share -3") == Rejected(Problem.NOT_SHARED)
    assert reply(recorder, "/share -2") == Applied(Effect.UNSHARED, n=1)
    assert [item.from_.n for item in plan(desk).shared] == [1]
    desk.enter(recorder, "/undo")
    assert [item.from_.n for item in plan(desk).shared] == [2, 1]
    desk.enter(recorder, "! kind", "/share 3 -1")
    assert [item.from_.n for item in plan(desk).shared] == [2, 3]


def test_what_may_be_shared(desk: Desk) -> None:
    recorder = desk.begin("said", "= seen", "+", "+d want", "? his father")
    for number in (1, 2, 3):
        assert reply(recorder, f"/share {number}") == Rejected(Problem.NOT_SHAREABLE)
    assert reply(recorder, "/share 4 9") == Rejected(Problem.NO_SUCH_ENTRY)
    desk.enter(recorder, "/share 4 5", "/share 4")
    assert [(item.words, item.from_.n) for item in plan(desk).shared] == [("his father", 5), ("want", 4)]
    assert reply(recorder, "/mark 2 +d") == Rejected(Problem.HAS_NO_TALK)
    assert isinstance(reply(recorder, "/share"), Show)


def test_a_note_is_one_entry_and_each_line_of_it_is_on_the_disk(desk: Desk) -> None:
    recorder = desk.begin("/note", "one", "")
    assert desk.words == ["one\n"]
    desk.enter(recorder, "/end is a word here", ".", "after")
    assert desk.words == ["one\n\n/end is a word here", "after"]
    assert reply(recorder, "/note begins") == Applied(Effect.ENTRY, desk.notes.entries[-1])


def test_safety_concerns_are_noted_as_facts_and_closed(desk: Desk) -> None:
    recorder = desk.begin("/safety withdrawal rang the nurse")
    assert len(desk.session.open_concerns) == 1
    assert desk.notes.entries[0].kind is Kind.SAFETY
    desk.enter(recorder, "/safety done seen at four")
    assert not desk.session.open_concerns
    assert reply(recorder, "/safety done") == Rejected(Problem.NO_OPEN_CONCERN)
    desk.enter(recorder, "/undo")
    assert len(desk.session.open_concerns) == 1
    desk.enter(recorder, "/undo")
    assert desk.session.safety == ()


def test_pause_and_end(desk: Desk) -> None:
    recorder = desk.begin("+d want", "-")
    assert recorder.enter("/pause").leaving is Leaving.PAUSED
    assert (desk.session.status, desk.session.tally.change, desk.session.visits[-1].to is None) == (
        Status.PAUSED, 1, False,
    )  # fmt: skip
    desk.crash()
    recorder = desk.resume()
    assert desk.session.status is Status.OPEN
    assert recorder.enter("/end Ring.").leaving is Leaving.ENDED
    assert (desk.session.status, desk.words[-1], desk.notes.undo) == (Status.CLOSED, "Ring.", ())


def test_a_visit_that_a_crash_left_open_ends_at_its_last_entry(desk: Desk) -> None:
    desk.begin("one", "", "two")
    at, prompt = desk.notes.entries[-1].at, desk.notes.entries[-1].prompt
    desk.crash()
    recorder = desk.resume()
    assert desk.session.visits[0].to == at
    assert recorder.state.view.prompt is not None
    assert recorder.state.view.prompt.id == prompt


@pytest.mark.parametrize("part", ["save_session", "change_plan"])
def test_what_a_crash_between_the_records_left_is_mended(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    recorder = desk.begin("/goal one")

    class Crash(BaseException):
        pass

    def crash(*_: object) -> None:
        raise Crash

    owner = (
        "mi_cli.store.records.interviews.HeldInterview"
        if part == "save_session"
        else "mi_cli.store.records.json_store.JsonStore"
    )
    line = "/importance 6 my son" if part == "save_session" else "/step ring @ noon"
    with monkeypatch.context() as patched:
        patched.setattr(f"{owner}.{part}", crash)
        with pytest.raises(Crash):
            recorder.enter(line)
    desk.crash()
    desk.resume()
    desk.crash()
    desk.resume()
    if part == "save_session":
        assert [(reading.value, reading.why) for reading in desk.session.readings] == [(6, 1)]
    else:
        assert [step.words for step in plan(desk).goals[0].steps] == ["ring"]


def test_an_end_that_could_not_be_saved_is_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = desk.begin("one")

    def full(*_: object) -> None:
        raise SaveFailed("Not saved: the disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr("mi_cli.store.disk.atomic.write", full)
        outcome = recorder.enter("/end Ring.")
    assert outcome.error is not None
    assert outcome.leaving is None
    assert recorder.pause() is None
    assert (desk.session.status, desk.words) == (Status.CLOSED, ["one", "Ring."])


def shown(recorder: Recorder, *, after: str) -> str:
    recorder.enter(after)
    recorder.enter("")
    prompt = recorder.state.view.prompt
    return " ".join(prompt.when) if prompt else ""


def test_the_next_prompt_follows_what_has_happened(desk: Desk) -> None:
    recorder = desk.begin(stage=Stage.EVOKING)
    assert "discord" in shown(recorder, after="~ leave me alone")
    assert "change" in shown(recorder, after="+d I want to")
    assert "sustain" in shown(recorder, after="-r I like it")
    assert "autonomy" in shown(recorder, after="-r It helps")
    desk.enter(recorder, "so", "/importance 8 a", "/confidence 3 January.", "", "said")
    assert "low-confidence" in shown(recorder, after="more")


def test_no_prompt_comes_twice_and_a_first_interview_has_none_for_a_later_one(desk: Desk) -> None:
    recorder = desk.begin()
    seen = []
    while (prompt := recorder.state.view.prompt) is not None:
        seen.append(prompt)
        desk.enter(recorder, "")
    assert len({prompt.id for prompt in seen}) == len(seen)
    assert {prompt.meant.value for prompt in seen} == {"first", "any"}


def test_the_focus_brings_its_own_prompts(desk: Desk) -> None:
    recorder = desk.begin("/focus The drinking after night shifts", "/planning")
    substances = set()
    while (prompt := recorder.state.view.prompt) is not None:
        substances |= set(prompt.focus)
        desk.enter(recorder, "")
    assert "alcohol" in substances
    assert "gambling" not in substances


def test_readiness_is_hinted_at_when_two_signs_agree(desk: Desk) -> None:
    recorder = desk.begin("-", "-", "-", "+d a", "+d b", "+d c", stage=Stage.EVOKING)
    from mi_cli.interview.choice import signs_of_readiness

    assert not signs_of_readiness(recorder.state.situation)
    desk.enter(recorder, "+r d", "+c I will")
    assert signs_of_readiness(recorder.state.situation)


def test_the_examples_stand_as_typed(desk: Desk, examples: Path) -> None:
    lines = (examples / "interview-opioid-second-visit.txt").read_text(encoding="utf-8").splitlines()
    recorder = desk.begin()
    for line in lines:
        recorder.enter(line)
    kinds = [(entry.n, entry.kind, entry.talk) for entry in desk.notes.entries]
    assert (9, Kind.CHANGE, Talk.DESIRE) in kinds
    assert (10, Kind.SAID, None) in kinds
    readings = [(reading.value, reading.why, reading.raise_) for reading in desk.session.readings]
    assert readings == [(8, 8, 9), (0, 10, None), (5, 17, None)]  # 16 was taken back
    assert [item.from_.n for item in plan(desk).shared] == [7, 8, 14]
    goal = plan(desk).goals[0]
    assert (goal.words, goal.steps[0].when) == ("Be awake when my son is awake", "Thursday at 9")
    assert desk.session.status is Status.CLOSED
    typed = " ".join(lines)
    assert all(entry.words is None or entry.words in typed for entry in desk.notes.entries)
    assert "a line typed by mistake" not in desk.words


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["/goal No more vodka or xanax starting today"], True),
        (["/focus Drinking and xanax", "/goal Sleep through", "/step Pour it all out @ tonight"], True),
        (["/agenda the vodka", "/goal I quit, as of today"], True),
        (["/goal Drink less on weekdays"], False),
        (["/focus cigarettes", "/goal I quit today"], False),
        (["/goal No more vodka from today", "/step Ring my sister"], False),
        (["+c No more vodka from today"], False),
    ],
)
def test_stopping_at_once_gets_one_quiet_line(desk: Desk, lines: list[str], said: bool) -> None:
    recorder = desk.begin(*lines[:-1])
    done = reply(recorder, lines[-1])
    assert isinstance(done, Applied)
    page = quiet_lines(done, interview_words("en"))
    assert [line.text for line in page] == ([interview_words("en").medical_review] if said else [])
