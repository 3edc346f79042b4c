"""The files in a protected store's folder that are not encrypted: whoever has the disk can read them."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from mi_cli.store.disk.codec import ENCRYPTED_PREFIX
from mi_cli.store.disk.door import read
from mi_cli.store.disk.layout import begins_encrypted
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.tries import TRIES


def unencrypted_files(catalog: Catalog) -> Iterator[str]:
    """Yields the path of every such file, below the store's folder, whoever made it: also copies by other programs.

    A file of which that is not known is among them. A link is not: it holds nothing.
    """
    layout = catalog.layout
    by_design = {layout.info, layout.keys, layout.root / TRIES}  # they hold no words and no client codes
    for folder, folders, names in os.walk(layout.root):
        folders.sort()
        if Path(folder) == layout.root:
            folders[:] = [name for name in folders if name != layout.locks.name]
        paths = (Path(folder, name) for name in sorted(names))
        readable = (path for path in paths if path not in by_design and not _is_encrypted(path, layout.log))
        yield from (path.relative_to(layout.root).as_posix() for path in readable)


def _is_encrypted(path: Path, log: Path) -> bool:
    try:
        if path == log:
            return all(line.startswith(ENCRYPTED_PREFIX) for line in read(path, path.parent).splitlines())
        status = path.lstat()
        is_empty = not stat.S_ISREG(status.st_mode) or status.st_size == 0
        return is_empty or begins_encrypted(path, path.parent)
    except FileNotFoundError:
        return True
    except OSError:
        return False
