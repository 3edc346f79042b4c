"""A counselor at a terminal."""

import json
import signal
from pathlib import Path

import pytest

from tests.journeys.terminal import BACKSPACE, CTRL_C, CTRL_D, ENTER, F8, F9, TAB, Terminal, environment


def notes(home: Path) -> list[str | None]:
    """The words of the latest interview, as they stand on the disk."""
    path = max((home / "store" / "clients").glob("*/notes/*.json"))
    return [entry["words"] for entry in json.loads(path.read_text(encoding="utf-8"))["entries"]]


def status(home: Path) -> str:
    path = max((home / "store" / "clients").glob("*/sessions/*.json"))
    return str(json.loads(path.read_text(encoding="utf-8"))["status"])


def drafts(home: Path) -> list[Path]:
    return list((home / "store" / "clients").glob("*/notes/*.draft"))


def test_the_first_command_ever_and_a_whole_interview(tmp_path: Path) -> None:
    with Terminal(["session", "start"], environment(tmp_path)) as terminal:
        terminal.wait_for("Client code")
        terminal.enter("J-014", "first interview")
        terminal.wait_for("Enter next")
        terminal.enter("My wife said it was this.", "saved 1 said")
        terminal.enter("", "Would that be all right with you?")
        terminal.resize(200, 50)
        terminal.enter("/evoking", "Evoking · 1 of")
        terminal.resize(60, 20)
        terminal.enter("/importance 6", "Why a 6, and not a lower number?")
        terminal.enter("My kid.", "What would raise it?")
        terminal.resize(80, 24)
        terminal.enter("/goal Be at breakfast", "saved goal 1")
        terminal.enter("/nonsense", "There is no such command")
        terminal.enter("/end Ring on Friday.", "May this stand in your plan?")
        terminal.enter("n")
        terminal.wait_for_line("› /end Ring on Friday.")
        terminal.send(ENTER)
        terminal.wait_for("May this stand in your plan?")
        terminal.send(ENTER)
        terminal.wait_for("Clear the screen")
        terminal.send(ENTER)
        assert terminal.wait_for_exit() == 0
    assert b"\x1b[3J" in terminal.raw
    assert notes(tmp_path) == ["My wife said it was this.", "My kid.", "Ring on Friday."]
    assert status(tmp_path) == "closed"


def started(home: Path, *arguments: str, **env: str) -> Terminal:
    terminal = Terminal([*arguments, "session", "start", "J-014"], environment(home, **env))
    terminal.wait_for("counselor here")
    return terminal


def test_a_half_typed_line_survives_kill_9(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        terminal.wait_for("Enter next")
        terminal.enter("kept", "saved 1")
        terminal.send("+d half ty")
        terminal.wait_until(lambda: bool(drafts(tmp_path)), "a draft")
        terminal.kill()
        terminal.wait_for_exit()
    with Terminal(["session", "resume"], environment(tmp_path)) as terminal:
        terminal.wait_for_line("› +d half ty")
        terminal.send("ped" + ENTER)
        terminal.wait_for("saved 2 change talk, desire")
        terminal.send(CTRL_D)
        terminal.wait_for("Clear the screen")
        terminal.enter("n")
        assert terminal.wait_for_exit() == 0
    assert notes(tmp_path) == ["kept", "half typed"]
    assert drafts(tmp_path) == []


@pytest.mark.parametrize("how", ["close", "term"])
def test_a_closed_terminal_and_sigterm_pause_and_keep_the_draft(tmp_path: Path, how: str) -> None:
    with started(tmp_path) as terminal:
        terminal.wait_for("Enter next")
        terminal.send("half")
        terminal.wait_for_line("› half")
        if how == "close":
            terminal.close()
        else:
            terminal.kill(signal.SIGTERM)
        terminal.wait_for_exit()
    assert status(tmp_path) == "paused"
    assert json.loads(drafts(tmp_path)[0].read_text())["line"] == "half"


def test_the_keys(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        terminal.wait_for("Enter next")
        terminal.send("dropped" + CTRL_C)
        terminal.wait_for_line("›")
        terminal.send("half" + F8)
        terminal.wait_for("Safety card")
        terminal.wait_for_line("› half")
        terminal.send(F9)
        terminal.wait_until(lambda: not terminal.screen.strip(), "an empty screen")
        terminal.send("x")
        terminal.wait_for_line("› half")
        terminal.send(CTRL_C + "/rec" + TAB)
        terminal.wait_for_line("› /recap")
        terminal.send(CTRL_C + "/st" + TAB)
        terminal.wait_for("/stage  /step")
        terminal.send(CTRL_C)
        terminal.paste("one\ntwo\nthree")
        terminal.send(ENTER)
        terminal.wait_for("3 lines")
        terminal.send(ENTER)
        terminal.wait_for("saved 1 said")
        terminal.send(CTRL_D)
        terminal.wait_for("Clear the screen")
        terminal.enter("n")
        assert terminal.wait_for_exit() == 0
    assert notes(tmp_path) == ["one\ntwo\nthree"]
    with Terminal(["session", "start", "J-014"], environment(tmp_path)) as terminal:
        terminal.wait_for("is not closed")
        terminal.send(ENTER)
        terminal.wait_for("goes on from")
        command = Path(f"/proc/{terminal.process.pid}/cmdline")
        if command.exists():
            assert b"two" not in command.read_bytes()


@pytest.mark.parametrize(("arguments", "term"), [(["--plain"], "xterm-256color"), ([], "dumb")])
def test_plain_text_has_no_escape_byte(tmp_path: Path, arguments: list[str], term: str) -> None:
    with started(tmp_path, *arguments, TERM=term) as terminal:
        terminal.wait_for_line(">")
        terminal.send("+d wanx" + BACKSPACE + "t")
        terminal.wait_for_line("> +d want")
        terminal.send(ENTER)
        terminal.wait_for("saved 1 change talk, desire")
        terminal.send("half" + F8)
        terminal.wait_for("Safety card")
        terminal.wait_for_line("> half")
        terminal.send(CTRL_C)
        terminal.enter("/note", "A note:")
        terminal.enter("one")
        terminal.wait_for("saved 2 said")
        terminal.enter(".", "listen for")
        terminal.enter("/hide", "Hidden.")
        terminal.send("x")
        terminal.wait_for("listen for")
        terminal.enter("/planning", "Planning · ")
        terminal.enter("/end Ring.", "May this stand")
        terminal.send(ENTER)
        assert terminal.wait_for_exit() == 0
    assert b"\x1b" not in terminal.raw
    assert notes(tmp_path) == ["want", "one", "Ring."]


def test_no_color_takes_away_colour_alone(tmp_path: Path) -> None:
    with started(tmp_path, NO_COLOR="1") as terminal:
        terminal.wait_for("Enter next")
        terminal.enter("[bold]x[/] words", "saved 1 said")
        terminal.enter("/entries", "said: [bold]x[/] words")
    assert b"\x1b[38;" not in terminal.raw


def test_a_second_one_is_told_who_holds_it(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        terminal.wait_for("Enter next")
        with Terminal(["session", "resume"], environment(tmp_path)) as other:
            assert other.wait_for_exit() == 6
            assert "in use by counselor" in other.text
