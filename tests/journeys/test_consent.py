"""A counselor takes down a signed paper at a terminal, and a client takes it back."""

from pathlib import Path

from tests.journeys.conftest import At
from tests.journeys.terminal import Terminal

ANSWERS = (
    ("The client's name", "Jo Example"),
    ("What is it for?", "1"),
    ("The purpose, in the paper's words", ""),
    ("Who may get it? A name", "A. Therapist"),
    ("Their organization", "Riverside CBT"),
    ("Their address", ""),
    ("What are they?", "1"),
    ("Anybody else? A name", ""),
    ("Does it go through an exchange", ""),
    ("Who may pass it on?", ""),
    ("What may be passed on?", "1 2 9"),
    ("A number from 1 to 6", "1 2"),
    ("The same, in the paper's words", ""),
    ("Was it signed on the form", "y"),
    ("How can the client take it back?", ""),
    ("Until when?", "31.5.2027"),
    ("That is no day", "26w"),
    ("Who signed?", ""),
    ("Paper or electronic?", ""),
    ("Where is what was signed kept?", "the locked cabinet"),
    ("The day it was signed", ""),
)

PASSED_OVER = 18


def answer(terminal: Terminal, number: int, asked: str, typed: str) -> None:
    """Wait for that question, and for the place to answer it; answer."""
    terminal.wait_until(
        lambda: terminal.text.count("›") == number and terminal.line.endswith("›"), f"question {number}"
    )
    assert asked in terminal.text
    terminal.send(f"{typed}\r")


def set_up(at_terminal: At) -> None:
    with at_terminal("store", "init", "--unprotected") as terminal:
        assert terminal.wait_for_exit() == 0
    with at_terminal("client", "add", "J-014") as terminal:
        assert terminal.wait_for_exit() == 0


def test_a_consent_is_taken_down_question_by_question(at_terminal: At) -> None:
    set_up(at_terminal)
    terminal = at_terminal("consent", "add", "J-014")
    for number, (asked, typed) in enumerate(ANSWERS, 1):
        answer(terminal, number, asked, typed)
    terminal.wait_for("Record it?")
    assert "It holds." in terminal.text
    terminal.press_enter("Recorded: ")
    assert terminal.wait_for_exit() == 0
    shown = at_terminal("--plain", "consent", "show", "last")
    assert shown.wait_for_exit() == 0
    for told in ("Jo Example", "A. Therapist, Riverside CBT", "a covered entity", "counselor", "the locked cabinet"):
        assert told in shown.text
    named = at_terminal("client", "show", "J-014")
    assert named.wait_for_exit() == 0
    assert "Jo Example" in named.text


def test_a_consent_is_taken_back_after_it_was_shown(at_terminal: At) -> None:
    test_a_consent_is_taken_down_question_by_question(at_terminal)
    terminal = at_terminal("consent", "revoke", "last")
    terminal.wait_for("Take it back, from now on?")
    assert "A. Therapist" in terminal.text
    terminal.send("\r")
    assert terminal.wait_for_exit() == 1
    terminal = at_terminal("consent", "revoke", "last")
    terminal.wait_for("Take it back, from now on?")
    terminal.send("y\r")
    terminal.wait_for("How did the client take it back?")
    terminal.send("\r")
    terminal.wait_for("Nobody has got anything under it.")
    assert terminal.wait_for_exit() == 0
    listed = at_terminal("consent", "list")
    assert listed.wait_for_exit() == 0
    assert "taken back" in listed.text


def test_a_paper_that_is_there_is_written_over_only_if_asked(at_terminal: At, home: Path) -> None:
    set_up(at_terminal)
    paper = home / "paper.pdf"
    paper.write_text("another")
    terminal = at_terminal("consent", "form", "J-014", "-o", str(paper))
    terminal.wait_for("Write over it?")
    terminal.send("\r")
    assert terminal.wait_for_exit() == 1
    assert paper.read_text() == "another"
    terminal = at_terminal("consent", "form", "J-014", "-o", str(paper))
    terminal.wait_for("Write over it?")
    terminal.send("y\r")
    assert terminal.wait_for_exit() == 0
    assert paper.read_bytes().startswith(b"%PDF")


def test_everything_can_be_passed_over_and_is_then_said_to_be_lacking(at_terminal: At) -> None:
    set_up(at_terminal)
    terminal = at_terminal("consent", "add", "J-014")
    terminal.send("\r" * PASSED_OVER)
    terminal.wait_for("Record it?")
    assert "lacks the client's name" in terminal.text
    terminal.press_enter("It lacks the client's name")
    assert terminal.wait_for_exit() == 0


def test_leaving_records_nothing(at_terminal: At) -> None:
    set_up(at_terminal)
    terminal = at_terminal("consent", "add", "J-014")
    terminal.wait_for("The client's name")
    terminal.send("\x03")
    assert terminal.wait_for_exit() == 130
    listed = at_terminal("consent", "list")
    assert listed.wait_for_exit() == 0
    assert "No consents yet." in listed.text
