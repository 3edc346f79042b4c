"""Standard output or standard error that is full, closed, or that nobody reads: what is kept does not depend on it."""

import json
from pathlib import Path

import pytest

from tests.cli.test_contract import whole

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")

LINES = [line for n in range(100) for line in (f"said {n}", "/nonsense")]
GONE = "mkfifo pipe; exec 8<>pipe 9>pipe 8<&-; rm pipe"  # 9 is a pipe that nobody reads any more
HOW = ["full", "closed", "gone"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with a store and a file of lines, half of which say nothing that could be done."""
    assert whole(tmp_path, "mi store init --unprotected").returncode == 0
    (tmp_path / "lines").write_text("".join(f"{line}\n" for line in LINES))
    (tmp_path / "good").write_text("".join(f"{line}\n" for line in LINES[::2]))
    return tmp_path


def led(how: str, stream: int) -> str:
    """How a shell leads a stream there."""
    return f"{stream}>" + {"full": "/dev/full", "closed": "&-", "gone": "&9"}[how]


def kept(home: Path) -> list[str]:
    """The words of the latest interview, which is over."""
    shown = json.loads(whole(home, "mi session show last --json").stdout)
    assert shown["session"]["status"] == "paused"
    assert shown["session"]["visits"][-1]["to"] is not None
    return [entry["words"] for entry in shown["notes"]["entries"]]


def run(home: Path, command: str) -> tuple[int, str, str]:
    """A command line, and what came of it: the exit code, and both streams."""
    ran = whole(home, f"cd '{home}'; {GONE}; {command}")
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize("how", HOW)
def test_an_interview_outlives_its_warnings(home: Path, how: str) -> None:
    code, out, _ = run(home, f"mi session start J-1 < lines {led(how, 2)}")
    assert code == 1  # as it would be: lines failed
    assert out.count("saved ") == 100
    assert kept(home) == LINES[::2]
    assert run(home, f"mi session start J-1 < good {led(how, 2)}")[0] == 0
    assert kept(home) == LINES[::2]


@pytest.mark.parametrize("how", HOW)
def test_an_interview_outlives_its_output(home: Path, how: str) -> None:
    code, _, err = run(home, f"mi session start J-1 < lines {led(how, 1)}")
    assert code == 1
    assert err.count("There is no such command.") == 100
    assert kept(home) == LINES[::2]
    code, _, err = run(home, f"mi session start J-1 < good {led(how, 1)}")
    assert (code, "Not all of the output" in err) == ((1, True) if how == "full" else (0, False))
    assert kept(home) == LINES[::2]


@pytest.mark.parametrize("how", HOW)
def test_an_interview_outlives_both(home: Path, how: str) -> None:
    code, _, _ = run(home, f"mi session start J-1 < lines {led(how, 1)} {led(how, 2)}")
    assert code == 1
    assert kept(home) == LINES[::2]


@pytest.mark.parametrize("how", HOW)
def test_a_message_that_is_lost_changes_nothing_else(home: Path, how: str) -> None:
    """Each of these says something on standard error."""
    assert run(home, "mi session start J-1 < good")[0] == 0
    for command in (
        "mi session list --client nobody",
        "mi store trash list",
        "mi consent list J-1",
        "mi disclosures list",
        "mi goals list J-1",
        "printf '/goal Be there\\n/nonsense\\n/step Tell Dave @ Wednesday\\n' | mi goals plan J-1 -",
        "mi goals export J-1 --client-copy",
        "mi nonsense",
    ):
        told = run(home, command)
        untold = run(home, f"{command} {led(how, 2)}")
        assert untold[0] == told[0], command
        assert (told[1] == "") is (untold[1] == ""), command
    goals = json.loads(whole(home, "mi goals show J-1 --json").stdout)["goals"]
    assert [(goal["words"], len(goal["steps"])) for goal in goals] == [("Be there", 1)] * 2
    assert len(json.loads(whole(home, "mi disclosures list --json").stdout)["items"]) == 2


@pytest.mark.parametrize("how", HOW)
def test_a_command_outlives_its_output(home: Path, how: str) -> None:
    assert run(home, "printf 'one\\n/end\\n' | mi session start J-1")[0] == 0
    for command in (
        "echo added | mi session amend last -",
        "echo 'Be at breakfast' | mi goals add J-1 -",
        "mi client add J-2",
        "mi config set counselor Ann",
        "mi --version",
        "mi --help",
        "mi session list",
        "mi session show last --json",
        "mi schema",
    ):
        code, _, err = run(home, f"{command} {led(how, 1)}")
        assert code == (1 if "Not all of the output" in err else 0), command
        assert how == "full" or err in ("", "counselor is set.\n"), command
    shown = json.loads(whole(home, "mi session show last --json").stdout)
    assert [entry["words"] for entry in shown["notes"]["entries"]] == ["one", "added"]
    assert len(json.loads(whole(home, "mi goals show J-1 --json").stdout)["goals"]) == 1
    assert [item["client"] for item in json.loads(whole(home, "mi client list --json").stdout)["items"]] == [
        "J-1",
        "J-2",
    ]
    assert whole(home, "mi config get counselor").stdout == "Ann\n"
