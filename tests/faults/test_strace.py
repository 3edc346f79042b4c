"""Whole commands while the system itself refuses a call, or kills at it: a sample, injected by strace.

That every call is looked at is `test_every_call`'s; that it is looked at in the right place, this.
"""

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from mi_cli.records.terms import Protection
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.interviews import read_notes
from tests.builders import PASSPHRASE
from tests.conftest import Desk
from tests.faults.commands import unlocked
from tests.faults.system_calls import SECRET, sound, store_at

PATIENCE = 120  # seconds: to fail rather than to hang
CALLS = {
    "fsync": "fsync",
    "rename": "?rename,?renameat,?renameat2",
    "mkdir": "?mkdir,?mkdirat",
    "unlink": "?unlink,?unlinkat",
    "lock": "flock",
}
FAULTS = [  # the call, what comes of it, and at which of them
    ("fsync", "error=EIO", 3),
    ("rename", "error=ENOSPC", 2),
    ("rename", "signal=KILL", 1),
    ("mkdir", "error=EACCES", 1),
    ("lock", "error=EMFILE", 1),
    ("unlink", "error=EROFS", 1),
]
COMMANDS = {
    "interview": ("session", "start", "J-014"),
    "export": ("goals", "export", "J-014", "--basis", "client-copy", "-o", "{place}/copy.md"),
    "backup": ("store", "backup", "{place}/a.backup"),
    "protect": ("store", "protect"),
}


@cache
def refused() -> str:
    """Why nothing can be injected here; empty if it can."""
    if shutil.which("strace") is None:
        return "there is no strace"
    ran = subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    return f"strace may not: {ran.stderr.strip()}" if ran.returncode else ""


def mi(place: Path, what: str, *before: str) -> subprocess.CompletedProcess[str]:
    command = [word.format(place=place) for word in COMMANDS[what]]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")},  # it saves, too
        "PYTHONDONTWRITEBYTECODE": "1",  # so that only the store renames
        "XDG_CONFIG_HOME": str(place / "config"),
        "MI_PASSWORD_FILE": str(place / "passphrase"),
    }
    return subprocess.run(
        [*before, sys.executable, "-m", "mi_cli", "--store", str(place / "store"), *command],
        input=f"two {SECRET}\n+ three {SECRET}\n" if what == "interview" else "",
        env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip


@pytest.mark.parametrize(("call", "fault", "at"), FAULTS, ids=str)
@pytest.mark.parametrize("what", COMMANDS)
def test_a_sample_of_calls(tmp_path: Path, what: str, call: str, fault: str, at: int) -> None:
    if refused():
        pytest.skip(refused())
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    store = store_at(tmp_path / "store")
    store.make()
    client = store.add_client("J-014", "en")
    with ExitStack() as held:
        Desk(store, client, held).begin(f"one {SECRET}", "/goal home by six", "/end")
    ref = store.catalog.sessions()[0]
    injected = f"inject={CALLS[call]}:{fault}:when={at}"
    ran = mi(tmp_path, what, "strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={CALLS[call]}", "-e", injected)
    if "KILL" in fault:
        assert ran.returncode in (-9, 137)
    else:
        assert ran.returncode in (0, 1), ran.stderr
        assert ran.returncode == 0 or ran.stderr.startswith("Not saved: "), ran.stderr
    assert SECRET not in ran.stderr
    assert "fault of its own" not in ran.stderr

    now = unlocked(tmp_path / "store")[0]
    sound(now)
    assert [entry.words for entry in read_notes(now, ref).entries][:1] == [f"one {SECRET}"]
    assert [goal.words for goal in now.plan(client).goals] == ["home by six"]
    said = [len(read_notes(now, one).entries) for one in now.catalog.sessions() if one != ref]
    assert sum(said) >= ran.stdout.count("\nsaved ")

    for made in (tmp_path / "copy.md", tmp_path / "a.backup"):
        made.unlink(missing_ok=True)
    again = mi(tmp_path, what)
    assert again.returncode == 0 or "protected already" in again.stderr, again.stderr
    sound(unlocked(tmp_path / "store")[0])
    assert (Catalog(tmp_path / "store").protection is Protection.PASSPHRASE) is (what == "protect")
