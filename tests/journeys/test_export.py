"""The handoff from a real terminal."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.records import make_store, run_mi
from tests.journeys.terminal import Terminal

At = Callable[..., Terminal]

INTERVIEW = b"/goal Be at Saturday breakfast.\n/step Set two alarms @ Friday night\n/end\n"


@pytest.fixture
def file(home: Path, tmp_path: Path) -> Path:
    """Returns a file for a handoff. The program has one recipient, and the client has one goal."""
    make_store(home)
    assert run_mi(home, "session", "start", "J-014", stdin=INTERVIEW).returncode == 0
    assert run_mi(home, "config", "set", "program.recipients", "A. Therapist").returncode == 0
    return tmp_path / "handoff.pdf"


def test_a_file_that_is_there_is_asked_about_and_so_is_once_who_sends_it(
    at_terminal: At, file: Path, home: Path
) -> None:
    file.write_bytes(b"mine")
    mi = at_terminal("goals", "export", "J-014", "-o", str(file), asks_who=True)
    mi.wait_for("There is a file of that name. Write over it? y/N")
    mi.send("\r")
    assert mi.wait_for_exit() == 1
    assert file.read_bytes() == b"mine"

    again = at_terminal("goals", "export", "J-014", "-o", str(file), asks_who=True)
    again.wait_for("y/N")
    again.send("y\r")
    for asked, typed in (("your name", "R. Lee"), ("your credentials", ""), ("the number", "555-0188")):
        again.wait_for(f"For the recipient: {asked}")
        again.send(f"{typed}\r")
    assert again.wait_for_exit() == 0
    assert file.read_bytes().startswith(b"%PDF")
    assert run_mi(home, "config", "get", "counselor").stdout == b"R. Lee\n"

    once = at_terminal("goals", "export", "J-014")  # nothing is asked a second time, also what was passed over
    assert once.wait_for_exit() == 0
    assert "R. Lee" in once.text


def test_without_a_file_it_is_read_on_the_screen(at_terminal: At, file: Path) -> None:
    mi = at_terminal("goals", "export", "J-014", "--client-copy")
    assert mi.wait_for_exit() == 0
    assert "Set two alarms, Friday night" in mi.screen
    assert "Logged as passed on, for the client." in mi.screen


def test_a_pdf_does_not_fill_the_screen(at_terminal: At, file: Path, home: Path) -> None:
    mi = at_terminal("goals", "export", "J-014", "--format", "pdf")
    assert mi.wait_for_exit() == 2
    assert "no text for a screen" in mi.screen
    assert b"[]" in run_mi(home, "disclosures", "list", "--json").stdout.replace(b"\n", b"").replace(b" ", b"")
