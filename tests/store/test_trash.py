"""Deleted, brought back, purged; and what `check` tells of it."""

import os
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from mi_cli.errors import Damaged, Failed, InUse, WrongUsage
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.records.clients import add_client, change_codes, rename_client, save_identity
from mi_cli.store.records.interviews import amend, hold_interview
from mi_cli.store.upkeep import backup, trash
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.restore import RestoreAction, differences
from mi_cli.store.upkeep.restore import restore as restored
from tests.builders import protected_store
from tests.conftest import Desk, Ticking


def contents(desk: Desk) -> dict[Path, bytes]:
    """All that is kept of clients."""
    return {path: path.read_bytes() for path in desk.store.layout.clients.rglob("*") if path.is_file()}


def everything(desk: Desk) -> set[Path]:
    """All that is a client's, also in the quarantine."""
    return {path for part in ("clients", "aside") for path in (desk.store.layout.root / part).rglob("*.json")}


def hidden(desk: Desk) -> bool:
    """Whether no list has any client or interview."""
    catalog = desk.store.catalog
    return not (catalog.sessions() or catalog.client_ids() or list(catalog.named("notes")))


def test_an_interview_goes_and_comes_back(desk: Desk) -> None:
    recorder = desk.begin("one", "/goal two")
    recorder.keep_draft("half a line")
    desk.crash()
    before, ref = contents(desk), desk.ref
    item = trash.delete_session(desk.store, ref, "J-014")
    assert desk.store.catalog.sessions() == []
    assert set(contents(desk)) == {*before, desk.store.layout.deleted_session(ref)} - {desk.store.layout.session(ref)}
    assert trash.items(desk.store) == [item]
    assert check(desk.store).findings == ()
    with pytest.raises(Failed, match="no such interview"):
        trash.delete_session(desk.store, ref, "J-014")
    assert len(trash.items(desk.store)) == 1
    trash.restore(desk.store, trash.find(desk.store, item.id[:7].upper()))
    assert contents(desk) == before
    assert trash.items(desk.store) == []
    assert check(desk.store).findings == ()


def test_a_client_goes_and_comes_back(desk: Desk) -> None:
    desk.begin("one", "/goal two", "/end")
    desk.crash()
    save_identity(desk.store, desk.client, "Jane")
    before, codes = contents(desk), desk.store.codes()
    trash.delete_client(desk.store, desk.client, "J-014")
    assert contents(desk) == before, "nothing is moved"
    assert hidden(desk)
    assert check(desk.store).findings == ()
    assert desk.store.codes() == {}
    with pytest.raises(Failed, match="no client"):
        trash.delete_client(desk.store, desk.client, "J-014")
    trash.restore(desk.store, trash.find(desk.store, trash.items(desk.store)[0].id))
    assert contents(desk) == before
    assert desk.store.codes() == codes


def test_a_code_given_to_another_meanwhile(desk: Desk) -> None:
    desk.begin("one")
    desk.crash()
    item = trash.delete_client(desk.store, desk.client, "J-014")
    other = add_client(desk.store, "j-014")
    with pytest.raises(Failed, match="taken"):
        trash.restore(desk.store, item)
    assert trash.items(desk.store) == [item]
    assert desk.store.codes() == {"j-014": other}
    rename_client(desk.store, "j-014", "K-015")
    trash.restore(desk.store, item)
    assert desk.store.codes() == {"K-015": other, "J-014": desk.client}
    assert desk.words == ["one"]


def test_what_is_held_is_not_deleted(desk: Desk) -> None:
    desk.begin("one")
    before = contents(desk)
    with pytest.raises(InUse):
        trash.delete_session(desk.store, desk.ref, "J-014")
    with pytest.raises(InUse):
        trash.delete_client(desk.store, desk.client, "J-014")
    assert contents(desk) == before
    assert trash.items(desk.store) == []
    assert list(desk.store.codes()) == ["J-014"]


def test_purged_is_gone(desk: Desk) -> None:
    desk.begin("Zwetschge")
    desk.crash()
    first = trash.delete_session(desk.store, desk.ref, "J-014")
    second = trash.delete_client(desk.store, desk.client, "J-014")
    assert [item.id for item in trash.items(desk.store)] == [second.id, first.id]
    with pytest.raises(WrongUsage):
        trash.find(desk.store, "0")
    with pytest.raises(Failed):
        trash.find(desk.store, "")
    for item in (first, second):
        trash.purge(desk.store, item)
    left = [path for path in desk.store.layout.root.rglob("*") if path.is_file()]
    assert {path.name for path in left} == {"store.json", "clients.json", "log.jsonl"}
    assert not any(b"Zwetschge" in path.read_bytes() for path in left)
    assert list(desk.store.layout.clients.iterdir()) == []
    assert check(desk.store).findings == ()


@pytest.mark.parametrize("place", ["", "sessions", "away"])
def test_a_purge_does_not_look_where_a_link_leads(tmp_path: Path, place: str) -> None:
    """It would meet another client's records there, and their keys."""
    ids = (f"{number:08d}" for number in count(1))
    store = protected_store(tmp_path / "store", Ticking(), lambda: next(ids))
    desk = Desk(store, add_client(store, "K-015", "en"), ExitStack())
    desk.begin("Mirabelle")
    desk.crash()
    store.quarantine().copy(store.layout.notes(desk.ref))
    kept = everything(desk)
    client = add_client(store, "J-014")
    item, home = trash.delete_client(store, client, "J-014"), store.layout.client(client)
    (home / "gone").symlink_to("n" * 300)  # no system can look there
    if not place:
        home.rename(tmp_path / "elsewhere")
    (home / place).symlink_to(store.layout.client(desk.client) / (place if place == "sessions" else "."))
    trash.purge(store, item)
    assert everything(desk) == kept
    assert not os.path.lexists(home)


def test_an_interview_is_not_brought_back_without_its_client(desk: Desk) -> None:
    desk.begin("one")
    desk.crash()
    item = trash.delete_session(desk.store, desk.ref, "J-014")
    client = trash.delete_client(desk.store, desk.client, "J-014")
    with pytest.raises(Failed, match="client is not in the store"):
        trash.restore(desk.store, item)
    trash.restore(desk.store, client)
    trash.restore(desk.store, item)
    assert desk.words == ["one"]


def test_what_stands_in_its_place_is_not_written_over(desk: Desk) -> None:
    desk.begin("one")
    desk.crash()
    ref = desk.ref
    item = trash.delete_session(desk.store, ref, "J-014")
    desk.store.layout.session(ref).write_text("newer")
    with pytest.raises(Failed, match="in its place"):
        trash.restore(desk.store, item)
    assert desk.store.layout.session(ref).read_text() == "newer"
    assert trash.items(desk.store) == [item]
    trash.purge(desk.store, item)  # what is in use stays
    assert desk.store.layout.session(ref).read_text() == "newer"
    assert desk.store.layout.notes(ref).exists()
    assert trash.items(desk.store) == []


def test_an_interview_whose_client_has_no_code_can_be_brought_back(desk: Desk) -> None:
    desk.begin("one")
    desk.crash()
    codes = desk.store.codes()
    change_codes(desk.store, lambda _: {})
    item = trash.delete_session(desk.store, desk.ref, f"({desk.client})")
    assert trash.items(desk.store) == [item]
    change_codes(desk.store, lambda _: codes)
    trash.restore(desk.store, item)
    assert desk.words == ["one"]


def test_a_trash_that_cannot_be_read_is_named(desk: Desk) -> None:
    desk.store.layout.trash.write_text("")
    with pytest.raises(Damaged):
        trash.items(desk.store)
    assert [(found.what, found.damaged) for found in check(desk.store).findings] == [("trash", True)]


def test_check_tells_what_a_crash_left(desk: Desk) -> None:
    (desk.store.layout.trash / "zzzzzzzz").mkdir(parents=True)
    (desk.store.layout.clients / "yyyyyyyy").mkdir()
    found = check(desk.store).findings
    assert {finding.what for finding in found} == {"trash/zzzzzzzz", "clients/yyyyyyyy"}
    assert not any(finding.damaged for finding in found)


def test_what_is_in_the_trash_is_checked_too(desk: Desk) -> None:
    desk.begin("one", "/end")
    desk.begin("two", "/end")
    desk.crash()
    first, second = (desk.store.layout.notes(ref) for ref in desk.store.catalog.sessions())
    trash.delete_session(desk.store, desk.ref, "J-014")
    first.write_text("{")
    assert [found.what for found in check(desk.store).findings] == [desk.store.layout.display_path(first)]
    trash.delete_client(desk.store, desk.client, "J-014")
    second.write_text("{")
    shown = {desk.store.layout.display_path(path) for path in (first, second)}
    assert {found.what for found in check(desk.store).findings} == shown


def test_an_interview_that_somebody_else_moved_into_the_trash_is_named(desk: Desk) -> None:
    desk.begin("one", "/end")
    desk.crash()
    ref, layout = desk.ref, desk.store.layout
    layout.deleted_session(ref).parent.mkdir()
    layout.session(ref).rename(layout.deleted_session(ref))
    (found,) = check(desk.store).findings
    assert (found.what, found.damaged) == (layout.display_path(layout.session(ref)), False)
    trash.restore(desk.store, trash.find(desk.store, ref.id))
    assert check(desk.store).findings == ()
    assert desk.words == ["one"]


def test_a_client_in_the_trash_takes_no_interview_and_no_change(desk: Desk) -> None:
    desk.begin("one")
    desk.crash()
    ref = desk.ref
    trash.delete_client(desk.store, desk.client, "J-014")
    with pytest.raises(Failed, match="not in the store"), hold_interview(desk.store, ref):
        pass
    with pytest.raises(Failed, match="not in the store"):
        amend(desk.store, ref, "two")


def test_when_it_was_deleted_is_told_though_the_log_is_gone(desk: Desk) -> None:
    desk.begin("one")
    desk.crash()
    item = trash.delete_session(desk.store, desk.ref, "J-014")
    desk.store.layout.log.unlink()
    assert [replace(one, deleted_at=item.deleted_at) for one in trash.items(desk.store)] == [item]


@pytest.mark.parametrize("sealed", [False, True])
def test_with_a_client_goes_all_that_is_the_client_s_wherever_it_lies(
    desk: Desk, tmp_path: Path, *, sealed: bool
) -> None:
    store = protected_store(tmp_path / "sealed", desk.store.now, desk.store.new_id) if sealed else desk.store
    mine = Desk(store, add_client(store, "M-001", "en"), desk.held)
    layout = store.layout
    mine.begin("Zwetschge one")
    mine.begin("Zwetschge two").keep_draft("Zwetschge half")
    mine.crash()
    refs = store.catalog.sessions([mine.client])
    of_client = {path: path.read_bytes() for path in layout.client(mine.client).rglob("*.json")}
    other = Desk(store, add_client(store, "K-015"), desk.held)
    other.begin("Mirabelle")
    other.crash()
    stays = trash.delete_session(store, store.catalog.sessions([other.client])[0], "K-015")
    of_other = {path: path.read_bytes() for path in layout.client(other.client).rglob("*") if path.is_file()}
    kept = store.quarantine()
    for path in of_client:
        kept.copy(path)
    strays = [
        layout.root / "notes.bak",
        layout.root / "old" / "deep" / "x~",
        layout.quarantine / "x" / "trash" / "zzzzzzzz" / f"notes-{refs[0].name}.json",
        layout.trash / "zzzzzzzz" / f"notes-{refs[1].name}.draft",
        layout.clients / f"{mine.client} (conflicted copy)" / "plan.json",
    ]
    for path in strays:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(layout.notes(refs[0]).read_bytes())
    (layout.root / "empty.txt").write_text("")
    first = trash.delete_session(store, refs[0], "M-001")
    locks = [layout.locks / f"{name}.lock" for name in (f"plan-{mine.client}", f"sharing-{mine.client}", refs[1].id)]
    for path in locks:
        path.write_text("Zwetschge")
    trash.purge(store, trash.delete_client(store, mine.client, "M-001"))
    assert trash.items(store) == [stays]
    left = {path: path.read_bytes() for path in layout.root.rglob("*") if path.is_file()}
    assert not {*strays, *locks, *of_client} & left.keys()
    assert not set(of_client.values()) & set(left.values())
    assert not [path for path in left if mine.client in path.as_posix()]
    assert of_other.items() <= left.items()
    assert layout.root / "empty.txt" in left
    trash.purge(store, first)  # it went with its client, which is no error
    (layout.root / "empty.txt").unlink()
    assert check(store).findings == ()


def test_with_an_interview_go_its_copies_and_nothing_else(desk: Desk) -> None:
    layout = desk.store.layout
    desk.begin("Zwetschge", "/goal stays").keep_draft("Zwetschge half")
    desk.begin("Mirabelle")
    desk.crash()
    later, ref = desk.store.catalog.sessions()
    for path in (layout.notes(ref), layout.notes(later), layout.plan(desk.client)):
        desk.store.quarantine().copy(path)
    layout.notes(ref).with_suffix(".json.bak").write_text("Zwetschge")
    before = {path: path.read_bytes() for path in layout.root.rglob("*") if path.is_file()}
    trash.purge(desk.store, trash.delete_session(desk.store, ref, "J-014"))
    left = {path: path.read_bytes() for path in layout.root.rglob("*") if path.is_file() and path != layout.log}
    assert left == {
        path: data
        for path, data in before.items()
        if b"Zwetschge" not in data and ref.id not in path.name and path != layout.log
    }
    assert check(desk.store).findings == ()


def test_a_backup_does_not_bring_back_what_is_in_the_trash(desk: Desk, tmp_path: Path) -> None:
    desk.begin("one")
    desk.begin("two")
    desk.crash()
    backup.make_backup(desk.store, tmp_path / "a.backup", 1, ignore_progress)
    interview = trash.delete_session(desk.store, desk.ref, "J-014")
    for item in (None, trash.delete_client):
        if item:
            item(desk.store, desk.client, "J-014")
        with backup.open_backup(tmp_path / "a.backup") as found:
            difference = differences(desk.store, found, ignore_progress)
        assert difference.of(RestoreAction.NEW, RestoreAction.OLDER_HERE, RestoreAction.NEWER_HERE) == []
        assert difference.of(RestoreAction.DELETED_HERE)
    backup.make_backup(desk.store, tmp_path / "b.backup", 1, ignore_progress)
    items = trash.items(desk.store)
    for one in items:
        trash.restore(desk.store, one)
    with backup.open_backup(tmp_path / "b.backup") as found:
        assert differences(desk.store, found, ignore_progress).of(RestoreAction.NEW, RestoreAction.DELETED_HERE) == []
    for one in (interview, trash.delete_client(desk.store, desk.client, "J-014")):
        trash.purge(desk.store, one)
    with backup.open_backup(tmp_path / "b.backup") as found:  # what was in the trash then is there again
        names = differences(desk.store, found, ignore_progress).of(RestoreAction.NEW)
        restored(desk.store, found, names, ignore_progress)
    assert trash.items(desk.store) == items
    assert check(desk.store).findings == ()
