"""Words are asked for only once they can be saved, and whoever waits meanwhile is told what for."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from filelock import FileLock

from tests.journeys.records import make_store, run_mi
from tests.journeys.terminal import CTRL_C, Terminal

At = Callable[..., Terminal]
WAITS = "Another window is saving; waiting for it …"
# The command, the lock that saving needs (with the client, the interview or the note), and what is asked then.
ASKS = {
    "goals add": (("J-014",), "plan-{client}", "What do you want?"),
    "goals edit": (("J-014",), "plan-{client}", "What do you want to change?"),
    "goals progress": (("J-014",), "plan-{client}", "What came of it?"),
    "client facts": (("J-014", "target"), "facts-{client}", "What is it about,"),
    "client edit": (("J-014", "--name"), "clients", "Name:"),
    "contact add": (("J-014",), "clients", "What was it?"),
    "consent add": (("J-014",), "sharing-{client}", "as it stands on the paper"),
    "session amend": (("last",), "{session}", "What do you want to add?"),
    "session settle": (("last",), "{session}", "What was done"),
}


@pytest.fixture
def held(home: Path) -> dict[str, str]:
    """A closed interview with an open concern and a goal. Returns the ids of the client and of the interview."""
    make_store(home)
    lines = b"/goal Sleep\n/safety overdose alone with it\n/end\n"
    assert run_mi(home, "session", "start", "J-014", stdin=lines).returncode == 0
    [item] = json.loads(run_mi(home, "session", "list", "--json").stdout)["items"]
    client = next((home / "store" / "clients").iterdir()).name
    return {"client": client, "session": item["id"]}


def test_what_cannot_be_saved_yet_is_not_asked_for_and_the_waiting_is_told(
    at_terminal: At, home: Path, held: dict[str, str]
) -> None:
    locks = home / "store" / "locks"
    for command, (arguments, name, question) in ASKS.items():
        with ExitStack() as lock:
            lock.enter_context(FileLock(locks / f"{name.format(**held)}.lock"))
            mi = at_terminal(*command.split(), *arguments)
            mi.wait_for(WAITS)
            assert question not in mi.text, command
        mi.wait_for(question)
        assert WAITS not in mi.screen, command
        mi.send(CTRL_C)
        assert mi.wait_for_exit() == 130


@pytest.mark.parametrize("command", ["amend", "settle"])
def test_beside_an_interview_that_is_open_elsewhere_nothing_is_asked(at_terminal: At, home: Path, command: str) -> None:
    make_store(home)
    assert run_mi(home, "session", "start", "J-014", stdin=b"/safety overdose alone with it\n/pause\n").returncode == 0
    mi = at_terminal("session", command, "last")
    assert mi.wait_for_exit() == 1
    assert "That interview is not closed." in mi.screen
