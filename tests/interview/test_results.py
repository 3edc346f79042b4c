"""What came of a goal is passed on only by the client's own agreement, and only in the words that were agreed to."""

from datetime import date, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from mi_cli.interview import goals, results
from mi_cli.interview.actions import Rejected, Share
from mi_cli.interview.goals import FieldPath
from mi_cli.interview.grammar import parse
from mi_cli.interview.outcome import Applied, Effect
from mi_cli.interview.results import Result
from mi_cli.records.change import Change, RecordPart
from mi_cli.records.plan import Goal, Plan, Progress, Step
from mi_cli.records.terms import StepStatus
from mi_cli.records.text_keys import Problem
from tests.builders import NOW, goal, plan
from tests.conftest import Desk

TODAY = NOW.date()
WORDS = st.text("ab", min_size=1, max_size=2)
DAYS = st.none() | st.just(TODAY)
LINES = st.builds(Progress, at=st.integers(0, 3).map(lambda days: NOW + timedelta(days=days)), words=WORDS, shared=DAYS)
STEPS = st.builds(Step, words=WORDS, when=WORDS, outcome=st.none() | WORDS, outcome_shared=DAYS)
GOALS = st.builds(
    lambda steps, lines: goal(1, "want", steps=tuple(steps), progress=tuple(lines)),
    st.lists(STEPS, max_size=3),
    st.lists(LINES, max_size=3),
)


def standing(of: Plan) -> list[tuple[str, str, date | None]]:
    return [(one.name, one.words, one.shared_on) for one in results.numbered(of).values()]


def agreed(of: Plan) -> list[str]:
    return [words for _, words, day in standing(of) if day]


def kept(desk: Desk) -> list[str]:
    return agreed(desk.store.plan(desk.client))


@given(GOALS, GOALS, st.data())
def test_only_what_was_chosen_changes_and_it_can_be_taken_back(one: Goal, two: Goal, data: st.DataObject) -> None:
    before = plan(one, two.replace(id="goal0002"))
    found = list(results.numbered(before).values())
    chosen = data.draw(st.lists(st.sampled_from(found), max_size=4, unique_by=lambda one: one.name)) if found else []
    out = data.draw(st.booleans())
    made = (
        results.share_and_withdraw((), chosen, before, TODAY)
        if out
        else results.share_and_withdraw(chosen, (), before, TODAY)
    )
    after = before.with_changes(*made.changes)
    words = [(found.name, found.words) for found in results.numbered(after).values()]
    assert words == [(found.name, found.words) for found in results.numbered(before).values()]
    both = zip(standing(before), standing(after), strict=True)
    changed = {name for (name, _, old), (_, _, new) in both if old != new}
    alike = {other.name for pick in chosen for other in results.in_plan(pick, before)}
    assert changed <= alike
    assert all((now.shared_on is None) == out for pick in chosen for now in results.in_plan(pick, after))
    assert sorted(agreed(after.with_changes(*made.inverse))) == sorted(agreed(before))


@given(GOALS, st.data())
def test_other_words_are_not_agreed_to(one: Goal, data: st.DataObject) -> None:
    spots = [FieldPath("steps", n, part) for n in range(1, len(one.steps) + 1) for part in ("words", "outcome")]
    spots += [FieldPath("progress", n, "words") for n in range(1, len(one.progress) + 1)]
    if not spots:
        return
    spot = data.draw(st.sampled_from(spots))
    changed = plan(one).with_changes(*goals.edit_field(one, spot, "other words", NOW).changes).goals[0]
    if spot.field == "progress":
        assert all(line.shared is None for line in changed.progress if line.words == "other words")
    else:
        anew = [step for step in changed.steps if "other words" in (step.words, step.outcome)]
        assert anew
        assert all(step.outcome_shared is None for step in anew)


def test_another_part_of_a_step_leaves_the_agreement_as_it_is() -> None:
    one = goal(1, "want", steps=(Step(id="step0001", words="ring", outcome="He laughed", outcome_shared=TODAY),))
    for made in (
        goals.edit_field(one, FieldPath("steps", 1, "when"), "Friday", NOW),
        goals.edit_field(one, FieldPath("steps", 1, "outcome"), "He laughed", NOW),
        goals.settle_step(one, 1, StepStatus.DONE, None, NOW),
    ):
        assert agreed(plan(one).with_changes(*made.changes)) == ["He laughed"]
    anew = goals.settle_step(one, 1, StepStatus.DONE, "He hung up", NOW)
    assert agreed(plan(one).with_changes(*anew.changes)) == []


def test_that_a_step_was_not_done_was_not_agreed_to_with_its_earlier_outcome() -> None:
    one = goal(1, "want", steps=(Step(id="step0001", words="ring", outcome="He laughed", outcome_shared=TODAY),))
    for status in (StepStatus.NOT_DONE, StepStatus.PARTLY, StepStatus.REPLACED):
        assert agreed(plan(one).with_changes(*goals.settle_step(one, 1, status, None, NOW).changes)) == []


def test_an_agreement_to_words_that_were_changed_meanwhile_does_nothing() -> None:
    before = plan(goal(1, "want", progress=(Progress(at=NOW, words="drove"),)))
    shown: Result = results.numbered(before)[1]
    edited = before.with_changes(
        *goals.edit_field(before.goals[0], FieldPath("progress", 1, "words"), "drove home", NOW).changes
    )
    assert results.share_and_withdraw([shown], (), edited, TODAY).changes == ()
    made_before = results.share_and_withdraw([shown], (), before, TODAY)
    assert agreed(edited.with_changes(*made_before.changes)) == []


def test_a_line_taken_out_is_out_whether_or_not_it_was_agreed_to_meanwhile() -> None:
    drop = {"at": NOW.isoformat().replace("+00:00", "Z"), "words": "drove"}  # as an earlier version wrote it down
    take_back = Change(where=RecordPart.GOAL_LIST, key="goal0001", field="progress", drop=drop)
    for shared in (None, TODAY):
        held = plan(goal(1, "want", progress=(Progress(at=NOW, words="drove", shared=shared),)))
        assert held.with_changes(take_back).goals[0].progress == ()


def test_the_numbers_of_a_share() -> None:
    assert parse("/share p1 7, P2 -p3 -8") == Share((7,), (8,), (1, 2), (3,))
    assert parse("/share p1 -p1") == Share((), (), (), (1,))
    for line in ("/share p", "/share q1", "/share pp1", "/share 7 p", "/share p-1", "/share ,"):
        assert isinstance(parse(line), Rejected)


def test_a_progress_line_is_passed_on_only_by_its_own_share_and_undo_takes_that_back(desk: Desk) -> None:
    recorder = desk.begin("/goal want", "/progress drove after ten beers", "/progress made it on Saturday")
    assert kept(desk) == []
    assert recorder.enter("/share p2").reply == Applied(Effect.SHARED, n=1)
    assert kept(desk) == ["made it on Saturday"]
    desk.enter(recorder, "/progress rang")
    assert recorder.enter("/share p3 -p2").reply == Applied(Effect.SHARED, n=1)
    assert kept(desk) == ["rang"]
    desk.enter(recorder, "/undo")
    assert kept(desk) == ["made it on Saturday"]
    assert recorder.enter("/share -p1").reply == Rejected(Problem.NOT_SHARED)
    assert recorder.enter("/share p9").reply == Rejected(Problem.NO_SUCH_RESULT)
    assert recorder.enter("/share -p2").reply == Applied(Effect.UNSHARED, n=1)
    desk.enter(recorder, "/undo", "/undo", "/undo")  # taken out; the third line; agreed to
    assert kept(desk) == []
    assert [line.words for line in desk.store.plan(desk.client).goals[0].progress] == [
        "drove after ten beers",
        "made it on Saturday",
    ]


def test_an_agreement_reaches_the_plan_after_a_crash_once(desk: Desk) -> None:
    desk.begin("/goal want", "/progress rang", "/share p1")
    desk.crash()
    desk.resume()
    assert kept(desk) == ["rang"]


def test_undo_takes_a_line_back_that_was_agreed_to_elsewhere_meanwhile(desk: Desk) -> None:
    recorder = desk.begin("/goal want", "/progress drove")
    rule = partial(results.share_and_withdraw, list(results.numbered(recorder.state.plan).values()), (), on=TODAY)
    recorder.plan_editor.change(rule)
    assert kept(desk) == ["drove"]
    desk.enter(recorder, "/undo")
    assert desk.store.plan(desk.client).goals[0].progress == ()
