"""Calls to the system about files that differ between POSIX and Windows."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

# Windows would write each LF as CR LF, and stop reading at Ctrl-Z; a program that mi starts inherits no file of it.
_AS_IT_IS: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
NO_WAITING: Final = getattr(os, "O_NONBLOCK", 0)


def open_file(path: Path | str, flags: int) -> int:
    """A descriptor for bytes as they are; a file that is made is 0600. Raises OSError."""
    return os.open(path, flags | _AS_IT_IS, 0o600)


def open_without_waiting(path: str, flags: int) -> int:
    """As `open_file`, for what may be a pipe that nobody writes to; for `io.FileIO`."""
    return open_file(path, flags | NO_WAITING)


def sync(descriptor: int) -> None:
    """Have what was written be on the disk itself. Raises OSError."""
    if sys.platform == "darwin":  # fsync there stops at the drive's own cache
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def is_gone(pid: int) -> bool:
    """Whether no process has that number.

    To ask for a process could stop it on Windows, so that there every other process counts as gone; a file that it has
    open cannot be taken away there anyhow.
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
