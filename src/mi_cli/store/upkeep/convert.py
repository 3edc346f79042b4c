"""Protecting a plain store, and unprotecting a protected one, file by file.

Theory of operation. `store.json` holds the state, `protection`:

    none         ->  protecting    ->  passphrase       `protect`
    passphrase   ->  unprotecting  ->  none             `unprotect`

1. Nobody else changes anything meanwhile: the locks `store` and `clients` are held, every other lock must be free, and
   every later lock is refused, because the open keys do not allow changes in that state (`Keys.allow_changes`).
2. Protecting writes `keys.json` and the clients' keys first. Unprotecting deletes the clients' keys and then
   `keys.json` last, when nothing needs them any more.
3. Each file is encrypted and read back in memory, then replaced in one atomic write. So each document is always there,
   whole, in one form or the other. In the two middle states both forms are read (`mixed`).

A crash leaves one of the middle states; the same command again converts the files that are left, and finishes it.
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
_NEVER_ENCRYPTED: Final = ("item.json", "store.json", "keys.json")


def protect(store: JsonStore, key_file: bytes | None, step: ProgressCallback = ignore_progress) -> int:
    """Encrypt every file of a plain store; returns how many. `store` has the new keys.

    `key_file` is the new `keys.json`, or null to finish what was interrupted. Raises InUse while any lock is held;
    Failed, Damaged, SaveFailed. What could not be encrypted is plain and whole.
    """
    with _conversion(store, Protection.PROTECTING, lambda: _make_keys(store, key_file)):
        converted = _convert(store, _encrypted, step)
        _save_protection(store, Protection.PASSPHRASE)
        store.log_event(EventType.PROTECTED)
        return converted


def unprotect(store: JsonStore, step: ProgressCallback = ignore_progress) -> int:
    """Decrypt every file of a protected store, and delete the keys; returns how many files. Raises as `protect`.

    Raises Failed when the store is no longer protected, Damaged when other keys protect it by now.
    """
    with _conversion(store, Protection.UNPROTECTING, lambda: _require_keys(store)):
        store.log_event(EventType.UNPROTECTED)
        converted = _convert(store, _decrypted, step)
        _save_protection(store, Protection.NONE)
        _delete_keys(store)
        return converted


def delete_leftover_keys(store: JsonStore) -> bool:
    """Delete the keys that an interrupted `unprotect` left; returns whether there were any.

    Raises Damaged, InUse, SaveFailed.
    """
    if store.info().protection is not Protection.NONE or not atomic.is_there(store.layout.keys):
        return False
    with store.locked("store"), store.locked_codes():
        _delete_keys(store)
    return True


def _delete_keys(store: JsonStore) -> None:
    """Delete the clients' keys, then `keys.json`: as long as that exists, there may be others. Raises SaveFailed."""
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
            _codec_for(store, file).make_keys(home, client, anew=key_file is not None)


def _require_keys(store: JsonStore) -> None:
    """Raise Failed unless the store is still protected, and Damaged unless these keys open it, before it is changed."""
    if store.catalog.protection is Protection.NONE:
        raise changed_meanwhile()
    if os.path.lexists(store.layout.codes):
        store.codes()


@contextmanager
def _conversion(store: JsonStore, protection: Protection, before: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Write the middle state to `store.json` while no lock is held, after `before`. Raises InUse, SaveFailed."""
    own = ("store", "clients")
    try:
        with ExitStack() as held:
            atomic.make_folder(store.layout.locks)
            for name in own:
                held.enter_context(_lock(store, name))
            _refuse_held(store, own)
            was = store.info().protection
            before()
            _save_protection(store, protection)
            try:
                _refuse_held(store, own)
            except InUse:
                _save_protection(store, was)
                raise
            store.sweep()
            yield
    except OSError as error:  # a folder that cannot be listed
        raise atomic.save_failed(error) from error


def _lock(store: JsonStore, name: str) -> AbstractContextManager[None]:
    return locked(store.layout.locks / f"{name}.lock", store.who, store.now(), 0)


def _refuse_held(store: JsonStore, own: Sequence[str]) -> None:
    """Raise InUse if another lock than our own is held. Lock files that a crash left are deleted."""
    for name in _names(store.layout.locks):
        if name.endswith(".lock") and name.removesuffix(".lock") not in own:
            with _lock(store, name.removesuffix(".lock")):
                pass


def _save_protection(store: JsonStore, protection: Protection) -> None:
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
            codec = _codec_for(store, place.file)
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


def _encrypted(codec: Codec, place: FileLabel, data: bytes) -> bytes | None:
    """Returns the file encrypted, and read back; null if it is encrypted. Raises DecryptError."""
    if is_encrypted(data):
        codec.decrypt(place, data)
        return None
    encrypted = codec.encrypt(place, _label(data), data)
    if codec.decrypt(place, encrypted) != data:
        raise DecryptError("it could not be read back")
    return encrypted


def _decrypted(codec: Codec, place: FileLabel, data: bytes) -> bytes | None:
    return codec.decrypt(place, data) if is_encrypted(data) else None


def _label(data: bytes) -> DocumentLabel:
    """Returns what a plain document says it is; an empty label if it says nothing."""
    try:
        document = json.loads(data)
        return DocumentLabel(str(document["schema"]), str(document["id"]), int(document["revision"]))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return DocumentLabel("", "")


def _codec_for(store: JsonStore, file: str) -> JweCodec:
    codec = store.keys.notes() if file.startswith("notes/") else store.layout.codec
    if not isinstance(codec, JweCodec):
        raise Failed("The store is not protected.", "`mi store protect` protects it.")
    return codec


def _files(store: JsonStore) -> Iterator[tuple[Path, FileLabel]]:
    """Yields every document with its label: what is in the trash or the quarantine belongs to its client."""
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
    # Without item.json we cannot tell which client's key to use. Stop, rather than leave this item unencrypted.
    if damaged:
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
    """Returns the documents below a folder. Raises OSError for a folder that cannot be listed: none may be missed."""
    paths = (Path(base, name) for base, _, names in os.walk(folder, onerror=_unless_gone) for name in names)
    return sorted(
        path
        for path in paths
        if path.name.endswith(_ENDINGS) and not path.name.endswith(KEY_ENDING) and path.name not in _NEVER_ENCRYPTED
    )


def _unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _homes(store: JsonStore) -> list[tuple[Path, str]]:
    """Returns every client's folder and id: in its place, in the trash, or in the quarantine if nowhere else."""
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
