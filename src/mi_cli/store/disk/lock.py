"""Locks that the system releases when the process dies. The lock file says who holds it, and is gone afterwards."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from mi_cli.errors import InUse
from mi_cli.records import dates
from mi_cli.store.disk.atomic import read, save_failed
from mi_cli.store.disk.codec import PLAIN, Codec, DocumentLabel, FileLabel

_LONGEST_NAME: Final = 40
_LABEL: Final = DocumentLabel("mi.lock/1", "")


@contextmanager
def locked(path: Path, who: str, since: datetime, wait: float, seal: Codec = PLAIN) -> Iterator[None]:
    """Hold the lock at `path`, in a folder of the store; wait for it up to `wait` seconds. `seal` hides who holds it.

    Raises InUse, which says who holds it and since when; SaveFailed when the lock file cannot be made.
    """
    from filelock import FileLock, Timeout

    place = FileLabel(path.parent.parent, f"{path.parent.name}/{path.name}")
    holder = json.dumps({"counselor": who, "pid": os.getpid(), "since": since.isoformat(timespec="minutes")})
    data = seal.encrypt(place, _LABEL, holder.encode())

    def write_holder(descriptor: int) -> None:
        with suppress(OSError):  # on a full disk the lock holds as well without a name in it
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, data)

    # A fall-back to a mere marker file would outlive a crash, so none is allowed.
    lock = FileLock(
        path, timeout=wait, mode=0o600, thread_local=False, fallback_to_soft=False, on_acquired=write_holder
    )
    try:
        lock.acquire()
    except Timeout:
        held_by = _holder(path, seal, place)
        raise InUse(f"It is in use{held_by}.", "Close it there first, or wait until it is done.") from None
    except OSError as error:
        raise save_failed(error) from error
    try:
        yield
    finally:
        with suppress(OSError):
            os.unlink(path)  # while it is held: filelock notices that the name is gone and begins anew
        with suppress(OSError):  # what was done under it is done; the system releases it with the process
            lock.release()


def _holder(path: Path, seal: Codec, place: FileLabel) -> str:
    """` by A. Counselor (process 4711) since 2026-11-23 14:05`, as far as it can be read."""
    try:
        holder = json.loads(seal.decrypt(place, read(path)))
        since = datetime.fromisoformat(holder["since"])
        name = "".join(sign for sign in str(holder["counselor"]) if sign.isprintable())[:_LONGEST_NAME]
        return f" by {name} (process {int(holder['pid'])}) since {dates.day_and_time(since)}"
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return " by another process"
