"""Small files of this account that are only in the memory of the machine, and gone when it is switched off.

Theory of operation. Linux has file systems without a disk. A file is only ever written to one of them if the system
itself says that it is one (`is_in_memory`): a folder of that name may as well be on a disk. The folder of the session
comes first, which goes with the login; `/dev/shm` is there for all accounts, so that these rules hold:

- The files are in a folder of their own, of mode 0700. It must belong to this account and be no link.
- A file has mode 0600, belongs to this account, has one name, and is no link. What is otherwise is not read.

What is in memory can still be swapped out to a disk; SECURITY.md says so.
"""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from mi_cli.store.disk.system import NO_LINKS, NO_WAITING, has_ended, is_in_memory

_LARGEST: Final = 4096  # bytes
_FILE: Final = NO_LINKS | NO_WAITING | getattr(os, "O_CLOEXEC", 0)
_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _FILE


def is_possible() -> bool:
    """Whether this computer has a place in memory."""
    for place in _places():
        with suppress(OSError), _opened(place, None) as folder:
            if is_in_memory(folder):
                return True
    return False


def keep(name: str, data: bytes) -> bool:
    """Puts a file of that name into memory, in place of an earlier one. Returns whether there is such a place."""
    remove(name)
    for place in _places():
        with suppress(OSError), _own_folder(place, make=True) as folder:
            temporary = f"{name}.{os.getpid()}"
            try:
                descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FILE, 0o600, dir_fd=folder)
                try:
                    os.write(descriptor, data)
                finally:
                    os.close(descriptor)
                os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
            except OSError:
                with suppress(FileNotFoundError):
                    os.unlink(temporary, dir_fd=folder)
                raise
            return True
    return False


def read(name: str) -> bytes | None:
    """Returns the file of that name, if it is there and of this account alone."""
    for place in _places():
        with suppress(OSError), _own_folder(place) as folder:
            descriptor = os.open(name, os.O_RDONLY | _FILE, dir_fd=folder)
            try:
                status = os.fstat(descriptor)
                if stat.S_ISREG(status.st_mode) and status.st_nlink == 1 and _is_ours(status):
                    return os.read(descriptor, _LARGEST)
            finally:
                os.close(descriptor)
    return None


def remove(name: str) -> bool:
    """Removes the file of that name, and what a crash has left of one, wherever it is. Returns if there was one."""
    removed = False
    for place in _places():
        with suppress(OSError), _own_folder(place) as folder:
            for file in os.listdir(folder):
                if file == name or _is_left_over(file, name):
                    os.unlink(file, dir_fd=folder)
                    removed = removed or file == name
    return removed


def _is_left_over(file: str, name: str) -> bool:
    """Whether a file was to become that one, by a process that writes it no more."""
    before, _, process = file.rpartition(".")
    return before == name and process.isdecimal() and (int(process) == os.getpid() or has_ended(int(process)))


def _places() -> Iterator[str]:
    """Gives the folders that may be in memory, the best first; none where it cannot be asked whether they are."""
    if sys.platform != "linux":
        return
    places = os.environ.get("XDG_RUNTIME_DIR", ""), f"/run/user/{_account()}", "/dev/shm"  # noqa: S108  # it is checked
    yield from dict.fromkeys(place for place in places if place.startswith("/"))


@contextmanager
def _own_folder(place: str, *, make: bool = False) -> Iterator[int]:
    """Gives the descriptor of our folder in that place. Raises OSError where it is not ours, or not in memory."""
    name = f"mi-{_account()}"
    with _opened(place, None) as outer:
        if not is_in_memory(outer):
            raise OSError
        if make:
            with suppress(FileExistsError):
                os.mkdir(name, 0o700, dir_fd=outer)
        with _opened(name, outer) as folder:
            if not (_is_ours(os.fstat(folder)) and is_in_memory(folder)):
                raise OSError
            yield folder


@contextmanager
def _opened(folder: str, within: int | None) -> Iterator[int]:
    descriptor = os.open(folder, _FOLDER, dir_fd=within)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _is_ours(status: os.stat_result) -> bool:
    """Whether a file or folder belongs to this account, and to it alone."""
    return status.st_uid == _account() and not stat.S_IMODE(status.st_mode) & 0o077


def _account() -> int:
    if sys.platform == "win32":
        return -1
    return os.geteuid()
