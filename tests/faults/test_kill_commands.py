"""kill -9 at random moments of what goes over the whole store: it is whole, and the same again finishes it.

An interview is killed 200 times in `test_kill`, an export 24 times in `test_delivery`.
"""

import random
import shutil
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from mi_cli.store.upkeep import trash
from tests.builders import PASSPHRASE
from tests.conftest import Desk
from tests.faults.commands import ANOTHER, CASES, DONE, files, in_backup, unlocked
from tests.faults.system_calls import LINES, sound, store_at, told
from tests.faults.zygote import Child, Zygote

KILLS_OF_EACH = 16


class Folder:
    """A store in a folder, and whole commands on it that are given its passphrase."""

    def __init__(self, folder: Path, zygote: Zygote) -> None:
        self.root = folder / "store"
        self._zygote = zygote
        self._files = folder

    def start(self, *command: str) -> Child:
        given = {"PASSWORD": unlocked(self.root)[1], "NEW_PASSWORD": ANOTHER}
        for name, passphrase in given.items():
            (self._files / name).write_text(passphrase)
        named = {f"MI_{name}_FILE": str(self._files / name) for name in given}
        return self._zygote.mi("--store", str(self.root), *command, environment=named)


@pytest.fixture
def folder(tmp_path: Path, zygote: Zygote) -> Folder:
    """Two clients; three interviews of the first, of which one is deleted."""
    folder = Folder(tmp_path, zygote)
    store = store_at(folder.root)
    store.make()
    client = store.add_client("J-014", "en")
    store.add_client("K-015", "en")
    with ExitStack() as held:
        desk = Desk(store, client, held)
        for _ in range(3):
            desk.begin(*LINES, "/end seven")
    trash.delete_session(store, store.catalog.sessions()[-1], "J-014")
    return folder


def died(child: Child, chance: random.Random, lasts: float) -> bool:
    """Kill it at some moment of its life; whether that came before its end."""
    child.read_for(chance.random() * lasts)
    child.kill()
    return child.code == -9


@pytest.mark.parametrize("what", ["protect", "unprotect", "passphrase", "purge"])
def test_a_change_to_all_of_the_store(folder: Folder, tmp_path: Path, what: str) -> None:
    _, command, is_done = CASES[what]
    if what != "protect":
        assert folder.start("store", "protect").finish().code == 0
    store = unlocked(folder.root)[0]
    client = store.codes()["J-014"]
    if what == "purge":
        trash.delete_client(store, store.codes()["K-015"], "K-015")
    expected, kept = told(store, client), tmp_path / "kept"
    shutil.copytree(folder.root, kept)
    begun = time.monotonic()
    assert folder.start(*command).finish().code == 0
    lasts, chance, deaths = time.monotonic() - begun, random.Random(what), 0
    for _ in range(KILLS_OF_EACH):
        shutil.rmtree(folder.root)
        shutil.copytree(kept, folder.root)
        if died(folder.start(*command), chance, lasts):
            deaths += 1
        else:  # the first may have taken longer than those that follow
            lasts *= 0.8
        store = unlocked(folder.root)[0]
        sound(store)
        assert told(store, client) == expected
        if not is_done(folder.root):
            again = folder.start(*command).finish()
            assert again.code == 0 or any(text in again.err.decode() for text in DONE), again.err
        assert is_done(folder.root)
        sound(unlocked(folder.root)[0])
        assert told(unlocked(folder.root)[0], client) == expected
    assert deaths


def test_a_backup(folder: Folder, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    place.mkdir()
    command = ("store", "backup", str(place / "a.backup"), "--keep", "2")
    assert folder.start(*command).finish().code == 0
    store_at(folder.root).add_client("L-016", "en")
    older = in_backup(place / "a.backup")
    shutil.copytree(place, tmp_path / "kept")
    begun = time.monotonic()
    assert folder.start(*command).finish().code == 0
    lasts, chance, deaths = time.monotonic() - begun, random.Random(0), 0
    for _ in range(KILLS_OF_EACH):
        shutil.rmtree(place)
        shutil.copytree(tmp_path / "kept", place)
        if died(folder.start(*command), chance, lasts):
            deaths += 1
        else:  # the first may have taken longer than those that follow
            lasts *= 0.8
        newer = files(folder.root)
        backups = [in_backup(path) for path in sorted(place.glob("a.backup*"))]
        assert older in backups
        assert all(backup == older or set(newer) == set(backup) for backup in backups)
        assert folder.start(*command).finish().code == 0
        assert set(in_backup(place / "a.backup")) == set(files(folder.root))
        sound(store_at(folder.root))
    assert deaths


def test_an_acknowledged_change_of_passphrase_is_one(folder: Folder) -> None:
    assert folder.start("store", "protect").finish().code == 0
    child = folder.start("store", "passphrase")
    child.read_until(out=b"Changed.")
    child.kill()
    assert unlocked(folder.root)[1] == ANOTHER != PASSPHRASE
