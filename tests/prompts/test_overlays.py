"""The shipped sets over another shipped one: an interview in ten minutes, and adolescents."""

import re
from collections.abc import Iterator
from typing import Final

import pytest

from mi_cli.prompts.load import load
from mi_cli.prompts.model import Meant, Moment, Prompt, PromptKind, PromptSet
from mi_cli.prompts.prompt_lint import problems
from mi_cli.prompts.source import shipped
from mi_cli.records.terms import Stage
from mi_cli.records.text_keys import Need

ENGLISH, SPANISH = load("en", None), load("es", None)
BRIEF, BRIEF_ES = load("brief", None), load("brief-es", None)
TEEN, TEEN_ES = load("teen", None), load("teen-es", None)

in_each_language: Final = pytest.mark.parametrize(("over", "base"), [(BRIEF, ENGLISH), (BRIEF_ES, SPANISH)])
of_each_pair: Final = pytest.mark.parametrize(
    ("over", "base", "translated"), [(BRIEF, ENGLISH, BRIEF_ES), (TEEN, ENGLISH, TEEN_ES)]
)

# The Spanish prompts whose words fit tú as they fit usted.
FITS_BOTH: Final = {
    "agenda-where-to-start",
    "ambivalence-both-belong",
    "ambivalence-times-when",
    "change-part-of-it",
    "commitment-when",
    "desire-picture",
    "elaborate-what-else",
    "family-both-care",
    "family-want-same",
    "focus-comes-first",
    "low-importance-and-still",
    "plan-change-picture-day",
    "plan-epe-options-menu",
    "plan-lapse-both-count",
    "plan-reflect-step",
    "plan-sustain-harder-than-it-sounds",
    "reflect-and-at-the-same-time",
    "safe-fentanyl-in-supply",
    "safe-not-alone",
    "sustain-more-to-it",
    "to-evoking-why-now",
}


def every(found: PromptSet) -> Iterator[Prompt]:
    return (prompt for guide in found.stages.values() for prompt in guide.prompts)


def by_id(found: PromptSet) -> dict[str, Prompt]:
    return {prompt.id: prompt for prompt in every(found)}


def said(prompt: Prompt) -> tuple[str, ...]:
    return (prompt.say, *prompt.follow_ups)


def test_the_sets_that_come_with_it() -> None:
    assert list(shipped()) == ["brief", "brief-es", "en", "es", "teen", "teen-es"]


@of_each_pair
def test_an_overlay_is_the_same_in_both_languages(over: PromptSet, base: PromptSet, translated: PromptSet) -> None:
    def shape(prompt: Prompt) -> tuple[object, ...]:
        parts = (prompt.kind, prompt.evokes, prompt.meant, prompt.focus, prompt.core, prompt.use_only)
        return (prompt.id, *parts, prompt.when, prompt.needs, prompt.cue, len(prompt.follow_ups), prompt.say.count("…"))

    assert [shape(prompt) for prompt in every(over)] == [shape(prompt) for prompt in every(translated)]
    assert (translated.language, translated.translates) == ("es", over.name)
    assert (over.safety, over.focus_words, over.topic_words) == (base.safety, base.focus_words, base.topic_words)


@pytest.mark.parametrize("over", [BRIEF, BRIEF_ES, TEEN, TEEN_ES], ids=lambda found: found.name)
def test_every_prompt_of_an_overlay_can_come_and_has_no_problem(over: PromptSet) -> None:
    for prompt in every(over):
        assert prompt.core or prompt.use_only or prompt.when
        assert prompt.say.count("…") == len(prompt.cue)
        assert problems(prompt, over.language) == []
        assert all(words.count("?") <= 1 for words in said(prompt))


# -- ten minutes -------------------------------------------------------------------------------------------------------


@in_each_language
def test_ten_minutes_are_six_screens(over: PromptSet, base: PromptSet) -> None:
    owed = (Need.MANDATED, Need.OPEN_STEP)  # what is passed on, and how the step went that was agreed: where they apply
    screens = [
        [
            prompt.id
            for prompt in over.stages[stage].prompts
            # A medical check before a sudden stop is owed too, where alcohol or sedatives are in focus.
            if prompt.core and not set(owed) & set(prompt.needs) and prompt.id != "plan-medical-first"
        ]
        for stage in Stage
    ]
    assert screens == [
        ["brief-permission"],
        ["brief-worth-it"],
        ["importance-ruler", "brief-epe"],
        ["key-question", "brief-next-step"],
    ]
    assert {by_id(over)[name].meant for names in screens for name in names} == {Meant.ANY}
    ruler = by_id(over)["importance-ruler"]
    assert (ruler.kind, len(ruler.follow_ups)) == (PromptKind.RULER, 2)
    assert len(by_id(over)["brief-epe"].follow_ups) == 2


@in_each_language
def test_ten_minutes_have_all_that_the_moments_bring(over: PromptSet, base: PromptSet) -> None:
    before, after = by_id(base), by_id(over)
    assert set(before) < set(after)
    for name, prompt in before.items():
        assert (said(prompt), prompt.when, prompt.needs) == (said(after[name]), after[name].when, after[name].needs)


# -- adolescents -------------------------------------------------------------------------------------------------------


def test_spanish_for_adolescents_says_tu() -> None:
    usted = re.compile(
        r"\bustedes?\b|\bconsigo\b|\b(?:cuénteme|dígame|hábleme|ayúdeme|explíqueme|descríbame|deme|piense)\b|"
        r"\ble (?:gustaría|parece|importa|preocupa|preocupe|da|trae|ayuda|pido|cuesta)\b",
        re.IGNORECASE,
    )
    assert [(prompt.id, words) for prompt in every(TEEN_ES) for words in said(prompt) if usted.search(words)] == []
    now = by_id(TEEN_ES)
    same = {prompt.id for prompt in every(SPANISH) if prompt.id in now and said(prompt) == said(now[prompt.id])}
    assert same == FITS_BOTH, "what says usted in es needs its tú in teen-es; what fits both is named here"


@pytest.mark.parametrize("found", [TEEN, TEEN_ES], ids=lambda found: found.name)
def test_adolescents_are_asked_about_their_own_lives(found: PromptSet) -> None:
    prompts = by_id(found)
    adults_at_home = re.compile(r"parents|padres")
    assert adults_at_home.search(prompts["confidentiality-limits"].note)
    assert prompts["teen-adults-get-wrong"].core
    assert prompts["teen-no-say"].when == (Moment.DISCORD,)
    of_adults = re.compile(r"\b(?:your (?:children|kids|wife|husband)|other adults|tus hijos|otros adultos)\b")
    for prompt in every(found):
        assert Need.CHILDREN not in prompt.needs
        assert not of_adults.search(prompt.say)
