"""A plain store becomes a protected one, file by file, or the other way. Killed anywhere, the same again finishes it.

`store.json` says that a store is on its way; until it has arrived, sealed and plain files are both read, and nothing
else is changed. Each file is read back before it takes the other's place: every document is always there, whole.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from mi_cli.errors import Damaged, Failed, InUse
from mi_cli.records.terms import Protection
from mi_cli.store import atomic, trash
from mi_cli.store.files import JsonStore
from mi_cli.store.layout import Layout
from mi_cli.store.lock import locked
from mi_cli.store.sealed import KEY_ENDING, Sealed, is_sealed
from mi_cli.store.sealing import Label, NotOpened, Place, Seal

Progress = Callable[[int, int], None]
_ENDINGS: Final = (".json", ".draft")


def protect(store: JsonStore, key_file: bytes | None, progress: Progress = lambda *_: None) -> int:
    """Seal every file of a plain store; how many. `store` has the new keys; `key_file` is null to go on.

    Raises InUse while anything is held; Damaged, SaveFailed. What could not be sealed is plain and whole.
    """
    with _still(store, Protection.PROTECTING, lambda: _make_keys(store, key_file)):
        converted = _convert(store, _sealed, progress)
        _say(store, Protection.PASSPHRASE)
        return converted


def unprotect(store: JsonStore, progress: Progress = lambda *_: None) -> int:
    """Open every file of a protected store for good, and take the keys away; how many. Raises as `protect`."""
    with _still(store, Protection.UNPROTECTING):
        converted = _convert(store, _opened, progress)
        _say(store, Protection.NONE)
        for home, _ in _homes(store.layout):
            for name in _names(home):
                if name.endswith(KEY_ENDING):
                    atomic.remove(home / name)
        atomic.remove(store.layout.keys)
        return converted


def _make_keys(store: JsonStore, key_file: bytes | None) -> None:
    if key_file is not None:
        atomic.write(store.layout.keys, key_file)
        for home, client in _homes(store.layout):
            for file in ("", "notes/"):
                _seal_for(store, file).make_keys(home, client, anew=True)


@contextmanager
def _still(store: JsonStore, protection: Protection, before: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Nobody else changes anything: whoever holds a lock is found, and whoever takes one later sees what goes on."""
    own = ("store", "clients")
    with ExitStack() as held:
        atomic.make_folder(store.layout.locks)
        for name in own:
            held.enter_context(_lock(store, name))
        _refuse_held(store, own)
        was = store.info().protection
        before()
        _say(store, protection)
        try:
            _refuse_held(store, own)
        except InUse:
            _say(store, was)
            raise
        store.sweep()
        yield


def _lock(store: JsonStore, name: str) -> AbstractContextManager[None]:
    return locked(store.layout.locks / f"{name}.lock", store.who, store.now(), 0)


def _refuse_held(store: JsonStore, own: Sequence[str]) -> None:
    """Raise InUse if a lock is held. The file of one that is not held was left by a crash, and goes on the way."""
    for name in _names(store.layout.locks):
        if name.endswith(".lock") and name.removesuffix(".lock") not in own:
            with _lock(store, name.removesuffix(".lock")):
                pass


def _say(store: JsonStore, protection: Protection) -> None:
    info = store.info()
    if info.protection is not protection:
        store.save_info(store.next(info.but(protection=protection)))


def _convert(store: JsonStore, change: Callable[[Seal, Place, bytes], bytes | None], progress: Progress) -> int:
    files = list(_files(store))
    converted = 0
    for done, (path, place) in enumerate(files, start=1):
        try:
            data = path.read_bytes()
            changed = change(_seal_for(store, place.file), place, data)
        except OSError as error:
            raise Damaged(store.layout.shown(path), atomic.reason(error)) from error
        except NotOpened as error:
            raise Damaged(store.layout.shown(path), str(error)) from None
        if changed is not None:
            atomic.write(path, changed)
            converted += 1
        progress(done, len(files))
    return converted


def _sealed(seal: Seal, place: Place, data: bytes) -> bytes | None:
    """The file sealed, once it was opened again; null if it is. Raises NotOpened."""
    if is_sealed(data):
        seal.open(place, data)
        return None
    sealed = seal.close(place, _label(data), data)
    if seal.open(place, sealed) != data:
        raise NotOpened("it could not be read back")
    return sealed


def _opened(seal: Seal, place: Place, data: bytes) -> bytes | None:
    return seal.open(place, data) if is_sealed(data) else None


def _label(data: bytes) -> Label:
    """What a plain document says it is; one that says nothing is kept as well."""
    try:
        document = json.loads(data)
        return Label(str(document["schema"]), str(document["id"]), int(document["revision"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return Label("", "")


def _seal_for(store: JsonStore, file: str) -> Sealed:
    seal = store.keys.notes() if file.startswith("notes/") else store.layout.seal
    if not isinstance(seal, Sealed):
        raise Failed("The store is not protected.", "`mi store protect` protects it.")
    return seal


def _files(store: JsonStore) -> Iterator[tuple[Path, Place]]:
    """Every document, and where it belongs: in the trash, a session's files belong to their client."""
    layout = store.layout
    yield layout.codes, layout.place(layout.codes)
    for home, client in _homes(layout):
        for path in sorted(home.rglob("*")):
            if path.name.endswith(_ENDINGS) and not path.name.endswith(KEY_ENDING) and path.is_file():
                yield path, Place(home, path.relative_to(home).as_posix(), client)
    homes = {client: home for home, client in _homes(layout)}
    for item in trash.items(store):
        folder = layout.trash / item.id
        yield from ((folder / name, layout.place(folder / name)) for name in ("item.json",))
        for name in _names(folder) if item.what == "session" else []:
            kind, dash, rest = name.partition("-")
            if dash and name.endswith(_ENDINGS) and item.client in homes:
                yield folder / name, Place(homes[item.client], f"{kind}/{rest}", item.client)


def _homes(layout: Layout) -> list[tuple[Path, str]]:
    """The folder of every client, in its place or in the trash."""
    deleted = [
        (folder / client, client)
        for folder in (layout.trash / name for name in _names(layout.trash))
        for client in _names(folder)
        if (folder / client).is_dir()
    ]
    return [*((layout.client(client), client) for client in sorted(layout.client_ids())), *deleted]


def _names(folder: Path) -> list[str]:
    with suppress(FileNotFoundError, NotADirectoryError):
        return sorted(os.listdir(folder))
    return []
