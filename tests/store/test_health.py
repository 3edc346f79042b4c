"""What `mi doctor` says of a store: only what is so, and each thing that is."""

import os
from collections import namedtuple
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mi_cli.records.names import ID_ALPHABET
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep.backup import make_backup
from mi_cli.store.upkeep.health import complaints
from tests.conftest import Desk

Usage = namedtuple("Usage", "total used free")  # as shutil gives it


@pytest.fixture
def well(desk: Desk, tmp_path: Path) -> JsonStore:
    """A store with an interview, backed up."""
    desk.begin("words")
    make_backup(desk.store, tmp_path / "a.backup", 1, ignore_progress)
    return desk.store


def test_nothing_is_said_of_a_store_that_is_well(well: JsonStore) -> None:
    assert list(complaints(well)) == []


def test_a_backup_is_spoken_of_when_there_is_none_or_an_old_one(desk: Desk, tmp_path: Path) -> None:
    assert list(complaints(desk.store)) == []  # there is nothing to lose yet
    desk.begin("words")
    assert list(complaints(desk.store)) == ["There is no backup yet: `mi store backup FILE` makes one."]
    make_backup(desk.store, tmp_path / "a.backup", 1, ignore_progress)
    assert list(complaints(desk.store)) == []
    made = desk.store.now()
    desk.store.now = lambda: made + timedelta(days=7)
    assert list(complaints(desk.store)) == ["The last backup is 7 days old: `mi store backup FILE` makes one."]


def a_sync(store: JsonStore) -> None:
    (store.layout.root / ".stfolder").mkdir()


def a_copy(store: JsonStore) -> None:
    (store.layout.clients / "plan (1).json").touch()


def a_cut_off_save(store: JsonStore) -> None:
    (store.layout.clients / ".plan.json.999999999.tmp").touch()


def open_folder(store: JsonStore) -> None:
    store.layout.root.chmod(0o755)


def the_clock(store: JsonStore) -> None:
    now = store.now()
    store.now = lambda: now - timedelta(days=1)


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (a_sync, "A program copies the folder to other computers. A lock on this computer does not hold on another"),
        (a_copy, "1 copy that a sync left"),
        (a_cut_off_save, "1 temporary file of a save that was cut off"),
        pytest.param(
            open_folder,
            "other users of this computer can look into it",
            marks=pytest.mark.skipif(os.name != "posix", reason="POSIX permissions"),
        ),
        (the_clock, "is the clock of this computer right?"),
    ],
)
def test_each_thing_alone_is_said(well: JsonStore, happens: Callable[[JsonStore], None], said: str) -> None:
    happens(well)
    (complaint,) = complaints(well)
    assert said in complaint


def test_a_disk_that_is_nearly_full_is_said(store: JsonStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10**9, 10**9, 5 * 1024**2))
    assert list(complaints(store)) == ["Only 5 MB are free on the disk."]


def test_what_was_set_aside_is_not_complained_about(well: JsonStore) -> None:
    a_copy(well)
    well.quarantine().move(well.layout.clients / "plan (1).json")
    assert list(complaints(well)) == []
    assert set(next(well.layout.quarantine.iterdir()).name[-8:]) <= set(ID_ALPHABET)
