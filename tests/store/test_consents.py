import json
from dataclasses import replace
from pathlib import Path

import pytest

from mi_cli.cli.surroundings import new_id
from mi_cli.errors import Damaged, Failed, InUse, Refused
from mi_cli.records.consent import Consent
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import Basis
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.keys.jwe import is_encrypted
from mi_cli.store.keys.keyfile import StoreKeys
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.consents import add_consent, consent, consents, draft, drop_draft, revoke, save_draft, uphold
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.ledger import sharing_locked
from mi_cli.store.upkeep import backup
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.convert import protect, unprotect
from mi_cli.store.upkeep.restore import restore as restored
from mi_cli.store.upkeep.trash import delete_client, items, purge, restore
from tests import builders
from tests.builders import Sender, key_file, protected_store
from tests.conftest import Desk, Ticking


def given(desk: Desk, record_id: str = "aaaaaaaa") -> Consent:
    added = builders.consent(client=desk.client, id=record_id, created_at=desk.store.now())
    add_consent(desk.store, added)
    return added


def test_a_consent_is_kept_as_it_was_signed(desk: Desk) -> None:
    first, second = given(desk), given(desk, "bbbbbbbb")
    assert consents(desk.store, desk.client) == [second, first]
    assert consent(desk.store, desk.store.catalog.find_consent("J-014")) == second
    assert consent(desk.store, desk.store.catalog.find_consent("a")) == first


def test_revoking_keeps_it_as_evidence(desk: Desk) -> None:
    given(desk)
    ref = desk.store.catalog.find_consent("last")
    taken_back = revoke(desk.store, ref, "by letter")
    assert taken_back.revoked
    assert (taken_back.revoked.how, taken_back.revoked.recorded_by, taken_back.revision) == (
        "by letter", "A. Counselor", 2,
    )  # fmt: skip
    assert consents(desk.store, desk.client) == [taken_back]
    with pytest.raises(Failed, match="taken back on November 23, 2026"):
        revoke(desk.store, ref, "again")


def test_a_damaged_one_is_named_and_the_others_are_read(desk: Desk) -> None:
    first = given(desk)
    given(desk, "bbbbbbbb")
    ref = desk.store.catalog.find_consent("bbbb")
    desk.store.layout.consent(ref).write_text("{")
    damaged: list[Damaged] = []
    assert consents(desk.store, desk.client, damaged) == [first]
    assert [one.what for one in damaged] == [f"clients/{desk.client}/consents/{ref.name}.json"]
    with pytest.raises(Damaged):
        consents(desk.store, desk.client)


def test_one_that_stands_under_another_s_name_is_damaged(desk: Desk) -> None:
    given(desk)
    layout = desk.store.layout
    ref = desk.store.catalog.find_consent("last")
    other = RecordRef(ref.name.replace("aaaaaaaa", "cccccccc"), ref.client)
    layout.consent(ref).rename(layout.consent(other))
    with pytest.raises(Damaged, match="another consent"):
        consent(desk.store, other)


def test_none_for_a_client_who_is_gone(desk: Desk) -> None:
    item = delete_client(desk.store, desk.client, "J-014")
    with pytest.raises(Failed, match="not in the store"):
        given(desk)
    assert not desk.store.layout.consent(RecordRef("x", desk.client)).parent.exists()
    restore(desk.store, item)
    given(desk)
    assert items(desk.store) == []


def test_a_client_is_not_deleted_while_something_is_passed_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "mi_cli.store.upkeep.trash.sharing_locked", lambda store, client: sharing_locked(store, client, 0)
    )
    with sharing_locked(desk.store, desk.client), pytest.raises(InUse):
        delete_client(desk.store, desk.client, "J-014")
    assert "J-014" in desk.store.codes()


def test_one_put_back_as_it_was_before_it_was_taken_back_permits_nothing(desk: Desk, tmp_path: Path) -> None:
    sender = replace(Sender.with_consent(desk.store, desk.client), basis=Basis.CONSENT)
    path = desk.store.layout.consent(desk.store.catalog.find_consent("last"))
    before = path.read_bytes()
    revoke(desk.store, desk.store.catalog.find_consent("last"), "by letter")
    path.write_bytes(before)
    with pytest.raises(Damaged, match="an older version is in its place"):
        consents(desk.store, desk.client)
    with pytest.raises(Refused):
        sender.to_file(tmp_path / "handoff.md")
    assert not (tmp_path / "handoff.md").exists()


def test_what_was_on_file_is_noted_with_a_revocation(desk: Desk) -> None:
    first, second = given(desk), given(desk, "bbbbbbbb")
    back = revoke(desk.store, desk.store.catalog.find_consent("bbbb"), "by letter")
    assert back.revoked
    assert back.revoked.on_file == (first.id,)
    still = uphold(desk.store, desk.store.catalog.find_consent("aaaa"), [second.id])
    assert [(one.after, one.recorded_by) for one in still.upheld] == [(second.id, "A. Counselor")]
    with pytest.raises(Failed, match="taken back on"):
        uphold(desk.store, desk.store.catalog.find_consent("bbbb"), [first.id])


# -- one that is half filled in ---------------------------------------------------------------------------------------

ANSWERS = {"patient_name": "Jo Mirabelle", "kind": "tpo", "recipients": [{"name": "A. Therapist"}]}


def test_a_draft_is_kept_and_is_no_consent(desk: Desk) -> None:
    assert draft(desk.store, desk.client) is None
    save_draft(desk.store, desk.client, ANSWERS)
    assert draft(desk.store, desk.client) == ANSWERS
    assert consents(desk.store, desk.client) == []
    assert check(desk.store).findings == ()
    drop_draft(desk.store, desk.client)
    drop_draft(desk.store, desk.client)
    assert draft(desk.store, desk.client) is None


def test_a_draft_that_is_damaged_is_named(desk: Desk) -> None:
    save_draft(desk.store, desk.client, ANSWERS)
    desk.store.layout.consent_draft(desk.client).write_text("{")
    with pytest.raises(Damaged):
        draft(desk.store, desk.client)
    assert [found.what for found in check(desk.store).findings] == [f"clients/{desk.client}/consent.draft"]


def test_the_draft_of_another_client_is_none_of_this_one(desk: Desk) -> None:
    other = add_client(desk.store, "K-020")
    save_draft(desk.store, desk.client, ANSWERS)
    layout = desk.store.layout
    layout.consent_draft(desk.client).rename(layout.consent_draft(other))
    with pytest.raises(Damaged):
        draft(desk.store, other)
    assert [found.what for found in check(desk.store).findings] == [f"clients/{other}/consent.draft"]
    layout.consent_draft(other).write_text(json.dumps(ANSWERS), encoding="utf-8")
    assert draft(desk.store, other) == ANSWERS, "version 0.1.0 did not write whose it is"


def test_a_backup_takes_a_draft_along(desk: Desk, tmp_path: Path) -> None:
    save_draft(desk.store, desk.client, ANSWERS)
    backup.make_backup(desk.store, tmp_path / "a.backup", 1, ignore_progress)
    drop_draft(desk.store, desk.client)
    with backup.open_backup(tmp_path / "a.backup") as found:
        restored(desk.store, found, [f"clients/{desk.client}/consent.draft"], ignore_progress)
    assert draft(desk.store, desk.client) == ANSWERS


@pytest.mark.parametrize("keep_shared", [False, True])
def test_a_purge_takes_a_draft_though_it_keeps_consents(desk: Desk, keep_shared: bool) -> None:
    given(desk)
    save_draft(desk.store, desk.client, ANSWERS)
    item = delete_client(desk.store, desk.client, "J-014")
    purge(desk.store, item, keep_shared=keep_shared)
    assert not list(desk.store.layout.root.rglob("*.draft"))
    assert bool(list(desk.store.layout.root.rglob("consents/*.json"))) is keep_shared


def test_no_draft_for_a_client_who_is_gone(desk: Desk) -> None:
    item = delete_client(desk.store, desk.client, "J-014")
    with pytest.raises(Failed):
        save_draft(desk.store, desk.client, ANSWERS)
    restore(desk.store, item)
    save_draft(desk.store, desk.client, ANSWERS)


def test_a_draft_is_sealed_in_a_protected_store_and_opened_with_it(tmp_path: Path) -> None:
    store = protected_store(tmp_path / "store", Ticking(), new_id)
    client = add_client(store, "J-014")
    save_draft(store, client, ANSWERS)
    path = store.layout.consent_draft(client)
    assert is_encrypted(path.read_bytes())
    assert b"Mirabelle" not in path.read_bytes()
    assert draft(store, client) == ANSWERS
    unprotect(store)
    plain = JsonStore(tmp_path / "store", Ticking(), new_id, "A. Counselor")
    assert draft(plain, client) == ANSWERS
    assert b"Mirabelle" in plain.layout.consent_draft(client).read_bytes()
    data, opened = key_file()
    again = StoreKeys(opened.records, lambda: opened.notes)
    protect(JsonStore(tmp_path / "store", Ticking(), new_id, "A. Counselor", again), data)
    assert not [one for one in tmp_path.rglob("*") if one.is_file() and b"Mirabelle" in one.read_bytes()]
