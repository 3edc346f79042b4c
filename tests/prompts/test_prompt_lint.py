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
from mi_cli.prompts.prompt_lint import (
    asks_more_than_once,
    grade,
    misplaced,
    opens,
    problems,
    sentences,
    syllables,
    word_count,
)
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
def test_a_shipped_prompt_comes_and_says_whose_words_fill_it(shipped: PromptSet) -> None:
    assert {prompt.id: found for prompt in every(shipped) if (found := list(misplaced(prompt)))} == {}


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
    lower, raised = {"en": ("lower", "go up"), "es": ("más bajo", "subiera")}[shipped.language]
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
    rows = [row for line in page for row in textwrap.wrap(line.whole, 78 - len(line.lead)) or [""]]
    assert len(rows) <= 22, "the line being typed and the bar take the other two of 24"


@of_each_set
def test_whom_to_reach_stands_nearest_to_the_line_that_is_typed(shipped: PromptSet) -> None:
    card = shipped.safety
    rows = [line.text for line in safety_page(card, interview_words(shipped.language), ("On call 555-0100",))]
    assert "555-0100" in rows[-1 - len(card.lines)]
    for line, row in zip(card.lines, rows[-len(card.lines) :], strict=True):
        assert row.endswith(line.reach)


@of_each_set
def test_the_card_sends_to_medical_review_protocol_and_lines_alone(shipped: PromptSet) -> None:
    steps = {concern.id: " ".join(concern.do).lower() for concern in shipped.safety.concerns}
    review, emergency, child, pregnant = {
        "en": ("medical review", "emergency line", "child", "pregnant"),
        "es": ("revisión médica", "emergencias", "niños", "embarazo"),
    }[shipped.language]
    assert review in steps[Concern.WITHDRAWAL]
    assert pregnant in steps[Concern.WITHDRAWAL]
    for concern in (Concern.OVERDOSE, Concern.PARTNER_VIOLENCE):
        assert child in steps[concern]
    assert [concern for concern in Concern if concern is not Concern.SUICIDE and emergency not in steps[concern]] == []


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


# The review's double questions are among them, in both languages.
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "What do you like about …, and what don't you like so much?"),
        ("en", "How urgent does it feel to do something about …, and what makes it so?"),
        ("en", "When, where and how would you do that?"),
        ("en", "What worked for you, and what didn't?"),
        ("en", "What have others noticed about …, and what do you make of it?"),
        ("en", "How are your mornings, and what would a good one be like?"),
        ("en", "What are you ready for, and what not yet?"),
        ("en", "What is that like? How long has it been?"),
        ("en", "Who can help, and how?"),
        ("en", "What will you do and when?"),
        ("en", "When and where would you do that?"),
        ("en", "Would you like that, and what would you need?"),
        ("en", "What would you do, or what have you thought of?"),
        ("en", "So, what would you try first, and what comes after that?"),
        ("en", "How often and how much do you drink?"),
        ("en", "What went well and what was hard?"),
        ("en", "What brings you here? Is it your wife?"),
        ("en", "How was it, what happened?"),
        ("en", "What do you want for your children, and how do you see yourself as a parent?"),
        ("en", "What helps you; what gets in the way?"),
        ("en", "On the days it goes well, what helps, and who is there?"),
        ("en", "What did you think of it, and why?"),
        ("en", "If you've had help before, what worked for you, and what didn't?"),
        ("en", "What does … cost you in a month, and what would you rather do with that money?"),
        ("en", "What are the reasons to keep things as they are, and what are the reasons to change?"),
        ("en", "What does … expect of you, and how could your own plan cover that too?"),
        ("en", "What would you keep, and what would you change?"),
        ("en", "Last time we settled on … What is still true, and what is different now?"),
        ("es", "¿Cuánto toma y cada cuánto?"),
        ("es", "Si ha recibido ayuda antes, ¿qué le sirvió y qué no?"),
        ("es", "¿Cuánto se le va al mes en …, y qué preferiría hacer con ese dinero?"),
        ("es", "¿Qué razones ve para seguir como está, y qué razones ve para cambiar?"),
        ("es", "¿Qué espera … de usted, y cómo podría su propio plan cubrir eso también?"),
        ("es", "¿Qué conservaría, y qué cambiaría?"),
    ],
)
def test_two_questions_in_one_are_found(language: str, words: str) -> None:
    assert asks_more_than_once(words, language)
    assert [problem for problem in problems(asked(words), language) if "two questions in one" in problem]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "What would you like to be different?"),
        ("en", "We talked about your work and your wife. What matters most?"),
        ("en", "You said it's hard, and you want something else. What would that be?"),
        ("en", "Who is someone who knows you and who believes in you?"),
        ("en", "What do you know about what it does and how it works?"),
        ("en", "Who or what could help you?"),
        ("en", "What, if anything, would you like to do next?"),
        ("en", "When you think about it, what stands out?"),
        ("en", "When did that happen last? Tell me about that time."),
        ("en", "What would you like people to know about what you do and what you hope for?"),
        ("en", "What would tell you that it works and that it is worth it?"),
        ("en", "How do … and … go together for you?"),
        ("en", "Some want to stop, some to cut down. Where are you with that?"),
        ("en", "On a scale from 0 to 10, where 0 is not at all and 10 is very, how important is it?"),
        ("en", "What do you think, now that you know how it is and what it costs?"),
        ("en", "Would you like to go on, or would you rather stop here?"),
        ("en", "So, where does this leave you now?"),
        ("en", "What would help on a day when you are tired and when others drink?"),
        ("en", "Which of these, what you said first or what came up now, matters more?"),
        ("en", "What is good about it and bad about it?"),
        ("en", "What did you do when he left and you were alone?"),
        ("en", "And what then?"),
        ("en", "How does that sound to you?"),
        ("en", "You know what you want and how you want it. What is in the way?"),
        ("en", "What do you make of the person you are and the person you want to be?"),
        ("es", "¿Qué le gustaría que fuera diferente?"),
        ("es", "Hablamos de su trabajo y de su familia. ¿Qué es lo que más le importa?"),
        ("es", "Para usted es difícil, y quiere otra cosa. ¿Cuál sería?"),
        ("es", "¿Qué sabe de cómo funciona y cuánto dura?"),
        ("es", "¿Quién o qué podría ayudarle?"),
        ("es", "Cuando piensa en eso, ¿qué nota?"),
        ("es", "¿Cómo van juntos … y … en su caso?"),
        ("es", "¿Qué cree que pasaría si lo deja, y si no?"),
        ("es", "¿Qué le dice a la persona que fue y a la que quiere ser?"),
        ("es", "De 0 a 10, donde 0 es nada y 10 es muchísimo, ¿cuánta confianza siente?"),
        ("es", "¿Qué hizo cuando él se fue y usted se quedó sola?"),
        ("es", "¿Y entonces?"),
        ("es", "¿Qué le parece: hacemos un plan ahora, más adelante o lo dejamos?"),
        ("es", "Usted sabe qué quiere y cómo lo quiere. ¿Qué le estorba?"),
        ("es", "¿Qué le gustaría que sus hijos vieran en usted y que recordaran?"),
    ],
)
def test_one_question_is_let_be_however_long(language: str, words: str) -> None:
    assert not asks_more_than_once(words, language)


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
