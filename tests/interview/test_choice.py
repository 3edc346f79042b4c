"""Which prompt comes next, and that nothing in view changes by itself."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.interview import choice
from mi_cli.interview.choice import RULES
from mi_cli.interview.session_start import start
from mi_cli.interview.state import InterviewState
from mi_cli.prompts.load import load
from mi_cli.prompts.model import Meant, Moment, Prompt, PromptKind, PromptSet, StageGuide, Substance
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.session import PromptSetUsed, Session, Visit
from mi_cli.records.terms import Stage, Status

AT: Final = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
new_goal_id: Final = map("{:08d}".format, count(1)).__next__
QUESTION: Final = PromptKind.OPEN_QUESTION


def prompt(name: str, *when: Moment, kind: PromptKind = QUESTION, meant: Meant = Meant.ANY, focus: str = "") -> Prompt:
    return Prompt(
        id=name, say=name, kind=kind, meant=meant, when=when, focus=(Substance(focus),) if focus else ()
    )  # fmt: skip


def guide(stage: Stage, *prompts: Prompt) -> StageGuide:
    return StageGuide(stage, "", (), (), (), (), (), prompts)


SMALL: Final = PromptSet(
    name="small", title="", language="en", version="1", digest="", focus_words={Substance.TOBACCO: ("smok",)},
    read_safety=lambda: load("en", None).safety,
    stages={
        Stage.ENGAGING: guide(
            Stage.ENGAGING, prompt("en1"), prompt("en2"), prompt("en3"),
            prompt("again", Moment.DISCORD, kind=PromptKind.REFLECTION),
        ),
        Stage.FOCUSING: guide(Stage.FOCUSING, prompt("fo1")),
        Stage.EVOKING: guide(
            Stage.EVOKING, prompt("ev1"), prompt("ev2"), prompt("ev3"), prompt("ev4"), prompt("ev5"),
            prompt("smoke", focus="tobacco"), prompt("later", meant=Meant.LATER),
            prompt("more", Moment.AFTER_CHANGE_TALK), prompt("example", Moment.AFTER_CHANGE_TALK),
            prompt("ask1", Moment.SUSTAIN_TALK), prompt("hear1", Moment.SUSTAIN_TALK, kind=PromptKind.REFLECTION),
            prompt("ask2", Moment.AUTONOMY), prompt("yours", Moment.AUTONOMY, kind=PromptKind.AFFIRMATION),
            prompt("imp1", Moment.LOW_IMPORTANCE), prompt("imp2", Moment.LOW_IMPORTANCE),
            prompt("con1", Moment.LOW_CONFIDENCE), prompt("con2", Moment.LOW_CONFIDENCE),
        ),
        Stage.PLANNING: guide(Stage.PLANNING, prompt("pl1"), prompt("pl2")),
    },
)  # fmt: skip


def an_interview(prompts: PromptSet, stage: Stage = Stage.EVOKING, *, first: bool = True) -> InterviewState:
    """An interview about to begin, with no store behind it."""
    kept = {"created_at": AT, "updated_at": AT, "revision": 1}
    session = Session(
        **kept, schema_="mi.session/1", id="session1", client="client01", counselor="A. Counselor", language="en",
        prompt_set=PromptSetUsed(name="small", version="1", digest=""), status=Status.OPEN, started_at=AT,
        visits=(Visit(stage=stage, from_=AT),),
    )  # fmt: skip
    notes = Notes(**kept, schema_="mi.notes/1", id="notes001", session="session1")
    plan = Plan(**kept, schema_="mi.plan/1", id="plan0001", client="client01")
    return start(session, notes, plan, prompts, first=first)


def after(state: InterviewState, lines: Iterable[str]) -> InterviewState:
    for line in lines:
        at = AT + timedelta(seconds=state.notes.last_turn + 1)
        state = state.apply(state.read_line(line), at, new_goal_id).state
    return state


def shown(*lines: str, stage: Stage = Stage.EVOKING, first: bool = True) -> list[str]:
    """What stands in view after each empty line."""
    state, seen = an_interview(SMALL, stage, first=first), []
    for line in lines:
        state = after(state, [line])
        if not line:
            seen.append(state.view.prompt.id if state.view.prompt else "-")
    return seen


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["", ""], ["ev2", "ev3"], id="the stage's order, when nothing has happened"),
        pytest.param(["+d I want to", "", ""], ["more", "ev2"], id="change talk is elaborated before the next topic"),
        pytest.param(["+", "", "+", ""], ["more", "example"], id="a mark counts as change talk"),
        pytest.param(["+d one", "= looks up", ""], ["more"], id="what the counselor notes does not come between"),
        pytest.param(["+d one", "two", ""], ["ev2"], id="what is no longer the last thing said is left"),
        pytest.param(["-", "-", ""], ["ev2"], id="two of sustain talk are not three"),
        pytest.param(["-", "words", "-r no", "-", "", "", ""], ["hear1", "yours", "ev2"], id="three in a row"),
        pytest.param(["-", "-", "+d but", "-", ""], ["ev2"], id="change talk in between breaks the row"),
        pytest.param(["~ court", "", ""], ["again", "ev2"], id="discord brings engaging back"),
        pytest.param(["-", "-", "-", "~", ""], ["again"], id="discord before anything else"),
        pytest.param(["/importance 3", "/evoking", "", "", ""], ["imp1", "imp2", "ev2"], id="low importance"),
        pytest.param(["/confidence 3", "/importance 3", "/evoking", ""], ["imp1"], id="importance where equal"),
        pytest.param(["/importance 9", "/confidence 4", "/evoking", "", ""], ["con1", "con2"], id="the lower one"),
        pytest.param(["/importance 7", "/evoking", ""], ["ev2"], id="seven is not low"),
        pytest.param(["/confidence 2", "/confidence 8", "/evoking", ""], ["ev2"], id="only the latest reading counts"),
        pytest.param(["/importance 2", "-", "-", "-", "", "", ""], ["hear1", "yours", "imp1"], id="then the reading"),
        pytest.param(["/focus Smoking less", *[""] * 5], ["ev2", "ev3", "ev4", "ev5", "smoke"], id="its own focus"),
        pytest.param([""] * 7, ["ev2", "ev3", "ev4", "ev5", "ask2", "yours", "-"], id="not what is meant for others"),
    ],
)  # fmt: skip
def test_what_has_happened_decides(lines: list[str], expected: list[str]) -> None:
    assert shown(*lines) == expected


def test_a_later_interview_has_what_is_meant_for_one() -> None:
    assert "later" in shown(*[""] * 6, first=False)


def test_change_talk_is_elaborated_in_every_stage() -> None:
    assert shown("+d I want to", "", "", stage=Stage.ENGAGING) == ["more", "en2"]


def test_going_back_and_on_passes_what_was_answered_meanwhile() -> None:
    assert shown("", "", "/back", "/back", "", "", "") == ["ev2", "ev3", "ev2", "ev3", "ev4"]
    assert shown("", "", "/back", "said", "/back", "", "") == ["ev2", "ev3", "ev3", "ev4"]


def test_what_was_answered_does_not_come_again_but_can_be_taken() -> None:
    state = after(an_interview(SMALL), ["/use 3", "an answer", *[""] * 6])
    assert state.view.prompt is None
    assert [place.seen for place in state.positions.values()] == [("ev1", "ev3", "ev2", "ev4", "ev5", "ask2", "yours")]
    assert after(state, ["/use 3"]).view.prompt == SMALL.stages[Stage.EVOKING].prompts[2]


def test_each_rule_has_a_reason_and_a_source() -> None:
    assert [rule.name for rule in RULES] == ["discord", "sustain talk", "low reading", "change talk"]
    assert all(rule.reason and rule.source for rule in RULES)


SHIPPED: Final = load("en", None)
SPOKEN: Final = (
    "words", "+d I want to", "-", "-r I like it", "+", "~ court", "= looks away", "! came", "/value my son", "/undo",
    "/focus drinking", "/goal Be there", "/step ring", "/mark 1 +d", "/edit 1 other", "/share 1", "/entries", "/recap",
    "/prompts", "/checks", "/nonsense", "/importance 11", "/safety overdose told",
)  # fmt: skip
MOVES: Final = ("", "/next", "/back", "/use 2", "/engaging", "/evoking", "/planning")
lines_of_any_kind: Final = st.lists(st.sampled_from((*SPOKEN, *MOVES, "", "", "/importance 3", "/confidence 9 yes")))


@given(lines_of_any_kind, st.booleans())
def test_what_is_in_view_changes_only_when_the_counselor_moves(lines: list[str], first: bool) -> None:
    state = an_interview(SHIPPED, Stage.ENGAGING, first=first)
    for line in lines:
        later = after(state, [line])
        if line not in MOVES:
            assert later.view.prompt == state.view.prompt
        state = later


@given(lines_of_any_kind, st.booleans())
def test_nothing_that_was_answered_comes_again(lines: list[str], first: bool) -> None:
    state = an_interview(SHIPPED, Stage.ENGAGING, first=first)
    for line in lines:
        later = after(state, [line])
        if line in ("", "/next") and later.view.prompt != state.view.prompt and later.view.prompt:
            assert later.view.prompt.id not in state.situation.answered
        state = later


@given(lines_of_any_kind, st.booleans())
def test_moving_on_comes_to_an_end(lines: list[str], first: bool) -> None:
    state = after(an_interview(SHIPPED, Stage.ENGAGING, first=first), lines)
    shown_in_all = sum(len(stage.prompts) for stage in SHIPPED.stages.values())
    for _ in range(shown_in_all + 3):
        state = after(state, [""])
    assert state.view.prompt is None
    place = state.positions[state.stage]
    assert len(place.seen) == len(set(place.seen))


READY: Final = ("-", "-", "-", "-", "-", "+", "+d I want to", "+c I will", "+", "+")


@pytest.mark.parametrize(
    ("lines", "hinted"),
    [
        pytest.param(READY, True, id="commitment, and sustain talk down"),
        pytest.param(["/importance 4", "/importance 6", "+t I poured it away"], True, id="steps, and a reading up"),
        pytest.param(["/readiness 4", "/readiness 6", *["-"] * 5, *["+"] * 5], True, id="a reading up, the other down"),
        pytest.param(["+c I will"], False, id="one sign alone"),
        pytest.param(["+c I will", *["-"] * 6, "/importance 4", "/importance 8"], False, id="commitment long past"),
        pytest.param([*READY, "/planning"], False, id="in planning it is no news"),
    ],
)  # fmt: skip
def test_the_signs_for_planning(lines: list[str], hinted: bool) -> None:
    assert choice.signs_of_readiness(after(an_interview(SMALL), lines).situation) is hinted


@pytest.mark.parametrize(
    ("language", "words", "about"),
    [
        ("en", "My drinking after night shifts", {"alcohol"}),
        ("en", "something about work", set()),
        ("en", "coming off methadone", {"opioids"}),
        ("en", "meth, and smoking", {"stimulants", "tobacco"}),
        ("en", "joint custody of my girl", set()),
        ("en", "Betting. And BEER.", {"gambling", "alcohol"}),
        ("es", "mi bebé", set()),
        ("es", "la bebida y el cigarro", {"alcohol", "tobacco"}),
    ],
)
def test_the_words_of_the_focus_tell_what_it_is_about(language: str, words: str, about: set[str]) -> None:
    state, seen = after(an_interview(load(language, None)), [f"/focus {words}"]), set()
    while (view := state.view).prompt is not None:
        seen |= {substance.value for substance in view.prompt.focus}
        state = after(state, [""])
    assert seen == about
