"""Locks say who holds them, and are gone afterwards."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from mi_cli.errors import InUse, SaveFailed
from mi_cli.store.disk.lock import locked
from mi_cli.store.records.json_store import JsonStore

SINCE = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)


def test_it_says_who_holds_it_and_is_gone_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    with locked(path, "A. Counselor", SINCE, 0):
        with pytest.raises(InUse) as raised, locked(path, "B", SINCE, 0):
            pass
        assert raised.value.message == (
            f"It is in use by A. Counselor (process {os.getpid()}) since November 23, 2026, 14:05."
        )
    assert list(tmp_path.iterdir()) == []
    with locked(path, "B", SINCE, 0):
        pass


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[1]",
        '"x"',
        "null",
        "{}",
        '{"counselor": "A", "pid": "x", "since": "2026-11-23"}',
        '{"counselor": "A", "pid": 1e999, "since": "2026-11-23T14:05:00+00:00"}',
        "[" * 100_000,
        "\x00\xff",
    ],
    ids=lambda text: text[:12],
)
def test_a_holder_that_cannot_be_read_holds_it_all_the_same(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.lock"
    with FileLock(path):
        path.write_text(text, encoding="latin-1")
        with pytest.raises(InUse, match="It is in use by another process"), locked(path, "B", SINCE, 0):
            pass


def test_a_long_or_odd_name_is_shown_safely(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    with locked(path, "\x1b[2J\n" + "x" * 500, SINCE, 0), pytest.raises(InUse) as raised, locked(path, "B", SINCE, 0):
        pass
    assert raised.value.message.isprintable()
    assert len(raised.value.message) < 120


@pytest.mark.parametrize("name", ["write", "ftruncate", "unlink"])
def test_a_lock_holds_without_a_name_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(os, name, full)
    path = tmp_path / "a.lock"
    with locked(path, "A", SINCE, 0), pytest.raises(InUse), locked(path, "B", SINCE, 0):
        pass
    with locked(path, "B", SINCE, 0):
        pass


def test_no_lock_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SaveFailed), locked(tmp_path / "file" / "a.lock", "A", SINCE, 0):
        pass


def test_what_goes_wrong_inside_comes_out_and_frees_it(store: JsonStore) -> None:
    def fails() -> None:
        with store.locked("a"):
            raise KeyError

    call: Callable[[], None] = fails
    with pytest.raises(KeyError):
        call()
    with store.locked("a", wait=0):
        pass


def test_two_lock_files_that_are_one_file_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / "store.lock").touch()
    os.link(tmp_path / "store.lock", tmp_path / "clients.lock")
    with (
        locked(tmp_path / "store.lock", "A", datetime.now(UTC), 0),
        locked(tmp_path / "clients.lock", "A", datetime.now(UTC), 0),
    ):
        pass


def test_a_lock_that_is_held_is_held_under_a_second_name_too(tmp_path: Path) -> None:
    with locked(tmp_path / "store.lock", "A", datetime.now(UTC), 0):
        os.link(tmp_path / "store.lock", tmp_path / "a copy")
        with pytest.raises(InUse), locked(tmp_path / "store.lock", "B", datetime.now(UTC), 0):
            pass
