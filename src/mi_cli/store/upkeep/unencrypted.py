"""The files in a protected store's folder that are not encrypted: whoever has the disk can read them."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mi_cli.store.disk.codec import ENCRYPTED_PREFIX
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.log import TRIES

_OPEN_BY_DESIGN: Final = ("store.json", "keys.json", TRIES)  # they hold no words and no client codes


def unencrypted_files(catalog: Catalog) -> Iterator[str]:
    """Yields the path of every such file in the store, whoever made it: also copies by other programs.

    A file that cannot be read, or is no ordinary one, is left out: `check` names what should be readable.
    """
    layout = catalog.layout
    by_design = {layout.root / name for name in _OPEN_BY_DESIGN}
    for folder, folders, names in os.walk(layout.root):
        folders.sort()
        if Path(folder) == layout.root:
            folders[:] = [name for name in folders if name != layout.locks.name]
        paths = (Path(folder, name) for name in sorted(names))
        readable = (path for path in paths if path not in by_design and not _is_encrypted(path, layout.log))
        yield from map(layout.display_path, readable)


def _is_encrypted(path: Path, log: Path) -> bool:
    try:
        if path.is_symlink() or not path.is_file():
            return True
        with path.open("rb") as file:
            lines = file if path == log else [file.read(len(ENCRYPTED_PREFIX))]
            return all(line.startswith(ENCRYPTED_PREFIX) for line in lines if line)
    except OSError:
        return True
