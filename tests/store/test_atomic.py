"""One file, whole or not at all."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.errors import SaveFailed
from mi_cli.store import atomic


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for data in (b"one", b"", b"x" * 3_000_000, "ä\n".encode()):
        atomic.write(path, data)
        assert path.read_bytes() == data
        assert [found.name for found in tmp_path.iterdir()] == ["a.json"]


def test_a_write_that_is_cut_short_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:7]))
    atomic.write(tmp_path / "a.json", b"0123456789" * 10)
    assert (tmp_path / "a.json").read_bytes() == b"0123456789" * 10


def test_the_data_is_on_the_disk_before_the_name_and_the_name_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "data")
        fsync(descriptor)

    def replaced(source: Path, target: Path) -> None:
        done.append("name")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    atomic.write(tmp_path / "a.json", b"one")
    assert done == ["data", "name", "folder"] if os.name == "posix" else ["data", "name"]


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.write_text("mine")
    path = tmp_path / "a.json"
    path.with_name(f".{path.name}.{os.getpid()}.tmp").symlink_to(target)
    with pytest.raises(SaveFailed):
        atomic.write(path, b"one")
    assert target.read_text() == "mine"
    atomic.write(path, b"two")  # the link was taken away with the failure
    assert path.read_bytes() == b"two"


def test_an_interruption_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        atomic.write(tmp_path / "a.json", b"one")
    assert list(tmp_path.iterdir()) == []


@given(number=st.integers(1, 200))
def test_every_reason_is_in_words(number: int) -> None:
    why = atomic.reason(OSError(number, os.strerror(number), "/secret"))
    assert why
    assert "/secret" not in why
    assert not why.endswith(".")


def test_a_refusal_without_a_number_is_no_success() -> None:
    assert atomic.reason(OSError("odd")) == "the system refused"


def test_whose_temporary_file_it_is() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert atomic.is_stale(f".a.json.{gone.pid}.tmp")
    for name in (
        f".a.json.{os.getpid()}.tmp",
        f".a.json.{os.getppid()}.tmp",
        f"a.json.{gone.pid}.tmp",
        f".a.json.{gone.pid}",
        ".a.json.x.tmp",
        ".tmp",
        f".a.json.{10**30}.tmp",
        "a.json",
    ):
        assert not atomic.is_stale(name)


def test_what_the_system_does_not_answer_is_not_taken_for_a_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    assert not atomic.is_there(path)
    path.symlink_to("nowhere")
    assert atomic.is_there(path)

    def broken(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "")

    monkeypatch.setattr(os, "lstat", broken)
    monkeypatch.setattr(os, "stat", broken)
    with pytest.raises(SaveFailed):
        atomic.is_there(path)


def test_removing_what_is_gone_is_done(tmp_path: Path) -> None:
    atomic.remove(tmp_path / "gone")
    with pytest.raises(SaveFailed):
        atomic.remove(tmp_path)


def test_a_folder_cannot_be_made_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SaveFailed, match="a file stands where a folder should be"):
        atomic.make_folder(tmp_path / "file" / "folder")
