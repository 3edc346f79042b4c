"""What was deleted, until it is purged. An item is a folder with `item.json` and what was moved into it."""

import json
import os
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from mi_cli.errors import Failed, MiError, WrongUsage
from mi_cli.records.names import checked_name, is_id
from mi_cli.store import atomic
from mi_cli.store.files import JsonStore, refuse_taken
from mi_cli.store.layout import SessionRef

_ITEM: Final = "item.json"


@dataclass(frozen=True)
class TrashItem:
    """Something deleted: a `client` with all records, or a `session` with its notes."""

    id: str
    what: str
    client: str
    code: str
    name: str
    deleted_at: datetime


def delete_session(store: JsonStore, ref: SessionRef, code: str) -> TrashItem:
    """Move a session and its notes to the trash. Raises InUse, SaveFailed."""
    with store.locked(ref.id, wait=0):
        item = _new_item(store, "session", ref.client, code, ref.name)
        for path in _session_files(store, ref):
            if path.exists():
                atomic.move(path, _folder(store, item) / _kept_as(path))
        return item


def delete_client(store: JsonStore, client: str, code: str) -> TrashItem:
    """Move a client's folder to the trash and free the code. Raises InUse while an interview of theirs is held."""
    with ExitStack() as held:
        for ref in store.layout.sessions([client]):
            held.enter_context(store.locked(ref.id, wait=0))
        item = _new_item(store, "client", client, code, "")
        if store.layout.client(client).exists():
            atomic.move(store.layout.client(client), _folder(store, item) / client)
        store.change_codes(lambda codes: {known: other for known, other in codes.items() if other != client})
        return item


def items(store: JsonStore) -> list[TrashItem]:
    """What is in the trash, newest first. An item whose description is damaged is left out here; `check` names it."""
    try:
        names = sorted(os.listdir(store.layout.trash))
    except FileNotFoundError:
        return []
    found = []
    for name in names:
        try:
            found.append(_read_item(store.layout.trash / name))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, MiError):
            continue
    return sorted(found, key=lambda item: item.deleted_at, reverse=True)


def find(store: JsonStore, start: str) -> TrashItem:
    """The item with that id, or the only one that begins so."""
    found = [item for item in items(store) if item.id.startswith(start.lower())] if start else []
    if len(found) > 1:
        raise WrongUsage("More than one thing in the trash begins so.", "Give one or two characters more.")
    if not found:
        raise Failed("There is no such thing in the trash.", "`mi store trash list` shows what is there.")
    return found[0]


def restore(store: JsonStore, item: TrashItem) -> None:
    """Put it back where it was. Raises Failed when the client's code has been given to another meanwhile."""
    folder = _folder(store, item)
    if item.what == "client":

        def add(codes: dict[str, str]) -> dict[str, str]:
            if item.client in codes.values():
                return codes
            refuse_taken(codes, item.code)
            return {**codes, item.code: item.client}

        store.change_codes(add)
        if (folder / item.client).exists():
            atomic.move(folder / item.client, store.layout.client(item.client))
    else:
        if not store.layout.client(item.client).exists():
            raise Failed("That interview's client is not in the store.", "Bring the client back first.")
        for path in reversed(_session_files(store, SessionRef(item.name, item.client))):
            if (folder / _kept_as(path)).exists():
                atomic.make_folder(path.parent)
                atomic.move(folder / _kept_as(path), path)
    _remove(folder)


def purge(store: JsonStore, item: TrashItem) -> None:
    """Take it off the disk. Backups and copies elsewhere are out of reach."""
    _remove(_folder(store, item))


def _session_files(store: JsonStore, ref: SessionRef) -> list[Path]:
    """The facts first: once they are moved, the session is out of every list."""
    return [store.layout.session(ref), store.layout.notes(ref), store.layout.draft(ref)]


def _kept_as(path: Path) -> str:
    return f"{path.parent.name}-{path.name}"


def _folder(store: JsonStore, item: TrashItem) -> Path:
    return store.layout.trash / item.id


def _new_item(store: JsonStore, what: str, client: str, code: str, name: str) -> TrashItem:
    item = TrashItem(store.new_id(), what, client, code, name, store.now())
    atomic.make_folder(_folder(store, item))
    document = {
        "schema": "mi.trash/1",
        "id": item.id,
        "what": what,
        "client": client,
        "code": code,
        "name": name,
        "deleted_at": item.deleted_at.isoformat(),
    }
    text = json.dumps(document, indent=2, ensure_ascii=False)
    atomic.write(_folder(store, item) / _ITEM, text.encode() + b"\n")
    return item


def _read_item(folder: Path) -> TrashItem:
    document = json.loads((folder / _ITEM).read_bytes())
    name = document["name"]
    item = TrashItem(
        id=folder.name,
        what=document["what"],
        client=document["client"],
        code=checked_name(document["code"], "client code"),
        name=name,
        deleted_at=datetime.fromisoformat(document["deleted_at"]),
    )
    sound = is_id(item.id) and is_id(item.client) and item.what in ("client", "session")
    if not sound or (name and Path(name).name != name) or item.deleted_at.tzinfo is None:
        raise ValueError("no trash item")
    return item


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
        atomic.sync_folder(folder.parent)
    except OSError as error:
        raise atomic.save_failed(error) from error
