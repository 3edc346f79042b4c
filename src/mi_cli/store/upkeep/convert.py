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
from mi_cli.records.event_type import EventType
from mi_cli.records.names import is_id
from mi_cli.records.terms import Protection
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import Codec, DecryptError, DocumentLabel, FileLabel
from mi_cli.store.disk.lock import locked
from mi_cli.store.disk.progress import ProgressCallback, ignore_progress
from mi_cli.store.disk.system import sync_folder
from mi_cli.store.keys.jwe import KEY_ENDING, JweCodec, is_encrypted
from mi_cli.store.keys.key_changes import changed_meanwhile
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep import trash

_ENDINGS: Final = (".json", ".draft")
_NEVER_SEALED: Final = ("item.json", "store.json", "keys.json")


def protect(store: JsonStore, key_file: bytes | None, step: ProgressCallback = ignore_progress) -> int:
    """Seal every file of a plain store; how many. `store` has the new keys; `key_file` is null to go on.

    Raises InUse while anything is held; Damaged, SaveFailed. What could not be sealed is plain and whole.
    """
    with _still(store, Protection.PROTECTING, lambda: _make_keys(store, key_file)):
        converted = _convert(store, _sealed, step)
        _say(store, Protection.PASSPHRASE)
        store.log_event(EventType.PROTECTED)
        return converted


def unprotect(store: JsonStore, step: ProgressCallback = ignore_progress) -> int:
    """Open every file of a protected store for good, and take the keys away; how many. Raises as `protect`.

    Raises Failed when the store is no longer protected, Damaged when its keys are others by now.
    """
    with _still(store, Protection.UNPROTECTING, lambda: _require_keys(store)):
        store.log_event(EventType.UNPROTECTED)
        converted = _convert(store, _opened, step)
        _say(store, Protection.NONE)
        _take_keys_away(store)
        return converted


def left_keys(store: JsonStore) -> bool:
    """Take away what is left of the keys of a store that is protected no more; whether there was something.

    Raises Damaged, SaveFailed.
    """
    if store.info().protection is not Protection.NONE or not atomic.is_there(store.layout.keys):
        return False
    with store.locked("store"), store.locked_codes():
        _take_keys_away(store)
    return True


def _take_keys_away(store: JsonStore) -> None:
    """The store's own last: as long as it is there, there may be others."""
    try:
        for home, _ in _homes(store):
            for name in _names(home):
                if name.endswith(KEY_ENDING):
                    atomic.remove(home / name)
            sync_folder(home)
        store.write_keys(None)
        sync_folder(store.layout.root)
    except OSError as error:
        raise atomic.save_failed(error) from error


def _make_keys(store: JsonStore, key_file: bytes | None) -> None:
    if store.catalog.protection is not (Protection.PROTECTING if key_file is None else Protection.NONE):
        raise Failed("The store is protected already.", "`mi store passphrase` gives it another passphrase.")
    if key_file is not None:
        store.write_keys(key_file)
    for home, client in _homes(store):
        for file in ("", "notes/"):
            _seal_for(store, file).make_keys(home, client, anew=key_file is not None)


def _require_keys(store: JsonStore) -> None:
    """Raise Failed unless the store is still protected, and Damaged unless these keys open it, before it is changed."""
    if store.catalog.protection is Protection.NONE:
        raise changed_meanwhile()
    if os.path.lexists(store.layout.codes):
        store.codes()


@contextmanager
def _still(store: JsonStore, protection: Protection, before: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Nobody else changes anything: whoever holds a lock is found, and whoever takes one later sees what goes on."""
    own = ("store", "clients")
    try:
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
    except OSError as error:  # a folder that cannot be listed
        raise atomic.save_failed(error) from error


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
        store.save_info(store.next_revision(info.replace(protection=protection, protection_asked=True)))


def _convert(
    store: JsonStore, change: Callable[[Codec, FileLabel, bytes], bytes | None], step: ProgressCallback
) -> int:
    files = list(_files(store))
    converted = 0
    for done, (path, place) in enumerate(files, start=1):
        try:
            codec = _seal_for(store, place.file)
            data = atomic.read(path)
            changed = _each_line(data, codec, place, change) if path == store.layout.log else change(codec, place, data)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise Damaged(store.layout.display_path(path), atomic.reason(error)) from error
        except DecryptError as error:
            raise Damaged(store.layout.display_path(path), str(error)) from None
        if changed is not None:
            atomic.write(path, changed)
            converted += 1
        step(done, len(files))
    return converted


def _each_line(
    data: bytes, codec: Codec, place: FileLabel, change: Callable[[Codec, FileLabel, bytes], bytes | None]
) -> bytes | None:
    lines = data.splitlines(keepends=True)
    changed = [change(codec, place, line) for line in lines]
    if not any(line is not None for line in changed):
        return None
    return b"".join(line if new is None else new for line, new in zip(lines, changed, strict=True))


def _sealed(codec: Codec, place: FileLabel, data: bytes) -> bytes | None:
    """The file sealed, once it was opened again; null if it is. Raises DecryptError."""
    if is_encrypted(data):
        codec.decrypt(place, data)
        return None
    sealed = codec.encrypt(place, _label(data), data)
    if codec.decrypt(place, sealed) != data:
        raise DecryptError("it could not be read back")
    return sealed


def _opened(codec: Codec, place: FileLabel, data: bytes) -> bytes | None:
    return codec.decrypt(place, data) if is_encrypted(data) else None


def _label(data: bytes) -> DocumentLabel:
    """What a plain document says it is; one that says nothing is kept as well."""
    try:
        document = json.loads(data)
        return DocumentLabel(str(document["schema"]), str(document["id"]), int(document["revision"]))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return DocumentLabel("", "")


def _seal_for(store: JsonStore, file: str) -> JweCodec:
    codec = store.keys.notes() if file.startswith("notes/") else store.layout.codec
    if not isinstance(codec, JweCodec):
        raise Failed("The store is not protected.", "`mi store protect` protects it.")
    return codec


def _files(store: JsonStore) -> Iterator[tuple[Path, FileLabel]]:
    """Every document, and where it belongs: what is in the trash or aside belongs to its client."""
    layout = store.layout
    homes = {client: home for home, client in reversed(_homes(store))}
    for path in (layout.codes, layout.log):
        yield path, layout.file_label(path)
    for name in _names(layout.trash):
        yield layout.trash / name / "item.json", layout.file_label(layout.trash / name / "item.json")
    for home, client in _homes(store):
        for path in _documents(home):
            yield path, FileLabel(home, path.relative_to(home).as_posix(), client)
    damaged: list[Damaged] = []
    deleted = trash.items(store, damaged)
    if damaged:  # whose it is, and so its key, is not known; left as it is, its words would stay in the open
        raise damaged[0]
    for item in deleted:
        if item.what == "session" and item.client in homes:
            for path in _documents(layout.trash / item.id):
                kind, dash, name = path.name.partition("-")
                if dash:
                    yield path, FileLabel(homes[item.client], f"{kind}/{name}", item.client)
    for when in _names(layout.quarantine):
        for path in _documents(layout.quarantine / when):
            parts = path.relative_to(layout.quarantine / when).parts
            if parts[0] == "clients" and len(parts) > 2 and parts[1] in homes:
                yield path, FileLabel(homes[parts[1]], "/".join(parts[2:]), parts[1])
            elif parts == (layout.codes.name,):
                yield path, layout.file_label(layout.codes)


def _documents(folder: Path) -> list[Path]:
    """Raises OSError for a folder that cannot be listed: what is passed over would not be opened again."""
    found = (Path(base, name) for base, _, names in os.walk(folder, onerror=_unless_gone) for name in names)
    return sorted(
        path
        for path in found
        if path.name.endswith(_ENDINGS) and not path.name.endswith(KEY_ENDING) and path.name not in _NEVER_SEALED
    )


def _unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _homes(store: JsonStore) -> list[tuple[Path, str]]:
    """The folder of every client: in its place, in the trash, or of one that is nowhere else, aside."""
    layout = store.layout
    homes = [(layout.client(client), client) for client in sorted(store.catalog.client_ids())]
    deleted = ((layout.trash / item, client) for item in _names(layout.trash) for client in _names(layout.trash / item))
    aside = (
        (layout.quarantine / when / "clients", client)
        for when in _names(layout.quarantine)
        for client in _names(layout.quarantine / when / "clients")
    )
    for folder, client in (*deleted, *aside):
        if is_id(client) and (folder / client).is_dir():
            among_aside = layout.quarantine in folder.parents
            if not (among_aside and client in {known for _, known in homes}):
                homes.append((folder / client, client))
    return homes


def _names(folder: Path) -> list[str]:
    with suppress(FileNotFoundError, NotADirectoryError):
        return sorted(os.listdir(folder))
    return []
