"""A full disk, no inodes left, a read-only folder, a folder that may not be written to."""

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mi_cli.cli.surroundings import now
from mi_cli.store.disk.layout import Layout
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep.check import check
from tests.conftest import Desk
from tests.faults.conftest import mounted_at
from tests.zygote import Zygote


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 kB, where the store will be."""
    (tmp_path / "store").mkdir(mode=0o700)
    with mounted_at(tmp_path / "store", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs"):
        yield tmp_path / "store"


@pytest.mark.root
def test_a_full_disk_costs_no_word_that_was_saved(small_disk: Path, desk: Desk, zygote: Zygote) -> None:
    lines = [f"{n} {'x' * 1000}" for n in range(400)]
    ran = zygote.mi("--store", str(small_disk), "session", "start", "J-014").finish("\n".join(lines))
    assert ran.code == 1
    assert b"the disk is full" in ran.err
    assert b"xxx" not in ran.err
    saved = ran.out.count(b"saved ")
    assert 20 < saved < 400
    assert desk.words[:saved] == lines[:saved]
    desk.store.now = now  # the interview was kept by the real clock
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
def test_a_read_only_folder(desk: Desk, zygote: Zygote) -> None:
    recorder = desk.begin("one")
    root = desk.store.layout.root
    with mounted_at(root, "--bind", str(root)):
        subprocess.run(["mount", "-o", "remount,ro,bind", root], check=True)
        entered = recorder.enter("two")
        assert entered.error is not None
        assert entered.error.message == "Not saved: the folder is read-only."
        ran = zygote.mi("--store", str(root), "session", "start", "K-015").finish("x\n")
        assert (ran.code, ran.err.startswith(b"Not saved: the folder is read-only.\n")) == (1, True)
        assert zygote.mi("--store", str(root), "session", "list").finish().code == 0
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
