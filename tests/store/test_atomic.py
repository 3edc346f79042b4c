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
from mi_cli.store.disk import atomic


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


@pytest.mark.parametrize("planted", ["link", "file"])
def test_what_others_made_beforehand_is_not_written_into(tmp_path: Path, planted: str) -> None:
    theirs, path = tmp_path / "theirs", tmp_path / "a"
    theirs.write_text("mine")
    path.symlink_to(theirs) if planted == "link" else path.hardlink_to(theirs)
    with pytest.raises(FileExistsError):
        atomic.write_new(path, b"a handoff")
    assert theirs.read_text() == "mine"


@given(name=st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=255))
def test_a_temporary_file_has_a_name_of_its_own_that_fits_and_is_known_again(name: str) -> None:
    path = Path("/store") / name
    if path.name != name or len(os.fsencode(name)) > 255:
        return
    one, other = atomic.temporary_for(path), atomic.temporary_for(path)
    assert one != other
    assert len(os.fsencode(one.name)) <= 143  # as many as the narrowest file systems take
    assert atomic.is_temporary_for(path, one)
    assert atomic.is_temporary_for(path, path.with_name(f".{name}.4711.tmp"))  # by version 0.1.0
    assert not atomic.is_temporary_for(path, one.parent / "deeper" / one.name)
    assert not atomic.is_temporary_for(path.with_name(f"{name[:20]}x"), one)


def test_temporary_files_whose_writers_died_are_found(tmp_path: Path) -> None:
    path, long = tmp_path / "a", tmp_path / ("ä" * 120)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = [tmp_path / f".a.{gone.pid}.tmp", tmp_path / f".a.0123456789abcdef.{gone.pid}.tmp"]
    for file in (*left, atomic.temporary_for(path), tmp_path / f".a.b.{gone.pid}.tmp"):
        file.write_text("")
    assert sorted(atomic.stale_temporaries_for(path)) == sorted(left)
    atomic.temporary_for(long).with_name(
        atomic.temporary_for(long).name.replace(str(os.getpid()), str(gone.pid))
    ).touch()
    assert len(atomic.stale_temporaries_for(long)) == 1


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
    assert atomic.is_stale(f".a.json.0123456789abcdef.{gone.pid}.tmp")
    for name in (
        f".a.json.{os.getpid()}.tmp",
        f".a.json.{os.getppid()}.tmp",
        f"a.json.{gone.pid}.tmp",
        f".a.json.{gone.pid}",
        ".a.json.x.tmp",
        ".tmp",
        f".a.json.{10**30}.tmp",
        atomic.temporary_for(Path("a.json")).name,
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
