"""A full disk, a read-only folder, a file size limit; ten writers at once."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mi_cli.store.check import check
from mi_cli.store.files import JsonStore
from mi_cli.store.layout import Layout
from tests.conftest import Desk


def mi(store: Path, *arguments: str, lines: str = "", **options: object) -> subprocess.CompletedProcess[str]:
    ran: subprocess.CompletedProcess[str] = subprocess.run(
        [sys.executable, "-m", "mi_cli", "--store", str(store), *arguments],
        input=lines, capture_output=True, text=True, check=False, timeout=60, **options,  # type: ignore[call-overload]
    )  # fmt: skip
    return ran


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 kB, where root may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.root
def test_a_full_disk_costs_no_word_that_was_saved(small_disk: Path) -> None:
    store = small_disk / "store"
    assert mi(store, "store", "init").returncode == 0
    lines = [f"{n} {'x' * 1000}" for n in range(400)]
    ran = mi(store, "session", "start", "J-014", lines="\n".join(lines))
    assert ran.returncode == 1
    assert "the disk is full" in ran.stderr
    assert "xxx" not in ran.stderr
    saved = ran.stdout.count("saved ")
    assert 20 < saved < 400
    (small_disk / "store" / "locks").exists()
    shown = mi(store, "session", "show", "last", "--json").stdout
    assert shown.count('"said"') >= saved


def test_a_file_size_limit_is_told_and_the_old_file_stays(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert mi(store, "store", "init").returncode == 0

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    lines = "\n".join("y" * 500 for _ in range(100))
    ran = mi(store, "session", "start", "J-014", lines=lines, preexec_fn=limited)
    assert ran.returncode == 1
    assert "larger than the system allows" in ran.stderr
    assert mi(store, "session", "show", "last").returncode == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to(desk: Desk) -> None:
    recorder = desk.begin("one")
    folder = desk.store.layout.notes(desk.ref).parent
    folder.chmod(0o500)
    entered = recorder.enter("two")
    folder.chmod(0o700)
    assert entered.trouble is not None
    desk.enter(recorder, "three")
    assert desk.words == ["one", "two", "three"]


@pytest.mark.root
def test_a_read_only_folder(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert mi(store, "store", "init").returncode == 0
    if subprocess.run(["mount", "--bind", store, store], capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", store], check=True)
        ran = mi(store, "session", "start", "J-014", lines="x\n")
        assert (ran.returncode, "read-only" in ran.stderr) == (1, True)
        assert mi(store, "session", "list").returncode == 0
    finally:
        subprocess.run(["umount", store], check=True)


def test_ten_amendments_at_once(desk: Desk) -> None:
    desk.begin("one", "/end")
    desk.crash()
    root = desk.store.layout.root
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "mi_cli", "--store", str(root), "session", "amend", "last", "-"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        )
        for _ in range(10)
    ]  # fmt: skip
    for number, process in enumerate(running):
        process.communicate(f"amendment {number}".encode())
    assert [process.returncode for process in running] == [0] * 10
    assert sorted(desk.words[1:], key=str) == [f"amendment {number}" for number in range(10)]


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
