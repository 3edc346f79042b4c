"""Deleted, brought back, purged; and what `check` tells of it."""

import json
import shutil
from pathlib import Path

import pytest

from mi_cli.errors import Damaged, Failed, InUse, WrongUsage
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.upkeep import backup, trash
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.restore import RestoreAction, differences
from mi_cli.store.upkeep.restore import restore as restored
from tests.conftest import Desk


def contents(desk: Desk) -> dict[Path, bytes]:
    """All that is kept of clients."""
    return {path: path.read_bytes() for path in desk.store.layout.clients.rglob("*") if path.is_file()}


def test_an_interview_goes_and_comes_back(desk: Desk) -> None:
    recorder = desk.begin("one", "/goal two")
    recorder.keep_draft("half a line")
    desk.crash()
    before, ref = contents(desk), desk.ref
    item = trash.delete_session(desk.store, ref, "J-014")
    assert desk.store.catalog.sessions() == []
    assert {path.name for path in contents(desk)} == {"client.json", "plan.json"}
    assert trash.items(desk.store) == [item]
    assert check(desk.store).findings == ()
    with pytest.raises(Failed, match="no such interview"):
        trash.delete_session(desk.store, ref, "J-014")
    assert len(trash.items(desk.store)) == 1
    trash.restore(desk.store, trash.find(desk.store, item.id[:7].upper()))
    assert contents(desk) == before
    assert trash.items(desk.store) == []
    assert trash.names(desk.store) == []
    assert check(desk.store).findings == ()


def test_a_client_goes_and_comes_back(desk: Desk) -> None:
    desk.begin("one", "/goal two", "/end")
    desk.crash()
    desk.store.save_identity(desk.client, "Jane")
    before, codes = contents(desk), desk.store.codes()
    trash.delete_client(desk.store, desk.client, "J-014")
    assert contents(desk) == {}
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
    other = desk.store.add_client("j-014")
    with pytest.raises(Failed, match="taken"):
        trash.restore(desk.store, item)
    assert trash.items(desk.store) == [item]
    assert desk.store.codes() == {"j-014": other}
    desk.store.rename_client("j-014", "K-015")
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
    assert trash.names(desk.store) == []
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
    assert list(desk.store.layout.trash.iterdir()) == []


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
    desk.store.layout.notes(ref).write_text("newer")
    with pytest.raises(Failed, match="in its place"):
        trash.restore(desk.store, item)
    assert desk.store.layout.notes(ref).read_text() == "newer"
    assert trash.items(desk.store) == [item]


def test_an_interview_whose_client_has_no_code_can_be_brought_back(desk: Desk) -> None:
    desk.begin("one")
    desk.crash()
    item = trash.delete_session(desk.store, desk.ref, f"({desk.client})")
    assert trash.items(desk.store) == [item]
    trash.restore(desk.store, item)
    assert desk.words == ["one"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("what", "store"),
        ("client", "../../x"),
        ("client", None),
        ("name", "../../../etc/passwd-abcdefgh"),
        ("name", "..\\abcdefgh"),
        ("name", "a\0b-abcdefgh"),
        ("name", None),
        ("code", 3),
        ("deleted_at", "2026-11-23"),
        ("deleted_at", None),
    ],
)
def test_a_description_that_was_tampered_with_leads_nowhere(desk: Desk, field: str, value: object) -> None:
    desk.begin("one")
    desk.crash()
    item = trash.delete_session(desk.store, desk.ref, "J-014")
    path = desk.store.layout.trash / item.id / "item.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), field: value}))
    before = {found: found.read_bytes() for found in desk.store.layout.trash.rglob("*") if found.is_file()}
    assert trash.items(desk.store) == []
    assert [(found.what, found.damaged) for found in check(desk.store).findings] == [(f"trash/{item.id}", True)]
    assert {found: found.read_bytes() for found in before} == before


def test_a_trash_that_cannot_be_read_is_named(desk: Desk) -> None:
    desk.store.layout.trash.write_text("")
    with pytest.raises(Damaged):
        trash.items(desk.store)
    assert [(found.what, found.damaged) for found in check(desk.store).findings] == [("trash", True)]


def test_check_tells_what_a_crash_left(desk: Desk) -> None:
    desk.begin("one")
    desk.crash()
    layout, ref = desk.store.layout, desk.ref
    item = trash.delete_session(desk.store, ref, "J-014")
    (layout.trash / item.id / f"notes-{ref.name}.json").rename(layout.notes(ref))  # as if it had got no further
    (layout.trash / "zzzzzzzz").mkdir()
    (layout.clients / "yyyyyyyy").mkdir()
    found = {finding.what: finding for finding in check(desk.store).findings}
    assert set(found) == {
        f"trash/{item.id}",
        "trash/zzzzzzzz",
        "clients/yyyyyyyy",
        layout.display_path(layout.notes(ref)),
    }
    assert not any(finding.damaged for finding in found.values())
    assert f"restore {item.id}" in found[f"trash/{item.id}"].hint


def test_with_a_client_goes_all_that_is_the_client_s_wherever_it_lies(desk: Desk, tmp_path: Path) -> None:
    layout = desk.store.layout
    desk.begin("Zwetschge one")
    desk.crash()
    backup.make_backup(desk.store, tmp_path / "a.backup", 1, ignore_progress)
    desk.begin("Zwetschge two").keep_draft("Zwetschge half")
    desk.crash()
    kept = desk.store.quarantine()
    kept.copy(layout.notes(desk.ref))
    for ref in desk.store.catalog.sessions():
        trash.delete_session(desk.store, ref, "J-014")
    deleted = trash.items(desk.store)
    for path in sorted((layout.trash / deleted[0].id).iterdir()):
        kept.copy(path)
    other = Desk(desk.store, desk.store.add_client("K-015"), desk.held)
    other.begin("Mirabelle")
    desk.crash()
    stays = trash.delete_session(desk.store, desk.store.catalog.sessions()[0], "K-015")
    for name in (f"plan-{desk.client}", f"sharing-{desk.client}", deleted[0].name[-8:]):
        (layout.locks / f"{name}.lock").write_text("Zwetschge")
    trash.purge(desk.store, trash.delete_client(desk.store, desk.client, "J-014"))
    assert trash.items(desk.store) == [stays]
    left = [path for path in layout.root.rglob("*") if path.is_file()]
    assert not [path for path in left if b"Zwetschge" in path.read_bytes()]
    assert any(b"Mirabelle" in path.read_bytes() for path in left)
    trash.purge(desk.store, deleted[0])  # it went with its client, which is no error
    assert check(desk.store).findings == ()


def test_a_purge_of_what_was_deleted_once_spares_a_client_whom_a_backup_brought_back(
    desk: Desk, tmp_path: Path
) -> None:
    desk.begin("one")
    desk.begin("two")
    desk.crash()
    backup.make_backup(desk.store, tmp_path / "a.backup", 1, ignore_progress)
    item = trash.delete_client(desk.store, desk.client, "J-014")
    with backup.open_backup(tmp_path / "a.backup") as found:
        restored(
            desk.store, found, differences(desk.store, found, ignore_progress).of(RestoreAction.NEW), ignore_progress
        )
    interview = trash.delete_session(desk.store, desk.ref, "J-014")
    trash.purge(desk.store, item)
    assert trash.items(desk.store) == [interview]
    assert desk.words == ["one"]


def test_an_interview_that_an_earlier_version_left_behind_a_purge_is_named(desk: Desk) -> None:
    desk.begin("one")
    desk.crash()
    item = trash.delete_session(desk.store, desk.ref, "J-014")
    shutil.move(desk.store.layout.trash / item.id, desk.store.layout.root / "kept")
    trash.purge(desk.store, trash.delete_client(desk.store, desk.client, "J-014"))
    shutil.move(desk.store.layout.root / "kept", desk.store.layout.trash / item.id)
    assert [(found.what, "purge" in found.hint) for found in check(desk.store).findings] == [(f"trash/{item.id}", True)]
    trash.purge(desk.store, item)
    assert check(desk.store).findings == ()
