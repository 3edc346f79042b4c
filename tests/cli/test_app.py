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


def test_without_a_command_it_is_said_what_is_due_and_how_to_go_on(mi: Mi) -> None:
    ran = mi()
    assert (ran.code, ran.err) == (0, "")
    assert "mi help" in ran.out
    assert "tells more about one" in " ".join(mi("--help").out.split())


def test_options_that_hold_everywhere_are_taken_anywhere(mi: Mi, tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "elsewhere")
    assert mi("client", "add", "J-014", "--store", elsewhere, "--plain").code == 0
    for words in (
        ("--store", elsewhere, "client", "list", "--json"),
        ("client", "--plain", "list", f"--store={elsewhere}", "--json"),
        ("client", "list", "--json", "--store", elsewhere),
    ):
        assert [item["client"] for item in mi(*words).json["items"]] == ["J-014"], words
    assert mi("client", "list").code == 4, "the usual store was never made"


def test_help_can_be_asked_for_with_one_letter(mi: Mi) -> None:
    for words in ((), ("session",), ("session", "list"), ("goals", "export"), ("store", "trash"), ("start",)):
        short, long = mi(*words, "-h"), mi(*words, "--help")
        assert (short.code, short.out) == (0, long.out)
        assert "Usage: mi" in short.out


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
