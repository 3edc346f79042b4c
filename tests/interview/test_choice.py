"""Which prompt comes next, and that nothing in view changes by itself."""

from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_cli.interview import choice
from mi_cli.interview.needs import NEEDS
from mi_cli.interview.rules import ALL_RULES
from mi_cli.interview.session_start import resume
from mi_cli.interview.state import InterviewState
from mi_cli.prompts.load import load
from mi_cli.prompts.model import Meant, Moment, Prompt, PromptKind, PromptSet, StageGuide, Substance, Topic
from mi_cli.records.terms import Stage, Talk
from mi_cli.records.text_keys import Need, RuleName
from tests.builders import NOW, after, an_interview

QUESTION: Final = PromptKind.OPEN_QUESTION


def prompt(name: str, *when: Moment, kind: PromptKind = QUESTION, **fields: Any) -> Prompt:
    """A prompt that says its own name; a question with its mark. Without a moment it belongs to the core."""
    say = f"{name}?" if kind is QUESTION else name
    return Prompt(**{"id": name, "say": say, "kind": kind, "when": when, "core": not when, **fields})


def mirror(name: str, *when: Moment, **fields: Any) -> Prompt:
    return prompt(name, *when, kind=PromptKind.REFLECTION, **fields)


def affirm(name: str, *when: Moment, **fields: Any) -> Prompt:
    return prompt(name, *when, kind=PromptKind.AFFIRMATION, **fields)


def tell(name: str, *when: Moment, **fields: Any) -> Prompt:
    return prompt(name, *when, kind=PromptKind.INFORMATION, **fields)


def guide(stage: Stage, *prompts: Prompt) -> StageGuide:
    return StageGuide(stage, "", (), (), (), (), (), prompts)


M: Final = Moment
SMALL: Final = PromptSet(
    name="small", title="", language="en", version="1", digest="",
    focus_words={Substance.TOBACCO: ("smok",), Substance.OPIOIDS: ("heroin",)},
    topic_words={Topic.FEAR: ("court",)},
    read_safety=lambda: load("en", None).safety,
    stages={
        Stage.ENGAGING: guide(
            Stage.ENGAGING, prompt("en1"), prompt("en2"), prompt("en3"),
            mirror("again", M.DISCORD), mirror("afraid", M.DISCORD, needs=(Need.FEAR,)),
            prompt("sorry", M.DISCORD_AFTER), affirm("able", M.STRENGTH), prompt("thanks", M.PARKED),
            mirror("slip1", M.LAPSE), affirm("slip2", M.LAPSE), prompt("slip3", M.LAPSE_AFTER),
            prompt("close", M.OVERDOSE), mirror("hear2", M.SUSTAIN),
        ),
        Stage.FOCUSING: guide(
            Stage.FOCUSING, prompt("fo1", needs=(Need.NO_FOCUS,)), mirror("so", M.FOCUS_AGREED),
            prompt("safe1", M.STAYING_SAFE), prompt("safe2", M.STAYING_SAFE), prompt("safe3", M.STAYING_SAFE),
        ),
        Stage.EVOKING: guide(
            Stage.EVOKING, prompt("ev1"), prompt("ev2", evokes=Talk.REASON), prompt("ev3", evokes=Talk.ABILITY),
            prompt("ev4"), prompt("smoke", focus=(Substance.TOBACCO,)), prompt("later", meant=Meant.LATER),
            prompt("worried", needs=(Need.WORRY,)), prompt("asked", use_only=True, core=False),
            prompt("imp", M.RULER_IMPORTANCE, core=True, needs=(Need.NO_IMPORTANCE,)),
            prompt("more", M.CHANGE), mirror("said", M.CHANGE), mirror("wish", M.CHANGE_DESIRE),
            prompt("picture", M.CHANGE_DESIRE), mirror("will", M.CHANGE_COMMITMENT),
            prompt("ask1", M.SUSTAIN), mirror("asks", M.SUSTAIN, say="asks?"), mirror("hear1", M.SUSTAIN),
            mirror("tried", M.SUSTAIN_ABILITY),
            mirror("other hand", M.SUSTAIN_REASON, needs=(Need.CHANGE_TALK,)),
            tell("yours", M.AUTONOMY, needs=(Need.NOT_MANDATED,)),
            tell("court's", M.AUTONOMY, needs=(Need.MANDATED,)),
            mirror("both", M.AMBIVALENCE), prompt("why", M.TO_EVOKING),
            prompt("imp1", M.LOW_IMPORTANCE), prompt("imp2", M.LOW_IMPORTANCE), prompt("how", M.HIGH_CONFIDENCE),
            prompt("con1", M.LOW_CONFIDENCE), prompt("con2", M.LOW_CONFIDENCE), prompt("wait", M.LOW_READINESS),
        ),
        Stage.PLANNING: guide(
            Stage.PLANNING, prompt("sum", M.RECAP, core=True), prompt("key", M.KEY_QUESTION, core=True),
            prompt("pl1", needs=(Need.NO_STEP,)), prompt("pl2"), mirror("your plan", M.SUSTAIN),
        ),
    },
)  # fmt: skip


def shown(*lines: str, stage: Stage = Stage.EVOKING, first: bool = True) -> list[str]:
    """What is in view after each empty line: a prompt's id, or in brackets what the view says instead."""
    state, seen = an_interview(SMALL, stage, first=first), []
    for line in lines:
        state = after(state, [line])
        if not line:
            seen.append(in_view(state))
    return seen


def in_view(state: InterviewState) -> str:
    view = state.view
    return view.prompt.id if view.prompt else f"({view.hold or 'over'})"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["", ""], ["ev2", "ev3"], id="the stage's order, when nothing has happened"),
        pytest.param([""] * 6, ["ev2", "ev3", "ev4", "imp", "(over)", "(over)"], id="only the core, and what fits"),
        pytest.param(["- no", "", ""], ["hear1", "ev2"], id="sustain talk is reflected, once"),
        pytest.param(["-", ""], ["hear1"], id="a mark too"),
        pytest.param(["-a tried that", ""], ["tried"], id="by its type"),
        pytest.param(["-r it helps", ""], ["hear1"], id="no other hand that nobody has voiced"),
        pytest.param(["+ but", "-r it helps", ""], ["other hand"], id="the other hand that was voiced"),
        pytest.param(["- no", "words", "= looks up", "/value x", ""], ["hear1"], id="what is no event changes nothing"),
        pytest.param(["- no", ">r no", ""], ["ev2"], id="a reflection that was noted has been given"),
        pytest.param(["- no", ">q why", ""], ["hear1"], id="a question that was noted has not"),
        pytest.param(["- a", "", "- b", ""], ["hear1", "yours"], id="a second one: whose choice it is"),
        pytest.param(["- a", "- b", ""], ["yours"], id="two at once count as two"),
        pytest.param(["- a", "- b", "- c", ""], ["hear1"], id="a third one is reflected again"),
        pytest.param(["- a", "-a what's the point", ""], ["tried"], id="no word on choice after hopelessness"),
        pytest.param(["- a", "~ b", "- c", ""], ["hear1"], id="discord between breaks the row"),
        pytest.param(["- a", "", "/importance 8", "", "", "- c", ""], ["hear1", "hear1", "hear1", "hear2"],
                     id="a reading between breaks it too"),
        pytest.param(["? a", "", "/planning", "", "", "", ""], ["thanks", "key", "(wait)", "pl1", "pl2"],
                     id="what was answered does not come back after a key question"),
        pytest.param(["/use 2", "/use 1", ""], ["ev3"], id="a prompt taken again does not bring others back"),
        pytest.param(["+d words", "", "+", ""], ["wish", "said"], id="a mark"),
        pytest.param(["- a", "+ but", "", "- b", ""], ["said", "hear1"], id="change talk in between breaks the row"),
        pytest.param(["-", "", "+", "", "-", "", "+", "", "-", ""],
                     ["hear1", "said", "hear2", "(reflect)", "(reflect)"], id="when no reflection is left"),
        pytest.param(["+d I want to", "", "", ""], ["wish", "picture", "ev2"], id="reflect, then elaborate"),
        pytest.param(["+d I want to", ">r you want", ""], ["picture"], id="the reflection has been given"),
        pytest.param(["+c I will", "", "", ""], ["will", "more", "ev2"], id="the general one, where a type has none"),
        pytest.param(["+", "", ""], ["said", "more"], id="a mark counts as change talk"),
        pytest.param(["+ the girl", "*", "", ""], ["said", "ev2"], id="no general question after a starred line"),
        pytest.param(["~ whatever", "", "", "", ""], ["again", "sorry", "yours", "ev2"], id="discord"),
        pytest.param(["~ the court", ""], ["afraid"], id="discord from fear"),
        pytest.param(["~ a", ">r b", ""], ["sorry"], id="discord, reflected already"),
        pytest.param(["- no", "~ a", ""], ["again"], id="the latest event decides"),
        pytest.param(["~ a", "- no", ""], ["hear1"], id="the latest event, the other way round"),
        pytest.param(["+- both", "", ""], ["both", "ev2"], id="ambivalence"),
        pytest.param(["! kind", "", "! calm", ""], ["able", "(affirm)"], id="a strength"),
        pytest.param(["? father", "", "? mother", ""], ["thanks", "(thank)"], id="a parked matter"),
        pytest.param(["/focus work", "", "", ""], ["so", "why", "ev2"], id="the focus, then the reasons"),
        pytest.param(["/focus heroin", *[""] * 4], ["so", "safe1", "why", "safe2"], id="staying safe with opioids"),
        pytest.param(["/focus heroin", *[""] * 6], ["so", "safe1", "why", "safe2", "ev2", "ev3"], id="twice at most"),
        pytest.param(["/lapse drank", "", "", "", ""], ["slip1", "slip2", "slip3", "ev2"], id="a lapse"),
        pytest.param(["/safety overdose told", "", "", "", ""], ["close", "safe1", "ev2", "safe2"], id="an overdose"),
        pytest.param(["/safety overdose told", "/safety done", ""], ["ev2"], id="a concern that was dealt with"),
        pytest.param(["/importance 3", "/evoking", "", "", ""], ["imp1", "imp2", "ev2"], id="low importance"),
        pytest.param(["/confidence 3", "/importance 3", "/evoking", ""], ["imp1"], id="importance where equal"),
        pytest.param(["/importance 9", "/confidence 4", "/evoking", "", "", "", ""],
                     ["con1", "con2", "ev3", "ev4"], id="the lower one, and what follows leans to it"),
        pytest.param(["/confidence 8 once", "", "", ""], ["ev1", "how", "ev2"], id="a high reading; no question left"),
        pytest.param(["/importance 8", "", "", "", "", "", ""], ["ev1", "ev1", "ev2", "ev3", "ev4", "(over)"],
                     id="a ruler is not asked again"),
        pytest.param(["/readiness 3", "", "", ""], ["ev1", "ev1", "wait"], id="not ready"),
        pytest.param(["+n I have to", ">r", "", *[""] * 5], ["more", "ev2", "ev3", "ev4", "worried", "imp"],
                     id="a need that is met"),
        pytest.param(["+", "+ a", "", "/recap", "", "", "", ""], ["said", "(wait)", "pl1", "pl2", "ev2"],
                     id="a recap: silence, planning"),
        pytest.param(["/recap", ""], ["ev2"], id="a recap with nothing in it"),
        pytest.param(["/recap", "+ I will", "", ""], ["said", "more"], id="what was answered to a recap"),
    ],
)  # fmt: skip
def test_what_has_happened_decides(lines: list[str], expected: list[str]) -> None:
    assert shown(*lines) == expected


def test_in_planning_a_key_question_is_followed_by_silence() -> None:
    assert shown("", "", "", "", "", stage=Stage.PLANNING) == ["key", "(wait)", "pl1", "pl2", "(over)"]
    assert shown("", "Cut down", "", stage=Stage.PLANNING) == ["key", "pl1"]


def test_what_the_plan_has_is_not_asked_for() -> None:
    assert shown("/goal Be there", "/step ring", "", "", "", stage=Stage.PLANNING) == ["key", "(wait)", "pl2"]


def test_a_sentence_about_the_plan_stays_in_planning() -> None:
    assert "your plan" not in shown(*["-", ""] * 12)
    assert shown("-", "", stage=Stage.PLANNING) == ["your plan"]


def test_somebody_who_was_sent_hears_the_two_sided_form() -> None:
    state = after(an_interview(SMALL, Stage.EVOKING), ["/mandated the court", "- a", "- b", ""])
    assert in_view(state) == "court's"


def test_a_later_interview_has_what_is_meant_for_one() -> None:
    assert "later" in shown(*[""] * 6, first=False)


def test_entering_a_stage_after_sustain_talk_reflects_it() -> None:
    state = after(an_interview(SMALL, Stage.EVOKING), ["- no", "/engaging"])
    assert in_view(state) == "hear2"
    assert in_view(after(state, ["/evoking"])) == "ev1"
    assert in_view(after(state, ["/evoking", "/engaging"])) == "en1", "what was borrowed is no place to come back to"


def test_going_back_and_on_passes_what_was_answered_meanwhile() -> None:
    assert shown("", "", "/back", "/back", "", "", "") == ["ev2", "ev3", "ev2", "ev3", "ev4"]
    assert shown("", "", "/back", "said", "/back", "", "") == ["ev2", "ev3", "ev3", "ev4"]
    assert shown("", "/back", "- no", "") == ["ev2", "hear1"], "what was said comes before the way on"


def test_what_was_answered_does_not_come_again_but_can_be_taken() -> None:
    state = after(an_interview(SMALL, Stage.EVOKING), ["/use 3", "an answer", *[""] * 6])
    assert in_view(state) == "(over)"
    assert [place.seen for place in state.positions.values()] == [("ev1", "ev3", "ev2", "ev4", "imp")]
    assert after(state, ["/use 3"]).view.prompt == SMALL.stages[Stage.EVOKING].prompts[2]


def test_a_set_that_marks_no_core_has_all_its_ordinary_prompts_in_order() -> None:
    stages = {stage: guide(stage, prompt("a", core=False), prompt("b", M.SUSTAIN), prompt("c", core=False))
              for stage in Stage}  # fmt: skip
    state = an_interview(replace(SMALL, stages=stages), Stage.EVOKING)
    assert [in_view(after(state, [""] * n)) for n in range(3)] == ["a", "c", "(over)"]


def test_the_view_says_why_a_prompt_came_and_what_may_fill_it() -> None:
    state = an_interview(load("en", None), Stage.EVOKING)
    assert state.view.rule is None
    state = after(state, ["/focus the beer", "- It is all I have.", ""])
    assert state.view.rule is RuleName.SUSTAIN_TALK
    state = after(state, ["/pause"])
    resumed = resume(state.session, state.notes, state.facts, state.plan, state.prompts, NOW)
    assert (resumed.view.prompt, resumed.view.rule) == (state.view.prompt, RuleName.SUSTAIN_TALK)


def test_what_an_event_was_given_outlives_a_pause() -> None:
    state = after(an_interview(SMALL, Stage.EVOKING), ["~ a", "", "/pause"])
    resumed = resume(state.session, state.notes, state.facts, state.plan, SMALL, NOW)
    assert in_view(resumed) == "again"
    assert in_view(after(resumed, [""])) == "sorry"


def test_every_rule_has_a_source_and_every_need_a_check() -> None:
    assert {rule.name for rule in ALL_RULES} == set(RuleName)
    assert all(rule.source for rule in ALL_RULES)
    assert set(NEEDS) == set(Need)


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
            answered = {entry.prompt for entry in state.notes.entries}
            assert later.view.prompt.id not in answered
        state = later


@settings(max_examples=25)  # each shows every prompt of a set
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
        pytest.param([*READY, "/confidence 3"], False, id="commitment, where confidence is low"),
        pytest.param(["+c I will", *["-"] * 6, "/importance 4", "/importance 8"], False, id="commitment long past"),
        pytest.param([*READY, "/planning"], False, id="in planning it is no news"),
    ],
)  # fmt: skip
def test_the_signs_for_planning(lines: list[str], hinted: bool) -> None:
    assert choice.signs_of_readiness(after(an_interview(SMALL, Stage.EVOKING), lines).situation) is hinted
