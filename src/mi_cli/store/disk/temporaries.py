"""Temporary files whose processes have ended, which a crash in the midst of a write has left (`atomic.py`)."""

import os
from collections.abc import Iterator
from contextlib import suppress

from mi_cli.store.disk.atomic import is_stale
from mi_cli.store.disk.layout import OF_RECORDS, Layout


def sweep(layout: Layout) -> int:
    """Delete the temporary files of a store whose processes have ended; returns how many.

    What cannot be deleted is left.
    """
    swept = 0
    for path in _temporaries(layout):
        with suppress(OSError):
            os.unlink(path)
            swept += 1
    return swept


def _temporaries(layout: Layout) -> Iterator[str]:
    # Text, and not a Path for each of hundreds of folders: the first prompt waits for this.
    within = [str(layout.root), str(layout.records), *(f"{layout.trash}/{name}" for name in _names(str(layout.trash)))]
    above = str(layout.clients)
    for client in _names(above):
        names = _names(f"{above}/{client}")
        yield from (f"{above}/{client}/{name}" for name in names if is_stale(name))
        within += [f"{above}/{client}/{name}" for name in OF_RECORDS if name in names]
    for folder in within:
        yield from (f"{folder}/{name}" for name in _names(folder) if is_stale(name))


def _names(folder: str) -> list[str]:
    """Returns the names in a folder; none if it cannot be read, or is a link."""
    try:
        return [] if os.path.islink(folder) else os.listdir(folder)  # noqa: PTH114  # text: see above
    except OSError:
        return []
