"""Nobody waits for nothing: not for who reads standard output, nor for a slow stick; and what is cut off is cleared."""

import errno
import os
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mi_cli.store.disk.atomic import TEMPORARY
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.disk.system import sync
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.consents import add_consent, consents
from mi_cli.store.records.disclosures import entries
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep import backup
from mi_cli.store.upkeep.check import check
from tests import builders
from tests.conftest import Desk, Ran
from tests.faults.conftest import mounted_at
from tests.zygote import Zygote

PIPE_HOLDS = 1 << 16


def test_a_reader_that_stops_holds_up_no_revocation(mi: Callable[..., Ran], files: JsonStore, zygote: Zygote) -> None:
    """The document is larger than a pipe, and its reader reads nothing: `mi export | less`."""
    goals = "".join(f"/goal {number} {'home by six ' * 800}\n" for number in range(8))
    assert mi("session", "start", "J-014", lines=f"{goals}/end\n").code == 0
    client = files.codes()["J-014"]
    add_consent(files, builders.consent(client=client, id="cons0001"))
    exporting = zygote.mi("--store", str(files.root), "goals", "export", "J-014", "--client-copy")
    end = time.monotonic() + 10
    while not entries(files, client) and time.monotonic() < end:
        time.sleep(0.05)
    assert entries(files, client), exporting.finish().err  # it is logged before it is anywhere
    time.sleep(0.5)
    ran = mi("consent", "revoke", "cons0001", "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert consents(files, client)[0].revoked
    exporting.finish()
    assert exporting.code == 0
    assert len(exporting.out) > PIPE_HOLDS


@pytest.fixture
def slow_stick(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[], None]]]:
    """What is done here is done once in the midst of a backup, while it waits for its disk."""
    meanwhile: list[Callable[[], None]] = []

    def slow(descriptor: int) -> None:
        while meanwhile:
            meanwhile.pop()()
        sync(descriptor)

    monkeypatch.setattr(backup, "sync", slow)
    yield meanwhile
    assert not meanwhile


def test_beside_a_slow_backup_interviews_begin_and_consents_are_revoked(
    mi: Callable[..., Ran], files: JsonStore, tmp_path: Path, slow_stick: list[Callable[[], None]]
) -> None:
    assert mi("session", "start", "J-014", lines="one\n/end\n").code == 0
    add_consent(files, builders.consent(client=files.codes()["J-014"], id="cons0001"))
    codes: list[int] = []
    done: list[float] = []

    def work() -> None:
        begun = time.monotonic()
        codes.append(mi("session", "start", "K-015", lines="two\n/end\n").code)
        codes.append(mi("consent", "revoke", "cons0001", "--yes").code)
        done.append(time.monotonic() - begun)

    slow_stick.append(work)
    backup.make_backup(files, tmp_path / "a.backup", 1, ignore_progress)
    assert codes == [0, 0]
    assert done[0] < 15, "it waited for a lock"
    assert check(files).findings == ()


@pytest.mark.parametrize("moment", ["clients", "own"])
def test_a_client_who_is_added_or_purged_meanwhile(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """`clients.json` of a backup names exactly the clients who are in it."""
    really = backup._read_unchanged
    added: list[str] = []

    def read(store: JsonStore, folder: Path, *, below: bool = True) -> list[tuple[str, bytes]]:
        files = really(store, folder, below=below)
        if not added and below is (moment == "clients"):
            added.append(add_client(desk.store, "K-015"))
        return files

    monkeypatch.setattr(backup, "_read_unchanged", read)
    backup.make_backup(desk.store, tmp_path / "a.backup", 1, ignore_progress)
    with backup.open_backup(tmp_path / "a.backup") as made:
        there = {name.split("/")[1] for name in made.files if name.startswith("clients/")}
        named = set(Catalog(desk.store.root).read_codes().values())
        assert b"K-015" in made.read("clients.json")
    assert added
    assert there == named


@pytest.mark.root
@pytest.mark.parametrize("how", ["read-only", "no permission"])
def test_a_store_that_became_read_only_is_backed_up(
    mi: Callable[..., Ran], files: JsonStore, tmp_path: Path, zygote: Zygote, how: str
) -> None:
    assert mi("session", "start", "J-014", lines="one\n/end\n").code == 0
    root, target = files.root, tmp_path / "a.backup"
    before = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    if how == "read-only":
        with mounted_at(root, "--bind", str(root)):
            subprocess.run(["mount", "-o", "remount,ro,bind", root], check=True)
            ran = zygote.mi("--store", str(root), "store", "backup", str(target)).finish()
            refused = zygote.mi("--store", str(root), "client", "add", "K-015").finish()
        assert b"Not saved: the folder is read-only." in refused.err
        assert str(root).encode() in refused.err, "it says which folder"
        assert (ran.code, ran.err) == (0, b"")
    else:
        from tests.faults.privileges import given_up

        root.chmod(0o500)
        files.layout.locks.rmdir()
        with given_up():
            assert mi("store", "backup", str(target)).code == 0
            denied = mi("client", "add", "K-015")
        root.chmod(0o700)
        assert str(root) in denied.err
    with backup.open_backup(target) as made:
        assert {name: made.read(name) for name in made.files} == before


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.ENOSYS, errno.ENOTTY])
def test_a_disk_that_cannot_sync_a_folder_can_hold_a_store(
    mi: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    really = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        really(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", lines="one\n/end\n").code == 0
    assert mi("store", "check").out.endswith(" records are sound.\n")


def test_a_disk_that_fails_to_sync_a_folder_is_a_failure(
    mi: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(_descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fsync)
    assert "the disk reported an error" in mi("store", "init", "--unprotected").err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_backup_that_is_told_to_stop_leaves_no_copy(
    mi: Callable[..., Ran], files: JsonStore, tmp_path: Path, zygote: Zygote, number: signal.Signals
) -> None:
    for client in range(25):
        add_client(files, f"J-{client}")
    stick = tmp_path / "stick"
    stick.mkdir()
    met = False
    for _ in range(20):
        child = zygote.mi("--store", str(files.root), "store", "backup", str(stick / "a.backup"), "--yes")
        end = time.monotonic() + 30
        while not list(stick.glob(f".*{TEMPORARY}")) and time.monotonic() < end:
            time.sleep(0.001)
        child.signal(number)
        child.finish()
        met = met or child.code == 128 + number
        assert not list(stick.glob(f".*{TEMPORARY}"))
        if met:
            break
    assert met
    assert mi("store", "check").code == 0


def test_a_backup_that_was_killed_is_named_by_the_doctor(
    mi: Callable[..., Ran], files: JsonStore, tmp_path: Path, zygote: Zygote
) -> None:
    for client in range(25):
        add_client(files, f"J-{client}")
    stick = tmp_path / "stick"
    stick.mkdir()
    for _ in range(20):
        child = zygote.mi("--store", str(files.root), "store", "backup", str(stick / "a.backup"), "--yes")
        end = time.monotonic() + 30
        while not list(stick.glob(f".*{TEMPORARY}")) and time.monotonic() < end:
            time.sleep(0.001)
        child.kill()
        if left := list(stick.glob(f".*{TEMPORARY}")):
            break
    assert str(left[0]) in mi("doctor").out.replace("\n", "")
    assert mi("store", "backup", str(stick / "a.backup"), "--yes").code == 0
    assert [path.name for path in stick.iterdir()] == ["a.backup"]
    assert ".tmp" not in mi("doctor").out


def test_a_signal_that_is_ignored_stays_so(mi: Callable[..., Ran], files: JsonStore) -> None:
    from mi_cli.terminal.system import end_on_signals

    before = signal.signal(signal.SIGHUP, signal.SIG_IGN), signal.getsignal(signal.SIGTERM)
    try:
        end_on_signals()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before[0])
        signal.signal(signal.SIGTERM, before[1])
