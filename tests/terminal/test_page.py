"""What the screen shows is harmless, and can be read."""

import io
import re
from datetime import UTC, datetime

import pytest

from mi_cli.interview.commands import commands
from mi_cli.interview.marks import ALL_MARKS
from mi_cli.records.terms import Concern, Kind, Ruler, Stage, Talk
from mi_cli.records.text import json_text, sanitized
from mi_cli.records.text_keys import FollowUp, Problem
from mi_cli.terminal.bar import Bar
from mi_cli.terminal.completion import completions
from mi_cli.terminal.page import ON_DARK, Line, Role, Screen, _plain, command_lines
from mi_cli.terminal.rows import question_rows
from mi_cli.terminal.streams import print_message
from mi_cli.words.interview import interview_words
from mi_cli.words.languages import LANGUAGES
from tests.conftest import Desk
from tests.words.subjects import SUBJECTS, texts


def test_what_stands_after_a_dim_lead_is_not_dim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = io.StringIO()
    screen = Screen(out, plain=False)
    screen.look = ON_DARK
    screen.show([Line("What brings you here?", Role.SAY, "   ")])
    assert re.search(r"\x1b\[1mWhat brings you here\?", out.getvalue())


def test_a_title_opens_the_row_in_its_own_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    line = Line("Ask \x1b directly.", title="Title\x07.", lead=" - ")
    styled, plain = io.StringIO(), io.StringIO()
    Screen(styled, plain=False).show([line])
    Screen(plain, plain=True).show([line])
    assert re.search(r"\x1b\[1mTitle␇\.\x1b\[0m Ask ␛ directly\.", styled.getvalue())
    assert plain.getvalue() == " - Title␇. Ask ␛ directly.\n"


def test_controls_become_pictures() -> None:
    assert sanitized("a\x1b[31mb\r\x07\x7f\x85\u202ec\td\ne") == "a␛[31mb␍␇␡‹0085›‹202E›c   d\ne"
    assert json_text("\u202e\x9b") == '"\\u202e\\u009b"'


@pytest.mark.parametrize("plain", [True, False])
def test_a_screen_shows_words_as_words(plain: bool) -> None:
    out = io.StringIO()
    Screen(out, plain=plain).show([Line("[bold]x[/] \x1b[31m" + "word " * 40, Role.SAY, " 1  ")])
    assert "[bold]x[/] ␛[31m" in out.getvalue()
    assert "\x1b[31m" not in out.getvalue()


class Tty(io.StringIO):
    """A text stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_plain_rows_end_between_words_on_a_terminal_and_nowhere_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    link = "https://example.org/" + "x" * 40
    line = Line(f"We have about forty minutes together  today; your own words.\nSecond {link} row", lead=" 12  ")
    for out, expected in (
        (io.StringIO(), f" 12  We have about forty minutes together  today; your own words.\n     Second {link} row\n"),
        (
            Tty(),
            " 12  We have about forty minutes\n     together  today; your own words.\n"
            f"     Second\n     {link}\n     row\n",
        ),
    ):
        Screen(out, plain=True).show([line])
        assert out.getvalue() == expected


@pytest.mark.parametrize("columns", [30, 60, 80])
@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_on_a_terminal_and_questions_cut_no_word(
    monkeypatch: pytest.MonkeyPatch, columns: int, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for select in SUBJECTS.values():
        for _, text in texts(select(language)):
            out = Tty()
            monkeypatch.setattr("sys.stderr", out)
            print_message(text)
            rows, piped = out.getvalue().splitlines(), io.StringIO()
            assert " ".join(out.getvalue().split()) == " ".join(text.split())
            assert all(len(row) <= columns or " " not in row for row in rows), rows
            monkeypatch.setattr("sys.stderr", piped)
            print_message(text)
            assert piped.getvalue() == f"{text}\n"
            asked = question_rows(text)
            assert " ".join(" ".join(asked).split()) == " ".join(text.split())
            assert asked[-1] == "" or columns - len(asked[-1]) > 12


def test_commands_stand_beside_what_they_do_where_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    commands = [("mi today", "what is due"), ("mi help", "what else there is, by task")]
    monkeypatch.setenv("COLUMNS", "80")
    assert [_plain(line, 80) for line in command_lines(commands)] == [
        "   mi today  what is due",
        "   mi help   what else there is, by task",
    ]
    monkeypatch.setenv("COLUMNS", "38")
    assert [_plain(line, 38) for line in command_lines(commands)] == [
        "   mi today",
        "      what is due",
        "   mi help",
        "      what else there is, by task",
    ]


def test_a_terminal_that_is_gone_takes_nothing_more() -> None:
    out = io.StringIO()
    out.close()
    screen = Screen(out, plain=True)
    screen.show([Line("x")])
    screen.show([Line("y")])


@pytest.mark.parametrize("width", [80, 60, 40, 20])
def test_the_bar_fits_its_row(desk: Desk, width: int) -> None:
    walk = desk.begin("+d one", "/importance 4").state
    bar = Bar(last="saved 1 change talk, desire", unsaved=True, show_tally=True)
    text = bar.text(walk, interview_words("en"), datetime(2026, 11, 23, 15, tzinfo=UTC), width)
    assert len(text) <= width
    assert text.startswith(" Engaging")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_its_words(language: str) -> None:
    words = interview_words(language)
    assert set(words.stages) == set(Stage)
    assert set(words.kinds) == set(Kind)
    assert set(words.talk) == set(Talk)
    assert set(words.rulers) == set(Ruler)
    assert set(words.questions) == set(FollowUp)
    assert set(words.problems) == set(Problem)
    assert set(words.concerns) == set(Concern)
    assert set(words.help_topics) == {*commands(), *ALL_MARKS}
    rows = words.help_page.split("\n")
    assert len(rows) <= 21
    assert max(map(len, rows)) <= 80


def test_what_a_line_could_become() -> None:
    assert completions("/conf") == ["/confidence"]
    assert completions("/stage e") == ["/stage engaging", "/stage evoking"]
    assert completions("+ac") == ["+activation "]
    assert completions("words") == []


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("term", "can"), [("xterm-256color", True), ("dumb", False)])
@pytest.mark.parametrize("plain", [False, True])
def test_a_secret_is_cleared_from_a_plain_terminal_too(
    monkeypatch: pytest.MonkeyPatch, plain: bool, term: str, can: bool
) -> None:
    monkeypatch.setenv("TERM", term)
    out = _Terminal()
    assert Screen(out, plain=plain).erase_secret() is can
    assert ("\x1b[3J" in out.getvalue()) is can
    assert not Screen(io.StringIO(), plain=True).erase_secret()
