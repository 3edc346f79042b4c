"""What stands in a place of the store and cannot be what belongs there: no ordinary file, or no folder.

Theory of operation. Whoever can write to the folder can put a pipe, a link, a device or a folder in the place of a
file, and anything in the place of a folder. The door (`disk/door.py`) opens none of it. But as long as it stands there
some command is refused, and what a backup has of that place cannot be restored. Nothing of the store's is in it; so
`mi store check` names it, and `--repair` sets it aside.

`keys.json` is left alone: without it nothing can be opened. `store.json` is made again where this computer knows the
store (`repair.py`). The folders `locks` and `aside` are needed by the repair itself, which makes room for them
(`atomic.make_own_folder`).
"""

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mi_cli.errors import Damaged
from mi_cli.records.names import is_id
from mi_cli.store.disk.atomic import reason
from mi_cli.store.disk.layout import OF_CLIENT, OF_RECORDS, Layout
from mi_cli.store.disk.strangers import is_of_a_record
from mi_cli.store.records.tries import TRIES

_NO_ORDINARY_FILE: Final = (errno.EISDIR, errno.ENXIO, errno.EMLINK, errno.ELOOP, errno.EOVERFLOW)


def misplaced(layout: Layout) -> Iterator[tuple[Damaged, Path]]:
    """Yields what stands in the place of a folder or of a file, and where. What cannot be listed is named elsewhere."""
    yield from _others(layout, layout.root, files=(TRIES,))
    yield from _others(
        layout, layout.records, (layout.clients.name, layout.trash.name), (layout.codes.name, layout.log.name)
    )
    clients = _names(layout.clients)
    yield from _others(layout, layout.clients, tuple(filter(is_id, clients)))
    for client in filter(is_id, clients):
        home = layout.client(client)
        yield from _others(layout, home, OF_RECORDS, tuple(OF_CLIENT - {*OF_RECORDS}))
        for folder in OF_RECORDS:
            yield from _others(layout, home / folder, files=tuple(filter(is_of_a_record, _names(home / folder))))


def is_none_of_ours(damaged: Damaged) -> bool:
    """Whether what cannot be read is nothing that mi has written.

    A later version may have written it; and what the disk does not give today it may give tomorrow.
    """
    cause = damaged.__cause__
    return cause is None or (isinstance(cause, OSError) and cause.errno in _NO_ORDINARY_FILE)


def _others(
    layout: Layout, above: Path, folders: tuple[str, ...] = (), files: tuple[str, ...] = ()
) -> Iterator[tuple[Damaged, Path]]:
    """Yields what is no folder among `folders`, and no ordinary file among `files`; nothing of a linked folder."""
    try:
        with os.scandir(above) as entries:
            found = {} if above != layout.root and above.is_symlink() else {entry.name: entry for entry in entries}
    except OSError:
        return
    for name in sorted(found.keys() & {*folders, *files}):
        entry = found[name]
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_folder if name in folders else entry.is_file(follow_symlinks=False):
            continue
        number = errno.EMLINK if entry.is_symlink() else errno.EISDIR if is_folder else errno.ENXIO
        number = errno.ENOTDIR if name in folders and number == errno.ENXIO else number
        yield Damaged(layout.display_path(above / name), reason(OSError(number, ""))), above / name


def _names(folder: Path) -> list[str]:
    try:
        return [] if folder.is_symlink() else sorted(os.listdir(folder))
    except OSError:
        return []
