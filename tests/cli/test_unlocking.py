"""`mi unlock` and `mi lock`: one passphrase for a while, and everything that ends it."""

import json
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mi_cli.cli import keyrings, unlocked
from mi_cli.cli.context import Context
from mi_cli.cli.store_keys import keys_of_store
from mi_cli.cli.surroundings import now
from mi_cli.store.disk import system
from mi_cli.store.keys import in_memory
from mi_cli.store.keys import unlocked as kept
from tests.conftest import Ran
from tests.keyrings import backend, fake_keyring

Mi = Callable[..., Ran]
OWN = "Zwetschgen im Keller, sieben Glas"
OTHER = "Zwetschgen im Keller, acht Glas Saft"

IN_MEMORY = {"tmpfs", "ramfs", "devtmpfs"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has files in memory")


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory, as the one of a session."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def protected(mi: Mi, memory: Path, tmp_path: Path) -> Mi:
    """`mi` with a protected store, and nothing that gives the passphrase."""
    assert with_passphrase(mi, tmp_path, "store", "init").code == 0
    assert with_passphrase(mi, tmp_path, "session", "start", "J-014", lines="+d Mirabelle\n/end\n").code == 0
    return mi


@pytest.fixture
def opened(protected: Mi, tmp_path: Path) -> Mi:
    """`mi` with a protected store that is unlocked for an hour."""
    assert with_passphrase(protected, tmp_path, "unlock").code == 0
    return protected


def with_passphrase(mi: Mi, folder: Path, *arguments: str, lines: str = "", **passphrases: str) -> Ran:
    with pytest.MonkeyPatch.context() as patched:
        for name, passphrase in ({"MI_PASSWORD_FILE": OWN} | passphrases).items():
            file = folder / name
            file.write_text(passphrase, encoding="utf-8")
            patched.setenv(name, str(file))
        return mi(*arguments, lines=lines)


def files(memory: Path) -> list[Path]:
    return [path for path in memory.rglob("*") if path.is_file()]


def mounted() -> dict[Path, str]:
    """The folders on which a file system is mounted, each with the kind of the last one."""
    lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    return {Path(place): kind for _, place, kind, *_ in map(str.split, lines)}


def kind_of_file_system(folder: Path) -> str:
    """What a folder is on, as the system lists it."""
    kinds = mounted()
    return next(kinds[above] for above in (folder, *folder.parents) if above in kinds)


def asks(mi: Mi) -> bool:
    """Whether a command needs the passphrase, which nobody can be asked for here."""
    return mi("session", "list").code == 4


def test_nothing_asks_for_the_passphrase_until_it_is_locked(protected: Mi, tmp_path: Path, memory: Path) -> None:
    assert asks(protected)
    said = with_passphrase(protected, tmp_path, "unlock", "--for", "2h30m")
    assert (said.code, "`mi lock`" in said.out) == (0, True)
    for command in (
        ("session", "list"),
        ("session", "show", "last"),
        ("session", "recap", "last"),
        ("goals", "list"),
        ("client", "add", "K-2"),
        ("store", "check"),
        ("store", "backup", str(tmp_path / "mi.backup")),
    ):
        assert protected(*command).code == 0
    assert "Mirabelle" in protected("session", "show", "last").out
    assert protected("lock").out == "Locked. The passphrase is asked for again.\n"
    assert not files(memory)
    assert asks(protected)
    assert protected("lock").out == "It was locked already.\n"


def test_the_key_is_a_file_for_this_account_alone_and_holds_no_passphrase(opened: Mi, memory: Path) -> None:
    (file,) = files(memory)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert OWN not in file.read_text(encoding="utf-8")
    assert "Mirabelle" not in file.read_text(encoding="utf-8")


def test_the_log_tells_that_it_was_unlocked_once(opened: Mi) -> None:
    def unlocked_events() -> int:
        return sum(item["what"] == "unlocked" for item in opened("store", "log", "--json").json["items"])

    before = unlocked_events()
    assert opened("client", "add", "K-2").code == 0
    assert unlocked_events() == before


@pytest.mark.parametrize("command", [("store", "unprotect", "--yes"), ("store", "passphrase"), ("store", "recovery")])
def test_what_decides_still_asks(opened: Mi, command: tuple[str, ...]) -> None:
    ran = opened(*command)
    assert (ran.code, "passphrase" in ran.err) == (4, True)


def test_confirming_a_store_still_asks(opened: Mi) -> None:
    assert opened("store", "check", "--confirm", "--yes").code == 4


def test_another_passphrase_ends_it(opened: Mi, tmp_path: Path, memory: Path) -> None:
    (file,) = files(memory)
    copy = file.read_bytes()
    assert with_passphrase(opened, tmp_path, "store", "passphrase", MI_NEW_PASSWORD_FILE=OTHER).code == 0
    assert not files(memory)
    file.write_bytes(copy)  # What somebody kept of it opens nothing any more.
    file.chmod(0o600)
    assert asks(opened)
    assert not files(memory)


def test_a_new_recovery_sheet_ends_it(opened: Mi, tmp_path: Path) -> None:
    sheet = str(tmp_path / "outside" / "sheet.html")
    (tmp_path / "outside").mkdir()
    assert with_passphrase(opened, tmp_path, "store", "recovery", "-o", sheet).code == 0
    assert asks(opened)


@pytest.mark.parametrize(
    ("clock", "machine"),
    [
        (3601, 3601),  # the time is over
        (-7200, 5),  # the clock was set back
        (-90, 5),
        (1200, 3500),  # set back within the hour
        (3000, 5),  # and forward
        (5, 7200),  # the clock stands still
        (600, -10_000),  # a restart, by the count of seconds
    ],
)
def test_time_ends_it(opened: Mi, memory: Path, monkeypatch: pytest.MonkeyPatch, clock: int, machine: int) -> None:
    began, uptime = now(), system.uptime()
    monkeypatch.setattr(unlocked, "now", lambda: began + timedelta(seconds=clock))
    monkeypatch.setattr(kept, "uptime", lambda: uptime + machine)
    assert asks(opened)
    assert not files(memory)


def test_within_the_time_it_holds(opened: Mi, monkeypatch: pytest.MonkeyPatch) -> None:
    began, uptime = now(), system.uptime()
    monkeypatch.setattr(unlocked, "now", lambda: began + timedelta(seconds=3540))
    monkeypatch.setattr(kept, "uptime", lambda: uptime + 3530)
    assert not asks(opened)


def test_another_run_of_the_machine_ends_it(opened: Mi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "boot_id", lambda: "another")
    assert asks(opened)


def test_the_auto_lock_ends_it(opened: Mi, tmp_path: Path, memory: Path) -> None:
    Context(keys_of_store, store_option=tmp_path / "store").end_unlocked()
    assert not files(memory)
    assert asks(opened)


def edited(**changes: Any) -> Callable[[Path], None]:
    def edit(file: Path) -> None:
        file.write_text(json.dumps(json.loads(file.read_bytes()) | changes), encoding="utf-8")

    return edit


def _link(file: Path) -> None:
    moved = file.rename(file.with_name("moved"))
    file.symlink_to(moved)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.chmod(0o640),
        lambda file: file.parent.chmod(0o755),
        lambda file: os.link(file, file.with_name("second")),
        _link,
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"[]"),
        lambda file: file.write_bytes(file.read_bytes()[:-20]),
        edited(until="2099-01-01T00:00:00+00:00", since="2020-01-01T00:00:00+00:00"),
        edited(since="2026-11-26T05:00:00"),
        edited(store="another0"),
        edited(boot=""),
        edited(records="AAAA"),
        edited(records="A" * 43),
        edited(uptime="soon"),
    ],
)
def test_a_file_that_is_not_as_it_was_left_opens_nothing(
    opened: Mi, memory: Path, spoil: Callable[[Path], None]
) -> None:
    (file,) = files(memory)
    spoil(file)
    assert asks(opened)


@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() != 0, reason="only root gives a file away")
@pytest.mark.parametrize("whose", ["file", "folder"])
def test_a_file_of_somebody_else_opens_nothing(opened: Mi, memory: Path, whose: str) -> None:
    (file,) = files(memory)
    os.chown(file if whose == "file" else file.parent, 12345, 12345)
    assert asks(opened)


def test_a_store_is_opened_by_its_own_file_alone(opened: Mi, memory: Path, tmp_path: Path) -> None:
    other = str(tmp_path / "other")
    assert with_passphrase(opened, tmp_path, "--store", other, "store", "init").code == 0
    assert opened("--store", other, "session", "list").code == 4
    (file,) = files(memory)
    name = json.loads((tmp_path / "other" / "store.json").read_bytes())["id"]
    shutil.copy(file, file.with_name(f"unlocked-{name}"))
    assert opened("--store", other, "session", "list").code == 4


def test_what_is_in_memory_is_what_the_system_has_mounted_so() -> None:
    told = {}
    for place in mounted():
        with suppress(OSError):
            descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
            told[place] = system.is_in_memory(descriptor)
            os.close(descriptor)
    assert told == {place: kind_of_file_system(place) in IN_MEMORY for place in told}
    assert {*told.values()} == {True, False}


def test_a_folder_on_a_disk_is_never_used(
    protected: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: Path
) -> None:
    on_disk = tmp_path / "run"
    on_disk.mkdir(0o700)
    if kind_of_file_system(on_disk) in IN_MEMORY:
        pytest.skip("the tests' folder is in memory here")
    monkeypatch.setattr(in_memory, "_places", lambda: iter([str(on_disk)]))
    monkeypatch.setattr(keyrings, "is_there", lambda: False)
    ran = with_passphrase(protected, tmp_path, "unlock")
    assert (ran.code, "no safe place" in ran.err) == (1, True)
    assert not list(on_disk.rglob("*"))
    assert asks(protected)


def test_where_there_is_no_memory_the_keyring_is_named_as_weaker(
    protected: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: dict[tuple[str, str], str] = {}
    fake_keyring(monkeypatch, backend("keyring.backends.macOS", held))
    monkeypatch.setattr(in_memory, "_places", lambda: iter(()))
    ran = with_passphrase(protected, tmp_path, "unlock")
    assert (ran.code, "the Keychain of macOS" in ran.out, "weaker" in ran.out) == (0, True, True)
    assert not asks(protected)
    assert protected("lock").code == 0
    assert not held
    assert asks(protected)


@pytest.mark.parametrize("time", ["", "0m", "0h", "9h", "8h1m", "481m", "1", "soon", "-1h", "1h 2", "٣h"])
def test_a_time_that_is_none_is_refused_before_anything_is_asked(protected: Mi, time: str) -> None:
    ran = protected("unlock", f"--for={time}")
    assert (ran.code, "8h" in ran.err) == (2, True)


@pytest.mark.parametrize("time", ["1m", "30m", "8h", "480m", "2h30m", "2H 30min"])
def test_a_time_is_written_as_people_write_it(protected: Mi, tmp_path: Path, time: str) -> None:
    assert with_passphrase(protected, tmp_path, "unlock", "--for", time).code == 0


@pytest.mark.parametrize("command", ["unlock", "lock"])
def test_without_a_protected_store_there_is_nothing_to_unlock(mi: Mi, command: str) -> None:
    assert mi(command).code == 4
    assert mi("store", "init", "--unprotected").code == 0
    assert mi(command).code == 1


def test_a_wrong_passphrase_unlocks_nothing(protected: Mi, tmp_path: Path, memory: Path) -> None:
    assert with_passphrase(protected, tmp_path, "unlock", MI_PASSWORD_FILE=OTHER).code == 4
    assert not files(memory)


def test_the_doctor_says_until_when(opened: Mi) -> None:
    assert "`mi lock` ends that" in " ".join(opened("doctor").out.split())
