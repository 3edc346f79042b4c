"""New keys with each new passphrase and sheet: what was replaced opens nothing that is written afterwards."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import count, pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from mi_cli.errors import Damaged, Failed, InUse
from mi_cli.records.event_type import EventType
from mi_cli.store.disk import door
from mi_cli.store.disk.codec import KEY_ENDING
from mi_cli.store.keys import key_changes, rotation, supervisor
from mi_cli.store.keys.jwe import DataKey, Envelope, is_encrypted
from mi_cli.store.keys.key_changes import (
    Recovery,
    change_passphrase,
    recover,
    reopen_former_notes,
    set_supervisor,
)
from mi_cli.store.keys.keyfile import KeyFile, KeyFileContents, key_file_bytes, new_keys
from mi_cli.store.keys.rotation import rewrap
from mi_cli.store.records.clients import add_client, change_client
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep import trash
from mi_cli.store.upkeep.backup import make_backup, open_backup
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.restore import RestoreAction, differences, restore
from tests.builders import PASSPHRASE, protected_store
from tests.conftest import Desk, Ticking

OTHER: Final = "quite another passphrase for these tests"
SHEET: Final = supervisor.generate()
NEXT_SHEET: Final = supervisor.generate()
Change = Callable[[JsonStore], None]


@pytest.fixture(autouse=True)
def _few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mi_cli.store.keys.keyfile.ITERATIONS", 1000)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A protected store with a sheet, of two clients: one has an interview, the other is in the trash."""
    ids = (f"{number:08d}" for number in count(1))
    store = protected_store(tmp_path / "store", Ticking(), lambda: next(ids))
    client, other = (add_client(store, code, "en") for code in ("J-014", "K-015"))
    trash.delete_client(store, other, "K-015")
    store.quarantine().copy(store.layout.client(client) / "records.key.json")
    file = KeyFile.read(store.root)
    keys = replace(file.opened(PASSPHRASE), supervisor=SHEET.public, supervisor_has_notes=True)
    store.write_keys(file.rewritten(keys, PASSPHRASE))
    with ExitStack() as held:
        desk = Desk(store, client, held)
        desk.begin("+d Zwetschge", "/goal Mirabelle", "/end")
        desk.crash()  # which releases the interview
        yield desk


def opened(store: JsonStore, passphrase: str) -> JsonStore:
    return store.with_keys(KeyFile.read(store.root).unlocked(passphrase))


def new_passphrase(store: JsonStore) -> None:
    change_passphrase(store, PASSPHRASE, OTHER)


def new_sheet(store: JsonStore) -> None:
    public = NEXT_SHEET.public
    set_supervisor(store, PASSPHRASE, public, before=SHEET.public, opens_notes=False, write_sheet=lambda: None)


def with_the_sheet(store: JsonStore) -> None:
    recover(store, Recovery.of(KeyFile.read(store.root), SHEET.jwk), OTHER)


CHANGES: Final[dict[Change, str]] = {new_passphrase: OTHER, new_sheet: PASSPHRASE, with_the_sheet: OTHER}


def kids(root: Path) -> set[str]:
    """The names of the keys that encrypt anything."""
    parts = [part for path in root.rglob("*.json*") for part in path.read_bytes().splitlines(keepends=True)]
    return {Envelope.of(part).header["kid"] for part in parts if is_encrypted(part)}


def of_the_store(keys: KeyFileContents) -> set[str]:
    return {key.kid for key in (keys.records, *keys.notes)}


def everything_is_there(store: JsonStore, desk: Desk) -> None:
    assert [goal.words for goal in store.plan(desk.client).goals] == ["Mirabelle"]
    assert [entry.words for entry in read_notes(store, desk.ref).entries] == ["Zwetschge"]
    assert not check(store).findings
    assert not [fault for fault in store.log.events() if isinstance(fault, str)]


@pytest.mark.parametrize("change", CHANGES)
def test_what_opened_the_store_before_opens_nothing_that_is_written_afterwards(desk: Desk, change: Change) -> None:
    store, former_file = desk.store, KeyFile.read(desk.store.root)
    former = former_file.opened(PASSPHRASE)
    assert of_the_store(former) <= kids(store.root)
    change(store)
    assert not of_the_store(former) & kids(store.root)
    now = opened(store, CHANGES[change])
    everything_is_there(now, desk)
    (item,) = trash.items(now)
    trash.restore(now, item)
    assert now.client(item.client).language == "en"
    added = add_client(now, "L-016", "en")
    with_former_file = store.with_keys(former_file.unlocked(PASSPHRASE))
    store.write_keys(former_file.as_bytes())  # the earlier file is put back, and opened with what was replaced
    for read in (
        with_former_file.codes,
        lambda: with_former_file.client(added),
        lambda: with_former_file.client(desk.client),
    ):
        with pytest.raises(Damaged):
            read()


def test_an_earlier_copy_of_the_whole_folder_opens_the_clients_who_were_in_it_and_no_other(
    desk: Desk, tmp_path: Path
) -> None:
    """As SECURITY.md says."""
    copy = tmp_path / "copy"
    shutil.copytree(desk.store.root, copy)
    new_passphrase(desk.store)
    now = opened(desk.store, OTHER)
    added = add_client(now, "L-016", "en")
    change_client(now, desk.client, lambda client: client.replace(language="es"))
    shutil.copytree(now.layout.client(added), copy / "clients" / added)
    for written in (now.layout.client(desk.client) / "client.json", now.layout.codes, now.layout.log):
        shutil.copy(written, copy / written.relative_to(now.root))
    old = JsonStore(copy, now.now, now.new_id, now.who, KeyFile.read(copy).unlocked(PASSPHRASE))
    assert old.client(desk.client).language == "es"
    for read in (old.codes, lambda: old.client(added)):
        with pytest.raises(Damaged):
            read()
    assert all(isinstance(line, str) for line in old.log.events())


def test_a_copy_from_the_midst_of_a_change_opens_all_that_is_written_until_the_next_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As SECURITY.md says: it has the new keys already, under the former passphrase."""
    copies: list[KeyFile] = []

    def copied(*given: Any) -> list[Path]:
        copies.append(KeyFile.read(desk.store.root))
        return rewrap(*given)

    with monkeypatch.context() as patched:
        patched.setattr(key_changes, "rewrap", copied)
        new_passphrase(desk.store)
    added = add_client(opened(desk.store, OTHER), "L-016", "en")
    assert desk.store.with_keys(copies[0].unlocked(PASSPHRASE)).client(added).language == "en"
    change_passphrase(opened(desk.store, OTHER), OTHER, PASSPHRASE)
    with_copy = desk.store.with_keys(copies[0].unlocked(PASSPHRASE))
    for read in (with_copy.codes, lambda: with_copy.client(added)):
        with pytest.raises(Damaged):
            read()


def test_each_change_makes_keys_that_are_new(desk: Desk) -> None:
    seen = [of_the_store(KeyFile.read(desk.store.root).opened(PASSPHRASE))]
    passphrases = [PASSPHRASE, OTHER, PASSPHRASE, OTHER]
    for before, after in pairwise(passphrases):
        change_passphrase(opened(desk.store, before), before, after)
        seen.append(of_the_store(KeyFile.read(desk.store.root).opened(after)))
    assert len(set.union(*seen)) == sum(map(len, seen))
    everything_is_there(opened(desk.store, OTHER), desk)


def test_who_opened_the_store_before_cannot_write_under_keys_that_were_replaced(desk: Desk) -> None:
    stale = opened(desk.store, PASSPHRASE)
    new_passphrase(desk.store)
    log = desk.store.layout.log.read_bytes()
    with pytest.raises(InUse, match="meanwhile"):
        add_client(stale, "L-016", "en")
    stale.log_event(EventType.CHANGED)
    assert desk.store.layout.log.read_bytes() == log
    everything_is_there(opened(desk.store, OTHER), desk)


def test_nothing_is_changed_while_an_interview_runs(desk: Desk) -> None:
    before = desk.store.layout.keys.read_bytes()
    with desk.store.locked(desk.ref.id), pytest.raises(InUse):
        new_passphrase(desk.store)
    assert desk.store.layout.keys.read_bytes() == before


def test_an_interview_that_began_in_the_midst_of_it_stops_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = KeyFile.read(desk.store.root)
    write = JsonStore.write_keys
    with ExitStack() as held:

        def one_begins(store: JsonStore, data: bytes | None) -> None:
            monkeypatch.setattr(JsonStore, "write_keys", write)
            held.enter_context(store.locked(desk.ref.id))
            write(store, data)

        monkeypatch.setattr(JsonStore, "write_keys", one_begins)
        with pytest.raises(InUse):
            new_passphrase(desk.store)
    assert KeyFile.read(desk.store.root) == before
    everything_is_there(opened(desk.store, PASSPHRASE), desk)


def test_broken_off_it_can_be_used_and_is_finished_by_any_change(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    former = KeyFile.read(desk.store.root).opened(PASSPHRASE)

    def dies(*_: object) -> list[Path]:
        raise KeyboardInterrupt

    monkeypatch.setattr(key_changes, "rewrap", dies)
    with pytest.raises(KeyboardInterrupt):
        new_passphrase(desk.store)
    monkeypatch.undo()
    half = opened(desk.store, PASSPHRASE)
    assert half.keys.are_being_changed
    assert [finding.what for finding in check(half).findings] == ["keys.json"]
    add_client(half, "L-016", "en")
    assert half.plan(desk.client).goals
    middle = KeyFile.read(desk.store.root).opened(PASSPHRASE)
    new_sheet(half)
    assert not (of_the_store(former) | of_the_store(middle)) & kids(desk.store.root)
    everything_is_there(opened(desk.store, PASSPHRASE), desk)


def test_a_file_that_the_disk_does_not_give_is_named_and_still_opens_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, read = desk.store.layout.client(desk.client) / "records.key.json", door.read

    def reads(path: Path, within: Path | None = None) -> bytes:
        if path == broken:
            raise OSError(5, "")
        return read(path, within)

    monkeypatch.setattr(rotation, "read", reads)
    with pytest.raises(Damaged, match=r"records\.key\.json") as error:
        new_passphrase(desk.store)
    assert error.value.hint
    monkeypatch.undo()
    assert [finding.what for finding in check(opened(desk.store, OTHER)).findings] == ["keys.json"]
    change_passphrase(opened(desk.store, OTHER), OTHER, PASSPHRASE)
    everything_is_there(opened(desk.store, PASSPHRASE), desk)


def test_a_damaged_file_stops_nothing(desk: Desk) -> None:
    desk.store.layout.trash.mkdir(exist_ok=True)
    for name in ("odd.json", "trash/odd.json"):
        (desk.store.root / name).write_bytes(b'{"protected":')
    os.mkfifo(desk.store.root / "pipe.json")
    (desk.store.root / "link.json").symlink_to(desk.store.layout.codes)
    new_passphrase(desk.store)
    assert (desk.store.root / "link.json").is_symlink()
    assert opened(desk.store, OTHER).plan(desk.client).goals


def test_what_was_taken_in_by_a_former_key_is_not_made_good_by_the_next_change(desk: Desk) -> None:
    old = desk.store.layout.codes.read_bytes()
    new_passphrase(desk.store)
    desk.store.layout.codes.write_bytes(old)
    now = opened(desk.store, OTHER)
    with pytest.raises(Damaged):
        now.codes()
    change_passphrase(now, OTHER, PASSPHRASE)
    with pytest.raises(Damaged):
        opened(desk.store, PASSPHRASE).codes()


# -- the file is the store's own ---------------------------------------------------------------------------------------


def test_a_key_file_that_somebody_made_for_the_supervisors_key_recovers_nothing(desk: Desk) -> None:
    made = replace(new_keys(), supervisor=SHEET.public, supervisor_has_notes=True)
    for store_id in (None, desk.store.info().id):
        forged = key_file_bytes(made, "the forger's own passphrase", store_id)
        desk.store.write_keys(forged)
        with pytest.raises(Damaged, match="opens no file of this store"):
            with_the_sheet(desk.store)
        assert desk.store.layout.keys.read_bytes() == forged


def test_a_key_file_of_another_store_is_refused(desk: Desk) -> None:
    new_passphrase(desk.store)
    keys = KeyFile.read(desk.store.root).opened(OTHER)
    desk.store.write_keys(key_file_bytes(keys, OTHER, "zzzzzzzz"))
    file = KeyFile.read(desk.store.root)
    for refused in (
        lambda: file.unlocked(OTHER),
        lambda: file.opened(OTHER),
        lambda: file.opened_by_supervisor(SHEET.jwk),
    ):
        with pytest.raises(Damaged, match="another store"):
            refused()


def test_without_a_file_that_opens_nothing_is_recovered(desk: Desk) -> None:
    for path in [desk.store.layout.codes, desk.store.layout.log, *desk.store.root.rglob(f"*{KEY_ENDING}")]:
        path.write_bytes(b"{}")
    for path in desk.store.layout.trash.rglob("item.json"):
        path.unlink()
    with pytest.raises(Damaged, match="opens no file"):
        with_the_sheet(desk.store)


# -- what was lost, and what was kept elsewhere ------------------------------------------------------------------------


def test_notes_that_a_recovery_lost_are_found_and_put_under_the_present_key(desk: Desk) -> None:
    new_sheet(desk.store)
    lost = KeyFile.read(desk.store.root).opened(PASSPHRASE)
    now = opened(desk.store, PASSPHRASE)
    recover(now, Recovery.of(KeyFile.read(desk.store.root), NEXT_SHEET.jwk), OTHER)
    with pytest.raises(Damaged):
        read_notes(opened(desk.store, OTHER), desk.ref)
    for _ in range(2):  # another change between leaves what is lost where it is
        change_passphrase(opened(desk.store, OTHER), OTHER, OTHER)
    reopen_former_notes(opened(desk.store, OTHER), OTHER, PASSPHRASE)
    everything_is_there(opened(desk.store, OTHER), desk)
    assert not of_the_store(lost) & kids(desk.store.root)
    with pytest.raises(Failed):
        reopen_former_notes(opened(desk.store, OTHER), OTHER, PASSPHRASE)


def test_a_backup_from_before_brings_back_what_is_gone(desk: Desk, tmp_path: Path) -> None:
    store = desk.store
    make_backup(store, tmp_path / "a.backup", 1, lambda *_: None)
    for before, after in ((PASSPHRASE, OTHER), (OTHER, PASSPHRASE)):
        change_passphrase(opened(store, before), before, after)
    now = opened(store, PASSPHRASE)
    with open_backup(tmp_path / "a.backup") as backup:
        unchanged = differences(now, backup, lambda *_: None)
        assert not [name for name in unchanged.of(RestoreAction.NEWER_HERE) if name.endswith(KEY_ENDING)]
        shutil.rmtree(store.layout.client(desk.client))
        chosen = differences(now, backup, lambda *_: None).of(RestoreAction.NEW)
        restore(now, backup, chosen, lambda *_: None)
    assert [entry.words for entry in read_notes(opened(store, PASSPHRASE), desk.ref).entries] == ["Zwetschge"]


def test_a_folder_that_cannot_be_looked_into_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.store.root / "closed").mkdir()
    scandir = os.scandir

    def refuses(folder: str | int) -> object:  # a number where a whole folder is removed
        if str(folder).endswith("closed"):
            raise PermissionError(13, "")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuses)
    keys = replace(KeyFile.read(desk.store.root).opened(PASSPHRASE), former_records=(DataKey.generate(),))
    assert rewrap(desk.store.root, keys, desk.store.locked_log) == [desk.store.root / "closed"]
