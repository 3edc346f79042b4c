"""A progress note at a terminal: the questions, going back, leaving in the middle, signing, and an addendum."""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.records import make_store, only, run_mi
from tests.journeys.terminal import CTRL_C, ENTER, Terminal

At = Callable[..., Terminal]

LINES = b"""+d I want to be there for breakfast
Zwetschge said
= looks tired today
>r You want to be there
/goal Be at Saturday breakfast
/end
"""
WRITTEN_UP = ("--started", "2026-11-20T14:02", "--ended", "2026-11-20T14:47")
PLACE, PRESENT = "Where was it?", "Who was present?"
DONE, GOALS, PICK = "What was done in this interview?", "Which goals was it about?", "Which lines of the interview"


@pytest.fixture
def interview(home: Path) -> Path:
    """A store with an interview that was written up."""
    make_store(home)
    assert run_mi(home, "session", "start", "J-014", *WRITTEN_UP, stdin=LINES).returncode == 0
    return home


def note(home: Path) -> Any:
    return only(home, "clients/*/progress-notes/*.json")


def section(home: Path, key: str) -> Any:
    return next(each["lines"] for each in note(home)["sections"] if each["key"] == key)


def answer(mi: Terminal, text: str, then: str) -> None:
    """Answers a question, and waits for what comes after it, since the echo may be anywhere."""
    seen = mi.text.count(then)
    mi.send(text + ENTER)
    mi.wait_until(lambda: mi.text.count(then) > seen, repr(then))


@pytest.mark.parametrize("before", [(), ("--plain",)], ids=["styled", "plain"])
def test_a_note_from_the_interview_to_the_addendum(at_terminal: At, interview: Path, before: tuple[str, ...]) -> None:
    mi = at_terminal(*before, "note", "write", "J-014", rows=60, asks_who=True)
    mi.wait_for(PLACE)
    answer(mi, "office", PRESENT)
    answer(mi, "b", PLACE)
    assert note(interview)["place"] == "office"
    answer(mi, "", PRESENT)
    answer(mi, "client alone", DONE)
    answer(mi, "1 99", DONE)
    assert "Please type numbers of the list" in mi.text
    answer(mi, "1 3", DONE)
    assert [line["source"] for line in section(interview, "intervention")][-2:] == ["ticked:question", "ticked:summary"]
    answer(mi, "-3", DONE)
    answer(mi, "", GOALS)
    answer(mi, "", PICK)
    warning = "it no longer is protected as a counseling note"
    mi.wait_until(lambda: warning in " ".join(mi.text.split()), warning)
    answer(mi, "1 3", PICK)
    answer(mi, "", "Use since the last visit")
    answer(mi, "none, as told", "Assessment:")
    answer(mi, "A clinician's own words", "Medical necessity:")
    for label in ("Diagnosis", "Mental status", "Functional status", "Prognosis", "Risk", "Test results"):
        answer(mi, "", f"{label}:")
    answer(mi, "", "Next appointment:")
    answer(mi, "Friday at two", "Referrals:")
    answer(mi, "", "The draft is kept.")
    assert mi.wait_for_exit() == 0
    kept = note(interview)
    assert (kept["place"], kept["present"], kept["state"]) == ("office", "client alone", "draft")
    said = {line["source"]: line["text"] for line in section(interview, "response")}
    assert said["entry:1"] == "“I want to be there for breakfast”"
    assert said["entry:3"] == "looks tired today"
    assert "Zwetschge" not in str(kept)
    assert [line["source"] for line in section(interview, "intervention")][-1] == "ticked:question"
    assert section(interview, "assessment") == [{"text": "A clinician's own words", "source": None}]
    assert section(interview, "diagnosis") is None

    mi = at_terminal("note", "sign", rows=60, asks_who=True)
    mi.wait_for("Your name, as it stands under the note:")
    mi.enter("A. Counselor", "Your credentials, such as LCDC")
    mi.enter("LCDC", "Sign this note?")
    mi.enter("y", "Signed: ")
    assert mi.wait_for_exit() == 0
    signed = note(interview)["signed"]
    assert (signed["by"], signed["credentials"]) == ("A. Counselor", "LCDC")
    amend = ("note", "amend", "last", "-", "--kind", "addendum", "--reason", "told on the telephone")
    assert run_mi(interview, *amend, stdin=b"She rang at six.\n").returncode == 0
    shown = run_mi(interview, "note", "show").stdout.decode()
    assert "[clinician: diagnosis]" in shown
    assert "Added after signing\nAddendum, " in shown
    assert "She rang at six." in shown


def half_typed(home: Path) -> str:
    return str((note(home).get("typing") or {}).get("line", ""))


@pytest.mark.parametrize("leave", ["ctrl-c", "kill", "hangup", "close"])
def test_leaving_in_any_way_keeps_every_answer_and_what_was_half_typed(
    at_terminal: At, interview: Path, leave: str
) -> None:
    mi = at_terminal("note", "write", "last", rows=60)
    mi.wait_for(PLACE)
    answer(mi, "office", PRESENT)
    mi.send("client and her si")
    if leave == "kill":  # a crash costs at most the last half second
        mi.wait_until(lambda: half_typed(interview) == "client and her si", "the half-typed answer on the disk")
    else:
        mi.wait_for("client and her si")
    if leave == "ctrl-c":
        mi.send(CTRL_C)
        assert mi.wait_for_exit() == 130
        assert "The draft is kept." in mi.text
    elif leave == "close":
        mi.close()
        mi.process.wait(30)
    else:
        mi.kill(signal.SIGKILL if leave == "kill" else signal.SIGHUP)
        mi.wait_for_exit()
    kept = note(interview)
    assert (kept["place"], kept["present"], half_typed(interview)) == ("office", None, "client and her si")
    again = at_terminal("note", "write", "last", rows=60)
    again.wait_for("What you had begun to type is in the line again.")
    assert "goes on" in again.text
    again.wait_for("client and her si")
    answer(again, "ster", DONE)
    kept_now = note(interview)
    assert (kept_now["id"], kept_now["present"], half_typed(interview)) == (kept["id"], "client and her sister", "")
    again.send("1 99")
    again.wait_until(lambda: half_typed(interview) == "1 99", "the half-typed answer on the disk")
    answer(again, "", "Please type numbers of the list")
    answer(again, "", GOALS)  # the line is empty again, and nothing is left of it
    assert half_typed(interview) == ""
    answer(again, "b", DONE)
    assert "typing" not in note(interview)
