"""The command line as a whole: what is listed, and what becomes of an error, whatever kind it is."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from mi_cli.cli import doctor
from tests.conftest import Ran

Mi = Callable[..., Ran]


def test_without_a_command_the_groups_are_listed_the_most_used_first(mi: Mi) -> None:
    ran = mi()
    assert (ran.code, ran.out) == (2, "")
    commands = [line.split()[0] for line in ran.err.partition("Commands:\n")[2].splitlines()]
    assert commands[:2] == ["session", "goals"]
    assert commands.index("config") < commands.index("schema")
    assert "tells more" not in ran.err


@pytest.mark.parametrize("option", ["--plain", "--store"])
def test_an_option_in_the_wrong_place_is_told_where_it_goes(mi: Mi, option: str) -> None:
    ran = mi("session", "list", option)
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"{option} goes before the command: mi {option} …")


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (ValueError("Zwetschge"), 1, "mi stopped on a fault of its own: ValueError.\n"),
        (KeyError("Zwetschge"), 1, "mi stopped on a fault of its own: KeyError.\n"),
        (OSError(errno.EIO, "Zwetschge", "Zwetschge"), 1, "mi stopped on a fault of its own: OSError.\n"),
        (typer.Abort(), 130, "Interrupted. What was saved before is kept.\n"),
        (KeyboardInterrupt(), 130, "Interrupted. What was saved before is kept.\n"),
        (typer.BadParameter("that will not do"), 2, "Invalid value: that will not do\n"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_of_any_kind_shows_no_values(
    mi: Mi, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, told: str
) -> None:
    def broken(_context: object) -> None:
        words = "Zwetschge"  # stands in the frame, as a client's words would
        assert words
        raise error

    monkeypatch.setattr(doctor, "_report", broken)
    ran = mi("doctor")
    assert ran.code == code
    assert ran.err.startswith(told)
    assert "Zwetschge" not in ran.out + ran.err
    assert ("broken, test_app.py:" in ran.err) is ("fault of its own" in ran.err)


@pytest.mark.skipif(os.name != "posix", reason="needs a pty")
def test_a_terminal_that_was_closed_is_no_failure() -> None:
    ours, theirs = os.openpty()
    os.close(ours)
    ran = subprocess.run([sys.executable, "-m", "mi_cli", "schema"], stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_the_shell_completes_commands_and_options(tmp_path: Path) -> None:
    env = {**os.environ, "_MI_COMPLETE": "complete_bash", "HOME": str(tmp_path)}
    for words, place, found in (
        ("mi se", 1, {"session"}),
        ("mi session re", 2, {"resume", "recap"}),
        ("mi session list --st", 3, {"--status"}),
        ("mi session list --status p", 4, {"paused"}),
    ):
        ran = subprocess.run(
            [sys.executable, "-c", "from mi_cli.cli.app import run; raise SystemExit(run([]))"],
            env=env | {"COMP_WORDS": words, "COMP_CWORD": str(place)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (ran.returncode, ran.stderr) == (0, "")
        assert found <= set(ran.stdout.split())
