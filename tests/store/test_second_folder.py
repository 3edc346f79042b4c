"""What cannot be converted is named and taken along as it is, and the other folder of records is never in the way."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mi_cli.errors import InUse
from mi_cli.records.terms import Protection
from mi_cli.store.disk.leftovers import leftovers
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.keys.jwe import is_encrypted
from mi_cli.store.records.clients import add_client, save_identity
from mi_cli.store.records.consents import save_draft
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.memory import Memory
from mi_cli.store.upkeep import convert, trash
from mi_cli.store.upkeep.backup import make_backup, open_backup
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.repair import repair
from mi_cli.store.upkeep.restore import RestoreAction, differences, restore
from mi_cli.store.upkeep.unencrypted import unencrypted_files
from tests.builders import Sender, key_file
from tests.conftest import Desk
from tests.store.test_convert import opened, plain

BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda data: data[: len(data) // 2],
    "sealed for nobody": lambda _: b'{"protected":"e30","iv":"","ciphertext":"","tag":""}\n',
    "no text": lambda _: bytes(range(256)),
    "empty": lambda _: b"",
}


@pytest.fixture
def full(desk: Desk, tmp_path: Path) -> Desk:
    """A store with a file of each kind."""
    desk.begin("+d Zwetschge", "/goal Mirabelle", "/end")
    desk.crash()
    Sender.with_consent(desk.store, desk.client).to_file(tmp_path / "handoff.md")
    save_identity(desk.store, desk.client, "Jo Example")
    save_draft(desk.store, desk.client, {"patient_name": "Jo Example"})
    desk.begin("Quitte", "/end")
    desk.crash()
    trash.delete_session(desk.store, desk.ref, "J-014")
    desk.begin("Quitte").keep_draft("Schlehe")
    desk.crash()
    desk.store.quarantine().copy(desk.store.layout.notes(desk.ref))
    return desk


def one_of_each(store: JsonStore) -> dict[str, Path]:
    """One file of each kind, by the folder and the ending."""
    records = store.layout.records
    found = {}
    for path in sorted(records.rglob("*")):
        above = path.parent.name if path.parent.parent != records / "clients" else ""
        if path.is_file() and path != store.layout.info and not path.name.endswith(".lock"):
            found[f"{above or path.stem}{path.suffix}"] = path
    return found


def shown(store: JsonStore, path: Path) -> str:
    return store.layout.display_path(path)


@pytest.mark.parametrize("how", BROKEN)
def test_one_damaged_file_of_any_kind_stops_neither(full: Desk, how: str) -> None:
    kept = full.store.root.with_name("kept")
    shutil.copytree(full.store.root, kept)
    for kind in one_of_each(plain(full.store)):
        shutil.rmtree(full.store.root)
        shutil.copytree(kept, full.store.root)
        path = one_of_each(plain(full.store))[kind]
        data = BROKEN[how](path.read_bytes())
        path.write_bytes(data)
        name = shown(plain(full.store), path)
        done = convert.protect(opened(full.store), key_file()[0])
        sealed = opened(full.store)
        assert sealed.catalog.protection is Protection.PASSPHRASE
        assert name in {left.what for left in done.left} or name == "log.jsonl", (kind, done)
        if is_encrypted(data):
            assert sealed.layout.path(name).read_bytes().startswith(data), kind  # the log goes on
        else:
            assert list(unencrypted_files(sealed.catalog)) == [], kind
        again = convert.unprotect(sealed)
        back = plain(full.store)
        assert back.catalog.protection is Protection.NONE
        assert back.layout.path(name).read_bytes() == data or name == "log.jsonl", kind
        assert {left.what for left in again.left} <= {name, *(left.what for left in done.left)}, kind
        assert leftovers(back.layout) == []


@pytest.mark.parametrize("how", BROKEN)
def test_one_damaged_sealed_file_of_any_kind_is_taken_along_and_its_keys_with_it(full: Desk, how: str) -> None:
    convert.protect(opened(full.store), key_file()[0])
    kept = full.store.root.with_name("kept")
    shutil.copytree(full.store.root, kept)
    for kind in one_of_each(plain(full.store)):
        shutil.rmtree(full.store.root)
        shutil.copytree(kept, full.store.root)
        store = opened(full.store)
        path = one_of_each(store)[kind]
        if path.name == "keys.json":
            continue  # without it nothing opens at all, and the command says so
        path.write_bytes(BROKEN[how](path.read_bytes()))
        data, name = path.read_bytes(), shown(store, path)
        done = convert.unprotect(store)
        back = plain(full.store)
        assert back.catalog.protection is Protection.NONE, kind
        assert leftovers(back.layout) == [], kind
        if ".key." in path.name or kind == "key.json":
            assert done.left, kind
        elif data:
            assert name in {left.what for left in done.left}, (kind, done)
            assert back.layout.path(name).read_bytes() == data or name == "log.jsonl", kind
        files = [one for one in back.layout.records.rglob("*") if one.is_file() and ".key." not in one.name]
        if any(is_encrypted(one.read_bytes()) for one in files):
            assert list(back.layout.quarantine.glob("*/keys.json")), kind
        add_client(back, "K-015")  # and the store goes on
        assert convert.protect(opened(full.store), key_file()[0]).files, kind


def test_what_cannot_be_read_is_moved_as_it_is(full: Desk) -> None:
    home = full.store.layout.client(full.client)
    (home / "pipe").symlink_to("nowhere")
    (home / "notes~").write_bytes(b"Zwetschge")
    done = convert.protect(opened(full.store), key_file()[0])
    sealed = opened(full.store)
    assert [left.what for left in done.left] == [f"clients/{full.client}/pipe"]
    assert (sealed.layout.client(full.client) / "pipe").is_symlink()
    assert list(unencrypted_files(sealed.catalog)) == [f"{sealed.layout.folder}/clients/{full.client}/notes~"]
    assert leftovers(sealed.layout) == []


def test_a_lock_that_is_taken_while_it_is_written_is_refused_and_one_before_it_stops_it(desk: Desk) -> None:
    store = desk.store
    with store.locked("plan-x"), pytest.raises(InUse):
        convert.protect(opened(store), key_file()[0])
    assert leftovers(plain(store).layout) == []
    with store.locked_for_keys():  # as while the second folder is written
        (store.root / "records-20261126T140312Z-7k3q9xab").mkdir()
        with pytest.raises(InUse), plain(store).locked("plan-x"):
            pass
    assert len(leftovers(plain(store).layout)) == 1
    with plain(store).locked("plan-x"):
        assert leftovers(plain(store).layout) == []


def test_while_anything_is_in_doubt_no_other_folder_is_deleted(full: Desk, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "state")

    def known(keys: object = None) -> JsonStore:
        of = opened(full.store)
        return JsonStore(of.root, of.now, of.new_id, of.who, of.keys, memory)

    convert.protect(known(), key_file()[0])
    old = full.store.root.with_name("old")
    shutil.copytree(known().layout.records, old)
    add_client(known(), "K-015")
    present = known().layout.folder
    shutil.copytree(old, full.store.root / "records-20261126T140312Z-7k3q9xab")
    info = full.store.root / "store.json"
    info.write_text(info.read_text().replace(present, "records-20261126T140312Z-7k3q9xab"))
    add_client(known(), "L-016")  # sealed, with a doubt
    assert (full.store.root / present / "clients.json").exists()


@pytest.mark.parametrize("sealed", [False, True])
def test_a_backup_of_a_store_with_a_second_folder_is_an_ordinary_store(
    full: Desk, tmp_path: Path, sealed: bool
) -> None:
    convert.protect(opened(full.store), key_file()[0])
    make: Callable[[JsonStore], JsonStore] = opened
    if not sealed:
        convert.unprotect(opened(full.store))
        make = plain
    store = make(full.store)
    assert store.layout.folder != "."
    make_backup(store, tmp_path / "a.backup", 1, ignore_progress)
    new = JsonStore(tmp_path / "new", store.now, store.new_id, store.who, store.keys)
    with open_backup(tmp_path / "a.backup") as backup:
        restore(new, backup, differences(new, backup, ignore_progress).of(RestoreAction.NEW), ignore_progress)
        again = make(full.store)
        assert set(differences(again, backup, ignore_progress).files.values()) == {RestoreAction.SAME}
    assert "records" not in json.loads((tmp_path / "new" / "store.json").read_bytes())
    restored = JsonStore(tmp_path / "new", store.now, store.new_id, store.who, store.keys)
    assert check(restored).findings == ()
    assert restored.layout.records == tmp_path / "new"
    assert {entry.words for ref in restored.catalog.sessions() for entry in read_notes(restored, ref).entries}


def test_files_of_the_stores_own_names_among_the_records_of_a_second_folder_stop_no_backup(
    full: Desk, tmp_path: Path
) -> None:
    convert.protect(opened(full.store), key_file()[0])
    store = opened(full.store)
    for name in ("store.json", "backup.json", "locks", "tries.txt"):
        (store.layout.records / name).write_text("mine")
    make_backup(store, tmp_path / "a.backup", 1, ignore_progress)
    with open_backup(tmp_path / "a.backup") as backup:
        assert json.loads(backup.read("store.json"))["id"] == store.info().id


def test_a_copy_beside_store_json_is_set_aside_though_the_records_are_in_a_second_folder(full: Desk) -> None:
    convert.protect(opened(full.store), key_file()[0])
    store = opened(full.store)
    copies = [store.root / name for name in ("store (conflicted copy).json", "clients.sync-conflict-20261123.json")]
    for path in copies:
        shutil.copyfile(store.layout.info, path)
    repaired = repair(store, check(store).findings)
    assert not any(path.exists() for path in copies)
    assert len([name for name in repaired.moved if "conflict" in name]) == 2
    store.quarantine().copy(store.layout.info)
