"""What `mi doctor` says of a store: only what is so, and each thing that is."""

import os
from collections import namedtuple
from collections.abc import Callable
from datetime import timedelta

import pytest

from mi_cli.records.names import ID_ALPHABET
from mi_cli.store.files import JsonStore
from mi_cli.store.health import complaints
from tests.conftest import Desk

Usage = namedtuple("Usage", "total used free")  # as shutil gives it


def test_nothing_is_said_of_a_store_that_is_well(desk: Desk) -> None:
    desk.begin("words")
    assert list(complaints(desk.store)) == []


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
        (a_sync, "A program copies the folder to other computers. A lock here binds no other computer"),
        (a_copy, "1 copies that a sync left"),
        (a_cut_off_save, "1 temporary files of a save that was cut off"),
        pytest.param(
            open_folder,
            "other users of this computer can look into it",
            marks=pytest.mark.skipif(os.name != "posix", reason="POSIX permissions"),
        ),
        (the_clock, "is the clock of this computer right?"),
    ],
)
def test_each_thing_alone_is_said(desk: Desk, happens: Callable[[JsonStore], None], said: str) -> None:
    desk.begin("words")
    happens(desk.store)
    (complaint,) = complaints(desk.store)
    assert said in complaint


def test_a_disk_that_is_nearly_full_is_said(store: JsonStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10**9, 10**9, 5 * 1024**2))
    assert list(complaints(store)) == ["Only 5 MB are free on the disk."]


def test_what_was_set_aside_is_not_complained_about(desk: Desk) -> None:
    a_copy(desk.store)
    desk.store.aside().move(desk.store.layout.clients / "plan (1).json")
    assert list(complaints(desk.store)) == []
    assert set(next(desk.store.layout.aside.iterdir()).name[-8:]) <= set(ID_ALPHABET)
