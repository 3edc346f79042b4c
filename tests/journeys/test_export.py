"""The handoff from a real terminal."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_export import CONSENT
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
    file = file.with_suffix(".md")
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
    assert all(answer in file.read_text(encoding="utf-8") for answer in ("R. Lee", "555-0188")), "in this one already"
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
    assert "cannot be shown on the screen" in mi.screen
    assert b"[]" in run_mi(home, "disclosures", "list", "--json").stdout.replace(b"\n", b"").replace(b" ", b"")


EVENT = {**CONSENT, "expiry": {"event": "the end of CBT"}}


def test_whether_the_event_came_about_that_a_consent_ends_with_is_asked_at_an_export(
    at_terminal: At, file: Path, home: Path
) -> None:
    """Nobody else knows: a yes stops the export with the command that records it, which ends the consent when typed."""
    paper = file.with_name("consent.json")
    paper.write_text(json.dumps(EVENT), encoding="utf-8")
    known = {"program.name": "Harbor Program", "counselor": "R. Lee", "credentials": "LCDC", "telephone": "555-0188"}
    for setting in known.items():
        assert run_mi(home, "config", "set", *setting).returncode == 0
    assert run_mi(home, "consent", "add", "J-014", "--from", str(paper)).returncode == 0
    export = ("goals", "export", "J-014", "--basis", "consent", "-o", str(file))
    for answer, code in (("y\r", 3), ("\r", 0)):
        mi = at_terminal(*export)
        mi.wait_for("the end of CBT. Did that come about? y/N:")
        mi.send(answer)
        assert mi.wait_for_exit() == code
        assert file.exists() is (code == 0)
        assert (b'"seq": 1' in run_mi(home, "disclosures", "list", "--json").stdout) is (code == 0)
        if code == 3:
            assert "mi consent ended" in mi.text
    assert run_mi(home, "consent", "ended", "last", "--on", "2026-01-03", "--yes").returncode == 0
    ended = at_terminal(*export)
    assert ended.wait_for_exit() == 3
    assert "ended on January 3, 2026" in ended.text
