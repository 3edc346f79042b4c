"""A line is on the disk before it counts as entered, and what a crash between two saves leaves is repaired."""

import pytest

from mi_cli.interview.client_facts import with_fact
from mi_cli.interview.outcome import Leaving
from mi_cli.interview.recorder import Recorder
from mi_cli.records.terms import FactName, Kind, Stage, Status
from tests.conftest import Desk
from tests.interview.failing import Crash, Fault, full, resume_failing

BEFORE = ("one", "+d two", "? three", "/planning", "/goal four", "/share 2")


def state(desk: Desk) -> object:
    """Everything on the disk that a line of an interview can change."""
    plan, facts = desk.store.plan(desk.client), desk.store.client_facts(desk.client)
    known = (facts.targets, facts.medicines, facts.mandate, facts.appointment)
    return desk.notes.entries, desk.session.readings, desk.session.safety, known, plan.goals, plan.shared


def begun(desk: Desk, fault: Fault) -> Recorder:
    desk.begin(*BEFORE)
    return resume_failing(desk, fault)


SAVES = {
    "said": ("notes",),
    "/importance 6 my son": ("notes", "session"),
    "/safety overdose rang the nurse": ("notes", "session"),
    "/goal five": ("notes", "plan"),
    "/step ring @ noon": ("notes", "plan"),
    "/review 4w": ("notes", "plan"),
    "/share 3": ("notes", "plan"),
    "/edit 2 other": ("notes", "plan"),
    "/mark 2 -n": ("notes", "plan"),
    "/mandated the court": ("notes", "facts"),
    "/fact medicines buprenorphine": ("notes", "facts"),
    "/focus driving after drinking": ("notes", "facts"),
    "/importance @driving 6 my son": ("notes", "session", "facts"),
    "/undo": ("notes", "plan"),
    "/end Ring.": ("notes", "session"),
}


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize(
    ("line", "nth"), [(line, nth) for line, saves in SAVES.items() for nth in range(1, len(saves) + 1)]
)
def test_a_crash_between_the_saves_of_a_line_is_mended(desk: Desk, line: str, nth: int, late: bool) -> None:
    """The notes are saved first: once they are on the disk the whole line is kept, and before that none of it."""
    fault = Fault()
    recorder = begun(desk, fault)
    untouched = state(desk)
    fault.set(nth, Crash(), late=late)
    with pytest.raises(Crash):
        recorder.enter(line)
    assert fault.saved == list(SAVES[line][: nth if late else nth - 1])
    entered = "notes" in fault.saved
    if line.startswith("/end") and "session" in fault.saved:
        assert desk.session.status is Status.CLOSED
        return
    fault.set(0, Crash())
    resume_failing(desk, fault)
    mended = state(desk)
    assert (mended != untouched) is entered
    recorder = resume_failing(desk, fault)
    assert state(desk) == mended  # to mend twice is to mend once
    if entered and line != "/undo":
        assert recorder.enter("/undo").error is None
        assert state(desk) == untouched


@pytest.mark.parametrize("late", [False, True])
def test_a_crash_while_it_is_mended_is_mended_too(desk: Desk, late: bool) -> None:
    fault = Fault()
    recorder = begun(desk, fault)
    fault.set(2, Crash())
    with pytest.raises(Crash):
        recorder.enter("/step ring @ noon")
    for nth in (1, 2):
        fault.set(nth, Crash(), late=late)
        desk.crash()
        with pytest.raises(Crash):
            resume_failing(desk, fault)
    fault.set(0, Crash())
    resume_failing(desk, fault)
    assert [step.words for step in desk.store.plan(desk.client).goals[0].steps] == ["ring"]


@pytest.mark.parametrize(
    ("line", "nth"), [("said", 1), ("/importance 6 my son", 1), ("/importance 6 my son", 2), ("/goal five", 2)]
)
def test_what_could_not_be_saved_is_kept_and_saved_with_the_next_line(desk: Desk, line: str, nth: int) -> None:
    fault = Fault()
    recorder = begun(desk, fault)
    before = len(desk.words)
    fault.set(nth, full())
    outcome = recorder.enter(line)
    assert outcome.error is not None
    assert recorder.unsaved
    fault.set(0, full())
    assert recorder.enter("next line").error is None
    assert not recorder.unsaved
    assert desk.notes == recorder.state.notes.replace(pending=desk.notes.pending)
    assert desk.session == recorder.state.session
    assert desk.store.plan(desk.client) == recorder.state.plan
    assert desk.words[-1] == "next line"
    more = (len(desk.words) - before, len(desk.session.readings), len(desk.store.plan(desk.client).goals))
    assert more == {"said": (2, 0, 1), "/importance 6 my son": (2, 1, 1), "/goal five": (1, 0, 2)}[line]


@pytest.mark.parametrize("late", [False, True])
def test_lines_that_could_not_be_saved_one_after_the_other_are_all_saved_once(desk: Desk, late: bool) -> None:
    fault = Fault()
    recorder = begun(desk, fault)
    for line in ("/goal five", "/step a", "/step b @ c", "/share 3", "said"):
        fault.set(2 if line != "said" else 1, full(), late=late)
        assert recorder.enter(line).error is not None
    fault.set(0, full())
    assert recorder.pause() is None
    plan = desk.store.plan(desk.client)
    assert [goal.words for goal in plan.goals] == ["four", "five"]
    assert [step.words for step in plan.goals[1].steps] == ["a", "b"]
    assert [item.words for item in plan.shared] == ["three", "two"]
    assert desk.words[-1] == "said"


def test_a_line_that_could_not_be_saved_can_be_taken_back(desk: Desk) -> None:
    fault = Fault()
    recorder = begun(desk, fault)
    untouched = state(desk)
    fault.set(2, full())
    assert recorder.enter("/goal five").error is not None
    fault.set(0, full())
    assert recorder.enter("/undo").error is None
    assert state(desk) == untouched


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("nth", [1, 2])
def test_an_end_that_could_not_be_saved_is_no_end_and_pausing_tries_it_again(desk: Desk, nth: int, late: bool) -> None:
    fault = Fault()
    recorder = begun(desk, fault)
    fault.set(nth, full(), late=late)
    outcome = recorder.enter("/end Ring on Friday.")
    assert outcome.error is not None
    assert outcome.leaving is None
    assert recorder.state.session.status is Status.OPEN
    fault.set(0, full())
    assert recorder.pause() is None
    assert (desk.session.status, desk.session.ended_at is None) == (Status.CLOSED, False)
    assert [entry.words for entry in desk.notes.entries if entry.kind is Kind.NEXT] == ["Ring on Friday."]


def test_after_an_end_that_could_not_be_saved_the_interview_goes_on(desk: Desk) -> None:
    fault = Fault()
    recorder = begun(desk, fault)
    fault.set(2, full())
    recorder.enter("/end Ring.")
    fault.set(0, full())
    assert recorder.enter("one thing more").error is None
    assert recorder.enter("/undo").error is None  # an end that was none cleared nothing
    assert recorder.enter("/undo").error is None
    assert desk.store.plan(desk.client).shared == ()
    assert recorder.pause() is None
    assert (desk.session.status, desk.session.ended_at) == (Status.PAUSED, None)
    assert Kind.NEXT not in [entry.kind for entry in desk.notes.entries]


def test_an_end_that_cannot_be_saved_at_all_leaves_the_interview_to_go_on_with(desk: Desk) -> None:
    fault = Fault()
    recorder = begun(desk, fault)
    desk.enter(recorder, "said")
    fault.set(1, full())
    assert recorder.enter("/end Ring.").leaving is None
    fault.set(1, full())
    assert recorder.pause() is None  # the disk took the second try of the two: the pause
    assert (desk.session.status, desk.words[-1]) == (Status.PAUSED, "said")
    assert resume_failing(desk, fault).enter("/end Ring.").leaving is Leaving.ENDED


def test_a_pause_that_could_not_be_saved_is_told(desk: Desk) -> None:
    fault = Fault()
    recorder = begun(desk, fault)
    fault.set(1, full())
    assert recorder.pause() is not None
    assert recorder.unsaved
    assert recorder.pause() is None
    assert desk.session.status is Status.PAUSED


def test_the_half_typed_line_is_there_until_a_line_is_entered(desk: Desk) -> None:
    recorder = desk.begin("one")
    recorder.keep_draft("two, half ty")
    desk.crash()
    recorder = desk.resume()
    assert recorder.draft() == "two, half ty"
    desk.enter(recorder, "two, half typed")
    desk.crash()
    recorder = desk.resume()
    assert recorder.draft() == ""
    recorder.keep_draft("three")
    recorder.drop_draft()
    assert recorder.draft() == ""


def test_the_plan_is_read_anew_for_each_change(desk: Desk) -> None:
    """Another process may have changed it meanwhile: `mi goals` beside an open interview."""
    recorder = desk.begin("/goal one")
    desk.store.change_plan(desk.client, lambda plan: plan.replace(goals=(plan.goals[0].replace(reasons=("theirs",)),)))
    desk.enter(recorder, "/reason ours")
    assert desk.store.plan(desk.client).goals[0].reasons == ("theirs", "ours")
    assert recorder.state.plan.goals[0].reasons == ("theirs", "ours")


def test_the_facts_are_read_anew_for_each_change(desk: Desk) -> None:
    """Another process may have changed them meanwhile: `mi client facts` beside an open interview."""

    def noted(name: FactName, words: str) -> None:
        desk.store.change_facts(
            desk.client,
            lambda facts: facts.with_changes(
                *with_fact(facts, name, words, desk.store.now(), desk.store.new_id).changes
            ),
        )

    recorder = desk.begin("/mandated the court")
    noted(FactName.REACH, "my sister")
    desk.enter(recorder, "/fact medicines buprenorphine")
    for facts in (desk.store.client_facts(desk.client), recorder.state.facts):
        known = facts.model_dump()
        assert (known["mandate"]["by"], known["reach"]["words"]) == ("the court", "my sister")
        assert known["medicines"]["words"] == "buprenorphine"
    noted(FactName.MEDICINES, "methadone")
    desk.enter(recorder, "/undo", "/undo")
    known = desk.store.client_facts(desk.client).model_dump()
    assert (known["mandate"], known["reach"]["words"]) == (None, "my sister")
    assert known["medicines"]["words"] == "methadone", "what another hand has noted since is not taken back"


@pytest.mark.parametrize("late", [False, True])
def test_facts_that_could_not_be_saved_are_saved_once_with_the_next_line(desk: Desk, late: bool) -> None:
    fault = Fault()
    recorder = begun(desk, fault)
    for line in ("/focus the car", "/mandated the court", "/fact appointment Friday"):
        fault.set(2, full(), late=late)
        assert recorder.enter(line).error is not None
        assert recorder.unsaved
    fault.set(0, full())
    assert recorder.pause() is None
    known = desk.store.client_facts(desk.client).model_dump()
    assert ([target["name"] for target in known["targets"]], known["mandate"]["by"]) == (["the car"], "the court")
    assert known["appointment"]["words"] == "Friday"
    assert known["turns"] == {desk.session.id: desk.notes.last_turn}


def test_what_was_taken_out_of_the_plan_elsewhere_does_not_come_back_with_an_edit(desk: Desk) -> None:
    recorder = desk.begin("+d one", "/share 1")
    desk.store.change_plan(desk.client, lambda plan: plan.replace(talk=()))
    desk.enter(recorder, "/edit 1 other")
    assert desk.store.plan(desk.client).shared == ()
    desk.enter(recorder, "/undo")
    assert desk.store.plan(desk.client).shared == ()


def test_nothing_that_moves_about_counts_as_unsaved(desk: Desk) -> None:
    recorder = desk.begin("one", stage=Stage.EVOKING)
    written = desk.store.layout.notes(desk.ref).stat().st_mtime_ns
    desk.enter(recorder, "", "/next", "/back", "/use 3", "/recap", "/planning")
    assert not recorder.unsaved
    assert desk.store.layout.notes(desk.ref).stat().st_mtime_ns == written
    assert desk.session.stage is Stage.PLANNING
