"""A counselor takes down a signed paper at a terminal, and a client takes it back."""

import json
import re
import signal
from pathlib import Path

import pytest

from tests.journeys.conftest import At
from tests.journeys.records import make_store, run_mi
from tests.journeys.terminal import CTRL_C, CTRL_D, PATIENCE, Terminal

ANSWERS = (
    ("The client's name", "Jo Example"),
    ("birth date", "1984-02-31"),
    ("did not understand that date", "1984-05-31"),
    ("What is it for?", "1"),
    ("The purpose, in the paper's words", ""),
    ("Who may get it? Type a name", "A. Therapist"),
    ("Their organization", "Riverside CBT"),
    ("Their address", ""),
    ("What kind of recipient is that?", "1"),
    ("May anybody else get it? Type a name", ""),
    ("Does it go through a health information exchange", ""),
    ("Who may pass it on?", ""),
    ("What may be passed on?", "1 2 9"),
    ("Type a number from 1 to 7", "1 2"),
    ("What may be passed on, in the paper's words", ""),
    ("Was it signed on the form", "y"),
    ("Which version of the form", ""),
    ("How can the client take it back?", ""),
    ("Until when does it hold?", "31.5.2027"),
    ("did not understand that date", "26w"),
    ("Who signed?", ""),
    ("Paper or electronic?", ""),
    ("Where is what was signed kept?", "the locked cabinet"),
    ("The day it was signed", ""),
)

PASSED_OVER = 19


def answer(terminal: Terminal, number: int, asked: str, typed: str) -> None:
    """Waits for that question and for its prompt, and answers it."""
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
    assert "May 31, 1984" in named.text


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
    terminal.wait_for("Nothing was passed on under it.")
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
    listed = at_terminal("consent", "list")
    assert listed.wait_for_exit() == 0
    assert "does not hold" in listed.text
    assert re.search(r"^Consent \w+ lacks the client's name; (\S+ )+\S+\n\S", listed.text, re.MULTILINE), listed.text


def test_leaving_records_nothing(at_terminal: At) -> None:
    set_up(at_terminal)
    terminal = at_terminal("consent", "add", "J-014")
    terminal.wait_for("The client's name")
    terminal.send("\x03")
    assert terminal.wait_for_exit() == 130
    listed = at_terminal("consent", "list")
    assert listed.wait_for_exit() == 0
    assert "No consents yet." in listed.text
    assert "Interrupted. Nothing was saved." in terminal.text


# -- one that is half filled in ---------------------------------------------------------------------------------------

FIRST = 6  # answers that are given before it is broken off
KEPT = "Nothing was recorded. The answers are kept: `mi consent add J-014` goes on with them."


def start_taking_down(at_terminal: At) -> Terminal:
    set_up(at_terminal)
    terminal = at_terminal("consent", "add", "J-014")
    for number, (asked, typed) in enumerate(ANSWERS[:FIRST], 1):
        answer(terminal, number, asked, typed)
    terminal.wait_for("Their organization")
    terminal.wait_until(lambda: terminal.line.endswith("›"), "the place for the answer")
    terminal.send("half an ans")
    terminal.wait_until(lambda: terminal.line.endswith("half an ans"), "its echo")
    return terminal


def resume_taking_down(at_terminal: At) -> Terminal:
    """Resumes the questions: what was answered is shown, and is not asked again."""
    terminal = at_terminal("consent", "add", "J-014")
    terminal.wait_for("Go on with it? Enter goes on, n deletes it and starts over:")
    assert "Jo Example" in terminal.text
    assert "A. Therapist" in terminal.text
    return terminal


@pytest.mark.parametrize("ends", ["ctrl-c", "ctrl-d", "closed", "term", "kill"])
def test_what_was_answered_is_kept_however_it_ends_and_taken_up_again(at_terminal: At, home: Path, ends: str) -> None:
    terminal = start_taking_down(at_terminal)
    if ends == "ctrl-c":
        terminal.send(CTRL_C)
        assert terminal.wait_for_exit() == 130
        assert KEPT in terminal.text.replace("\n", " ").replace("  ", " ")
    elif ends == "ctrl-d":
        terminal.send("\x15" + CTRL_D)
        assert terminal.wait_for_exit() == 130
        assert "The answers are kept" in terminal.text
    elif ends == "closed":
        terminal.close()
        terminal.process.wait(PATIENCE)
    else:
        terminal.kill(signal.SIGTERM if ends == "term" else signal.SIGKILL)
        terminal.process.wait(PATIENCE)
    assert run_mi(home, "store", "check").returncode == 0
    assert b"No consents yet" in run_mi(home, "consent", "list").stderr
    assert run_mi(home, "goals", "export", "J-014").returncode == 3
    again = resume_taking_down(at_terminal)
    again.send("\r")
    again.wait_for("Their organization")
    for number, (asked, typed) in enumerate(ANSWERS[FIRST:], 1):
        answer(again, number, asked, typed)
    again.wait_for("Record it?")
    again.press_enter("Recorded: ")
    assert again.wait_for_exit() == 0
    assert not list((home / "store").rglob("*.draft"))
    anew = at_terminal("consent", "add", "J-014")
    anew.wait_for("What is it for?")
    assert "Go on with it?" not in anew.text


def test_one_that_is_not_wanted_is_deleted(at_terminal: At, home: Path) -> None:
    start_taking_down(at_terminal).kill()
    terminal = resume_taking_down(at_terminal)
    terminal.send("later\r")
    terminal.wait_for("Please answer y for yes or n for no.")
    terminal.send("n\r")
    terminal.wait_for("The client's name")
    terminal.send(CTRL_C)
    assert terminal.wait_for_exit() == 130
    assert "Interrupted. Nothing was saved." in terminal.text
    assert not list((home / "store").rglob("*.draft"))


@pytest.mark.parametrize(("keep", "told", "kept"), [("", "The answers are kept", 1), ("n", "answers are deleted", 0)])
def test_one_that_is_not_recorded_is_asked_about(at_terminal: At, home: Path, keep: str, told: str, kept: int) -> None:
    set_up(at_terminal)
    terminal = at_terminal("consent", "add", "J-014")
    terminal.send("\r" * PASSED_OVER)
    terminal.wait_for("Record it?")
    terminal.send("x\r")
    terminal.wait_for("Please answer y for yes or n for no.")
    terminal.send("n\r")
    terminal.wait_for("Keep the answers for later?")
    terminal.send(f"{keep}\r")
    assert terminal.wait_for_exit() == 1
    assert told in terminal.text
    assert len(list((home / "store").rglob("*.draft"))) == kept
    assert b"No consents yet" in run_mi(home, "consent", "list").stderr


def test_a_draft_that_cannot_be_read_is_set_aside(at_terminal: At, home: Path) -> None:
    start_taking_down(at_terminal).kill()
    [draft] = (home / "store").rglob("*.draft")
    draft.write_text('{"recipients": "x"}')
    terminal = at_terminal("consent", "add", "J-014")
    terminal.wait_for("cannot be read. It is set aside.")
    terminal.wait_for("The client's name")
    assert [path.read_text() for path in (home / "store" / "aside").rglob("*.draft")] == ['{"recipients": "x"}']


# -- one taken back, and the others -----------------------------------------------------------------------------------


def consents_on_file(home: Path, number: int) -> list[str]:
    """Records that many consents for the same therapist. Returns their ids, oldest first."""
    run_mi(home, "client", "add", "J-014")
    run_mi(home, "goals", "add", "J-014", "-", stdin=b"Be there\n")
    for _ in range(number):
        ran = run_mi(home, "consent", "add", "J-014", "--from", "-", stdin=PAPER)
        assert ran.returncode == 0, ran.stderr
    items = json.loads(run_mi(home, "consent", "list", "--json").stdout)["items"]
    return [item["id"] for item in items]


def is_usable_by_id(home: Path) -> dict[str, bool]:
    items = json.loads(run_mi(home, "consent", "list", "--json").stdout)["items"]
    return {item["id"]: item["holds"] for item in items}


PAPER = b"""
kind = "purpose"
patient_name = "Jo Example"
disclosers = ["counselor"]
scope_text = "my goals"
scope_categories = ["goal-plan"]
recipients = [{name = "A. Therapist"}]
purpose_text = "to begin CBT"
statements = ["revocation"]
revocation_method = "in writing"
expiry = {on = 2099-05-31}
signed_on = 2020-11-20
signer = {capacity = "client"}
"""


def test_each_other_consent_for_the_same_recipient_is_asked_about(at_terminal: At, home: Path) -> None:
    make_store(home)
    back, *others = consents_on_file(home, 4)
    terminal = at_terminal("consent", "revoke", back)
    terminal.wait_for("Take it back, from now on?")
    assert f"Consent {back}, for A. Therapist." in terminal.text
    terminal.send("y\r")
    terminal.wait_for("How did the client take it back?")
    terminal.send("by letter\r")
    said = dict(zip(others, ("y", "n", ""), strict=True))
    for other in others:
        terminal.wait_for(f"Consent {other}, signed November 20, 2020, also lets A. Therapist get it.")
        terminal.wait_until(lambda: terminal.line.endswith("not known yet:"), "the place for the answer")
        terminal.send(f"{said[other]}\r")
    terminal.wait_for(f"`mi consent confirm {others[2]}`")
    assert terminal.wait_for_exit() == 0
    assert is_usable_by_id(home) == {back: False, others[0]: False, others[1]: True, others[2]: False}
    assert run_mi(home, "goals", "export", "J-014").returncode == 0
    assert run_mi(home, "consent", "revoke", others[1], "--yes").returncode == 0
    assert run_mi(home, "goals", "export", "J-014").returncode == 3


def test_a_revocation_that_is_broken_off_among_the_others_stands(at_terminal: At, home: Path) -> None:
    make_store(home)
    back, other = consents_on_file(home, 2)
    terminal = at_terminal("consent", "revoke", back, "--how", "by letter")
    terminal.wait_for("Take it back, from now on?")
    terminal.send("y\r")
    terminal.wait_for("Enter: not known yet:")
    terminal.send(CTRL_C)
    assert terminal.wait_for_exit() == 130
    assert f"Interrupted. Consent {back} is taken back;" in terminal.text
    assert is_usable_by_id(home) == {back: False, other: False}
    assert run_mi(home, "goals", "export", "J-014").returncode == 3
    confirmed = at_terminal("consent", "confirm", other)
    confirmed.wait_for("y/N:")
    assert "Does the client say that it still holds?" in confirmed.text
    confirmed.send("y\r")
    assert confirmed.wait_for_exit() == 0
    assert is_usable_by_id(home)[other]


def test_a_paper_in_another_name_is_asked_about(at_terminal: At, home: Path) -> None:
    make_store(home)
    run_mi(home, "client", "add", "J-014", "--name", stdin=b"Beatriz Solis\n")
    (home / "paper.toml").write_bytes(PAPER)
    terminal = at_terminal("consent", "add", "J-014", "--from", str(home / "paper.toml"))
    terminal.wait_for("the same? y/N:")
    assert "It is in another name" in terminal.text
    terminal.send("\r")
    assert terminal.wait_for_exit() == 1
    assert b"No consents yet" in run_mi(home, "consent", "list").stderr


def test_b_goes_back_one_question_after_the_other(at_terminal: At) -> None:
    set_up(at_terminal)
    terminal = at_terminal("consent", "add", "J-014")
    typed = ("b", "Jo Exampel", "", "1", "b", "b", "b", "Jo Example", "", "1", "")
    name, kind, purpose, whom = "The client's name", "What is it for?", "The purpose", "Who may get it? Type a name"
    born = "birth date"
    for number, (asked, answered) in enumerate(
        zip((name, name, born, kind, purpose, kind, born, name, born, kind, purpose), typed, strict=True), 1
    ):
        answer(terminal, number, asked, answered)
    terminal.wait_until(lambda: whom in terminal.text and terminal.line.endswith("›"), "the next question")
    assert terminal.text.count(name) == 3
    assert terminal.text.count(kind) == 3
    assert terminal.text.count("The purpose, in the paper's words") == 2
    terminal.send(CTRL_C)
    assert terminal.wait_for_exit() == 130
