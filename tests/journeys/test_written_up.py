"""An interview written up afterwards: `--ended` closes it where its lines end."""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.journeys.records import kept, make_store, notes, run_mi, session
from tests.journeys.terminal import BAR, CTRL_D, Terminal, environment

At = Callable[..., Terminal]
WRITE_UP = ("session", "start", "J-014", "--started", "2026-11-20T14:00", "--ended", "2026-11-20T15:00")
ENDED = datetime(2026, 11, 20, 15).astimezone()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Returns a home with a store."""
    make_store(tmp_path)
    return tmp_path


def is_closed(home: Path) -> bool:
    """Returns whether the one interview is closed; if so, its end must be the time that was given."""
    facts = session(home)
    assert (facts["ended_at"] is not None) == (facts["status"] == "closed")
    if facts["ended_at"]:
        assert datetime.fromisoformat(facts["ended_at"]) == ENDED
        assert datetime.fromisoformat(facts["visits"][-1]["to"]) == ENDED
    return bool(facts["status"] == "closed")


@pytest.mark.parametrize(
    "lines", [b"", b"words\n", b"words", b"words\n/end\n", b"/note\nwords\nmore\n", b"/importance 5\n"]
)
def test_the_end_of_the_lines_closes_it(home: Path, lines: bytes) -> None:
    ran = run_mi(home, *WRITE_UP, stdin=lines)
    assert (ran.returncode, b"Closed: 60 min" in ran.stdout) == (0, True)
    assert is_closed(home)
    assert run_mi(home, "session", "amend", "J-014", "-", stdin=b"more\n").returncode == 0
    assert run_mi(home, "session", "resume").returncode == 1


def test_it_closes_from_a_file_too(home: Path) -> None:
    (home / "lines").write_bytes(b"words\n")
    with (home / "lines").open("rb") as lines:
        ran = subprocess.run(
            [sys.executable, "-m", "mi_cli", *WRITE_UP], stdin=lines, env=environment(home), check=True
        )
    assert ran.returncode == 0
    assert is_closed(home)


def test_lines_that_say_pause_pause_it(home: Path) -> None:
    assert run_mi(home, *WRITE_UP, stdin=b"words\n/pause\n").returncode == 0
    assert not is_closed(home)
    assert session(home)["status"] == "paused"


def test_a_line_that_was_wrong_does_not_keep_it_open(home: Path) -> None:
    assert run_mi(home, *WRITE_UP, stdin=b"words\n/nonsense\n").returncode == 1
    assert is_closed(home)
    assert kept(home) == [("said", None, "words")]


def test_without_a_time_of_its_end_the_end_of_the_lines_pauses_as_before(home: Path) -> None:
    assert run_mi(home, "session", "start", "J-014", stdin=b"words\n").returncode == 0
    assert not is_closed(home)


def test_what_was_stopped_from_outside_is_not_over(home: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "mi_cli", *WRITE_UP],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(home),
    ) as writing:  # fmt: skip
        assert writing.stdin is not None
        assert writing.stdout is not None
        writing.stdin.write(b"words\n")
        writing.stdin.flush()
        while b"saved" not in writing.stdout.readline():
            assert writing.poll() is None
        writing.send_signal(signal.SIGTERM)
        assert writing.wait() == 130
    assert not is_closed(home)


def test_ctrl_d_closes_it_on_a_terminal(at_terminal: At, home: Path) -> None:
    mi = at_terminal(*WRITE_UP)
    mi.wait_for(BAR)
    mi.say("words")
    mi.send(CTRL_D)
    mi.wait_for("Closed: 60 min")
    assert is_closed(home)


def test_a_half_typed_line_keeps_it_open(at_terminal: At, home: Path) -> None:
    mi = at_terminal(*WRITE_UP)
    mi.wait_for(BAR)
    mi.say("words")
    mi.send("half")
    mi.wait_for("half")
    mi.send(CTRL_D)
    mi.wait_for("Paused:")
    assert not is_closed(home)
    assert [entry["words"] for entry in notes(home)["entries"]] == ["words"]
