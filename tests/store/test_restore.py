"""Restoring: into an empty folder, and into a store that has gone on since."""

import os
from pathlib import Path

import pytest

from mi_cli.errors import Failed, InUse
from mi_cli.records.notes import Notes
from mi_cli.store.disk import atomic
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.keys.keyfile import StoreKeys
from mi_cli.store.keys.protocols import NO_KEYS, Keys
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.interviews import hold_interview, read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.making import create_store
from mi_cli.store.upkeep import trash
from mi_cli.store.upkeep.backup import make_backup, open_backup
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.convert import protect, unprotect
from mi_cli.store.upkeep.restore import Difference, RestoreAction, differences, restore
from tests.builders import key_file
from tests.conftest import Desk
from tests.store.test_backup import in_store

USUAL = (RestoreAction.NEW, RestoreAction.OLDER_HERE)


@pytest.fixture
def copy(desk: Desk, tmp_path: Path) -> Path:
    """A backup of a store with one paused interview."""
    desk.begin("words", "/goal a goal", "/pause")
    desk.crash()
    make_backup(desk.store, tmp_path / "a.backup", 1, ignore_progress)
    return tmp_path / "a.backup"


def brought_back(store: JsonStore, copy: Path, *fates: RestoreAction) -> Difference:
    with open_backup(copy) as backup:
        difference = differences(store, backup, ignore_progress)
        restore(store, backup, difference.of(*fates), ignore_progress)
    return difference


def store_at(desk: Desk, root: Path, keys: Keys = NO_KEYS) -> JsonStore:
    return JsonStore(root, desk.store.now, desk.store.new_id, desk.store.who, keys)


def test_into_a_new_folder_it_is_the_same_store(desk: Desk, copy: Path, tmp_path: Path) -> None:
    there = store_at(desk, tmp_path / "new")
    brought_back(there, copy, *USUAL)
    assert in_store(there) == in_store(desk.store)
    assert not check(there).findings
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_into_the_store_it_was_made_of_nothing_changes(desk: Desk, copy: Path) -> None:
    before = in_store(desk.store)
    difference = brought_back(desk.store, copy, *USUAL)
    assert set(difference.files.values()) == {RestoreAction.SAME}
    assert in_store(desk.store) == before


def test_what_is_newer_here_stays_unless_it_is_asked_for(desk: Desk, copy: Path) -> None:
    desk.enter(desk.resume(), "a word more", "/pause")
    desk.crash()
    before = in_store(desk.store)
    difference = brought_back(desk.store, copy, *USUAL)
    assert set(difference.of(RestoreAction.NEWER_HERE)) > {
        desk.store.layout.display_path(desk.store.layout.notes(desk.ref))
    }
    assert in_store(desk.store) == before
    brought_back(desk.store, copy, RestoreAction.NEWER_HERE)
    assert desk.words == ["words"]
    asides = list(desk.store.layout.quarantine.rglob("notes/*.json"))
    assert [Notes.from_bytes(path.read_bytes()).entries[-1].words for path in asides] == ["a word more"]


def test_what_is_gone_or_older_here_comes_back(desk: Desk, copy: Path) -> None:
    notes = desk.store.layout.notes(desk.ref)
    older = read_notes(desk.store, desk.ref)
    atomic.write(notes, older.replace(revision=1, entries=()).to_bytes())
    os.unlink(desk.store.layout.plan(desk.client))
    difference = brought_back(desk.store, copy, *USUAL)
    assert difference.of(RestoreAction.NEW) == [f"clients/{desk.client}/plan.json"]
    assert desk.words == ["words"]
    assert [goal.words for goal in desk.store.plan(desk.client).goals] == ["a goal"]


def test_facts_and_notes_of_an_interview_go_together(desk: Desk, copy: Path) -> None:
    """Notes that are newer here are not left beside facts from the backup."""
    desk.enter(desk.resume(), "a word more", "/pause")
    desk.crash()
    session = desk.store.layout.session(desk.ref)
    os.unlink(session)
    with open_backup(copy) as backup:
        difference = differences(desk.store, backup, ignore_progress)
    assert difference.files[desk.store.layout.display_path(session)] is RestoreAction.NEWER_HERE


def test_a_client_who_was_purged_comes_back_with_the_code(desk: Desk, copy: Path) -> None:
    trash.purge(desk.store, trash.delete_client(desk.store, desk.client, "J-014"))
    add_client(desk.store, "j-014")
    brought_back(desk.store, copy, *USUAL)
    codes = desk.store.codes()
    assert codes["J-014-2"] == desk.client
    assert desk.words == ["words"]
    assert not check(desk.store).findings


def test_another_stores_backup_and_a_folder_of_other_files_are_refused(desk: Desk, copy: Path, tmp_path: Path) -> None:
    other = store_at(desk, tmp_path / "other")
    create_store(other)
    with pytest.raises(Failed, match="another store"):
        brought_back(other, copy, *USUAL)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    with pytest.raises(Failed, match="other files"):
        brought_back(store_at(desk, tmp_path / "mine"), copy, *USUAL)


def test_a_backup_from_before_another_protection_goes_into_a_new_folder(desk: Desk, copy: Path, tmp_path: Path) -> None:
    """Its files are sealed with other keys, or not at all: in this store nothing could read them."""
    root, other = desk.store.layout.root, tmp_path / "sealed.backup"
    data, keys = key_file()
    strict = StoreKeys(keys.records, lambda: keys.notes)
    protect(store_at(desk, root, strict), data)
    sealed = store_at(desk, root, strict)
    make_backup(sealed, other, 1, ignore_progress)
    before = in_store(sealed)
    with pytest.raises(Failed, match="protected in another way"):
        brought_back(sealed, copy, *USUAL)
    assert in_store(sealed) == before
    with open_backup(other) as backup:
        assert set(differences(sealed, backup, ignore_progress).files.values()) == {RestoreAction.SAME}
    unprotect(store_at(desk, root, strict))
    with pytest.raises(Failed, match="protected in another way"):
        brought_back(store_at(desk, root), other, *USUAL)
    new = store_at(desk, tmp_path / "new", strict)
    brought_back(new, other, *USUAL)
    assert [entry.words for entry in read_notes(new, new.catalog.sessions()[0]).entries] == ["words"]


def test_an_interview_that_is_held_is_not_written_over(desk: Desk, copy: Path) -> None:
    desk.enter(desk.resume(), "a word more", "/pause")
    desk.crash()
    before = in_store(desk.store)
    with hold_interview(desk.store, desk.ref), pytest.raises(InUse):
        brought_back(desk.store, copy, RestoreAction.NEWER_HERE)
    assert in_store(desk.store) == before


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture
def killed_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Set its number, and the process dies at that rename."""
    left = [-1]
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        real(source, target)

    monkeypatch.setattr("os.replace", replace)
    return left


def test_killed_at_any_file_it_can_be_done_again(desk: Desk, copy: Path, tmp_path: Path, killed_at: list[int]) -> None:
    number = 0
    while True:
        number += 1
        there = store_at(desk, tmp_path / f"new{number}")
        killed_at[0] = number
        try:
            brought_back(there, copy, *USUAL)
        except Killed:
            killed_at[0] = -1
            brought_back(there, copy, *USUAL)
            assert in_store(there) == in_store(desk.store)
        else:
            break
    assert number > 5
