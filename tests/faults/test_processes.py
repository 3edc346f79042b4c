"""Whole commands in processes of their own: killed at a random moment, failed by strace, or on a disk that is full.

That every call is looked at is `test_every_call`'s; that it is looked at in the right place, this. In `test_kill` an
interview is killed 200 times.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import Ran
from tests.faults.commands import ANOTHER, TYPED, Run, Typed, secrets, unlocked
from tests.faults.conftest import keep_state, mounted_at, state_as_kept
from tests.faults.system_calls import SECRET
from tests.faults.table import FULL, KILLED, TRACED, WHOLE_STORE, cells
from tests.zygote import Child, Zygote

PATIENCE = 120  # seconds: to fail rather than to hang
KILLS = {"export": 24}
KILLS_OF_OTHERS = 16
CALLS = {
    "fsync": "fsync",
    "rename": "?rename,?renameat,?renameat2",
    "mkdir": "?mkdir,?mkdirat",
    "unlink": "?unlink,?unlinkat",
    "lock": "flock",
}
TRACES = [  # the call, what comes of it, and at which of them
    ("fsync", "error=EIO", 3),
    ("rename", "error=ENOSPC", 2),
    ("rename", "signal=KILL", 1),
    ("mkdir", "error=EACCES", 1),
    ("lock", "error=EMFILE", 1),
    ("unlink", "error=EROFS", 1),
]
DISKS = {"no space": "size=256k,mode=700", "no inodes": "size=1m,nr_inodes=120,mode=700"}


@pytest.fixture
def run(zygote: Zygote) -> Run:
    """Runs a command to its end, in a process of its own."""

    def ran(place: Path, *words: str, lines: str = "") -> Ran:
        child = started(zygote, place, *words).finish(lines)
        return Ran(child.code or 0, child.out.decode(), child.err.decode())

    return ran


def started(zygote: Zygote, place: Path, *words: str) -> Child:
    outside = {f"XDG_{name}_HOME": str(place.parent / name.lower()) for name in ("STATE", "CONFIG")}
    return zygote.mi(*words, environment={**secrets(place), **outside, "LOGNAME": "counselor"})


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "place").mkdir()
    return tmp_path / "place"


def begun(name: str, place: Path, run: Run) -> Typed:
    """The command, its folder filled; and a copy of that folder, and of what this computer remembers."""
    command = TYPED[name]()
    command.set_up(place, run)
    shutil.copytree(place, place.parent / "kept")
    keep_state(place.parent)
    return command


def begin_again(place: Path) -> None:
    for left in place.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    shutil.copytree(place.parent / "kept", place, dirs_exist_ok=True)
    state_as_kept(place.parent)


@pytest.mark.parametrize(("name", "_fault"), cells(KILLED))
def test_a_command_that_is_killed(zygote: Zygote, run: Run, place: Path, name: str, _fault: str) -> None:
    command = begun(name, place, run)
    begun_at = time.monotonic()
    assert run(place, *command.words(place), lines=command.lines).code == 0
    lasts, chance, deaths = time.monotonic() - begun_at, random.Random(name), 0
    for number in range(KILLS.get(name, KILLS_OF_OTHERS)):
        begin_again(place)
        child = started(zygote, place, *command.words(place))
        child.send(command.lines)
        child.close_stdin()
        child.read_for(chance.random() * lasts)
        child.kill()
        if child.code == -9:
            deaths += 1
        else:  # the first may have taken longer than those that follow
            lasts *= 0.8
        command.after(place, None, f"kill {number}", run)
    assert deaths


def test_an_acknowledged_change_of_passphrase_is_one(zygote: Zygote, run: Run, place: Path) -> None:
    command = begun("passphrase", place, run)
    child = started(zygote, place, *command.words(place))
    child.read_until(out=b"Changed.")
    child.kill()
    assert unlocked(place / "store")[1] == ANOTHER


@cache
def refused() -> str:
    """Why nothing can be injected here; empty if it can."""
    if shutil.which("strace") is None:
        return "there is no strace"
    ran = subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    return f"strace may not: {ran.stderr.strip()}" if ran.returncode else ""


@pytest.mark.parametrize(("call", "what_comes", "at"), TRACES, ids=str)
@pytest.mark.parametrize(("name", "_fault"), cells(TRACED))
def test_a_sample_of_calls(run: Run, place: Path, name: str, _fault: str, call: str, what_comes: str, at: int) -> None:
    if refused():
        pytest.skip(refused())
    command = begun(name, place, run)
    injected = ["-e", f"trace={CALLS[call]}", "-e", f"inject={CALLS[call]}:{what_comes}:when={at}"]
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("COV")},  # it saves, too
        **secrets(place),
        "PYTHONDONTWRITEBYTECODE": "1",  # so that only the store renames
        "XDG_CONFIG_HOME": str(place.parent / "config"),
        "XDG_STATE_HOME": str(place.parent / "state"),
        "LOGNAME": "counselor",
    }
    ran = subprocess.run(
        ["strace", "-f", "-qq", "-o", os.devnull, *injected, sys.executable, "-m", "mi_cli", *command.words(place)],
        input=command.lines, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    if "KILL" in what_comes:
        assert ran.returncode in (-9, 137)
    else:
        assert ran.returncode == 0 or (ran.returncode, ran.stderr[:11]) == (1, "Not saved: "), ran.stderr
    assert SECRET not in ran.stderr
    assert command.said(place) >= ran.stdout.count("\nsaved ")
    told = None if "KILL" in what_comes else Ran(ran.returncode, ran.stdout, ran.stderr)
    command.after(place, told, injected[-1], run)


def fill(folder: Path, leave: int) -> None:
    """Leave room for no more than so many pages, or files."""
    with suppress(OSError):
        for number in count():
            (folder / f"fill{number}").write_bytes(bytes(4096))
    for name in [path for path in folder.glob("fill*") if path.stat().st_size][:leave]:
        name.unlink()


@pytest.mark.root
@pytest.mark.parametrize("disk", DISKS)
@pytest.mark.parametrize(("name", "_fault"), cells(FULL))
def test_a_disk_that_is_full(run: Run, place: Path, name: str, _fault: str, disk: str) -> None:
    """With less room each time, until there is none: what fails says so, and nothing else is harmed."""
    with mounted_at(place, "-t", "tmpfs", "-o", DISKS[disk], "tmpfs"):
        command = begun(name, place, run)
        for leave in (*((24, 12) if name in WHOLE_STORE else ()), 4, 3, 2, 1, 0):
            begin_again(place)
            fill(place, leave)
            ran = run(place, *command.words(place), lines=command.lines)
            for left in place.glob("fill*"):
                left.unlink()
            assert ran.code == 0 or (ran.code == 1 and "Not saved: the disk is full." in ran.err), ran.err
            assert command.said(place) >= ran.out.count("\nsaved ")
            command.after(place, ran, f"room for {leave}", run)
        assert ran.code == 1
