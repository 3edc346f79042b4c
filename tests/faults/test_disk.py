"""A full disk, no inodes left, a read-only folder, a folder that may not be written to."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path

import pytest

from mi_cli.store.disk.atomic import TEMPORARY
from mi_cli.store.disk.layout import Layout
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep.check import check
from tests.builders import Sender
from tests.conftest import Desk
from tests.faults.system_calls import store_at
from tests.faults.zygote import Zygote

PATIENCE = 120  # seconds: to fail rather than to hang


def mi(store: Path, *arguments: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mi_cli", "--store", str(store), *arguments],
        input=lines, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Mounts something where the store will be."""
    folder = tmp_path / "store"
    folder.mkdir(mode=0o700)

    def mount(*options: str) -> None:
        if subprocess.run(["mount", *options, folder], capture_output=True, check=False).returncode:
            pytest.skip("no file system can be mounted here")

    yield mount
    subprocess.run(["umount", folder], capture_output=True, check=False)  # unless nothing was


@pytest.fixture
def small_disk(mounted: Callable[..., None], tmp_path: Path) -> Path:
    """A file system of 256 kB, where the store will be."""
    mounted("-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs")
    return tmp_path / "store"


@pytest.mark.root
def test_a_full_disk_costs_no_word_that_was_saved(small_disk: Path, desk: Desk) -> None:
    lines = [f"{n} {'x' * 1000}" for n in range(400)]
    ran = mi(small_disk, "session", "start", "J-014", lines="\n".join(lines))
    assert ran.returncode == 1
    assert "the disk is full" in ran.stderr
    assert "xxx" not in ran.stderr
    saved = ran.stdout.count("saved ")
    assert 20 < saved < 400
    assert desk.words[:saved] == lines[:saved]
    assert check(desk.store).findings == ()


@pytest.mark.root
def test_a_line_that_found_the_disk_full_is_saved_by_the_next(small_disk: Path, desk: Desk) -> None:
    recorder = desk.begin("one")
    fill = small_disk / "fill"
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        fill.write_bytes(bytes(1024 * 1024))
    before = desk.store.layout.notes(desk.ref).read_bytes()
    for line in ("two", "/goal three"):
        entered = recorder.enter(line)
        assert entered.error is not None
        assert entered.error.message == "Not saved: the disk is full."
    assert desk.store.layout.notes(desk.ref).read_bytes() == before
    fill.unlink()
    desk.enter(recorder, "four")
    assert desk.words == ["one", "two", "four"]
    assert [goal.words for goal in desk.store.plan(desk.client).goals] == ["three"]


FULL = {"no space": "size=64k,mode=700", "no inodes": "size=1m,nr_inodes=60,mode=700"}


def fill(folder: Path, leave: int) -> None:
    """Leave room for no more than so many pages, or files."""
    with suppress(OSError):
        for number in count():
            (folder / f"fill{number}").write_bytes(bytes(4096))
    for name in [path for path in folder.glob("fill*") if path.stat().st_size][:leave]:
        name.unlink()


@pytest.mark.root
@pytest.mark.parametrize("full", FULL)
@pytest.mark.parametrize("what", ["interview", "amend", "export", "backup"])
def test_a_disk_that_is_full(
    mounted: Callable[..., None], zygote: Zygote, tmp_path: Path, full: str, what: str
) -> None:
    """With less room each time, until there is none: what fails says so, and nothing else is harmed."""
    mounted("-t", "tmpfs", "-o", FULL[full], "tmpfs")
    place = tmp_path / "store"  # with the store, and beside it what is made of it
    store = store_at(place / "s")
    store.make()
    client = store.add_client("J-014", "en")
    with ExitStack() as held:
        Desk(store, client, held).begin("one", "/goal two", "/end")
    ref = store.catalog.sessions()[0]
    Sender.with_consent(store, client)
    command, lines = {
        "interview": (("session", "start", "J-014"), "three\n+ four\n"),
        "amend": (("session", "amend", ref.id, "-"), "three"),
        "export": (("goals", "export", "J-014", "--basis", "client-copy", "-o", str(place / "x.md")), ""),
        "backup": (("store", "backup", str(place / "x.backup")), ""),
    }[what]
    shutil.copytree(place, tmp_path / "kept")
    for leave in (4, 3, 2, 1, 0):
        for left in place.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        shutil.copytree(tmp_path / "kept", place, dirs_exist_ok=True)
        fill(place, leave)
        ran = zygote.mi("--store", str(place / "s"), *command).finish(lines)
        told = ran.err.decode()
        assert ran.code == 0 or (ran.code == 1 and "Not saved: the disk is full." in told), told
        assert "three" not in told
        for left in place.glob("fill*"):
            left.unlink()
        assert [entry.words for entry in read_notes(store, ref).entries][:1] == ["one"]
        assert [goal.words for goal in store.plan(client).goals] == ["two"]
        assert [finding for finding in check(store).findings if finding.damaged] == []
        if what == "interview":
            said = [len(read_notes(store, one).entries) for one in store.catalog.sessions() if one != ref]
            assert sum(said) >= ran.out.count(b"\nsaved ")
        assert not list(place.glob(f".x*{TEMPORARY}"))
        for made in place.glob("x.*"):
            made.unlink()
        again = zygote.mi("--store", str(place / "s"), *command).finish(lines)
        assert again.code == 0, again.err
    assert ran.code == 1


@pytest.mark.usefixtures("no_privileges")
def test_a_folder_that_may_not_be_written_to(desk: Desk) -> None:
    recorder = desk.begin("one")
    folder = desk.store.layout.notes(desk.ref).parent
    folder.chmod(0o500)
    entered = recorder.enter("two")
    folder.chmod(0o700)
    assert entered.error is not None
    assert entered.error.message == "Not saved: access to it is denied."
    desk.enter(recorder, "three")
    assert desk.words == ["one", "two", "three"]


@pytest.mark.root
def test_a_read_only_folder(mounted: Callable[..., None], desk: Desk) -> None:
    recorder = desk.begin("one")
    root = desk.store.layout.root
    mounted("--bind", str(root))
    subprocess.run(["mount", "-o", "remount,ro,bind", root], check=True)
    entered = recorder.enter("two")
    assert entered.error is not None
    assert entered.error.message == "Not saved: the folder is read-only."
    ran = mi(root, "session", "start", "K-015", lines="x\n")
    assert (ran.returncode, ran.stderr.startswith("Not saved: the folder is read-only.\n")) == (1, True)
    assert mi(root, "session", "list").returncode == 0
    assert desk.words == ["one"]
    subprocess.run(["mount", "-o", "remount,rw,bind", root], check=True)
    desk.enter(recorder, "three")
    assert desk.words == ["one", "two", "three"]


def test_check_names_what_does_not_fit_together(desk: Desk) -> None:
    desk.begin("one", "/goal two")
    desk.crash()
    layout: Layout = desk.store.layout
    store: JsonStore = desk.store
    assert check(store).findings == ()
    break_one: list[Callable[[], object]] = [
        lambda: layout.session(desk.ref).rename(layout.session(desk.ref).with_suffix(".gone")),
        lambda: (layout.client(desk.client) / "identity.json").write_text("{}"),
        lambda: layout.plan(desk.client).write_text("[]"),
        lambda: layout.client(desk.client).joinpath("client.json").unlink(missing_ok=False),
        lambda: (layout.clients / "zzzzzzzz").mkdir(mode=0o700),
        lambda: (layout.trash / "yyyyyyyy").mkdir(parents=True),
        lambda: layout.root.chmod(0o755),
        lambda: layout.codes.write_text("{}"),
    ]
    for number, damage in enumerate(break_one, 1):
        damage()
        assert len(check(store).findings) >= number
