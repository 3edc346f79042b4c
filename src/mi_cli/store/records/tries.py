"""When a wrong passphrase was given, in `tries.txt`: it cannot be logged then, since no key is open.

The next event takes them into the log (`JsonStore.log_event`). The file is not encrypted, and holds nothing else.
"""

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from mi_cli.store.disk.door import has_other_names, open_ordinary

TRIES: Final = "tries.txt"
_MOST_TRIES: Final = 1000
_TRY: Final = 40  # bytes: more than a line of it has


def note_failed_try(root: Path, at: datetime) -> None:
    """Record the time of a wrong passphrase in `tries.txt`. Nothing is raised when that fails."""
    with suppress(OSError):
        descriptor = open_ordinary(root / TRIES, os.O_WRONLY | os.O_APPEND | os.O_CREAT, root)
        try:
            if os.fstat(descriptor).st_size < _MOST_TRIES * _TRY and not has_other_names(descriptor):
                os.write(descriptor, f"{at.isoformat()}\n".encode())
        finally:
            os.close(descriptor)


def count_failed_tries(root: Path) -> int:
    """Returns how many wrong passphrases were given since the last event."""
    return len(_failed_tries(root))


def failed_tries(root: Path) -> list[datetime]:
    """Returns when wrong passphrases were given since the last event. What is no time is left out."""
    times = []
    for line in _failed_tries(root):
        with suppress(ValueError):
            at = datetime.fromisoformat(line)
            times.append(at if at.tzinfo else at.replace(tzinfo=UTC))
    return times


def forget_failed_tries(root: Path) -> None:
    """Delete `tries.txt`: the log tells of them now."""
    with suppress(OSError):
        os.unlink(root / TRIES)


def _failed_tries(root: Path) -> list[str]:
    with suppress(OSError):
        descriptor = open_ordinary(root / TRIES, os.O_RDONLY, root)
        try:
            return os.read(descriptor, _MOST_TRIES * _TRY).decode("utf-8", "replace").split()[:_MOST_TRIES]
        finally:
            os.close(descriptor)
    return []
