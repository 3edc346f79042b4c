"""A rater's sheet as code: over the shipped sets, and over prompts that are bad on purpose."""

import re
import statistics
import textwrap
from collections import Counter
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.prompts.load import load
from mi_cli.prompts.model import Meant, Moment, Prompt, PromptKind, PromptSet
from mi_cli.prompts.prompt_lint import grade, opens, problems, sentences, syllables, word_count
from mi_cli.records.terms import Concern, Stage, Talk
from mi_cli.terminal.pages import safety_page
from mi_cli.words.interview import interview_words

SHIPPED: Final = {language: load(language, None) for language in ("en", "es")}
LABELS: Final = re.compile(
    r"\b(?:alcoholic|addict|junkie|drunk|abuser|user|drug abuse|in denial|resistant|noncompliant|unmotivated|offender|"
    r"alcohólic|adict|drogadict|borrach|viciad|toxicóman|en negación|resistente|desmotivad|delincuente)",
    re.IGNORECASE,
)
OARS: Final = {PromptKind.OPEN_QUESTION, PromptKind.AFFIRMATION, PromptKind.REFLECTION, PromptKind.SUMMARY}

of_each_set: Final = pytest.mark.parametrize("shipped", SHIPPED.values(), ids=SHIPPED)


def every(shipped: PromptSet) -> list[Prompt]:
    return [prompt for guide in shipped.stages.values() for prompt in guide.prompts]


# -- each prompt -------------------------------------------------------------------------------------------------------


@of_each_set
def test_a_shipped_prompt_has_no_problem(shipped: PromptSet) -> None:
    assert {prompt.id: found for prompt in every(shipped) if (found := problems(prompt, shipped.language))} == {}


@of_each_set
def test_a_shipped_prompt_is_sourced_calm_and_free_of_labels(shipped: PromptSet) -> None:
    for prompt in every(shipped):
        assert prompt.source
        for text in (prompt.say, prompt.listen_for, prompt.note, *prompt.follow_ups):
            assert not {"!", "¡"} & set(text)
            assert not LABELS.search(text)


@of_each_set
def test_a_follow_up_opens_too(shipped: PromptSet) -> None:
    said = [follow_up for prompt in every(shipped) for follow_up in prompt.follow_ups]
    assert [words for words in said if not opens(words, shipped.language)] == []


@of_each_set
def test_a_ruler_asks_why_not_lower_and_what_would_raise_it(shipped: PromptSet) -> None:
    lower, raised = {"en": ("lower", "raise"), "es": ("más bajo", "subir")}[shipped.language]
    rulers = [prompt for prompt in every(shipped) if prompt.kind is PromptKind.RULER]
    assert len(rulers) == 4
    for prompt in rulers:
        assert len(prompt.follow_ups) == 2
        assert lower in prompt.follow_ups[0]
        assert raised in prompt.follow_ups[1]
        assert prompt.note


# -- each set ----------------------------------------------------------------------------------------------------------


def test_english_prompts_read_at_grade_six_or_below() -> None:
    grades = [grade(prompt.say) for prompt in every(SHIPPED["en"])]
    assert statistics.median(grades) <= 6
    assert max(grades) <= 8


@of_each_set
def test_every_stage_offers_enough_and_all_of_oars(shipped: PromptSet) -> None:
    least = {Stage.ENGAGING: 12, Stage.FOCUSING: 12, Stage.EVOKING: 24, Stage.PLANNING: 16}
    for stage, guide in shipped.stages.items():
        assert len(guide.prompts) >= least[stage]
        assert {prompt.kind for prompt in guide.prompts} >= OARS


@of_each_set
def test_every_kind_of_change_talk_is_evoked_twice(shipped: PromptSet) -> None:
    evoked = Counter(prompt.evokes for prompt in shipped.stages[Stage.EVOKING].prompts)
    assert all(evoked[talk] >= 2 for talk in Talk)


@of_each_set
def test_a_decisional_balance_comes_with_a_caution(shipped: PromptSet) -> None:
    prompt = shipped.prompt("decisional-balance")
    assert prompt
    assert "Rose" in prompt.note


@of_each_set
def test_every_ruler_and_every_moment_has_a_prompt(shipped: PromptSet) -> None:
    moments = {moment for prompt in every(shipped) for moment in prompt.when}
    assert moments == set(Moment)
    assert {prompt.meant for prompt in every(shipped)} == set(Meant)


@of_each_set
def test_checks_are_asked_of_oneself(shipped: PromptSet) -> None:
    to_the_client = re.compile(r"\b(?:you|your|yours|usted|dígame|cuénteme)\b", re.IGNORECASE)
    for guide in shipped.stages.values():
        assert guide.checks
        for check in guide.checks:
            assert check.endswith("?")
            assert not to_the_client.search(check)


def test_both_languages_offer_the_same() -> None:
    def shape(prompt: Prompt) -> Prompt:
        """All but what is worded: as many follow-ups, and a note where the other has one."""
        return replace(
            prompt,
            say="",
            listen_for="x" if prompt.listen_for else "",
            follow_ups=("",) * len(prompt.follow_ups),
            note="x" if prompt.note else "",
        )

    for stage in Stage:
        english, spanish = (SHIPPED[language].stages[stage] for language in ("en", "es"))
        assert [shape(prompt) for prompt in english.prompts] == [shape(prompt) for prompt in spanish.prompts]
        assert [prompt.say.count("…") for prompt in english.prompts] == [
            prompt.say.count("…") for prompt in spanish.prompts
        ]
        assert [sign.to for sign in english.go_back] == [sign.to for sign in spanish.go_back]
        for field in ("listen_for", "checks", "move_on", "traps"):
            assert len(getattr(english, field)) == len(getattr(spanish, field))


# -- the safety card ---------------------------------------------------------------------------------------------------


@of_each_set
def test_the_safety_card_names_all_concerns_and_promises_nothing(shipped: PromptSet) -> None:
    card = shipped.safety
    assert tuple(concern.id for concern in card.concerns) == tuple(Concern)
    steps = [*card.lead, card.limits, *(row for concern in card.concerns for row in (concern.title, *concern.do))]
    assert not re.search(r"\d", "".join(steps)), "numbers stand in the lines alone, which another country replaces"
    assert [re.findall(r"\d+", line.reach)[0] for line in card.lines] == ["911", "988"]
    said = " ".join([*steps, card.title, *(line.reach for line in card.lines)]).lower()
    assert not re.search(
        r"\b(?:no|low|high|zero) risk\b|\b(?:sin|bajo|alto) riesgo\b|\briesgo (?:bajo|alto|nulo)\b", said
    )
    assert not re.search(r"\b\d+ ?(?:mg|mcg|ml|%|/)|\bscores?\b|\bpunt(?:os|aje|uación)\b|!|¡", said)


@pytest.mark.parametrize("contacts", [(), ("On call 555-0100, Ms. Vega 555-0101",)])
@of_each_set
def test_the_safety_card_fits_a_screen(shipped: PromptSet, contacts: tuple[str, ...]) -> None:
    page = safety_page(shipped.safety, interview_words(shipped.language), contacts)
    rows = [row for line in page for row in textwrap.wrap(line.text, 78 - len(line.lead)) or [""]]
    assert len(rows) <= 22, "the line being typed and the bar take the other two of 24"


# -- prompts that are bad on purpose -----------------------------------------------------------------------------------


def asked(say: str, *follow_ups: str, kind: PromptKind = PromptKind.OPEN_QUESTION) -> Prompt:
    return Prompt(id="x", say=say, kind=kind, follow_ups=follow_ups)


@pytest.mark.parametrize(
    ("language", "say"),
    [
        ("en", "Do you want to stop?"),
        ("en", "So, are you ready?"),
        ("en", "Don't you think it is time?"),
        ("en", "When you drink, do you feel sad?"),
        ("en", "What brings you here? Is it your wife?"),
        ("en", "You drink a lot, don't you?"),
        ("en", "You want to stop?"),
        ("en", "That sounds hard."),
        ("en", "I see. That is a lot. You have had a long week. What would help?"),
        (
            "en",
            "I have read the file, talked with the court and with your wife, and thought it all over twice. What now?",
        ),
        ("es", "¿Quiere dejarlo?"),
        ("es", "¿Y está listo?"),
        ("es", "Cuando toma, ¿se siente triste?"),
        ("es", "¿Si toma, se siente triste?"),
        ("es", "¿Qué le trae por aquí? ¿Es por su esposa?"),
        ("es", "Usted toma mucho, ¿no?"),
        ("es", "Eso suena difícil."),
    ],
)
def test_a_closed_question_is_found(language: str, say: str) -> None:
    assert [problem for problem in problems(asked(say), language) if "closed question" in problem]


@pytest.mark.parametrize(
    ("language", "say"),
    [
        ("en", "What, if anything, would you like to do next?"),
        ("en", "So, where does this leave you now?"),
        ("en", "When did that happen last? Tell me about that time."),
        ("en", "When you think about it, what stands out?"),
        ("en", "Where in your day does it fit?"),
        ("en", "Last time we settled on … How does that fit today?"),
        ("en", "On what days is it easier?"),
        ("en", "Help me understand that."),
        ("es", "Entonces, ¿cómo lo ve?"),
        ("es", "¿Para qué le sirve?"),
        ("es", "¿Cuando piensa en eso, qué nota?"),
        ("es", "La vez pasada quedamos en … ¿Cómo ve eso hoy?"),
        ("es", "Cuénteme más."),
        ("es", "¿A quién se lo diría?"),
    ],
)
def test_an_open_question_is_let_be(language: str, say: str) -> None:
    assert problems(asked(say), language) == []


@pytest.mark.parametrize(("language", "words"), [("en", "Is it your wife?"), ("es", "¿Es por su esposa?")])
def test_a_closed_follow_up_is_found(language: str, words: str) -> None:
    prompt = asked("Tell me more." if language == "en" else "Cuénteme más.", words, kind=PromptKind.INFORMATION)
    assert [words in problem for problem in problems(prompt, language)] == [True]


def test_only_an_open_question_has_to_open() -> None:
    assert problems(asked("Would that be all right with you?", kind=PromptKind.INFORMATION), "en") == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "You should stop."),
        ("en", "You really must rest."),
        ("en", "You just need to call."),
        ("en", "What you have to do is this."),
        ("en", "You ought to go."),
        ("en", "You'd better go."),
        ("en", "You've got to stop."),
        ("en", "Should you drink at all?"),
        ("es", "Usted debe dejarlo."),
        ("es", "Debería descansar."),
        ("es", "Tiene que llamar."),
        ("es", "Tendría que ir."),
        ("es", "Necesita ayuda."),
        ("es", "Hay que parar."),
    ],
)
def test_the_righting_reflex_is_found_in_prompt_and_follow_up(language: str, words: str) -> None:
    opening = {"en": "What now?", "es": "¿Qué más?"}[language]
    for prompt in (asked(words, kind=PromptKind.INFORMATION), asked(opening, words)):
        assert len([problem for problem in problems(prompt, language) if "righting reflex" in problem]) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "What would have to be different for it to be a 1?"),
        ("en", "How did you get to this point?"),
        ("en", "What helps you better see it?"),
        ("es", "¿Qué tendría que ser diferente para que fuera un 1?"),
        ("es", "¿A qué se debe eso?"),
        ("es", "¿Qué tiene que ver con usted?"),
    ],
)
def test_words_that_only_look_like_it_are_let_be(language: str, words: str) -> None:
    assert problems(asked(words, words), language) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Why that number, and not a higher number?"),
        ("en", "Why isn't it a 10?"),
        ("en", "Why so low?"),
        ("en", "Why only a 3?"),
        ("en", "Why a 5 and not more?"),
        ("en", "What keeps it from being higher?"),
        ("es", "¿Por qué no un número más alto?"),
        ("es", "¿Por qué no es mayor?"),
        ("es", "¿Por qué tan bajo?"),
        ("es", "¿Por qué solo un 3?"),
        ("es", "¿Por qué un 5 y no más?"),
    ],
)
def test_why_not_higher_is_found(language: str, words: str) -> None:
    ruler = asked("From 0 to 10, how sure are you?", words, kind=PromptKind.RULER)
    assert ["why not higher" in problem for problem in problems(ruler, language)] == [True]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Why a 4, and not a lower number?"),
        ("en", "Why not tell me more?"),
        ("es", "¿Por qué un 4 y no un número más bajo?"),
        ("es", "¿Por qué no me cuenta más?"),
    ],
)
def test_why_not_lower_is_let_be(language: str, words: str) -> None:
    assert not [problem for problem in problems(asked("…", words), language) if "higher" in problem]


@pytest.mark.parametrize(("language", "most"), [("en", 30), ("es", 30), ("pt-BR", 30)])
def test_a_long_prompt_is_found(language: str, most: int) -> None:
    at, over = ("so " * n for n in (most, most + 1))
    assert not any("words;" in problem for problem in problems(asked(at), language))
    assert [problem for problem in problems(asked(over), language) if f"{most + 1} words" in problem]


def test_a_hard_prompt_is_found_in_english_alone() -> None:
    hard = "What ramifications does habitual intoxication precipitate regarding interpersonal responsibilities?"
    assert [problem for problem in problems(asked(hard), "en-US") if "reads at grade" in problem]
    assert problems(asked(hard), "pt") == []


def test_each_problem_is_told() -> None:
    bad = asked("Do you think that you should stop? " + "unbelievably " * 30, "Why not a higher number?")
    assert len(problems(bad, "en")) == 5


@pytest.mark.parametrize("language", ["en", "es", "de", ""])
@given(say=st.text(max_size=80), follow_up=st.text(max_size=40))
def test_any_words_can_be_rated(language: str, say: str, follow_up: str) -> None:
    assert all(problems(asked(say, follow_up), language))


# -- what it is counted with -------------------------------------------------------------------------------------------


def test_sentences_and_words() -> None:
    assert sentences("We began with …, and now … has come up. Which … now? So … Tell me.") == [
        "We began with …, and now … has come up.",
        "Which … now?",
        "So …",
        "Tell me.",
    ]
    assert sentences("Quedamos en … ¿Cómo va?") == ["Quedamos en …", "¿Cómo va?"]
    assert word_count("I don't … 10, twenty-one.") == 4


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "change makes helped you're free be through tired don't use"),
        (2, "little wanted changes going reason settled didn't people something doing tables quiet"),
        (3, "idea beginning already however important confident"),
        (4, "alcoholic medication"),
        (6, "responsibility"),
    ],
)
def test_syllables(count: int, words: str) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_the_grade_of_a_known_text() -> None:
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert grade("…") == 0
