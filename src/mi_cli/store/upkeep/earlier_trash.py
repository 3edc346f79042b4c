"""The trash of version 0.1.0, which moved what was deleted, and how it is brought into the present shape.

Theory of operation. An item was a folder, `trash/<item id>/`: `item.json` said what was deleted, and beside it was the
client's folder, or the files of an interview (`sessions-x.json`, `notes-x.json`, `notes-x.draft`). A crash could leave
an item half in the trash and half in its place.

`bring_up` makes of each item what the present version would have made, half-way or not:

1. A client who has a code was never deleted, or had just been brought back. What is left of the item goes.
2. Any other client gets a tombstone first. Then the folder moves back to its place, where the tombstone hides it.
3. An interview that is in its place was never deleted. Any other one is put into `deleted/`, and its notes in their
   place. If its client was purged, the client comes into the trash with it, so that a purge takes both.
4. `item.json` is removed last: after a crash the same again goes on.

Nothing is overwritten: of what is there twice, the second goes to the quarantine. An item whose description cannot be
read stays as it is, with what was deleted of the same client, and `mi store check` names it.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final, Literal

from pydantic import AwareDatetime

from mi_cli.errors import Damaged
from mi_cli.records.base import Part
from mi_cli.records.client import ClientId, Codes, DeletedClient, SessionName
from mi_cli.records.event_type import EventType
from mi_cli.records.names import ID_LENGTH, is_id
from mi_cli.records.reference import RecordRef
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import NOT_AS_WRITTEN
from mi_cli.store.disk.system import sync_folder
from mi_cli.store.records.json_store import JsonStore
from mi_cli.words.said import said
from mi_cli.words.store import store_words

_ITEM: Final = "item.json"


class EarlierItem(Part):
    """What `item.json` says: `name` is a session's file name without its ending, and "" for a client."""

    id: ClientId  # that of the item: the name of its folder
    what: Literal["client", "session"]
    client: ClientId
    code: str
    name: Literal[""] | SessionName
    deleted_at: AwareDatetime
    kept_until: date | None = None


def items(store: JsonStore, damaged: list[Damaged]) -> list[EarlierItem]:
    """Returns the items that can be read, newest first; for the others, `damaged` gets the error.

    Raises Damaged when the folder cannot be listed.
    """
    found = []
    for name in store.layout.list_names(store.layout.trash):
        path = store.layout.trash / name
        try:
            found.append(_read(store, path))
        except Damaged as error:
            damaged.append(error)
        except (FileNotFoundError, *NOT_AS_WRITTEN):
            if os.path.lexists(path / _ITEM):  # else deleting was interrupted before anything was moved
                damaged.append(
                    Damaged(
                        store.layout.display_path(path / _ITEM), said(store_words, lambda words: words.not_said_what)
                    )
                )
    return sorted(found, key=lambda item: item.deleted_at, reverse=True)


def bring_up(store: JsonStore) -> bool:
    """Bring up what there is; returns whether there was anything. Raises InUse, Damaged, SaveFailed."""
    try:
        if not stat.S_ISDIR(store.layout.trash.lstat().st_mode):
            return False  # `mi store check` names it
    except FileNotFoundError:
        return False
    except OSError as error:
        raise atomic.save_failed(error) from error
    with store.locked_codes():
        bring_up_held(store)
    return True


def bring_up_held(store: JsonStore) -> None:
    """As `bring_up`, within `locked_codes` or while nobody else changes the store."""
    found = items(store, [])
    try:
        for item in found:
            if item.what == "client":
                _bring_up_client(store, item)
        for item in found:
            if item.what == "session":
                _bring_up_session(store, item)
        for name in store.layout.list_names(store.layout.trash):
            with suppress(OSError):  # what is not empty is named by `mi store check`
                os.rmdir(store.layout.trash / name)
        with suppress(OSError):
            os.rmdir(store.layout.trash)
    except OSError as error:
        raise atomic.save_failed(error) from error
    if found:
        store.log_event(EventType.CHANGED)


def _bring_up_client(store: JsonStore, item: EarlierItem) -> None:
    kept, home = store.layout.trash / item.id / item.client, store.layout.client(item.client)
    if atomic.is_there(kept) or atomic.is_there(home):
        _hide(store, item)
    if atomic.is_there(kept) and not atomic.is_there(home):
        atomic.make_folder(home.parent, store.root)
        atomic.move(kept, home, store.root)
    _remove(store, item)


def _bring_up_session(store: JsonStore, item: EarlierItem) -> None:
    ref, folder, home = (
        RecordRef(item.name, item.client),
        store.layout.trash / item.id,
        store.layout.client(item.client),
    )
    session, deleted = store.layout.session(ref), store.layout.deleted_session(ref)
    own = {path.name: path for path in map(Path, _names(folder)) if path.name != _ITEM}
    if own and not atomic.is_there(home):
        others = store.layout.list_names(store.layout.trash)
        if any(atomic.is_there(store.layout.trash / other / item.client) for other in others):
            return  # the client is in an item that could not be read: it is brought up first, or neither is
        _hide(store, item)  # the client was purged, and this was left
        atomic.make_folder(home, store.root)
    places = {
        f"notes-{ref.name}.json": store.layout.notes(ref),
        f"notes-{ref.name}.draft": store.layout.draft(ref),
        f"sessions-{ref.name}.json": session if atomic.is_there(session) else deleted,
    }
    for name, place in places.items():
        if name in own:
            _put(store, folder / name, place)
    _remove(store, item)


def _hide(store: JsonStore, item: EarlierItem) -> None:
    """Give a client a tombstone, unless there is one, or a code. Raises Damaged, SaveFailed."""

    def hide(record: Codes) -> Codes:
        if item.client in {*record.clients.values(), *(other.client for other in record.deleted.values())}:
            return record
        tombstone = DeletedClient(client=item.client, code=item.code, at=item.deleted_at, kept_until=item.kept_until)
        return record.replace(deleted={**record.deleted, item.id: tombstone})

    store.change_held_clients(hide)


def _put(store: JsonStore, source: Path, place: Path) -> None:
    """Move a file to its place, or to the quarantine if another one is there."""
    if atomic.is_there(place):
        store.quarantine().move(source, place)
        return
    atomic.make_folder(place.parent, store.root)
    atomic.move(source, place, store.root)


def _remove(store: JsonStore, item: EarlierItem) -> None:
    """Remove an item's folder, the description last. What else is in it is kept, in the quarantine."""
    folder = store.layout.trash / item.id
    for path, place in _left(store, item, folder):
        if path.name.endswith(atomic.TEMPORARY):
            atomic.remove(path)
        else:
            store.quarantine().move(path, place)
    os.unlink(folder / _ITEM)
    os.rmdir(folder)
    sync_folder(folder.parent)


def _left(store: JsonStore, item: EarlierItem, folder: Path) -> Iterator[tuple[Path, Path]]:
    """Yields what is left in an item but for its description, and where it belongs."""
    for name in _names(folder):
        kind, dash, rest = name.partition("-")
        if name == item.client:
            yield folder / name, store.layout.client(item.client)
        elif item.what == "session" and dash and kind in ("sessions", "notes"):
            yield folder / name, store.layout.client(item.client) / kind / rest
        elif name != _ITEM:
            yield folder / name, folder / name


def _names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def _read(store: JsonStore, folder: Path) -> EarlierItem:
    """Raises Damaged, FileNotFoundError, and one of NOT_AS_WRITTEN."""
    fields = store.layout.read_json(folder / _ITEM)
    item = EarlierItem.model_validate({**fields, "id": folder.name})
    if (item.what == "session") is not bool(item.name):
        raise ValueError("no trash item")
    return item


def is_session_name(name: str) -> bool:
    """Whether this may be a session's file name: it was read from the disk, and becomes part of a path."""
    return name.isascii() and name.replace("-", "").isalnum() and is_id(name[-ID_LENGTH:])
