"""The words of an interview: every member of a set has its own, and all of them fit the screen."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

import pytest

from mi_cli.interview import goals
from mi_cli.interview.commands import commands
from mi_cli.interview.grammar import parse
from mi_cli.interview.marks import ALL_MARKS
from mi_cli.records.terms import Concern, Kind, Ruler, Stage, Status, Talk
from mi_cli.records.text_keys import FollowUp, Problem
from mi_cli.terminal.bar import Bar
from mi_cli.terminal.entry_labels import entry_kind
from mi_cli.terminal.pages import help_page
from mi_cli.words.interview import interview_words
from mi_cli.words.interview.model import InterviewWords
from mi_cli.words.languages import LANGUAGES, language_of
from mi_cli.words.typed_names import typed_names
from tests.conftest import Desk
from tests.words.subjects import texts

EN: Final = interview_words("en")
ES: Final = interview_words("es")
COVERED: Final[Mapping[str, type[StrEnum]]] = {
    "stages": Stage,
    "kinds": Kind,
    "talk": Talk,
    "rulers": Ruler,
    "statuses": Status,
    "questions": FollowUp,
    "problems": Problem,
    "concerns": Concern,
}

in_each_language: Final = pytest.mark.parametrize(
    "words", [interview_words(language) for language in LANGUAGES], ids=LANGUAGES
)


@in_each_language
def test_every_member_and_every_command_has_words(words: InterviewWords) -> None:
    for field, members in COVERED.items():
        assert set(getattr(words, field)) == set(members)
    assert set(words.goal_parts) == {*goals.LISTS, "if_not_working", "review_on"}
    assert set(words.help_topics) == {*commands(), *ALL_MARKS}


@in_each_language
def test_each_topic_begins_with_what_it_is_about(words: InterviewWords) -> None:
    local = typed_names("es").commands if words is ES else {}
    for name, text in words.help_topics.items():
        begun = text.split(" ")[0].rstrip(":,")
        assert begun == name if name in ALL_MARKS else local.get(begun[1:], begun[1:]) == name, text


def named(row: str, language: str) -> set[str]:
    """The commands that a row of the help page names, in English or in its own language."""
    local = typed_names(language).commands
    names = {word[1:] for word in row.split() if word[0] == "/"}
    return {local.get(name, name) for name in names} & {*commands()}


@in_each_language
def test_the_help_page_names_every_command_and_fits_a_screen(words: InterviewWords) -> None:
    spanish = typed_names("es").commands if words is ES else {}
    for name in {*commands()} - {"help"}:
        typed = [name, *(local for local, command in spanish.items() if command == name)]
        assert any(f"/{each}" in words.help_page for each in typed), name
    assert len(help_page("", words)) <= 22, "the line being typed and the bar take the other two of 24"
    assert max(map(len, words.help_page.split("\n"))) <= (78 if words is ES else 79)


def test_the_spanish_help_page_has_the_rows_of_the_english_one() -> None:
    english, spanish = (words.help_page.split("\n") for words in (EN, ES))
    assert len(spanish) == len(english)
    for row, other in zip(english, spanish, strict=True):
        assert named(row, "en") == named(other, "es")


@in_each_language
def test_the_examples_are_lines_that_work(words: InterviewWords) -> None:
    actions = [type(parse(line, "es" if words is ES else "en")).__name__ for line, _ in words.guide_example_lines]
    assert actions == ["Say", "AddEntry", "Say", "AddReading", "AddGoal", "AddGoalPart", "AddGoalPart", "End"]
    assert all(len(f"{line}{text}") <= 87 for line, text in words.guide_example_lines)


@in_each_language
def test_the_keys_leave_room_in_the_bar(words: InterviewWords) -> None:
    assert max(map(len, (words.bar_keys, words.bar_question_keys, words.bar_number_keys, words.bar_note_keys))) <= 44


@pytest.mark.parametrize("lines", [(), ("/importance 4",), ("/note",)])
@in_each_language
def test_stage_minutes_and_keys_stand_in_eighty_columns(
    desk: Desk, words: InterviewWords, lines: tuple[str, ...]
) -> None:
    state = desk.begin(*lines, stage=Stage.PLANNING).state
    keys = words.bar_note_keys if state.open_note else words.bar_question_keys if state.question else words.bar_keys
    text = Bar(show_tally=True).text(state, words, datetime(2026, 11, 23, 16, tzinfo=UTC), 80)
    assert len(text) <= 80
    assert words.stages[Stage.PLANNING] in text
    assert keys in text


@in_each_language
def test_what_is_asked_about_a_plan_fits_its_row(words: InterviewWords) -> None:
    longest = max(words.plan.labels.values(), key=len)
    asked = [text for _, text in texts(words.plan) if text.endswith(": ")]
    filled = [text.format(n=120, label=longest, by="A. Counselor", day="", value="", words="") for text in asked]
    assert [text for text in filled if len(text) > 79] == []
    assert max(len(text) for text in words.plan.questions.values()) <= 76


@in_each_language
def test_nothing_shouts(words: InterviewWords) -> None:
    assert [place for place, text in texts(words) if "¡" in text or "!" in text.replace("! ", "", 1)] == []


@pytest.mark.parametrize("expression", ["alcohólic", "adict", "paciente", "tú ", "tu ", "debe ", "debería", "vosotros"])
def test_the_spanish_is_person_first_and_formal(expression: str) -> None:
    assert [place for place, text in texts(ES) if expression in text.lower()] == []


@in_each_language
def test_a_ruler_never_asks_why_not_higher(words: InterviewWords) -> None:
    asked = " ".join(words.questions.values()).lower()
    assert "higher" not in asked
    assert "más alto" not in asked
    assert {ask for ask, text in words.questions.items() if "{value}" in text} == {FollowUp.WHY_NOT_LOWER}


def test_an_entry_is_named_in_the_language(desk: Desk) -> None:
    desk.begin("+d quiero")
    assert entry_kind(desk.notes.entries[0], ES) == "lenguaje de cambio, deseo"


@pytest.mark.parametrize(
    ("tag", "language"), [("es", "es"), ("es-US", "es"), ("es_MX.UTF-8", "es"), ("EN", "en"), ("de", None), ("", None)]
)
def test_a_tag_finds_its_language(tag: str, language: str | None) -> None:
    assert language_of(tag) == language
    assert interview_words(tag) is (ES if language == "es" else EN)
