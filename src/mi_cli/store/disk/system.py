"""Every call about files that differs between POSIX and Windows, or between Linux and macOS.

The rest of the store calls these functions and never asks which system it runs on.
"""

import errno
import os
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

# Windows would turn each LF into CR LF and stop reading at Ctrl-Z (O_BINARY); a child process inherits no descriptor.
_BYTES_UNCHANGED: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
NO_WAITING: Final = getattr(os, "O_NONBLOCK", 0)
NO_LINKS: Final = getattr(os, "O_NOFOLLOW", 0)
# What fsync of a folder gives where the file system has no such thing: some network and FUSE mounts, and macOS on SMB.
_NO_FOLDER_SYNC: Final = frozenset(
    {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF, errno.ENOSYS, errno.ENOTTY, errno.EISDIR}
)
_IN_MEMORY: Final = (0x01021994, 0x858458F6)  # TMPFS_MAGIC, RAMFS_MAGIC
_JUNCTION: Final = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT, which Windows does not count among the links


def open_file(path: Path | str, flags: int) -> int:
    """Returns a descriptor for bytes as they are; a file that is created has mode 0600. Raises OSError."""
    return os.open(path, flags | _BYTES_UNCHANGED, 0o600)


def is_link(status: os.stat_result) -> bool:
    """Whether this is a link, by its `lstat`; on Windows also a junction, which leads to another folder."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION


def sync(descriptor: int) -> None:
    """Write a file's data to the disk itself. Raises OSError."""
    if sys.platform == "darwin":  # fsync on macOS ends at the drive's own cache
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Write a folder's list of names to the disk. Raises OSError.

    Nothing is done on Windows, which can open no folder, nor on a file system that cannot do this for a folder.
    """
    if sys.platform == "win32":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


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


def is_in_memory(descriptor: int) -> bool:
    """Whether an open file or folder is on a file system that has no disk (statfs(2)); False where that is unknown."""
    if sys.platform != "linux":
        return False
    import ctypes  # here, because only a store that is unlocked for a while needs it

    buffer = ctypes.create_string_buffer(512)  # larger than the `struct statfs` of any system; `f_type` is its start
    if ctypes.CDLL(None).fstatfs(descriptor, buffer) != 0:
        return False
    return ctypes.c_long.from_buffer(buffer).value in _IN_MEMORY


def boot_id() -> str:
    """Returns what Linux calls this run of the machine (random(4)); an empty text on other systems."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def uptime() -> float:
    """Returns the seconds since some moment at the start of the machine, also while it slept. Nobody can set it."""
    if sys.platform == "win32":
        return time.monotonic()
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def mount_table() -> str:
    """Returns the text of Linux's `/proc/self/mountinfo` (proc(5)); an empty text on other systems."""
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
