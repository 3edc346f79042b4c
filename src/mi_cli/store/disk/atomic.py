"""One file, written whole or not at all: temporary file, fsync, rename, fsync of the folder.

The model is restic's local backend. Rename without fsync came back as zero bytes after a power cut on XFS and btrfs.
"""

import errno
import io
import os
import re
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from mi_cli.errors import Failed, SaveFailed
from mi_cli.store.disk.system import is_gone, open_file, open_without_waiting, sync

TEMPORARY: Final = ".tmp"
_LONGEST_START: Final = 100  # bytes of a name that its temporary file repeats: that of the longest name is no longer

_MOST: Final = 1 << 30  # bytes; the log of a busy program grows by a few millions a year

REASONS: Final = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file would be larger than the system allows",
    errno.EROFS: "the folder is read-only",
    errno.EACCES: "access to it is denied",
    errno.EPERM: "access to it is denied",
    errno.EIO: "the disk reported an error",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.ENOENT: "the folder is gone",
    errno.ENOTDIR: "a file stands where a folder should be",
    errno.EISDIR: "a folder stands in its place",
    errno.ENXIO: "no ordinary file stands in its place",
    errno.EOVERFLOW: "it is larger than anything mi keeps",
    errno.ELOOP: "its links lead round in a circle",
    errno.ENAMETOOLONG: "the name is too long",
}


def reason(error: OSError) -> str:
    """Why a call to the system failed, in plain words."""
    if error.errno is None:
        return "the system refused"
    return REASONS.get(error.errno, os.strerror(error.errno).lower())


def read(path: Path) -> bytes:
    """What is in a file. Raises OSError, also for a pipe or a device in its place, which might never end."""
    with io.FileIO(path, opener=open_without_waiting) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.ENXIO, "")
        if status.st_size > _MOST:
            raise OSError(errno.EOVERFLOW, "")
        return file.readall()


def chosen(path: Path) -> Path:
    """Where a file that a person named is to be written: a link is followed, also one to a file that is not there yet.

    Raises Failed for what is no ordinary file, and where nothing can be written: to be called before anything is asked,
    logged or saved. Within the store no link is followed, since anybody could have put it there.
    """
    try:
        target = Path(os.path.realpath(path)) if path.is_symlink() else path
        with suppress(FileNotFoundError):  # there is nothing yet, or a link to nothing
            if not stat.S_ISREG(path.stat().st_mode):
                raise Failed(
                    "That is no ordinary file: a folder, a pipe, a socket or a device.",
                    "Nothing was changed. Name a file; what is there is not replaced.",
                )
        if not target.parent.is_dir():
            raise Failed(f"There is no such folder to put it in: {target.parent}", "Nothing was changed.")
    except OSError as error:
        raise Failed(f"Nothing can be written there: {reason(error)}.", "Nothing was changed. Name another.") from error
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise Failed(f"Nothing can be written in that folder: {target.parent}", "Nothing was changed. Name another.")
    return target


def write(path: Path, data: bytes) -> None:
    """Replace `path` by a file (0600) that holds `data`, and know it is on the disk. A link is replaced, too.

    Raises SaveFailed. The old file is then intact, unless only the last step failed: the new one is in place and not
    confirmed. Either way, write again.
    """
    temporary = temporary_for(path)
    try:
        try:
            _write_new(temporary, data)
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise save_failed(error) from error


def write_new(path: Path, data: bytes) -> None:
    """Write a file (0600) in one go, and know it and its name are on the disk. Raises OSError; takes nothing back."""
    _write_new(path, data)
    sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder (0700) and those above it, each known to be on the disk. Raises SaveFailed."""
    try:
        for folder in reversed([path, *path.parents]):
            if not folder.is_dir():
                with suppress(FileExistsError):  # made by another process just now
                    os.mkdir(folder, 0o700)
                sync_folder(folder.parent)
    except OSError as error:
        raise save_failed(error) from error


def move(source: Path, target: Path) -> None:
    """Rename a file or folder within the store, and know it is on the disk. Raises SaveFailed."""
    try:
        os.rename(source, target)
        sync_folder(target.parent)
        sync_folder(source.parent)
    except OSError as error:
        raise save_failed(error) from error


def remove(path: Path) -> None:
    """Take away a file if it is there. Raises SaveFailed."""
    try:
        with suppress(FileNotFoundError):
            os.unlink(path)
    except OSError as error:
        raise save_failed(error) from error


def is_there(path: Path) -> bool:
    """Whether something is at that path; a link counts, wherever it leads. Raises SaveFailed if that cannot be told.

    For before something is moved or written over: `os.path.lexists` says no whenever the system does not answer.
    """
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise save_failed(error) from error
    return True


def save_failed(error: OSError) -> SaveFailed:
    """The error to raise for a failed call to the system."""
    return SaveFailed(f"Not saved: {reason(error)}.", "What was saved before is whole. `mi doctor` looks at the store.")


def sync_folder(folder: Path) -> None:
    """Have the system write the folder's own list of names to the disk. POSIX only; elsewhere the rename is enough."""
    if sys.platform == "win32":  # where no folder can be opened
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def temporary_for(path: Path) -> Path:
    """Where this process writes a file before it gets its name: another name each time, which nobody can foresee."""
    return path.with_name(f".{_start(path)}.{os.urandom(8).hex()}.{os.getpid()}{TEMPORARY}")


def is_temporary_for(path: Path, temporary: Path) -> bool:
    """Whether that is where some process would have written the file, also one of version 0.1.0."""
    names = f"{re.escape(_start(path))}[.][0-9a-f]{{16}}|{re.escape(path.name)}"
    named = re.fullmatch(rf"[.](?:{names})[.][0-9]+{re.escape(TEMPORARY)}", temporary.name)
    return named is not None and temporary == path.with_name(temporary.name)


def left_for(path: Path) -> list[Path]:
    """The temporary files of processes that died while they wrote that file. Raises OSError."""
    beside = (path.with_name(name) for name in os.listdir(path.parent) if is_stale(name))
    return [temporary for temporary in beside if is_temporary_for(path, temporary)]


def _start(path: Path) -> str:
    return os.fsencode(path.name)[:_LONGEST_START].decode("utf-8", "ignore")


def _writer(name: str) -> str | None:
    """The number of the process whose temporary file has that name; null for any other name."""
    stem, dot, pid = name.removesuffix(TEMPORARY).rpartition(".")
    return pid if name.endswith(TEMPORARY) and stem.startswith(".") and dot and pid.isdecimal() else None


def is_stale(name: str) -> bool:
    """Whether a file name is that of a temporary file whose writer is no longer there."""
    pid = _writer(name)
    if pid is None or int(pid) == os.getpid():
        return False
    return is_gone(int(pid))


def open_new(path: Path) -> int:
    """Open a file (0600) that is not there yet, to write and read: what others put there is neither used nor touched.

    Raises OSError.
    """
    return open_file(path, os.O_RDWR | os.O_CREAT | os.O_EXCL)


def _write_new(path: Path, data: bytes) -> None:
    descriptor = open_new(path)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        sync(descriptor)
    finally:
        os.close(descriptor)
