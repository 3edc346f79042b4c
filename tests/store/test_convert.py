"""From plain to protected and back, killed anywhere, and what a purge leaves."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from mi_cli.errors import Damaged, Failed, InUse
from mi_cli.records.event_type import EventType
from mi_cli.records.terms import Protection
from mi_cli.store.disk import atomic
from mi_cli.store.disk.leftovers import leftovers
from mi_cli.store.keys.jwe import is_encrypted
from mi_cli.store.keys.keyfile import KeyFile, StoreKeys
from mi_cli.store.records.clients import add_client, change_client
from mi_cli.store.records.consents import consents
from mi_cli.store.records.disclosures import entries
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep import convert, trash
from mi_cli.store.upkeep.check import check
from tests.builders import PASSPHRASE, Sender, key_file, protected_store
from tests.conftest import Desk

WORDS = (b"Zwetschge", b"Mirabelle", b"Quitte", b"Schlehe", b"J-014", b"K-22222", b"A. Counselor")


class Killed(BaseException):
    """Stands for the death of the process."""


def opened(store: JsonStore) -> JsonStore:
    """The store with the keys of its key file."""
    keys = key_file()[1]
    store_keys = StoreKeys(keys.records, lambda: keys.notes)
    return JsonStore(store.layout.root, store.now, store.new_id, store.who, store_keys)


def plain(store: JsonStore) -> JsonStore:
    """The store as it is without keys."""
    return JsonStore(store.layout.root, store.now, store.new_id, store.who)


def in_the_open(root: Path) -> set[bytes]:
    """The planted words that can be read without a key."""
    data = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    return {word for word in WORDS if word in data}


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A plain store with all there can be: a draft, things in the trash, things set aside."""
    desk.begin("+d Zwetschge", "/goal Mirabelle", "/end")
    desk.crash()
    desk.begin("Quitte").keep_draft("Schlehe")
    desk.crash()
    desk.begin("Quitte", "/end")
    desk.crash()
    trash.delete_session(desk.store, desk.ref, "J-014")
    other = add_client(desk.store, "K-22222", "en")
    desk.store.quarantine().copy(desk.store.layout.client(other) / "client.json")
    trash.delete_client(desk.store, other, "K-22222")
    desk.store.quarantine().copy(desk.store.layout.notes(desk.ref))
    assert in_the_open(desk.store.layout.root) == set(WORDS)
    return desk


def same(store: JsonStore, desk: Desk) -> None:
    """All that was there is there."""
    assert [entry.words for ref in store.catalog.sessions() for entry in read_notes(store, ref).entries if entry.words]
    assert {
        word for ref in store.catalog.sessions() for entry in read_notes(store, ref).entries for word in [entry.words]
    } >= {
        "Zwetschge",
        "Quitte",
    }
    assert store.plan(desk.client).goals[0].words == "Mirabelle"
    assert store.catalog.read_codes() == {"J-014": desk.client}
    assert {item.code for item in trash.items(store)} == {"J-014", "K-22222"}


def test_nothing_is_in_the_open_afterwards_and_everything_is_there(full: Desk) -> None:
    convert.protect(opened(full.store), key_file()[0])
    store = opened(full.store)
    assert in_the_open(store.layout.root) == set()
    assert store.catalog.protection is Protection.PASSPHRASE
    same(store, full)
    assert check(store).findings == ()
    for item in trash.items(store):
        trash.restore(store, item)
    assert set(store.catalog.read_codes()) == {"J-014", "K-22222"}
    assert all(read_notes(store, ref) for ref in store.catalog.sessions())


def test_the_passphrase_opens_it(full: Desk) -> None:
    convert.protect(opened(full.store), key_file()[0])
    keys = KeyFile.read(full.store.layout.root).unlocked(PASSPHRASE)
    same(JsonStore(full.store.layout.root, full.store.now, full.store.new_id, "A", keys), full)


def records(store: JsonStore) -> dict[Path, bytes]:
    """The files of the records, but for the log."""
    folder = store.layout.records
    own = ("store.json", "log.jsonl")
    found = (path for path in folder.rglob("*") if path.is_file() and path.name not in own)
    return {path.relative_to(folder): path.read_bytes() for path in found}


def test_taken_off_again_every_file_is_as_it_was(full: Desk) -> None:
    before = records(full.store)
    for _ in range(2):
        convert.protect(opened(full.store), key_file()[0])
        convert.unprotect(opened(full.store))
        assert records(plain(full.store)) == before
    assert check(plain(full.store)).findings == ()
    same(plain(full.store), full)


def killed_at(monkeypatch: pytest.MonkeyPatch, nth: int, run: Callable[[], object]) -> bool:
    """Run, and die before write number `nth`; whether it died."""
    left = nth
    really = atomic.write

    def write(path: Path, data: bytes, within: Path | None = None) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed
        really(path, data, within)

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "write", write)
        try:
            run()
        except Killed:
            return True
    return False


def test_killed_before_any_write_one_whole_store_stands(full: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    store, point = full.store, 0
    while killed_at(monkeypatch, point, lambda: convert.protect(opened(store), key_file()[0])):
        protected = plain(store).catalog.protection is Protection.PASSPHRASE
        reader = opened(store) if protected else plain(store)
        same(reader, full)
        change_client(reader, full.client, lambda client: client)  # the next change deletes what is left over
        assert leftovers(reader.layout) == []
        same(reader, full)
        if protected:
            assert in_the_open(store.layout.root) == set()
            convert.unprotect(opened(store))
        point += 1
    assert point > 10
    assert in_the_open(store.layout.root) == set()


def test_killed_while_it_is_taken_off(full: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    store, point = full.store, 0
    convert.protect(opened(store), key_file()[0])
    while killed_at(monkeypatch, point, lambda: convert.unprotect(opened(store))):
        if plain(store).catalog.protection is Protection.PASSPHRASE:
            same(opened(store), full)
            assert in_the_open(plain(store).layout.records) == set()
        else:
            same(plain(store), full)
            convert.protect(opened(store), key_file()[0])
        point += 1
    assert point > 10


def test_not_while_an_interview_runs(desk: Desk) -> None:
    desk.begin("Zwetschge")
    with pytest.raises(InUse):
        convert.protect(opened(desk.store), key_file()[0])
    assert desk.store.catalog.protection is Protection.NONE
    desk.enter(desk.begin("Mirabelle"), "Quitte")


def is_turned_away(stale: JsonStore) -> None:
    """Whoever opened the store before its protection was changed cannot write to it."""
    with pytest.raises(InUse, match="protection"):
        add_client(stale, "K-22222")
    with pytest.raises(InUse, match="protection"), stale.locked_for_keys():
        pass
    stale.log_event(EventType.CHANGED)
    assert leftovers(plain(stale).layout) == []


def test_who_opened_the_store_before_changes_nothing_afterwards(desk: Desk) -> None:
    convert.protect(opened(desk.store), key_file()[0])
    is_turned_away(desk.store)
    stale = opened(desk.store)
    assert stale.codes()
    convert.unprotect(opened(desk.store))
    is_turned_away(stale)


def test_twice_is_refused(desk: Desk) -> None:
    convert.protect(opened(desk.store), key_file()[0])
    with pytest.raises(Failed, match="protected already"):
        convert.protect(opened(desk.store), key_file()[0])


# -- forgetting ----------------------------------------------------------------------------------------------------


def test_a_purge_takes_the_keys_first(tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    store = protected_store(tmp_path / "other", desk.store.now, desk.store.new_id)
    mine = Desk(store, add_client(store, "J-014", "en"), desk.held)
    mine.begin("+d Zwetschge", "/goal Mirabelle", "/end")
    mine.crash()
    item = trash.delete_client(store, mine.client, "J-014")

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched, suppress(Killed):
        patched.setattr("mi_cli.store.upkeep.trash.shutil.rmtree", killed)
        trash.purge(store, item)
    home = store.layout.client(mine.client)
    left = [path for path in home.rglob("*") if path.is_file()]
    assert any(is_encrypted(path.read_bytes()) for path in left)
    assert not any(path.name.endswith(".key.json") for path in left)
    assert [one.purging for one in trash.items(store)] == [True]
    with pytest.raises(Failed, match="purge of it was begun"):
        trash.restore(store, item)
    assert [finding.why for finding in check(store).findings] == ["purging it was broken off"]
    trash.purge(store, item)
    assert not home.exists()
    assert check(store).findings == ()
    assert trash.items(store) == []


def test_consents_and_disclosures_can_outlive_a_purge(tmp_path: Path, desk: Desk) -> None:
    store = protected_store(tmp_path / "other", desk.store.now, desk.store.new_id)
    mine = Desk(store, add_client(store, "J-014", "en"), desk.held)
    mine.begin("+d Zwetschge", "/goal Mirabelle", "/end")
    mine.crash()
    passed_on = Sender.with_consent(store, mine.client).to_file(tmp_path / "handoff.md")
    item = trash.delete_client(store, mine.client, "J-014")
    until = trash.shared_until(store, item)
    assert until == date(2032, 11, 23)

    trash.purge(store, item, keep_shared=True)
    (left,) = trash.items(store)
    assert (left.id, left.kept_until) == (item.id, until)
    home = store.layout.client(mine.client)
    assert sorted(path.name for path in home.iterdir()) == [
        "consents", "disclosures", "disclosures.key.json", "ledger.json"
    ]  # fmt: skip
    trash.purge(store, left, keep_shared=True)  # again: it changes nothing
    assert trash.items(store) == [left]

    fresh = opened(store)
    trash.restore(fresh, left)
    assert [entry.id for entry in entries(fresh, mine.client)] == [passed_on.id]
    assert len(consents(fresh, mine.client)) == 1
    assert fresh.client(mine.client).id == mine.client
    assert fresh.catalog.sessions() == []
    assert check(fresh).findings == ()

    item = trash.delete_client(fresh, mine.client, "J-014")
    trash.purge(fresh, item)
    assert trash.items(fresh) == []
    with pytest.raises(Damaged, match="it is gone"):
        fresh.client(mine.client)


def test_what_was_set_aside_of_a_client_goes_with_a_purge(desk: Desk) -> None:
    desk.begin("+d Zwetschge", "/end")
    desk.crash()
    desk.store.quarantine().copy(desk.store.layout.notes(desk.ref))
    ref = desk.ref
    trash.purge(desk.store, trash.delete_session(desk.store, ref, "J-014"))
    assert b"Zwetschge" not in b"".join(path.read_bytes() for path in desk.store.layout.root.rglob("*.json"))
    desk.store.quarantine().copy(desk.store.layout.client(desk.client) / "client.json")
    trash.purge(desk.store, trash.delete_client(desk.store, desk.client, "J-014"))
    assert not list(desk.store.layout.root.rglob("client.json"))
