"""A backup: whole, consistent while an interview goes on, read back, and never believed when it is not sound."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from mi_cli.errors import Damaged, Failed, SaveFailed, WrongUsage
from mi_cli.interview.recorder import Recorder
from mi_cli.interview.turns import pending_plan_changes
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.session import Session
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep import backup
from tests.conftest import Desk


def in_store(store: JsonStore) -> dict[str, bytes]:
    """Every file of the store but the locks, and the log, which tells of what is tried here."""
    root = store.layout.root
    files = [path for path in root.rglob("*") if path.is_file() and path.parent.name != "locks"]
    files = [path for path in files if path != store.layout.log]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def in_backup(path: Path) -> dict[str, bytes]:
    with backup.open_backup(path) as found:
        return {name: found.read(name) for name in found.files}


def test_it_holds_every_file_as_it_is(desk: Desk, tmp_path: Path) -> None:
    desk.begin("words", "+d more words", "/goal a goal", "/end")
    desk.begin("a second one")
    before = in_store(desk.store) | {"log.jsonl": desk.store.layout.log.read_bytes()}
    count = backup.make_backup(desk.store, tmp_path / "a.backup", 1, ignore_progress)
    assert in_backup(tmp_path / "a.backup") == before
    assert count == len(before)
    assert (tmp_path / "a.backup").stat().st_mode & 0o777 == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"store", "a.backup"}


def test_any_zip_program_opens_it(desk: Desk, tmp_path: Path) -> None:
    desk.begin("words")
    backup.make_backup(desk.store, tmp_path / "a.backup", 1, ignore_progress)
    with ZipFile(tmp_path / "a.backup") as archive:
        assert archive.testzip() is None
        assert {info.compress_type for info in archive.infolist()} == {ZIP_STORED}
        assert json.loads(archive.read("backup.json"))["store"] == desk.store.info().id


def test_each_client_is_as_at_one_moment_while_an_interview_goes_on(desk: Desk, tmp_path: Path) -> None:
    """The copy is one that a crash could have left: what the notes tell of the plan is in it, or still owed to it."""
    recorder = desk.begin("/goal a goal")
    done = threading.Event()

    def go_on(recorder: Recorder) -> None:
        while not done.wait(0.002):
            recorder.enter("/reason because")

    thread = threading.Thread(target=go_on, args=(recorder,))
    other = JsonStore(desk.store.layout.root, desk.store.now, desk.store.new_id, desk.store.who)  # as another process
    thread.start()
    try:
        for number in range(20):
            backup.make_backup(other, tmp_path / f"{number}.backup", 1, ignore_progress)
    finally:
        done.set()
        thread.join()
    for number in range(20):
        files = in_backup(tmp_path / f"{number}.backup")
        (notes,) = [Notes.from_bytes(data) for name, data in files.items() if "/notes/" in name]
        (session,) = [Session.from_bytes(data) for name, data in files.items() if "/sessions/" in name]
        (plan,) = [Plan.from_bytes(data) for name, data in files.items() if name.endswith("plan.json")]
        owed = pending_plan_changes(notes, plan)
        reasons = len(plan.goals[0].reasons) + len(owed)
        assert reasons == notes.last_turn - 1
        assert session.turn <= notes.last_turn


def test_older_ones_move_on_and_the_oldest_goes(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "a.backup"
    made = []
    for number in range(4):
        add_client(desk.store, f"K-{number}")
        backup.make_backup(desk.store, target, 3, ignore_progress)
        made.append(target.read_bytes())
    kept = [target, tmp_path / "a.backup.1", tmp_path / "a.backup.2"]
    assert [path.read_bytes() for path in kept] == [made[3], made[2], made[1]]
    assert not (tmp_path / "a.backup.3").exists()
    backup.make_backup(desk.store, target, 2, ignore_progress)
    assert sorted(path.name for path in tmp_path.glob("a.backup*")) == ["a.backup", "a.backup.1"]


def test_one_that_fails_leaves_the_older_ones_alone(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.backup"
    backup.make_backup(desk.store, target, 2, ignore_progress)
    before = target.read_bytes()

    def fails(_descriptor: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(SaveFailed, match="disk is full"):
        backup.make_backup(desk.store, target, 2, ignore_progress)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.glob("*.backup*")] == ["a.backup"]
    assert not list(tmp_path.glob(".a.backup*"))


def test_it_is_not_made_within_the_store(desk: Desk) -> None:
    with pytest.raises(WrongUsage, match="within the store"):
        backup.make_backup(desk.store, desk.store.layout.root / "a.backup", 1, ignore_progress)


def test_a_link_in_the_store_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("outside")
    (desk.store.layout.client(desk.client) / "linked.json").symlink_to(tmp_path / "outside")
    backup.make_backup(desk.store, tmp_path / "a.backup", 1, ignore_progress)
    assert not [data for data in in_backup(tmp_path / "a.backup").values() if data == b"outside"]


def test_what_no_backup_may_hold_is_left_out_and_stops_none(desk: Desk, tmp_path: Path) -> None:
    """Somebody's own files among the records: some that would be others on a disk without case, or stand for what a
    backup writes itself, and sound ones."""
    desk.begin("words")
    home, ref = desk.store.layout.client(desk.client), desk.ref
    odd = [desk.store.root / "KEYS.json", home / "Plan.json", home / "Notes" / "a.json", home / "a note.txt"]
    odd += [desk.store.root / "backup.json", desk.store.root / "readme.MD"]
    fine = [desk.store.root / "README.md", home / "sessions" / f"{ref.name}-Conflict.json"]
    for path in (*odd, *fine):
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
    backup.make_backup(desk.store, tmp_path / "a.backup", 1, ignore_progress)
    mine = {name for name, data in in_backup(tmp_path / "a.backup").items() if data == b"mine"}
    assert mine == {path.relative_to(desk.store.root).as_posix() for path in fine}


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None], compression: int = ZIP_STORED) -> Path:
    """The backup with its members changed."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def manifest(change: Callable[[dict[str, object]], None]) -> Callable[[dict[str, bytes]], None]:
    def changed(members: dict[str, bytes]) -> None:
        document = json.loads(members["backup.json"])
        change(document)
        members["backup.json"] = json.dumps(document).encode()

    return changed


def of_the_first_file(field: str, value: object) -> Callable[[dict[str, bytes]], None]:
    """The first file is described otherwise."""

    def changed(document: dict[str, object]) -> None:
        files = document["files"]
        assert isinstance(files, dict)
        next(iter(files.values()))[field] = value

    return manifest(changed)


def smuggled(name: str) -> Callable[[dict[str, bytes]], None]:
    """A file with its true size and digest, under any name."""

    def changed(members: dict[str, bytes]) -> None:
        document = json.loads(members["backup.json"])
        data = members["store.json"]
        members[name] = data
        document["files"][name] = document["files"]["store.json"]
        members["backup.json"] = json.dumps(document).encode()

    return changed


@pytest.fixture
def made(desk: Desk, tmp_path: Path) -> Path:
    desk.begin("words")
    backup.make_backup(desk.store, tmp_path / "a.backup", 1, ignore_progress)
    return tmp_path / "a.backup"


@pytest.mark.parametrize(
    "name",
    [
        "../outside.json",
        "/etc/passwd",
        "clients/../../x.json",
        "locks/store.lock",
        "records-20261126T140312Z-7k3q9xab/clients.json",
        "clients/x",
        "a\\..\\b",
        "STORE.json",
        "clients/Abcdefgh/plan.json",
        ".hidden",
        "KEYS.json",
        "Log.jsonl",
        "tries.TXT",
        "Clients/00000001/plan.json",
        "clients/00000001/PLAN.json",
        "clients/00000001/Sessions/20261123T140000Z-00000002.json",
        "clients/00000001/sessions/20261123t140000z-00000002.json",
        "clients/00000001/sessions/20261123T140000Z-00000002.JSON",
        "clients/00000001/.x.tmp",
        "a/b/c/d/e/f/g/h/i",
        "nul\x00l",
    ],
)
def test_a_name_that_belongs_in_no_store_is_refused(made: Path, name: str) -> None:
    with pytest.raises(Damaged), backup.open_backup(rewritten(made, smuggled(name))):
        pass


@pytest.mark.parametrize(
    "change",
    [
        lambda members: members.pop("backup.json"),
        lambda members: members.pop("store.json"),
        lambda members: members.update({"more.json": b"{}"}),
        lambda members: members.update({"backup.json": b"[" * 100_000}),
        lambda members: members.update({"backup.json": b"null"}),
        manifest(lambda document: document.update(schema="mi.backup/2")),
        manifest(lambda document: document.update(made_at="never")),
        manifest(lambda document: document.update(files=[])),
        manifest(lambda document: document.update(made_at=1e400)),
        manifest(lambda document: document.update(made_at="2026-11-23T14:00:00")),
        manifest(lambda document: document.update(store=["x"])),
        *map(of_the_first_file, ["size"] * 9, (1e400, -1, 1 << 62, 10**400, "12", True, None, [], float("nan"))),
        *map(of_the_first_file, ["sha256"] * 4, (1e400, None, {}, "\ud800")),
    ],
)
def test_a_list_of_files_that_is_not_true_is_refused(made: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with pytest.raises(Damaged), backup.open_backup(rewritten(made, change)):
        pass


def test_what_was_compressed_is_refused_unread(made: Path) -> None:
    with pytest.raises(Damaged, match="compressed"), backup.open_backup(rewritten(made, lambda _: None, ZIP_DEFLATED)):
        pass


def test_every_cut_and_every_flipped_byte_is_noticed(made: Path) -> None:
    whole = made.read_bytes()
    with backup.open_backup(made) as found:
        sound = {name: found.read(name) for name in found.files}
    directory = whole.index(b"PK\x01\x02")  # sizes and places of files, which the archive is read by: each byte of it
    for place in (*range(0, directory, 97), *range(directory, len(whole))):
        changed = {whole[place] ^ 1, *((0, 0x7F, 0xFF) if place > directory else ())} - {whole[place]}
        for data in (whole[:place], *(whole[:place] + bytes([byte]) + whole[place + 1 :] for byte in changed)):
            made.write_bytes(data)
            try:
                with backup.open_backup(made) as found:
                    read = {name: found.read(name) for name in found.files}
            except Damaged:
                continue
            assert read == sound  # it was in what only describes the archive


def test_a_file_that_is_said_to_go_on_behind_the_end_is_noticed(made: Path) -> None:
    whole = made.read_bytes()
    with ZipFile(made) as archive:
        room = len(whole) - sum(info.file_size for info in archive.infolist())
        sizes = {info.filename: info.file_size + room for info in archive.infolist()}
    place = whole.index(b"PK\x01\x02")
    for size in sizes.values():
        made.write_bytes(whole[: place + 20] + size.to_bytes(4, "little") * 2 + whole[place + 28 :])
        with pytest.raises(Damaged), backup.open_backup(made) as found:
            found.verify(ignore_progress)
        place = whole.find(b"PK\x01\x02", place + 1)


def test_a_target_that_is_a_link_to_itself_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to("round")
    for target in (tmp_path / "round", tmp_path / "round" / "a.backup"):
        with pytest.raises(Failed, match="links lead in a circle"):
            backup.make_backup(desk.store, target, 1, ignore_progress)
