"""What is a client's, or one interview's, wherever in the store's folder it lies.

Theory of operation. Ids are eight random characters, so whatever has the client's id, or the id of one of the client's
records, in its name is the client's: a copy in the quarantine, one that a sync made (`<id> (copy)`, `notes~`), a lock.
Files with other names are looked into: an encrypted one says in its header whose it is, and a plain record says so in
its fields. Other clients' folders are left out, and so are the store's own documents.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from mi_cli.records.names import is_id
from mi_cli.store.disk.codec import NOT_AS_WRITTEN
from mi_cli.store.disk.door import read
from mi_cli.store.disk.layout import Layout
from mi_cli.store.keys.jwe import Envelope, is_encrypted
from mi_cli.store.records.tries import TRIES

_WORDS: Final = re.compile(r"[A-Za-z0-9]+")


def belongings(layout: Layout, ids: set[str], homes: set[str]) -> Iterator[Path]:
    """Yields the files and folders that are theirs, without the clients' folders, but for what `homes` names in one.

    `ids` are those of the client and of the records, and `homes` the clients in whose folders names are looked at.
    What is in a folder that was yielded is not. Raises OSError for a folder that cannot be listed: nothing is missed.
    """
    own = {layout.info, layout.codes, layout.keys, layout.log, layout.root / TRIES}
    for base, folders, names in os.walk(layout.root, onerror=_raised):
        above = Path(base)
        parts = above.relative_to(layout.records if above.is_relative_to(layout.records) else layout.root).parts
        in_home = parts[:1] == (layout.clients.name,) and len(parts) > 1 and is_id(parts[1])
        # A folder in the quarantine, and an item of the trash, has an id of its own, which says nothing of its content.
        named = parts not in ((layout.quarantine.name,), (layout.trash.name,))
        if above == layout.root:
            folders[:] = [name for name in folders if name != layout.locks.name]
        elif above == layout.clients:
            folders[:] = [name for name in folders if not is_id(name) or name in homes]
        for name in sorted(folders):
            if named and _words(name) & ids:
                yield above / name
                folders.remove(name)
        for name in sorted(names):
            path = above / name
            if path not in own and (_words(name) & ids or (not in_home and _named_in(path) & ids)):
                yield path


def lock_names(layout: Layout, ids: set[str]) -> list[str]:
    """Returns the names of their locks: a crash left the files. Raises OSError."""
    try:
        names = sorted(os.listdir(layout.locks))
    except FileNotFoundError:
        return []
    return [name.removesuffix(".lock") for name in names if name.endswith(".lock") and _words(name) & ids]


def _words(name: str) -> set[str]:
    return set(_WORDS.findall(name))


def _named_in(path: Path) -> set[str]:
    """Returns the ids that a record names as its own, its client's and its session's; none for any other file."""
    try:
        data = read(path, path.parent)
        document: Any = Envelope.of(data).header if is_encrypted(data) else json.loads(data)
        return {value for name in ("id", "client", "session") if isinstance(value := document.get(name), str)}
    except (OSError, *NOT_AS_WRITTEN):
        return set()


def _raised(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
