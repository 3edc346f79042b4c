"""What was set aside: damaged records, versions that were replaced, and copies by other programs, listed and read.

Theory of operation. The quarantine (`disk/quarantine.py`) has a folder for each occasion, and in it every file at the
path that it had in the store. An encrypted file says in its header, which its cipher authenticates, whose it is and
which file it was; so it is decrypted by that, and not by its name, which another program may have changed. Nothing here
decides anything: what is read is only shown.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mi_cli.errors import Damaged
from mi_cli.records.names import is_id
from mi_cli.records.reference import STAMP_LENGTH
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import KEY_ENDING, DecryptError, FileLabel
from mi_cli.store.disk.door import LOG_ENDING, read
from mi_cli.store.keys.jwe import Envelope, is_encrypted
from mi_cli.store.records.json_store import JsonStore
from mi_cli.words.said import said
from mi_cli.words.store import store_words


@dataclass(frozen=True)
class AsideItem:
    """A file in the quarantine. `name` is its path there, `client` the id of whose it is, as its path says."""

    name: str
    at: datetime | None
    client: str | None


def items(store: JsonStore) -> list[AsideItem]:
    """Returns what was set aside, newest first; without keys, which hold no words. Raises Damaged."""
    layout = store.layout
    return [
        _item(f"{when}/{file}")
        for when in reversed(layout.list_names(layout.quarantine))
        for file in sorted(_files(store, layout.quarantine / when))
    ]


def content(store: JsonStore, item: AsideItem) -> bytes:
    """Returns what is in it, decrypted. Raises Damaged where it cannot be read."""
    path = store.layout.quarantine / item.name
    try:
        data = read(path, store.root)
        home = store.layout.quarantine / item.name.split("/")[0] / "clients"
        return b"".join(decrypted(store, part, home) for part in documents(path, data))
    except OSError as error:
        raise Damaged(store.layout.display_path(path), atomic.reason(error)) from error
    except DecryptError as error:
        raise Damaged(store.layout.display_path(path), str(error)) from None


def _item(name: str) -> AsideItem:
    when, *parts = name.split("/")
    try:
        at = datetime.strptime(when[:STAMP_LENGTH], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        at = None
    client = parts[1] if parts[0] in ("clients", "trash") and len(parts) > 1 and is_id(parts[1]) else None
    return AsideItem(name, at, client)


def _files(store: JsonStore, occasion: Path) -> Iterator[str]:
    """Yields the paths of the files of one occasion. A link holds nothing, wherever it leads. Raises Damaged."""

    def raised(error: OSError) -> None:
        raise Damaged(store.layout.display_path(occasion), atomic.reason(error)) from error

    if occasion.is_symlink():
        return
    for folder, _, names in os.walk(occasion, onerror=raised):
        for name in names:
            if not name.endswith((KEY_ENDING, atomic.TEMPORARY)):
                yield Path(folder, name).relative_to(occasion).as_posix()


def documents(path: Path, data: bytes) -> list[bytes]:
    """Returns the documents in the bytes of a file: a log has one in each line."""
    return data.splitlines(keepends=True) if path.suffix == LOG_ENDING else [data]


def decrypted(store: JsonStore, data: bytes, clients: Path) -> bytes:
    """Returns a document decrypted by what its header says it is, wherever it lay.

    `clients` is the folder with the client's own, keys and all, where it is not in its place. Raises DecryptError.
    """
    if not is_encrypted(data):
        return data
    header = Envelope.of(data).header
    client, file = header.get("client"), header.get("file")
    if not isinstance(file, str) or not (client is None or (isinstance(client, str) and is_id(client))):
        raise DecryptError(said(store_words, lambda words: words.not_said_which_file))
    home = store.root
    if client is not None:
        own = store.layout.client(client)
        home = own if os.path.lexists(own) else clients / client  # the whole client may have been set aside
    label = FileLabel(home, file, client)
    return store.codec_of(label).decrypt(label, data)
