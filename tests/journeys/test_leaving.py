"""An interview that is cut off: what was entered is on the disk, and the half-typed line comes back."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.journeys.records import draft, kept, make_store, run_mi, session
from tests.journeys.terminal import BAR, CTRL_C, CTRL_D, ENTER, PATIENCE, Terminal

At = Callable[..., Terminal]


def enter_one_and_a_half_lines(mi: Terminal) -> None:
    mi.wait_for(BAR)
    mi.enter("whole", then="saved 1 said")
    mi.send("half a")
    mi.wait_for_line("› half a")


def test_nothing_that_is_typed_ahead_is_lost(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    for keys in ("one\rtwo\r", "/goal three\r", "+d fo", "ur\r" + CTRL_D):
        mi.send(keys)
    mi.wait_for("Clear the screen")
    mi.send("n\r")
    assert mi.wait_for_exit() == 0
    assert [words for _, _, words in kept(home)] == ["one", "two", "four"]
    assert session(home)["status"] == "paused"
    assert draft(home) is None


def test_killed_while_a_line_is_half_typed(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    enter_one_and_a_half_lines(mi)
    mi.wait_until(lambda: draft(home) == "half a", "the draft on the disk")
    mi.kill(signal.SIGKILL)
    mi.process.wait(PATIENCE)
    assert session(home)["status"] == "open"

    again = at_terminal("session", "resume")
    again.wait_for_line("› half a")
    assert "The half-typed line is back." in again.screen
    again.send(" line\r")
    again.wait_for("saved 2 said")
    assert [words for _, _, words in kept(home)] == ["whole", "half a line"]
    again.wait_until(lambda: draft(home) is None, "the draft to go")


def test_the_terminal_is_closed(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    enter_one_and_a_half_lines(mi)
    mi.close()
    assert mi.process.wait(PATIENCE) == 0
    assert session(home)["status"] == "paused"
    assert draft(home) == "half a"
    assert list((home / "store" / "locks").iterdir()) == []


@pytest.mark.parametrize("plain", [False, True])
def test_the_system_asks_it_to_stop(at_terminal: At, home: Path, plain: bool) -> None:
    mi = at_terminal("session", "start", "J-014", TERM="dumb" if plain else "xterm-256color")
    if plain:
        mi.wait_for_prompt()
        mi.enter("whole", then="saved 1 said")
        mi.wait_for_prompt()
        mi.send("half a")
        mi.wait_for_line("> half a")
    else:
        enter_one_and_a_half_lines(mi)
    mi.kill(signal.SIGTERM)
    assert mi.wait_for_exit() == 0
    assert session(home)["status"] == "paused"
    assert draft(home) == "half a"


def test_the_terminal_is_closed_while_a_question_is_asked(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("/end Ring on Friday", then="May this stand in your plan?")
    mi.close()
    assert mi.process.wait(PATIENCE) == 0
    assert session(home)["status"] == "paused"
    assert kept(home) == []
    assert draft(home) == "/end Ring on Friday"


def test_the_terminal_is_closed_while_it_is_asked_what_may_be_passed_on(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("/end Ring on Friday", then="May this stand in your plan?")
    mi.press_enter("Lines that could be shared if the client agrees: 1.")
    mi.close()
    assert mi.process.wait(PATIENCE) == 0
    assert session(home)["status"] == "closed"
    assert kept(home) == [("next", None, "Ring on Friday")]


def test_the_terminal_is_closed_while_it_is_hidden(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    enter_one_and_a_half_lines(mi)
    mi.send("\x1b[20~")
    mi.wait_until(lambda: mi.screen.strip() == "", "an empty screen")
    mi.close()
    assert mi.process.wait(PATIENCE) == 0
    assert session(home)["status"] == "paused"
    assert draft(home) == "half a"


def test_a_second_interview_on_the_same_records_is_refused(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    other = at_terminal("session", "resume")
    assert other.wait_for_exit() == 6
    assert "It is in use by counselor (process " in other.screen
    mi.enter("undisturbed", then="saved 1 said")


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_no_words_stand_where_other_users_look(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("a very private matter", then="saved 1 said")
    mi.send("half of another")
    mi.wait_until(lambda: draft(home) == "half of another", "the draft")
    seen = b"".join(Path(f"/proc/{mi.process.pid}/{name}").read_bytes() for name in ("cmdline", "comm"))
    with suppress(PermissionError):  # Only root can read it: the memory of `mi` is closed to others.
        seen += Path(f"/proc/{mi.process.pid}/environ").read_bytes()
    assert b"mi_cli" in seen
    assert b"private" not in seen
    assert b"another" not in seen
    names = [str(path) for path in home.rglob("*")] + os.listdir(home)
    assert not any("private" in name for name in names)


def test_an_amendment_pasted_in_several_lines_is_one_and_whole(at_terminal: At, home: Path) -> None:
    make_store(home)
    run_mi(home, "session", "start", "J-014", stdin=b"one\n/end\n")
    long = "and more of it " * 400
    mi = at_terminal("session", "amend", "last")
    mi.wait_for("What do you want to add?")
    mi.paste(f"It was Tuesday,\n{long}end")
    mi.wait_for("end")
    mi.press_enter("Added to interview")
    assert mi.wait_for_exit() == 0
    assert kept(home)[1:] == [("amendment", None, f"It was Tuesday,\n{long}end")]


def test_an_amendment_can_be_left_alone(at_terminal: At, home: Path) -> None:
    make_store(home)
    run_mi(home, "session", "start", "J-014", stdin=b"one\n/end\n")
    for keys in ("half" + CTRL_C, CTRL_D):
        mi = at_terminal("session", "amend", "last")
        mi.wait_for("What do you want to add?")
        mi.send(keys)
        assert mi.wait_for_exit() == 130
    assert [words for _, _, words in kept(home)] == ["one"]


@pytest.mark.parametrize("answer", ["", "n", "y"])
def test_what_is_deleted_is_asked_for_first_in_rows_that_fit(at_terminal: At, home: Path, answer: str) -> None:
    make_store(home)
    run_mi(home, "session", "start", "J-014", stdin=b"one\n/end\n")
    mi = at_terminal("session", "delete", "last", columns=60)
    mi.wait_for("y/N:")
    assert "trash, together with its notes. Go ahead? y/N:\n" in mi.screen
    mi.enter(answer, then="Moved to the trash." if answer == "y" else "Nothing was changed.")
    assert mi.wait_for_exit() == (0 if answer == "y" else 1)
    assert len(list((home / "store").glob("clients/*/sessions/*.json"))) == (0 if answer == "y" else 1)


@pytest.mark.parametrize("plain", [False, True], ids=["styled", "plain"])
def test_a_question_that_needs_two_rows_breaks_between_words(at_terminal: At, home: Path, plain: bool) -> None:
    make_store(home)
    mi = at_terminal(*(("--plain",) if plain else ()), "session", "start", "J-014", columns=60)
    mi.wait_for("is up to you.")  # the prompt stands alone: not all of the page has room
    mi.send("? His father" + ENTER)
    mi.wait_for("saved 1 parked")
    mi.send("/end" + ENTER)
    mi.wait_for("now? y/N:")
    mi.send(ENTER)
    mi.wait_for("Closed:")
