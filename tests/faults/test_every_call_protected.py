"""As `test_every_call`, where records are under a passphrase, and while that is put on, changed or taken off.

Each command runs whole, by what is typed. Every call fails once with a crash and once with an error: which of the five
goes by the call's number, or all five with MI_EVERY_ERROR=1.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from mi_cli.errors import MiError
from mi_cli.records.event_type import EventType
from mi_cli.records.terms import Status
from mi_cli.store.disk.atomic import TEMPORARY
from mi_cli.store.keys import supervisor
from mi_cli.store.keys.keyfile import StoreKeys
from mi_cli.store.keys.protocols import NO_KEYS
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.log import last_saved
from mi_cli.store.upkeep import trash
from mi_cli.store.upkeep.check import check
from tests.builders import key_file
from tests.conftest import Desk, Ran
from tests.faults.commands import ANOTHER, CASES, DONE, unlocked
from tests.faults.system_calls import (
    ERRORS,
    LINES,
    ONCE,
    SECRET,
    Crash,
    System,
    converse,
    others,
    sound,
    store_at,
    told,
)

Mi = Callable[..., Ran]


def errors_at(at: int) -> Iterable[int]:
    """The errors that call number `at` fails with."""
    return ERRORS if os.environ.get("MI_EVERY_ERROR") else (ERRORS[at % len(ERRORS)],)


@pytest.fixture(autouse=True)
def _few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase is made slow to guess by rounds; here that would only make thousands of commands slow."""
    monkeypatch.setattr("mi_cli.store.keys.keyfile.ITERATIONS", 1000)
    monkeypatch.setattr("tests.conftest.load", ONCE)


@dataclass(frozen=True)
class Place:
    """A folder with a store that may be broken and made anew, and the passphrases in files beside it."""

    folder: Path
    mi: Mi
    monkeypatch: pytest.MonkeyPatch

    @property
    def root(self) -> Path:
        return self.folder / "store"

    def run(self, *command: str, system: System | None = None) -> Ran | None:
        """A whole command; null when it died."""
        self.monkeypatch.setenv("MI_PASSWORD_FILE", str(self._kept("now", unlocked(self.root)[1])))
        self.monkeypatch.setenv("MI_NEW_PASSWORD_FILE", str(self._kept("another", ANOTHER)))
        system = system or System(self.root)  # which also spares it the waiting for the disk
        with system.in_place():
            try:
                return self.mi("--store", str(self.root), *command)
            except Crash:
                return None
            finally:
                system.die()

    def set_up(self, kind: str) -> None:
        """Two clients, of whom the first had an interview; for a purge, that client deleted."""
        store = store_at(self.root)
        store.make()
        first, _ = (store.add_client(code, "en") for code in ("J-014", "K-015"))
        with ExitStack() as held:
            desk = Desk(store, first, held)
            desk.begin(f"deleted {SECRET}", "/end")
            deleted = desk.ref
            desk.begin(*LINES, "/end seven")
        trash.delete_session(store, deleted, "J-014")
        if kind == "plain":
            return
        assert self.run("store", "protect")
        if kind == "with a supervisor":
            made = supervisor.generate()
            self._kept("private", str(made.jwk).replace("'", '"'))
            public = self._kept("public", str(made.public).replace("'", '"'))
            ran = self.run("store", "recovery", "--public-key", str(public), "--notes")
            assert ran is not None
            assert ran.code == 0, ran.err
        if kind == "with a client in the trash":
            trash.delete_client(unlocked(self.root)[0], first, "J-014")

    def _kept(self, name: str, text: str) -> Path:
        path = self.folder.parent / name
        path.write_text(text)
        return path


@pytest.fixture
def place(tmp_path: Path, mi: Mi, monkeypatch: pytest.MonkeyPatch) -> Place:
    (tmp_path / "place").mkdir()
    return Place(tmp_path / "place", mi, monkeypatch)


@pytest.mark.parametrize("dies", [True, False], ids=["crash", "error"])
@pytest.mark.parametrize("what", CASES)
def test_a_command_that_breaks_off_loses_nothing_and_finishes_when_done_again(
    place: Place, tmp_path: Path, what: str, dies: bool
) -> None:
    kind, command, is_done = CASES[what]
    command = tuple(str(tmp_path / word) if word in ("public", "private") else word for word in command)
    if what == "recovery":
        (tmp_path / "public").write_text(str(supervisor.generate().public).replace("'", '"'))
    place.set_up(kind)
    root, kept = place.root, tmp_path / "kept"
    shutil.copytree(root, kept)
    store = unlocked(root)[0]
    (first, other) = store.codes().get("J-014"), store.codes()["K-015"]
    expected = told(store, first) if first else None
    apart = root / "clients" / (first or "")
    clean = System(root)
    ran = place.run(*command, system=clean)
    assert ran is not None
    assert (ran.code, is_done(root)) == (0, True), ran.err
    assert len(clean.made) > 20
    for at in clean.points(None if dies else errno.EIO):
        for number in (None,) if dies else errors_at(at):
            where = f"call {at}, {clean.made[at]}, {errno.errorcode.get(number or 0)}"
            shutil.rmtree(root)
            shutil.copytree(kept, root)
            ran = place.run(*command, system=System(root, at, number))
            if ran is not None:
                assert "fault of its own" not in ran.err, (where, ran.err)
                assert "output" not in ran.err, (where, ran.err)
                assert SECRET not in ran.err, where
                assert ran.code == 0 or ran.err.count("\n") == 2, (where, ran.err)
                assert ran.code != 0 or is_done(root) or "item.json cannot be read" in ran.err, where
            store = unlocked(root)[0]
            sound(store)
            assert set(store.codes()) >= {"K-015"}, where
            if first:
                assert told(store, first) == expected, where
            if not is_done(root):
                ran = place.run(*command)
                assert ran is not None
                assert ran.code == 0 or any(told in ran.err for told in DONE), (where, ran.err)
            assert is_done(root), (where, list(root.rglob("*key*")), ran)
            store = unlocked(root)[0]
            assert [finding for finding in check(store).findings if finding.damaged] == [], where
            if first:
                assert told(store, first) == expected, where
            assert store.client(other).language == "en", where
    assert apart.exists() or what == "purge"


def test_an_interview_under_a_passphrase_loses_nothing(tmp_path: Path) -> None:
    def keys() -> StoreKeys:
        return StoreKeys(key_file()[1].records, lambda: key_file()[1].notes)

    root, before = tmp_path / "store", tmp_path / "before"
    made = store_at(before, keys())
    made.make(key_file()[0])
    client = made.add_client("J-014", "en")
    shutil.copytree(before, root)
    clean = System(root)
    assert converse(root, client, clean, keys()) == []
    expected = told(store_at(root, keys()), client)
    assert not [path for path in root.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    for at in range(len(clean.made)):
        for number in errors_at(at):
            shutil.rmtree(root)
            shutil.copytree(before, root)
            where = f"call {at}, {clean.made[at]}"
            assert len(converse(root, client, System(root, at, number), keys())) <= 1, where
            assert told(store_at(root, keys()), client) == expected, where
            assert not list(root.rglob(f"*{TEMPORARY}")) or clean.made[at] == "unlink", where
    assert store_at(root, keys()).session(Catalog(root).sessions()[0]).status is Status.CLOSED


@pytest.mark.parametrize("protected", [False, True], ids=["plain", "protected"])
def test_what_the_log_could_not_tell_is_told_with_the_next_event(tmp_path: Path, protected: bool) -> None:
    keys = StoreKeys(key_file()[1].records, lambda: key_file()[1].notes) if protected else NO_KEYS
    before, root = tmp_path / "before", tmp_path / "store"
    made = store_at(before, keys)
    made.make(key_file()[0] if protected else None)
    client = made.add_client("J-014", "en")
    records = {f"clients/{client}/client.json", "clients.json", "store.json"}

    def change(root: Path, at: int, number: int | None) -> tuple[JsonStore, System]:
        """A change whose log entry meets the fault; the store that made it."""
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(before, root)
        store, system = store_at(root, keys), System(root, at, number)
        record = store.client(client)
        store._saved.clear()
        store.save(root / "clients" / client / "client.json", store.next_revision(record))
        with system.in_place():
            try:
                store.log_event(EventType.CHANGED, client)
            except Crash:
                store = store_at(root, keys)
            except MiError as trouble:
                raise AssertionError("what is done is done") from trouble
        system.die()
        return store, system

    _, clean = change(root, -1, None)
    assert {"open", "write", "fsync"} <= set(clean.made)
    for at in range(len(clean.made)):
        for number in (None, *errors_at(at)):
            where = f"call {at}, {clean.made[at]}, {number}"
            store, _ = change(root, at, number)
            assert check(store).findings == (), where
            store.log_event(EventType.CHANGED)
            logged = last_saved(store.layout)
            assert set(logged) == records, where
            assert number is None or logged[f"clients/{client}/client.json"].revision == 2, where
            assert check(store).findings == (), where
            assert others(root, root / "clients" / client) == {}
