"""A window that gets narrower and wide again while a line is typed, in a terminal that breaks its rows anew: tmux."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.journeys.terminal import PATIENCE, environment

TYPED = "One" + " and one more" * 12 + " at the end"

Tmux = Callable[..., str]


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    """A server of its own, that a test gives commands to."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")

    def told(*words: str) -> str:
        command = ["tmux", "-S", str(tmp_path / "tmux"), "-f", "/dev/null", *words]
        return subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=False).stdout

    yield told
    told("kill-server")


def wait_until(shown: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not shown():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_nothing_of_the_line_stays_above_it(tmux: Tmux, tmp_path: Path) -> None:
    def everything() -> str:
        return tmux("capture-pane", "-p", "-S", "-")

    def saved(number: int) -> bool:
        return f"saved {number} said" in everything()

    def drawn_for(columns: int) -> bool:
        rows = everything().rpartition("› ")[2].rstrip().split("\n")
        return len(rows) == -(-len(TYPED) // (columns - 2)) + 1

    mi = f"{sys.executable} -m mi_cli"
    tmux("new-session", "-d", "-x", "80", "-y", "24", f"{mi} store init --unprotected && {mi} session start J-014")
    wait_until(lambda: "F8 safety" in everything())
    for number in (1, 2):  # now the line stands at the bottom, where terminals move it up
        tmux("send-keys", "-l", f"Line {number}")
        tmux("send-keys", "Enter")
        wait_until(partial(saved, number))
    tmux("send-keys", "-l", TYPED)
    wait_until(lambda: everything().rstrip().count("at the end") == 1)
    for columns in (40, 100, 31, 80):
        tmux("resize-window", "-x", str(columns), "-y", "24")
        wait_until(partial(drawn_for, columns))
    page, *lines = everything().split("\n› ")
    assert [line.split("\n")[0] for line in lines[:2]] == ["Line 1", "Line 2"]
    assert len(lines) == 3
    assert page.count("listen for:") == 1
    typed, _, _ = lines[2].rpartition("\n Engaging")
    assert typed.replace("\n  ", "") == TYPED
