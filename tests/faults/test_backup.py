"""Backup, restore and repair while the system fails, or the process dies, at every call in turn."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mi_cli.errors import MiError
from mi_cli.store.disk.atomic import TEMPORARY
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep.backup import make_backup, open_backup
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.repair import repair
from mi_cli.store.upkeep.restore import RestoreAction, differences, restore
from tests.faults.commands import files, in_backup
from tests.faults.system_calls import Crash, Prepared, System, store_at

FAULTS = pytest.mark.parametrize(
    "number", [None, errno.ENOSPC, errno.EIO, errno.EMFILE], ids=lambda number: errno.errorcode.get(number, "crash")
)


def attempt(system: System, root: Path, do: Callable[[JsonStore], object]) -> bool:
    """Do it to the store; whether it failed, or the process died."""
    failed, store = False, store_at(root)
    with system.in_place():
        try:
            do(store)
        except (MiError, Crash):
            failed = True
    system.die()
    return failed


@FAULTS
def test_there_is_always_a_backup_that_is_whole(prepared: Prepared, tmp_path: Path, number: int | None) -> None:
    place, kept = tmp_path / "place", tmp_path / "before"
    kept.mkdir()
    shutil.copytree(prepared.root, kept / "store")
    make_backup(store_at(kept / "store"), kept / "a.backup", 2, ignore_progress)
    store_at(kept / "store").add_client("L-016", "en")  # it goes on after its first backup
    older, newer = in_backup(kept / "a.backup"), files(kept / "store")

    def begin() -> None:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(kept, place)

    def back_up(store: JsonStore) -> None:
        make_backup(store, place / "a.backup", 2, ignore_progress)

    begin()
    clean = System(place)
    assert not attempt(clean, place / "store", back_up)
    assert len(clean.made) > 40
    for at in clean.points(number):
        where = f"call {at}, {clean.made[at]}"
        begin()
        failed = attempt(System(place, at, number), place / "store", back_up)
        backups = [in_backup(path) for path in sorted(place.glob("a.backup*"))]
        assert older in backups, where
        assert failed or newer in backups, where
        assert all(backup in (older, newer) for backup in backups), where
        assert files(place / "store") == newer, where
        back_up(store_at(place / "store"))
        assert in_backup(place / "a.backup") == newer, where
        assert number is None or not list(place.glob(f".*{TEMPORARY}")), where


@FAULTS
@pytest.mark.parametrize("into", ["a new folder", "a store that lost some"])
def test_a_restore_that_breaks_off_is_done_again(
    prepared: Prepared,
    tmp_path: Path,
    number: int | None,
    into: str,
) -> None:
    make_backup(store_at(prepared.root), tmp_path / "a.backup", 1, ignore_progress)
    wanted = files(prepared.root)
    root = tmp_path / "place" / "store"

    def begin() -> None:
        shutil.rmtree(root.parent, ignore_errors=True)
        root.parent.mkdir()
        if into != "a new folder":
            shutil.copytree(prepared.root, root)
            shutil.rmtree(root / "clients" / prepared.client / "notes")
            (root / "clients" / prepared.other / "plan.json").unlink()

    def bring_back(store: JsonStore) -> None:
        with open_backup(tmp_path / "a.backup") as backup:
            difference = differences(store, backup, ignore_progress)
            restore(
                store,
                backup,
                difference.of(RestoreAction.NEW, RestoreAction.OLDER_HERE, RestoreAction.NEWER_HERE),
                ignore_progress,
            )

    begin()
    clean = System(root.parent)
    assert not attempt(clean, root, bring_back)
    assert files(root) == wanted
    for at in clean.points(number):
        begin()
        failed = attempt(System(root.parent, at, number), root, bring_back)
        if failed:
            bring_back(store_at(root))
        assert files(root) == wanted, f"call {at}, {clean.made[at]}"
        assert not check(store_at(root)).findings


@FAULTS
def test_a_repair_that_breaks_off_loses_nothing(prepared: Prepared, tmp_path: Path, number: int | None) -> None:
    (prepared.root / "clients" / prepared.client / "plan.json").write_bytes(b"{")
    (prepared.root / "clients (1).json").write_text("another version")
    before = sorted(files(prepared.root).values())
    root = tmp_path / "store"
    shutil.copytree(prepared.root, root)

    def mend(store: JsonStore) -> None:
        repair(store, check(store).findings)

    clean = System(root)
    assert not attempt(clean, root, mend)
    for at in clean.points(number):
        shutil.rmtree(root)
        shutil.copytree(prepared.root, root)
        attempt(System(root, at, number), root, mend)
        where = f"call {at}, {clean.made[at]}"
        assert sorted(files(root).values()) == before, where
        mend(store_at(root))
        assert not check(store_at(root)).findings, where
        assert sorted(files(root).values()) == before, where
