"""Every call about files that differs between POSIX and Windows, or between Linux and macOS.

The rest of the store calls these functions and never asks which system it runs on.
"""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

# Windows would turn each LF into CR LF and stop reading at Ctrl-Z (O_BINARY); a child process inherits no descriptor.
_BYTES_UNCHANGED: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
NO_WAITING: Final = getattr(os, "O_NONBLOCK", 0)


def open_file(path: Path | str, flags: int) -> int:
    """Returns a descriptor for bytes as they are; a file that is created has mode 0600. Raises OSError."""
    return os.open(path, flags | _BYTES_UNCHANGED, 0o600)


def open_without_waiting(path: str, flags: int) -> int:
    """As `open_file`, for what may be a pipe that nobody writes to. It is an opener for `io.FileIO`."""
    return open_file(path, flags | NO_WAITING)


def sync(descriptor: int) -> None:
    """Write a file's data to the disk itself. Raises OSError."""
    if sys.platform == "darwin":  # fsync on macOS ends at the drive's own cache
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Write a folder's list of names to the disk. Raises OSError. Windows can open no folder; nothing is done there."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def has_ended(pid: int) -> bool:
    """Whether no process has this id.

    On Windows `os.kill(pid, 0)` would end the process, so every other process counts as ended there. That does no harm:
    Windows refuses to delete a file that a process has open.
    """
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def is_open_to_others(folder: Path) -> bool:
    """Whether other users of this computer can look into a folder. False where that is unknown, and on Windows."""
    if sys.platform == "win32":  # a user's folders are closed to the others there, and modes say nothing
        return False
    try:
        return bool(stat.S_IMODE(folder.stat().st_mode) & 0o077)
    except OSError:
        return False


def mount_table() -> str:
    """Returns the text of Linux's `/proc/self/mountinfo` (proc(5)); an empty text on other systems."""
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
