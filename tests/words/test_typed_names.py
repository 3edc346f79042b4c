"""What a Spanish interview shows to be typed is Spanish; what is typed in English works there all the same."""

import re
from enum import StrEnum
from typing import Final

import pytest

from mi_cli.interview.actions import Action, CloseConcerns, NoteConcern, Rejected
from mi_cli.interview.commands import commands
from mi_cli.interview.goals import FieldPath, choices
from mi_cli.interview.grammar import parse
from mi_cli.interview.likeness import value_named
from mi_cli.records.terms import Concern, Direction, FactName, GoalStatus, Reach, Stage
from mi_cli.terminal.completion import completions
from mi_cli.terminal.pages import rejected_text, stages_page
from mi_cli.words.help_texts_es import ES as HELP
from mi_cli.words.interview import interview_words
from mi_cli.words.typed_names import typed_names
from tests.words.subjects import SUBJECTS, texts

ES: Final = typed_names("es")
TYPED: Final[tuple[type[StrEnum], ...]] = (Stage, FactName, Concern, Direction, GoalStatus, Reach)
ENGLISH_COMMANDS: Final = {*commands()} - {"agenda"}  # a word of both languages
_SLASHED: Final = re.compile(r"(?<![\w/])/(\w+)")
_CONCERN: Final = re.compile(r"/(?:safety|seguridad) (\w+)(?=[ .;,]|$)")


@pytest.mark.parametrize("values", TYPED)
def test_every_value_is_named_in_both_languages_and_the_first_spanish_name_is_shown(values: type[StrEnum]) -> None:
    for value in values:
        assert ES.shown(value) != value.value
        assert value_named(ES.shown(value), values, ES) is value
        assert value_named(value.value, values, ES) is value
        assert value_named(value.value, values, typed_names("en")) is value
        assert value_named(ES.shown(value), values, typed_names("en")) is None or value.startswith(ES.shown(value))


@pytest.mark.parametrize("values", TYPED)
def test_a_start_that_means_an_english_name_means_it_in_spanish_too(values: type[StrEnum]) -> None:
    for start in {value[:length] for value in values for length in range(1, len(value) + 1)}:
        assert value_named(start, values, ES) is value_named(start, values, typed_names("en"))


@pytest.mark.parametrize(
    ("typed", "values", "value"),
    [
        ("SOBRE", Concern, Concern.OVERDOSE), ("dano", Concern, Concern.HARM_TO_OTHERS), ("ma", Concern, None),
        ("maltrato", Concern, Concern.ABUSE_OR_NEGLECT), ("mas seguro", Direction, Direction.SAFER),
        (" sin decidir ", Direction, Direction.UNDECIDED), (" ST ", Direction, Direction.STOP), ("s", Direction, None),
        ("u", Direction, Direction.UNDECIDED), ("dej", Direction, Direction.STOP), ("", Direction, None),
        ("MED", FactName, FactName.MEDICINES), ("m", FactName, None), ("practica", FactName, FactName.PRACTICE),
    ],
)  # fmt: skip
def test_a_value_is_named_by_any_start_of_it_that_is_no_others(
    typed: str, values: type[StrEnum], value: StrEnum | None
) -> None:
    assert value_named(typed, values, ES) is value


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("/seguridad sobredosis llamé a B", NoteConcern(Concern.OVERDOSE, "llamé a B")),
        ("/seguridad overdose", NoteConcern(Concern.OVERDOSE, None)),
        ("/safety pareja", NoteConcern(Concern.PARTNER_VIOLENCE, None)),
        ("/seguridad atendida avisé a B", CloseConcerns("avisé a B")),
        ("/seguridad resuelto", CloseConcerns(None)),
        ("/seguridad hecho", CloseConcerns(None)),
        ("/seguridad done", CloseConcerns(None)),
        ("/seguridad d", CloseConcerns(None)),
    ],
)
def test_a_concern_is_noted_and_dealt_with_in_either_language(line: str, action: Action) -> None:
    assert parse(line, "es") == action


def test_the_words_for_dealt_with_are_no_concern() -> None:
    assert [word for word in ES.dealt_with if value_named(word, Concern, ES)] == []


@pytest.mark.parametrize("after", ["", " zzz", " 99", " #99", " 11", " 9 zzz", " @ 7"])
def test_no_refusal_of_a_line_shows_an_english_command(after: str) -> None:
    words, hints = interview_words("es"), set()
    for command in commands():
        action = parse(f"/{command}{after}", "es")
        if isinstance(action, Rejected):
            hints.add(text := rejected_text(action, words))
            assert not ENGLISH_COMMANDS & {*_SLASHED.findall(text)}, text
    assert hints


def test_no_spanish_sentence_shows_an_english_command_or_concern() -> None:
    english = {value.value.partition("-")[0] for value in Concern} | {"done"}
    for subject, chosen in SUBJECTS.items():
        for place, text in texts(chosen("es")):
            assert not ENGLISH_COMMANDS & {*_SLASHED.findall(text)}, f"{subject}.{place}"
            assert not english & {*_CONCERN.findall(text)}, f"{subject}.{place}"


def test_the_values_that_a_refusal_or_a_question_lists_are_those_that_are_shown() -> None:
    problems = " ".join(interview_words("es").problems.values())
    assert [name for name in map(ES.shown, (*Concern, *Direction, *FactName)) if name not in problems] == []
    assert choices(FieldPath("status"), "es") == ("activa", "lograda", "dejada")
    assert choices(FieldPath("status")) == ("active", "met", "dropped")
    assert choices(FieldPath("words"), "es") == ()


def test_the_help_on_client_facts_lists_the_names_that_are_shown() -> None:
    (english, spanish) = next(pair for pair in HELP.items() if "safer-use, reach" in pair[0])
    assert [name for name in FactName if name not in english] == []
    assert [name for name in map(ES.shown, FactName) if name not in spanish] == []


def test_the_page_of_stages_shows_commands_of_its_language() -> None:
    shown = {language: [line.lead.strip() for line in stages_page(Stage.EVOKING, interview_words(language))[2:6]]
             for language in ("en", "es")}  # fmt: skip
    assert shown["en"] == [f"/{stage}" for stage in Stage]
    assert shown["es"] == ["/vincular", "/enfocar", "/evocar", "/planificar"]


@pytest.mark.parametrize(
    ("before", "completed"),
    [
        ("/etapa plani", ["/etapa planificación", "/etapa planificar"]),
        ("/etapa ev", ["/etapa evoking"]),
        ("/stage evoc", ["/stage evocación", "/stage evocar"]),
        ("+dese", ["+deseo "]),
        ("+capac", ["+capacidad "]),
        ("/usar 3", []),
        (" ", []),
    ],
)
def test_stages_and_types_are_completed_in_spanish(before: str, completed: list[str]) -> None:
    assert completions(before, "es") == completed
