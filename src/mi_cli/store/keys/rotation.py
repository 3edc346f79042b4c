"""What the store's own keys encrypt, found wherever it lies and put under other keys.

Theory of operation. The store's keys encrypt few files directly: the clients' key files, `clients.json`, the log, and
what describes the trash (`jwe.py` tells which). They are not looked for by their places, which may be the trash or the
quarantine too, but by their header: it names the key, and it is written again as it was, but for that name. So a file
still belongs where it belonged, and what nobody with the keys has written is not made good by this.

`opens_store` asks whether keys are those of a store at all. One file that they open is not enough: whoever made the
keys can have put it there. Nor does one that they do not open speak against them: it may be damaged. So most of what
every store has must open: `clients.json`, the lines of the log, and the clients' key files. Who replaces most of that
has made another store of it, which this computer does not know (`standing.py`).

`rewrap` puts every file under the present keys, each in one atomic write; a file that is under them already stays. What
is damaged stays as it is.

The folders with a client's records are passed over: what is in them is under the client's own keys, which stay.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Final

from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import KEY_ENDING, DecryptError
from mi_cli.store.disk.door import read
from mi_cli.store.disk.layout import OF_RECORDS, Layout
from mi_cli.store.keys.jwe import NOTES, DataKey, Envelope, rewrapped
from mi_cli.store.keys.keyfile import KeyFileContents

_ENDING: Final = ".json"
_LINES: Final = ".jsonl"


def opens_store(root: Path, keys: KeyFileContents) -> bool:
    """Whether the keys for records open most of what they should; false where nothing whole is encrypted."""
    there, layout = (keys.records, *keys.former_records), Layout(root)
    of_clients = (path for path in _files(layout.clients) if path.name.endswith(KEY_ENDING))
    lines = (line for path in (layout.codes, layout.log, *of_clients) for line in _lines(path))
    opened = [opens for line in lines if (opens := _opens(line, there)) is not None]
    return 2 * sum(opened) > len(opened)


def rewrap(root: Path, keys: KeyFileContents, locked_log: Callable[[], AbstractContextManager[None]]) -> list[Path]:
    """Put every file that a former key encrypts under the present one; returns those that the disk did not give.

    The caller holds the lock under which no client is added; `locked_log` holds that of the log. Raises SaveFailed.
    """
    unread = []
    for path in _files(root):
        try:
            if path.name.endswith(_LINES):
                with locked_log():
                    _rewrap_file(path, keys)
            else:
                _rewrap_file(path, keys)
        except FileNotFoundError:
            continue
        except OSError:
            unread.append(path)
    return unread


def _rewrap_file(path: Path, keys: KeyFileContents) -> None:
    """Raises OSError where the file cannot be read, SaveFailed where it cannot be written."""
    data = read(path, path.parent)
    new = b"".join(_renewed(line, keys) for line in _parts(path, data))
    if new != data:
        atomic.write(path, new)


def _renewed(data: bytes, keys: KeyFileContents) -> bytes:
    try:
        renewed = rewrapped(data, keys.former_records, keys.records)
        if renewed is None and keys.notes:
            renewed = rewrapped(data, keys.notes[1:], keys.notes[0])
    except DecryptError:
        return data
    return data if renewed is None else renewed


def _opens(data: bytes, keys: tuple[DataKey, ...]) -> bool | None:
    """Whether one of the keys opens a document; null for one that is not whole, or is under the notes' key."""
    try:
        envelope = Envelope.of(data)
    except DecryptError:
        return None
    if str(envelope.header.get("file")).startswith(NOTES):
        return None
    with suppress(DecryptError):
        return any(bool(envelope.decrypted(key)) for key in keys if key.kid == envelope.header.get("kid"))
    return False


def _lines(path: Path) -> list[bytes]:
    try:
        return _parts(path, read(path, path.parent))
    except OSError:
        return []


def _parts(path: Path, data: bytes) -> list[bytes]:
    """Returns what is encrypted by itself: the lines of a log, else the whole file."""
    return data.splitlines(keepends=True) if path.name.endswith(_LINES) else [data]


def _files(root: Path) -> Iterator[Path]:
    """Yields the ordinary files that the store's keys may encrypt, those of the store before those of its clients.

    A folder that cannot be listed is yielded itself, so that it counts as one that was not read.
    """
    folders = [str(root)]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError:
            yield Path(folder)
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in OF_RECORDS:
                    folders.append(entry.path)
            elif entry.name.endswith((_ENDING, _LINES)) and entry.is_file(follow_symlinks=False):
                yield Path(entry.path)
