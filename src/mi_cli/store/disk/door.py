"""The door to the files of the store: only ordinary files are opened, and no link within the store is followed.

Theory of operation. Whoever can write to the store's folder can put anything in the place of a file: a link to another
file, a pipe that nobody writes to, a device that never ends, a file that fills the memory. So every file is opened
here, and four rules hold:

1. Below the store's folder no link is followed, whether it stands for the file or for a folder on the way to it. The
   store's own folder may be reached by links.
2. Only an ordinary file is opened, and opening never waits.
3. No more is read than a file of that kind can have.
4. Nothing is written into a file that has a second name (a hard link): it may be somebody else's file. Records are
   replaced, which leaves the other name alone; `log.py` and `lock.py` say what they do instead.

A folder that is exchanged for a link between the look at it and the opening is not noticed. Whoever can do that can
already read a plain store, and what is written to a protected one is encrypted.
"""

import errno
import os
import stat
from pathlib import Path
from typing import Final

from mi_cli.store.disk.system import NO_LINKS, NO_WAITING, is_link, open_file

LARGEST_RECORD: Final = 1 << 26  # bytes: 64 MiB; the notes of a long interview have less than a hundredth of that
LOG_ENDING: Final = ".jsonl"
LARGEST_LOG: Final = 1 << 28  # bytes: 256 MiB; the log of a busy store grows by a few million bytes a year


def refuse_links(path: Path, within: Path) -> None:
    """Raise OSError (EMLINK) if something between the folder `within` and the path, or at the path, is a link.

    Raises FileNotFoundError where the path is missing, and OSError where it cannot be looked at.
    """
    place, whole = str(within), str(path)  # text: this is done for every file
    if path != within and not whole.startswith(place + os.sep):
        raise ValueError("the path is not within the folder")
    for name in filter(None, whole[len(place) :].split(os.sep)):  # noqa: PTH206  # text is faster than paths
        place += os.sep + name
        if is_link(os.lstat(place)):
            raise OSError(errno.EMLINK, "")


def open_ordinary(path: Path, flags: int, within: Path | None = None) -> int:
    """Returns the descriptor of an ordinary file. `within` is the store's folder, below which no link is followed.

    Raises OSError, also for anything else than an ordinary file.
    """
    if within is not None:
        try:
            refuse_links(path, within)
        except FileNotFoundError:
            if not flags & os.O_CREAT:
                raise
    descriptor = open_file(path, flags | NO_WAITING | (NO_LINKS if within else 0))
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO, "")
    return descriptor


def read(path: Path, within: Path | None = None) -> bytes:
    """Returns the bytes of an ordinary file. Raises OSError as `open_ordinary`, and for a file that is too large."""
    largest = LARGEST_LOG if path.suffix == LOG_ENDING else LARGEST_RECORD
    descriptor = open_ordinary(path, os.O_RDONLY, within)
    try:
        size = os.fstat(descriptor).st_size
        if size > largest:
            raise OSError(errno.EOVERFLOW, "")
        data = os.read(descriptor, size + 1)
        while more := os.read(descriptor, 1 << 20):
            data += more
        return data
    finally:
        os.close(descriptor)


def has_other_names(descriptor: int) -> bool:
    """Whether the open file has more names than one."""
    return os.fstat(descriptor).st_nlink > 1
