"""What a set has to offer, counted: OARS, change talk, rulers, the plan, the opening, each situation, each focus."""

import re
from collections import Counter
from typing import Final

import pytest

from mi_cli.prompts.load import load
from mi_cli.prompts.model import Meant, Moment, Prompt, PromptKind, PromptSet, Substance
from mi_cli.records.terms import Ruler, Stage, Talk

SHIPPED: Final = {language: load(language, None) for language in ("en", "es")}
of_each_set: Final = pytest.mark.parametrize("shipped", SHIPPED.values(), ids=SHIPPED)

# The demand, and the prompts that meet it, one at least of each.
BY_NAME: Final = {
    Stage.ENGAGING: {
        "role and time": ["opening-role"],
        "permission for notes": ["permission-notes"],
        "limits of confidentiality": ["confidentiality-limits"],
        "simple, complex and double-sided reflection": ["reflect-simple", "reflect-feeling", "reflect-two-sides"],
    },
    Stage.FOCUSING: {
        "agenda": ["agenda-open", "agenda-put-on-table", "agenda-offer-topics"],
        "focus clear, one of several, unclear": ["focus-is-clear", "agenda-make-a-difference", "focus-is-unclear"],
        "elicit, provide, elicit": [
            "epe-what-you-know",
            "epe-ask-permission",
            "epe-provide",
            "epe-what-you-make-of-it",
        ],
        "double-sided reflection": ["reflect-focus-two-sides"],
    },
    Stage.EVOKING: {
        "looking back, looking forward": ["looking-back", "looking-forward-change", "looking-forward-same"],
        "extremes": ["extremes-worry", "extremes-best"],
        "values": ["values-and-use", "values-kind-of-person"],
        "past success": ["past-success", "affirm-past-success"],
        "what use costs": ["cost-money", "cost-health", "cost-freedom", "cost-people"],
        "both sides": ["ambivalence-like", "ambivalence-like-less", "reflect-both-sides"],
        "simple, complex and double-sided reflection": [
            "reflect-sustain",
            "reflect-wish-and-value",
            "reflect-both-sides",
        ],
    },
    Stage.PLANNING: {
        "recap and key question": ["recap", "key-question"],
        "changes, reasons, steps": ["plan-changes-i-want", "plan-main-reasons", "plan-steps"],
        "options the client names": ["plan-your-own-ideas"],
        "information with permission": ["plan-epe-ask-permission", "plan-epe-options-menu", "plan-epe-which-suits"],
        "obstacles with responses": ["plan-what-gets-in-the-way", "plan-my-response"],
        "supports": ["plan-who-can-help"],
        "signs of progress": ["plan-signs-it-works"],
        "confidence check": ["plan-confidence-check", "plan-make-it-smaller"],
        "what if it does not work": ["plan-if-it-does-not-work"],
        "a small first step, when, where, how": ["plan-first-small-step", "plan-when-where-how"],
        "review": ["plan-review-date", "later-how-first-step-went"],
        "double-sided reflection": ["plan-reflect-two-sides"],
    },
}


def every(shipped: PromptSet) -> list[Prompt]:
    return [prompt for guide in shipped.stages.values() for prompt in guide.prompts]


@of_each_set
@pytest.mark.parametrize(
    ("stage", "demand"), [(stage, demand) for stage, demands in BY_NAME.items() for demand in demands]
)
def test_what_has_to_be_there_is_there(shipped: PromptSet, stage: Stage, demand: str) -> None:
    there = {prompt.id for prompt in shipped.stages[stage].prompts}
    assert set(BY_NAME[stage][demand]) <= there


@of_each_set
def test_each_stage_says_what_it_is_for_and_when_to_leave_it(shipped: PromptSet) -> None:
    for stage, guide in shipped.stages.items():
        assert guide.aim
        assert min(map(len, (guide.listen_for, guide.checks, guide.move_on, guide.traps))) >= 3
        assert bool(guide.go_back) == (stage is not Stage.ENGAGING)
        assert all(sign.to is not stage for sign in guide.go_back)


@of_each_set
def test_every_stage_has_affirmations_and_reflections_to_begin_from(shipped: PromptSet) -> None:
    for guide in shipped.stages.values():
        kinds = Counter(prompt.kind for prompt in guide.prompts)
        assert min(kinds[PromptKind.AFFIRMATION], kinds[PromptKind.REFLECTION]) >= 2
        starters = [p for p in guide.prompts if p.kind in (PromptKind.AFFIRMATION, PromptKind.REFLECTION)]
        assert all("?" not in starter.say for starter in starters)


@of_each_set
def test_each_ruler_is_in_evoking_with_both_follow_ups(shipped: PromptSet) -> None:
    prompts = shipped.stages[Stage.EVOKING].prompts
    for ruler in Ruler:
        (prompt,) = [one for one in prompts if Moment(f"ruler-{ruler}") in one.when]
        assert prompt.kind is PromptKind.RULER
        assert len(prompt.follow_ups) == 2
        assert "0" in prompt.say
        assert "10" in prompt.say


@of_each_set
def test_every_type_of_change_talk_is_asked_for_twice_in_evoking(shipped: PromptSet) -> None:
    evoked = Counter(p.evokes for p in shipped.stages[Stage.EVOKING].prompts if p.kind is PromptKind.OPEN_QUESTION)
    assert {talk: evoked[talk] for talk in Talk if evoked[talk] < 2} == {}


@of_each_set
def test_a_first_and_a_later_interview_begin_differently(shipped: PromptSet) -> None:
    for stage, least in ((Stage.ENGAGING, 3), (Stage.FOCUSING, 1), (Stage.EVOKING, 1), (Stage.PLANNING, 1)):
        assert [p.meant for p in shipped.stages[stage].prompts].count(Meant.LATER) >= least
    opening = [p for p in shipped.stages[Stage.ENGAGING].prompts if Moment.OPENING in p.when]
    assert all(prompt.meant is Meant.FIRST for prompt in opening)
    assert [prompt.id for prompt in opening][:5] == [
        "opening-role",
        "permission-notes",
        "confidentiality-limits",
        "mandated-what-is-passed-on",
        "what-brings-you",
    ]


@of_each_set
@pytest.mark.parametrize(
    "moment", [Moment.MANDATED, Moment.LOW_IMPORTANCE, Moment.LOW_CONFIDENCE, Moment.DISCORD, Moment.LAPSE]
)
def test_every_situation_has_prompts_in_more_than_one_stage(shipped: PromptSet, moment: Moment) -> None:
    stages = [stage for stage, guide in shipped.stages.items() if any(moment in p.when for p in guide.prompts)]
    assert len(stages) >= 2


@of_each_set
@pytest.mark.parametrize("substance", Substance)
def test_every_focus_has_prompts_and_words_that_tell_of_it(shipped: PromptSet, substance: Substance) -> None:
    assert sum(substance in prompt.focus for prompt in every(shipped)) >= 2
    assert len(shipped.focus_words[substance]) >= 3


@of_each_set
def test_every_fact_has_a_source_with_a_year_or_a_rule(shipped: PromptSet) -> None:
    named = re.compile(r"\b(?:19|20)\d\d\b|42 CFR|Toolkit|MISC|p\. \d+")
    assert [prompt.id for prompt in every(shipped) if not named.search(prompt.source)] == []
    assert "SAMHSA" in shipped.safety.source


@of_each_set
def test_what_is_dangerous_is_said_where_it_may_come_up(shipped: PromptSet) -> None:
    for prompt in every(shipped):
        if Substance.ALCOHOL in prompt.focus and prompt.id.startswith("alcohol"):
            assert re.search(r"medical review|revisión médica", prompt.note)
    said = " ".join(prompt.note for prompt in every(shipped))
    assert not re.search(r"\b\d+ ?(?:mg|mcg|ml)\b", said)


def test_the_safety_card_names_the_country_in_its_own_language() -> None:
    assert {line.country for line in load("en", None).safety.lines} == {"US"}
    assert {line.country for line in load("es", None).safety.lines} == {"EE. UU."}
