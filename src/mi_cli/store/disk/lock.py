"""Locks between processes.

Theory of operation. A lock is held through the system (`flock`, or `msvcrt.locking` on Windows, by filelock): when the
process dies, in whatever way, the system releases it. The lock file only names the holder, for the message of whoever
has to wait. It is deleted while the lock is still held: filelock notices that the name is gone and starts again. A file
that is left over therefore means a crash, and never that the lock is held. What stands in its place and is no file
makes room, and nothing is written into a file that has a second name.

Which locks there are: `store` (its keys and its protection), `clients` (codes, and the folders of clients), `<session
id>` (an interview, for as long as it runs), `facts-<client>`, `plan-<client>`, `sharing-<client>` (consents and
disclosures), `consent-draft-<client>`, and `log`.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from mi_cli.errors import InUse
from mi_cli.records.base import Part
from mi_cli.records.names import replace_surrogates
from mi_cli.store.disk.atomic import give_another_name, save_failed
from mi_cli.store.disk.codec import PLAIN, Codec, DocumentLabel, FileLabel
from mi_cli.store.disk.door import has_other_names, read
from mi_cli.store.disk.system import is_link
from mi_cli.words.days import said_time
from mi_cli.words.disk import disk_words
from mi_cli.words.said import said

_LONGEST_NAME: Final = 40
_LABEL: Final = DocumentLabel("mi.lock/1", "")


class Holder(Part):
    """What a lock file says of whoever holds the lock."""

    counselor: str
    pid: int
    since: datetime


@contextmanager
def locked(
    path: Path,
    who: str,
    since: datetime,
    wait: float,
    codec: Codec = PLAIN,
    *,
    waiting: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> Iterator[None]:
    """Hold the lock at `path`, in a folder of the store; wait for it up to `wait` seconds, within `waiting`.

    The lock file names the counselor `who` and the time `since`, encrypted by `codec`. Raises InUse, which says who
    holds the lock and since when; SaveFailed when the lock file cannot be written.
    """
    from filelock import FileLock, Timeout

    file = FileLabel(path.parent.parent, f"{path.parent.name}/{path.name}")
    holder = Holder(counselor=replace_surrogates(who), pid=os.getpid(), since=since)
    data = codec.encrypt(file, _LABEL, holder.model_dump_json().encode())

    def write_holder(descriptor: int) -> None:
        if has_other_names(descriptor):  # somebody else's file may have been linked here
            return
        with suppress(OSError):  # on a full disk the lock is held without a name in it
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, data)

    # filelock could fall back to a mere marker file, which would outlive a crash: that is turned off.
    lock = FileLock(
        path, timeout=wait, mode=0o600, thread_local=False, fallback_to_soft=False, on_acquired=write_holder
    )
    try:
        _clear(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            with waiting():
                lock.acquire()
    except Timeout:
        held_by = _holder(path, codec, file)
        raise InUse(
            said(disk_words, lambda words: words.in_use, held_by=held_by),
            said(disk_words, lambda words: words.close_it_there),
        ) from None
    except OSError as error:
        raise save_failed(error) from error
    try:
        yield
    finally:
        with suppress(OSError):
            os.unlink(path)  # while the lock is held (see above)
        with suppress(OSError):  # the system releases it when the process ends
            lock.release()


def _clear(path: Path) -> None:
    """Delete a link, a pipe or a device: nobody holds a lock by it, and it would be in the way of every command.

    A folder gets another name, since something may be in it.

    A file with a second name is deleted unless it is held: with two lock files that are the same file, whoever holds
    the one could never take the other.
    """
    from filelock import FileLock, Timeout

    with suppress(FileNotFoundError):
        status = os.lstat(path)
        if stat.S_ISDIR(status.st_mode):
            give_another_name(path)
        elif is_link(status) or not stat.S_ISREG(status.st_mode):
            os.unlink(path)
        elif status.st_nlink > 1:
            with suppress(Timeout), FileLock(path, timeout=0, thread_local=False, fallback_to_soft=False):
                os.unlink(path)


def _holder(path: Path, codec: Codec, file: FileLabel) -> str:
    """Returns `by A. Counselor (process 4711) since 2026-11-23 14:05`, as far as the lock file can be read."""
    try:
        holder = Holder.model_validate_json(codec.decrypt(file, read(path, path.parent)))
    except (OSError, ValueError):
        return said(disk_words, lambda words: words.held_by_another)
    name = "".join(sign for sign in holder.counselor if sign.isprintable())[:_LONGEST_NAME]
    since = said_time(holder.since)
    return said(disk_words, lambda words: words.held_by, name=name, process=holder.pid, since=since)
