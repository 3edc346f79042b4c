"""The trash: what was deleted, until it is purged.

Theory of operation. An item is a folder, `trash/<item id>/`, with `item.json` (what was deleted, of which client, when)
and what was moved there: the client's whole folder, or the three files of an interview.

- Deleting writes `item.json`, then moves. The first move takes the item out of every list.
- Restoring moves everything back, then removes `item.json`.
- Purging moves what a crash left behind, deletes the keys, then everything else, and `item.json` last.

So `item.json` is there as long as anything of the item is, and a crash between any two steps leaves an item that is
only partly in the trash (`halfway`). Restoring or purging it again finishes that.

With `keep_shared` a purge leaves the client's consents and disclosures, and their key, for six years (`shared_until`).
"""

import json
import os
import shutil
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from mi_cli.errors import Damaged, Failed, SaveFailed, WrongUsage
from mi_cli.records.event_type import EventType
from mi_cli.records.names import ID_LENGTH, is_id
from mi_cli.records.reference import RecordRef
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import DocumentLabel
from mi_cli.store.disk.system import sync_folder
from mi_cli.store.keys.jwe import DISCLOSURES, KEY_ENDING
from mi_cli.store.records.json_store import JsonStore, refuse_taken
from mi_cli.store.records.ledger import sharing_locked

ITEM_SCHEMA: Final = "mi.trash/1"
KEPT_KEY: Final = f"{DISCLOSURES}{KEY_ENDING}"
_ITEM: Final = "item.json"
_SHARED: Final = ("consents", "disclosures", "ledger.json", KEPT_KEY)
_YEARS_KEPT: Final = 6


@dataclass(frozen=True)
class TrashItem:
    """Something deleted: `what` is "client", with all records, or "session", with its notes.

    `name` is the session's file name without its ending, and "" for a client. `kept_until` is set when the rest is
    purged and only consents and disclosures are left: until that day they may be asked for.
    """

    id: str
    what: str
    client: str
    code: str
    name: str
    deleted_at: datetime
    kept_until: date | None = None


def delete_session(store: JsonStore, ref: RecordRef, code: str) -> TrashItem:
    """Move a session and its notes to the trash. Raises Failed when it is gone; InUse, SaveFailed."""
    with store.locked(ref.id, wait=0):
        if not atomic.is_there(store.layout.session(ref)):
            raise Failed("There is no such interview.", "`mi session list` shows them.")
        item = _new_item(store, "session", ref.client, code, ref.name)
        _move_session_in(store, item)
        store.log_event(
            EventType.DELETED,
            ref.client,
            ref.id,
            tuple(store.layout.display_path(path) for path in _session_files(store, ref)),
        )
        return item


def delete_client(store: JsonStore, client: str, code: str) -> TrashItem:
    """Free the code and move the client's folder to the trash.

    Raises Failed when the client is gone; InUse while an interview of theirs is held; Damaged, SaveFailed.
    """
    with store.locked_codes(), ExitStack() as held:
        if client not in store.codes().values():
            raise Failed("There is no client with that code.", "`mi client list` shows the codes.")
        for ref in store.catalog.named("sessions", [client]):
            held.enter_context(store.locked(ref.id, wait=0))
        held.enter_context(sharing_locked(store, client))
        item = _new_item(store, "client", client, code, "")
        store.change_held_codes(lambda codes: {known: other for known, other in codes.items() if other != client})
        _move_client_in(store, item)
        store.log_event(EventType.DELETED, client, gone=(store.layout.display_path(store.layout.client(client)),))
        return item


def items(store: JsonStore, damaged: list[Damaged] | None = None) -> list[TrashItem]:
    """Returns the items in the trash, newest first. For one whose description is damaged, `damaged` gets the error.

    Raises Damaged when the trash itself cannot be read.
    """
    readable, unread = [], [] if damaged is None else damaged
    for name in names(store):
        path = store.layout.trash / name
        try:
            readable.append(_read_item(store, path))
        except Damaged as error:
            unread.append(error)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            if os.path.lexists(path / _ITEM):  # else deleting was interrupted before anything was moved
                unread.append(Damaged(store.layout.display_path(path / _ITEM), "it does not say what was deleted"))
    return sorted(readable, key=lambda item: item.deleted_at, reverse=True)


def names(store: JsonStore) -> list[str]:
    """Returns the names of everything in the trash, sound or not. Raises Damaged."""
    return store.layout.list_names(store.layout.trash)


def halfway(store: JsonStore, item: TrashItem) -> bool:
    """Whether an item is only partly in the trash: a crash interrupted its deletion or its restoring."""
    if item.what == "client":
        return os.path.lexists(store.layout.client(item.client))
    return any(os.path.lexists(path) for path in _session_files(store, _ref(item)))


def find(store: JsonStore, start: str) -> TrashItem:
    """Returns the item whose id begins with `start`. Raises WrongUsage for several, Failed for none; Damaged."""
    matching = [item for item in items(store) if item.id.startswith(start.lower())] if start else []
    if len(matching) > 1:
        raise WrongUsage("More than one thing in the trash begins so.", "Give one or two characters more.")
    if not matching:
        raise Failed("There is no such thing in the trash.", "`mi store trash list` shows what is there.")
    return matching[0]


def restore(store: JsonStore, item: TrashItem) -> None:
    """Put an item back where it was. Raises Failed when its place or its client's code is taken; InUse, SaveFailed."""
    folder = _folder(store, item)
    with store.locked_codes():
        if item.what == "client":

            def add(codes: dict[str, str]) -> dict[str, str]:
                if item.client not in codes.values():
                    refuse_taken(codes, item.code)
                    codes = {**codes, item.code: item.client}
                _put_back(folder / item.client, store.layout.client(item.client))
                if item.kept_until:
                    store.renew_client(item.client)
                return codes

            store.change_held_codes(add)
        else:
            if not atomic.is_there(store.layout.client(item.client)):
                raise Failed("That interview's client is not in the store.", "Bring the client back first.")
            for path in reversed(_session_files(store, _ref(item))):
                _put_back(folder / _kept_as(path), path)
        if _contents(folder):
            raise Failed("Something is left in the trash that was not put back.", "`mi store check` names it.")
        _remove(folder)
        store.log_event(EventType.BROUGHT_BACK, item.client, item.name[-ID_LENGTH:] or None)


def purge(store: JsonStore, item: TrashItem, *, keep_shared: bool = False) -> None:
    """Delete an item from the disk, with what a crash kept out of the trash. Raises InUse, Damaged, SaveFailed.

    With a client, everything of the client is deleted, wherever it is: interviews that were deleted before, files in
    the quarantine, lock files. An item that another call has purged already is no error.

    A client's keys are deleted first: what a crash or the disk itself leaves is then unreadable. With `keep_shared` the
    consents and disclosures stay in the trash, with their key. Backups and copies elsewhere are not reached.
    """
    with store.locked_codes():
        if not atomic.is_there(_folder(store, item)):
            return
        if item.what == "client" and item.client not in store.codes().values():
            _move_client_in(store, item)
        elif item.what == "session" and not atomic.is_there(store.layout.session(_ref(item))):
            _move_session_in(store, item)
        home = _folder(store, item) / item.client
        until = shared_until(store, item) if keep_shared else None
        if until:
            _write_item(store, replace(item, kept_until=until))
        _delete_keys(home, but=KEPT_KEY if until else None)
        _delete_elsewhere(store, item)
        if until:
            _remove_but(home, _SHARED)
        else:
            _remove(_folder(store, item))
        store.log_event(EventType.PURGED, item.client, item.name[-ID_LENGTH:] or None)


def shared_until(store: JsonStore, item: TrashItem) -> date | None:
    """Returns the day until which the consents and disclosures in an item must be kept; null if there are none.

    That is six years after the last of them (45 CFR 164.316(b)(2), 164.530(j)), which includes the three years of an
    accounting of disclosures (42 CFR 2.25).
    """
    if item.what != "client":
        return None
    home = _folder(store, item) / item.client
    stamps = [
        name[:8] for kind in ("consents", "disclosures") for name in _names_in(home / kind) if name[:8].isdecimal()
    ]
    if not stamps:
        return None
    last = date.fromisoformat(max(stamps))
    return last.replace(year=last.year + _YEARS_KEPT, day=min(last.day, 28))


def _delete_keys(home: Path, but: str | None) -> None:
    try:
        keys = [home / name for name in _names_in(home) if name.endswith(KEY_ENDING) and name != but]
        for path in keys:
            os.unlink(path)
        if keys:
            sync_folder(home)
    except OSError as error:
        raise atomic.save_failed(error) from error


def _delete_elsewhere(store: JsonStore, item: TrashItem) -> None:
    """Delete what is elsewhere of an item: in the quarantine, in other items, and lock files that a crash left."""
    within, locks = [Path("trash", item.id)], []
    if item.what == "session":
        files = (Path(path.parent.name, path.name) for path in _session_files(store, _ref(item)))
        within += [Path("clients", item.client, file) for file in files]
        locks.append(item.name[-ID_LENGTH:])
    elif not atomic.is_there(store.layout.client(item.client)):  # else the client was restored from a backup
        others = [other for other in items(store) if other.client == item.client and other.id != item.id]
        for other in others:
            _remove(_folder(store, other))
        within += [Path("clients", item.client), *(Path("trash", other.id) for other in others)]
        sessions = [other.name for other in others]
        sessions += [Path(name).stem for name in _names_in(_folder(store, item) / item.client / "sessions")]
        locks += [f"{what}-{item.client}" for what in ("facts", "plan", "sharing")]
        locks += [name[-ID_LENGTH:] for name in sessions if name]
    try:
        for when in _names_in(store.layout.quarantine):
            for path in within:
                _remove_any(store.layout.quarantine / when / path)
    except OSError as error:
        raise atomic.save_failed(error) from error
    for lock in locks:
        if atomic.is_there(store.layout.locks / f"{lock}.lock"):
            with store.locked(lock, wait=0):  # releasing a lock deletes its file
                pass


def _remove_any(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        with suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(path)


def _remove_but(home: Path, kept: tuple[str, ...]) -> None:
    try:
        for name in _names_in(home):
            if name not in kept:
                _remove_any(home / name)
        sync_folder(home)
    except OSError as error:
        raise atomic.save_failed(error) from error


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise atomic.save_failed(error) from error


def _move_session_in(store: JsonStore, item: TrashItem) -> None:
    for path in _session_files(store, _ref(item)):
        if atomic.is_there(path):
            atomic.move(path, _folder(store, item) / _kept_as(path))


def _move_client_in(store: JsonStore, item: TrashItem) -> None:
    if atomic.is_there(store.layout.client(item.client)):
        atomic.move(store.layout.client(item.client), _folder(store, item) / item.client)


def _put_back(kept: Path, path: Path) -> None:
    """Move a file back. Raises Failed when another one is in its place: it may be newer, and is not overwritten."""
    if not atomic.is_there(kept):
        return
    if atomic.is_there(path):
        raise Failed("Something else is in its place by now.", "`mi store check` looks at the store.")
    atomic.make_folder(path.parent)
    atomic.move(kept, path)


def _ref(item: TrashItem) -> RecordRef:
    return RecordRef(item.name, item.client)


def _session_files(store: JsonStore, ref: RecordRef) -> list[Path]:
    """Returns the files of a session, the facts first: once they are moved, the session is in no list."""
    return [store.layout.session(ref), store.layout.notes(ref), store.layout.draft(ref)]


def _kept_as(path: Path) -> str:
    return f"{path.parent.name}-{path.name}"


def _folder(store: JsonStore, item: TrashItem) -> Path:
    return store.layout.trash / item.id


def _new_item(store: JsonStore, what: str, client: str, code: str, name: str) -> TrashItem:
    item = TrashItem(store.new_id(), what, client, code, name, store.now())
    folder = _folder(store, item)
    atomic.make_folder(folder)
    try:
        _write_item(store, item)
    except SaveFailed:
        with suppress(OSError, SaveFailed):
            _remove(folder)
        raise
    return item


def _write_item(store: JsonStore, item: TrashItem) -> None:
    document = {
        "schema": ITEM_SCHEMA,
        "id": item.id,
        "what": item.what,
        "client": item.client,
        "code": item.code,
        "name": item.name,
        "deleted_at": item.deleted_at.isoformat(),
        "kept_until": item.kept_until.isoformat() if item.kept_until else None,
    }
    text = json.dumps(document, indent=2, ensure_ascii=False)
    store.write(_folder(store, item) / _ITEM, DocumentLabel(ITEM_SCHEMA, item.id), text.encode() + b"\n")


def _read_item(store: JsonStore, folder: Path) -> TrashItem:
    document = json.loads(store.layout.read(folder / _ITEM))
    name = document["name"]
    item = TrashItem(
        id=folder.name,
        what=document["what"],
        client=document["client"],
        code=document["code"],
        name=name,
        deleted_at=datetime.fromisoformat(document["deleted_at"]),
        kept_until=date.fromisoformat(document["kept_until"]) if document.get("kept_until") else None,
    )
    sound = is_id(item.id) and is_id(item.client) and isinstance(item.code, str) and item.deleted_at.tzinfo is not None
    if not sound or not (item.what == "client" or (item.what == "session" and _is_session_name(name))):
        raise ValueError("no trash item")
    return item


def _is_session_name(name: str) -> bool:
    """Whether this may be a session's file name: it was read from a file, and becomes part of a path."""
    return name.isascii() and name.replace("-", "").isalnum() and is_id(name[-ID_LENGTH:])


def _contents(folder: Path) -> list[str]:
    """Returns the names in an item apart from its description. Raises SaveFailed."""
    try:
        return [name for name in os.listdir(folder) if name != _ITEM and not name.endswith(atomic.TEMPORARY)]
    except OSError as error:
        raise atomic.save_failed(error) from error


def _remove(folder: Path) -> None:
    """Delete an item, the description last: as long as anything is there, the item is in the list."""
    try:
        for name in sorted(os.listdir(folder), key=lambda name: name == _ITEM):
            _remove_any(folder / name)
        os.rmdir(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise atomic.save_failed(error) from error
