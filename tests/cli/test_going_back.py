"""In every series of questions `b` asks the one before again."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from mi_cli.cli.context import Context
from mi_cli.cli.interruption import Interrupted
from tests.builders import CONSENT_FILE
from tests.conftest import Ran

Mi = Callable[..., Ran]

ONE_GOAL = "/goal Be home\n/support Ana: a ride\n"
A_STEP = "/goal Be home\n/step Ring Ana\n"
TWO_GOALS = "/goal Be home\n/step Ring Ana\n/goal Sleep\n"
TWENTY_ONE = " ".join(["abacus", *["zoom"] * 20])  # words of the list, which are those of no sheet
CONSENT = CONSENT_FILE.replace("Harbor Program", "counselor")


class Setup(StrEnum):
    """What is there before the command."""

    INTERVIEW = "interview"
    NOTHING = "nothing"
    PROTECTED = "protected"
    CONSENT = "consent"
    NOTE = "note"


class Series(NamedTuple):
    """Two questions of a series: what is answered before them, and to the first.

    `again` is how the first is asked when `b` has gone back to it, where that differs: it was saved already.
    """

    typed: str
    before: list[str]
    first: str
    second: str
    answer: str
    again: str = ""
    lines: str = ONE_GOAL
    setup: Setup = Setup.INTERVIEW


SERIES = [
    Series("goals add J-014", [], "What do you want", "most important reasons", "Sleep", "the new text"),
    Series("goals add J-014", ["Sleep", ""], "How important is it", "What is a step you could take", "7"),
    Series("goals plan J-014", [], "most important reasons", "How important is it", ""),
    Series("goals plan J-014", [], "most important reasons", "What else makes it matter", "Ana", "the new text"),
    Series("goals plan J-014", [""] * 2, "What is a step", "When will you do that", "Call Ana", "the new text"),
    Series("goals plan J-014", [""] * 2 + ["Call Ana"], "When will you do that", "Where", "On Friday"),
    Series("goals plan J-014", [], "something new about one of them", "most important reasons", "", lines=A_STEP),
    Series("goals plan J-014", [], "Which goal?", "something new about one of them", "1", lines=TWO_GOALS),
    Series("goals plan J-014", [], "Which goal?", "most important reasons", "2", lines=TWO_GOALS),
    Series("goals progress J-014", [], "What came of it?", "something new about one", "", lines=A_STEP),
    Series("goals progress J-014", [""], "something new about one", "What became of it?", "1", lines=A_STEP),
    Series("goals progress J-014", ["", "1"], "What became of it?", "How did it go?", "1", lines=A_STEP),
    Series("goals progress J-014", ["", "1"], "What became of it?", "What is a step", "4", lines=A_STEP),
    Series("goals progress J-014 --step 1", [], "What became of it?", "How did it go?", "2", lines=A_STEP),
    Series("goals progress J-014", [], "Which goal?", "What came of it?", "1", lines=TWO_GOALS),
    Series("goals progress J-014 --met", [], "Which goal?", "met?", "1", lines=TWO_GOALS),
    Series("goals drop J-014", [], "Which goal?", "Drop this goal?", "2", lines=TWO_GOALS),
    Series("goals edit J-014", [], "Which goal?", "Enter to leave", "2", lines=TWO_GOALS),
    Series("goals edit J-014 --field words", [], "Which goal?", "goal: the new text", "1", lines=TWO_GOALS),
    Series("goals edit J-014", [], "Enter to leave", "Enter keeps", "1"),
    Series("goals edit J-014 1", ["4"], "who: the new text", "how: the new text", "Ana"),
    Series("client facts J-014 mandate", [], "Who sent", "What is reported", "The court"),
    Series("client facts J-014 target", ["Drinking"], "Which substance", "How is it taken", "beer"),
    Series("client edit J-014 --name", [], "Name:", "Family name", "Ana Example"),
    Series("contact add J-014", [], "What was it?", "What belongs in the record", "5"),
    Series("contact add J-014 --kind missed", [], "What belongs in the record", "Anything else?", "rang twice"),
    Series("contact add J-014 --kind return", [], "What was worked on", "What has changed?", "she was seen"),
    Series("note write J-014", [], "Where was it?", "Who was present?", "the office"),
    Series("note sign J-014", [], "Your name, as it stands", "Your credentials", "Ana", setup=Setup.NOTE),
    Series("note sign J-014", ["Ana"], "Your credentials", "Sign this note?", "LPC", setup=Setup.NOTE),
    Series("consent add J-014", [], "The client's name", "birth date", "Ana Example"),
    Series("consent add J-014", ["Jo", *[""] * 17], "The day it was signed", "Record it?", "2026-11-20"),
    Series("consent revoke J-014", [], "Take it back", "How did the client", "y", setup=Setup.CONSENT),
    Series("goals export J-014", [], "recipient: your name", "your credentials", "Ana", setup=Setup.CONSENT),
    Series("session start", [], "Client code", "Is J-041 another client", "J-041"),
    Series("session start", ["3", "Ana"], "Your credentials", "Client code", "LPC", setup=Setup.NOTHING),
    Series("session start", ["3"], "Your name", "Client code", "", setup=Setup.NOTHING),
    Series("client add J-014", ["3"], "Your name", "Your credentials", "Ana", setup=Setup.NOTHING),
    Series("client add J-014", [], "1, 2 or 3", "Type them once", "1", setup=Setup.NOTHING),
    Series("client add J-014", [], "1, 2 or 3", "New passphrase", "2", setup=Setup.NOTHING),
    Series("store passphrase", [], "Enter takes 1. 1/2", "Type them once", "1", setup=Setup.PROTECTED),
    Series("store passphrase", [], "Enter takes 1. 1/2", "New passphrase", "2", setup=Setup.PROTECTED),
    Series("store recovery", [], "open the notes too", "Where should the sheet be", "", setup=Setup.PROTECTED),
    Series("store recover", [], "Type the 21 words", "2 of 21 words", "abacus zoom", setup=Setup.PROTECTED),
    Series("store recover", [TWENTY_ONE], "Which word is it", "Word 3 as the sheet", "3", setup=Setup.PROTECTED),
]


Asked = Callable[[Series, Sequence[str]], list[str]]


@pytest.fixture
def asked(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Asked:
    """Gives a function that runs a command for somebody with these answers, and returns what each answers."""
    (tmp_path / "secret").write_text("Zwetschgen im Keller, sieben Glas", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))

    def set_up(series: Series) -> None:
        if series.setup is Setup.NOTHING:
            return
        if series.setup is Setup.PROTECTED:
            monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "secret"))
        assert mi("session", "start", "J-014", lines=f"{series.lines}/end\n").code == 0
        if series.setup is Setup.CONSENT:
            assert mi("consent", "add", "J-014", "--from", "-", lines=CONSENT).code == 0
        if series.setup is Setup.NOTE:
            assert mi("note", "write", "J-014", "--yes").code == 0

    def run(series: Series, answers: Sequence[str]) -> list[str]:
        set_up(series)
        capfd.readouterr()
        left, questions = list(answers), []

        def read(question: str, *, hidden: bool = False) -> str:
            questions.append(" ".join((capfd.readouterr().out + question).split()))
            if not left:
                raise Interrupted
            return left.pop(0)

        with monkeypatch.context() as patched:
            patched.setattr(Context, "interactive", True)
            patched.setattr(Context, "line_reader", lambda *_arguments, **_options: read)
            patched.setattr(Context, "keeping_reader", lambda _context: lambda question, *_: read(question))
            patched.setattr("mi_cli.cli.unlock.read_hidden", partial(read, hidden=True))
            for module in ("client_plan", "client_facts", "contact", "note_writing"):
                patched.setattr(f"mi_cli.cli.{module}.without_echo", nullcontext)
            ran = mi(*series.typed.split())
        assert questions, ran.err
        return questions

    return run


@pytest.mark.parametrize("series", SERIES, ids=lambda series: f"{series.typed}: {series.second}")
def test_b_asks_the_question_before_again(asked: Asked, series: Series) -> None:
    before, first, second = series.before, series.first, series.second
    questions = asked(series, [*before, series.answer, "b", series.answer, *[""] * 60])[len(before) : len(before) + 4]
    assert len(questions) == 4
    shown = [(first, second), (second, first), (series.again or first, second), (second, first)]
    for question, (text, other) in zip(questions, shown, strict=True):
        assert text in question
        assert other not in question
