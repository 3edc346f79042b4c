"""The trash: what was deleted, until it is purged.

Theory of operation. Deleting is one write, and so is bringing back, and so is the beginning of a purge:

                     a client                                  an interview
    deleted          in clients.json a tombstone takes         sessions/x.json is renamed to deleted/x.json;
                     the place of the code                     its notes stay where they are
    brought back     the code takes the place of the           deleted/x.json is renamed to sessions/x.json
                     tombstone
    being purged     the tombstone says `purging`              deleted/x.json is renamed to purging/x.json

A write is done whole or not at all, so nothing is ever half in the trash. A purge deletes many files. It is decided by
its first write: from then on, the item can only be purged, and the same again finishes what a crash interrupted. It
deletes the keys first, then everything else of the client, wherever in the store it lies (`belongings.py`), and the
tombstone last.

With `keep_shared` a purge leaves the client's consents and disclosures, and their key, for six years (`shared_until`).

What version 0.1.0 deleted is listed too, and is brought into this shape by the next change to the trash
(`earlier_trash.py`).
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from mi_cli.errors import Damaged, Failed, WrongUsage
from mi_cli.records.client import Codes, DeletedClient
from mi_cli.records.event_type import EventType
from mi_cli.records.matters import SESSIONS
from mi_cli.records.names import ID_LENGTH, is_id
from mi_cli.records.reference import RecordRef
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import KEY_ENDING
from mi_cli.store.disk.layout import OF_RECORDS
from mi_cli.store.disk.system import sync_folder
from mi_cli.store.keys.jwe import DISCLOSURES
from mi_cli.store.records.clients import refuse_taken, renew_client
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.ledger import sharing_locked
from mi_cli.store.records.where_open import add_returning
from mi_cli.store.upkeep import earlier_trash
from mi_cli.store.upkeep.belongings import belongings, lock_names
from mi_cli.words.said import said
from mi_cli.words.store import store_words

KEPT_KEY: Final = f"{DISCLOSURES}{KEY_ENDING}"
_SHARED: Final = ("consents", "disclosures", "ledger.json", KEPT_KEY)
_YEARS_KEPT: Final = 6
_NO_SUCH: Final = (
    said(store_words, lambda words: words.not_in_trash),
    said(store_words, lambda words: words.trash_list_shows),
)


@dataclass(frozen=True)
class TrashItem:
    """Something deleted: `what` is "client", with all records, or "session", with its notes.

    `name` is the session's file name without its ending, and "" for a client. `kept_until` is set when the rest is
    purged and only consents and disclosures are left: until that day they may be asked for. `purging` is set when a
    purge was begun: the same again finishes it.
    """

    id: str
    what: str
    client: str
    code: str
    name: str
    deleted_at: datetime
    kept_until: date | None = None
    purging: bool = False


def delete_session(store: JsonStore, ref: RecordRef, code: str) -> TrashItem:
    """Move a session to the trash. Raises Failed when it is gone; InUse, SaveFailed."""
    earlier_trash.bring_up(store)
    session, deleted = store.layout.session(ref), store.layout.deleted_session(ref)
    with store.locked(ref.id, wait=0):
        if not atomic.is_there(session):
            raise Failed(
                said(store_words, lambda words: words.no_such_session),
                said(store_words, lambda words: words.session_list_shows),
            )
        item = TrashItem(ref.id, "session", ref.client, code, ref.name, store.now())
        atomic.make_folder(deleted.parent, store.root)
        if atomic.is_there(deleted):  # it was deleted before, and something else brought it back
            store.quarantine().move(deleted)
        atomic.move(session, deleted, store.root)
        gone = (store.layout.display_path(session),)
        store.log_event(EventType.DELETED, ref.client, ref.id, gone, at=item.deleted_at)
        return item


def delete_client(store: JsonStore, client: str, code: str) -> TrashItem:
    """Free the code and put the client into the trash.

    Raises Failed when the client is gone; InUse while an interview of theirs is held; Damaged, SaveFailed.
    """
    earlier_trash.bring_up(store)
    with store.locked_codes(), ExitStack() as held:
        if client not in store.codes().values():
            raise Failed(
                said(store_words, lambda words: words.no_such_client),
                said(store_words, lambda words: words.client_list_shows),
            )
        for ref in store.catalog.named("sessions", [client]):
            held.enter_context(store.locked(ref.id, wait=0))
        held.enter_context(sharing_locked(store, client))
        item = TrashItem(store.new_id(), "client", client, code, "", store.now())

        def delete(record: Codes) -> Codes:
            codes = {known: other for known, other in record.clients.items() if other != client}
            tombstone = DeletedClient(client=client, code=code, at=item.deleted_at)
            others = {known: other for known, other in record.deleted.items() if other.client != client}
            return record.replace(clients=codes, deleted={**others, item.id: tombstone})

        store.change_held_clients(delete)
        store.log_event(EventType.DELETED, client, at=item.deleted_at)
        return item


def items(store: JsonStore, damaged: list[Damaged] | None = None) -> list[TrashItem]:
    """Returns the items in the trash, newest first. For what cannot be read, `damaged` gets the error.

    Raises Damaged when the folder of the clients, or that of an earlier trash, cannot be listed.
    """
    unread = [] if damaged is None else damaged
    try:
        record = store.clients()
    except Damaged as error:
        unread.append(error)
        record = None
    live = {client: code for code, client in record.clients.items()} if record else {}
    clients = [
        TrashItem(name, "client", one.client, one.code, "", one.at, one.kept_until, one.purging)
        for name, one in (record.deleted.items() if record else ())
        if is_id(name) and one.client not in live
    ]
    codes = {item.client: item.code for item in clients} | live
    present = [*clients, *_sessions(store, codes, unread)]
    known = {(item.client, item.name) for item in present}  # a crash while they were brought up leaves some twice
    earlier = [
        TrashItem(one.id, one.what, one.client, one.code, one.name, one.deleted_at, one.kept_until)
        for one in earlier_trash.items(store, unread)
        if (one.client, one.name if one.what == "session" else "") not in known
    ]
    return sorted([*present, *earlier], key=lambda item: item.deleted_at, reverse=True)


def _sessions(store: JsonStore, codes: dict[str, str], unread: list[Damaged]) -> Iterator[TrashItem]:
    refs: list[tuple[RecordRef, bool]] = []
    for client in sorted(store.catalog.client_folders()):
        try:
            refs += deleted_refs(store, client)
        except Damaged as error:
            unread.append(error)
    times = _deletions(store) if refs else {}
    for ref, purging in refs:
        code = codes.get(ref.client, f"({ref.client})")
        at = times.get((ref.client, ref.id)) or _modified(store, ref, purging)
        yield TrashItem(ref.id, "session", ref.client, code, ref.name, at, purging=purging)


def deleted_refs(store: JsonStore, client: str) -> list[tuple[RecordRef, bool]]:
    """Returns a client's sessions that are in the trash, each with whether it is being purged. Raises Damaged."""
    home = store.layout.client(client)
    return [
        (RecordRef(name[:-5], client), folder == "purging")
        for folder in ("deleted", "purging")
        for name in store.layout.list_names(home / folder)
        if name.endswith(".json") and earlier_trash.is_session_name(name[:-5])
    ]


def _deletions(store: JsonStore) -> dict[tuple[str | None, str | None], datetime]:
    """Returns when each record was last deleted, as the log tells, by client and record."""
    times = {}
    with suppress(Damaged):  # then the files tell
        for event in store.log.told(EventType.DELETED):
            if event.at.tzinfo:
                times[event.client, event.record] = event.at
    return times


def _modified(store: JsonStore, ref: RecordRef, purging: bool) -> datetime:
    """Returns when a session's file was last written, for one of whose deletion the log does not tell."""
    path = store.layout.purged_session(ref) if purging else store.layout.deleted_session(ref)
    try:
        return datetime.fromtimestamp(path.lstat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def find(store: JsonStore, start: str) -> TrashItem:
    """Returns the item whose id begins with `start`. Raises WrongUsage for several, Failed for none; Damaged."""
    damaged: list[Damaged] = []
    matching = [item for item in items(store, damaged) if item.id.startswith(start.lower())] if start else []
    if len(matching) > 1:
        raise WrongUsage(
            said(store_words, lambda words: words.several_in_trash),
            said(store_words, lambda words: words.give_more_of_id),
        )
    if not matching:
        raise Failed(*_NO_SUCH)
    return matching[0]


def _present(store: JsonStore, item: TrashItem) -> TrashItem | None:
    """Returns the item as it is now, once what version 0.1.0 deleted is brought up; null if it is gone."""
    if not earlier_trash.bring_up(store):
        return item
    alike = (one for one in items(store) if (one.what, one.client, one.name) == (item.what, item.client, item.name))
    return next(alike, None)


def restore(store: JsonStore, item: TrashItem) -> None:
    """Put an item back where it was.

    Raises Failed when its place or its client's code is taken, and when a purge of it was begun; InUse, SaveFailed.
    """
    present = _present(store, item)
    if present is None:
        raise Failed(*_NO_SUCH)
    with store.locked_codes():
        if present.what == "client":
            _restore_client(store, present)
        else:
            _restore_session(store, RecordRef(present.name, present.client))
        store.log_event(EventType.BROUGHT_BACK, present.client, present.name[-ID_LENGTH:] or None)


def _restore_client(store: JsonStore, item: TrashItem) -> None:
    def revive(record: Codes) -> Codes:
        tombstone = record.deleted.get(item.id)
        if tombstone is None or not atomic.is_there(store.layout.client(tombstone.client)):
            raise Failed(*_NO_SUCH)
        _refuse_purging(tombstone.purging)
        refuse_taken(record.clients, tombstone.code)
        if tombstone.kept_until or not atomic.is_there(store.layout.client(tombstone.client) / "client.json"):
            renew_client(store, tombstone.client)
        others = {known: other for known, other in record.deleted.items() if other.client != tombstone.client}
        return record.replace(clients={**record.clients, tombstone.code: tombstone.client}, deleted=others)

    store.change_held_clients(revive)


def _restore_session(store: JsonStore, ref: RecordRef) -> None:
    session, deleted = store.layout.session(ref), store.layout.deleted_session(ref)
    _refuse_purging(atomic.is_there(store.layout.purged_session(ref)))
    if ref.client in store.catalog.deleted_clients() or not atomic.is_there(store.layout.client(ref.client)):
        raise Failed(
            said(store_words, lambda words: words.its_client_not_here),
            said(store_words, lambda words: words.client_first),
        )
    if not atomic.is_there(deleted):
        raise Failed(*_NO_SUCH)
    if atomic.is_there(session):
        raise Failed(
            said(store_words, lambda words: words.place_taken), said(store_words, lambda words: words.check_looks)
        )
    atomic.make_folder(session.parent, store.root)
    add_returning(store, ref.client, f"{SESSIONS}/{ref.name}.json", deleted)
    atomic.move(deleted, session, store.root)


def _refuse_purging(purging: bool) -> None:
    if purging:
        raise Failed(
            said(store_words, lambda words: words.purge_begun), said(store_words, lambda words: words.purge_finishes)
        )


def purge(store: JsonStore, item: TrashItem, *, keep_shared: bool = False) -> None:
    """Delete an item from the disk. Raises InUse, Damaged, SaveFailed.

    With a client, everything of the client is deleted, wherever it is: interviews that were deleted before, files in
    the quarantine, copies that another program made, lock files. An item that is purged already is no error.

    A client's keys are deleted first: what a crash or the disk itself leaves is then unreadable. With `keep_shared` the
    consents and disclosures stay in the trash, with their key. Backups and copies elsewhere are not reached.
    """
    present = _present(store, item)
    if present is None:
        return
    with store.locked_codes():
        try:
            if present.what == "client":
                _purge_client(store, present, keep_shared=keep_shared)
            else:
                _purge_session(store, RecordRef(present.name, present.client))
        except OSError as error:
            raise atomic.save_failed(error) from error


def _purge_client(store: JsonStore, item: TrashItem, *, keep_shared: bool) -> None:
    record = store.clients()
    tombstone = record.deleted.get(item.id)
    if tombstone is None or tombstone.client in record.clients.values():
        return
    client = tombstone.client
    until = shared_until(store, item) if keep_shared else None
    marked = tombstone.replace(kept_until=until, purging=True)
    store.change_held_clients(lambda record: record.replace(deleted={**record.deleted, item.id: marked}))
    home, kept = store.layout.client(client), _SHARED if until else ()
    if home.is_symlink():  # what it leads to may be another client's
        atomic.remove(home)
    ids = {client, *_record_ids(home)}
    inside = [home / name for name in _names_in(home) if name not in kept]
    outside = list(belongings(store.layout, ids, set()))
    _delete_keys(*inside, *outside)
    for path in (*outside, *inside):
        _remove_any(path)
    if until:
        sync_folder(home)
    else:
        with suppress(FileNotFoundError):
            os.rmdir(home)
        sync_folder(home.parent)
    _delete_locks(store, ids)
    gone = tuple(map(store.layout.display_path, inside if until else (home,)))
    store.log_event(EventType.PURGED, client, gone=gone)

    def end(record: Codes) -> Codes:
        others = {known: other for known, other in record.deleted.items() if other.client != client}
        return record.replace(deleted={**others, item.id: marked.replace(purging=False)} if until else others)

    store.change_held_clients(end)


def _purge_session(store: JsonStore, ref: RecordRef) -> None:
    layout = store.layout
    deleted, purged = layout.deleted_session(ref), layout.purged_session(ref)
    if atomic.is_there(layout.session(ref)):  # it was brought back by other means: its notes are in use
        for path in (deleted, purged):
            atomic.remove(path)
        return
    if atomic.is_there(deleted):
        atomic.make_folder(purged.parent, store.root)
        atomic.move(deleted, purged, store.root)
    if not atomic.is_there(purged):
        return
    for path in list(belongings(layout, {ref.id}, {ref.client})):
        if path != purged:
            _remove_any(path)
    if atomic.is_there(layout.notes(ref).parent):
        sync_folder(layout.notes(ref).parent)
    _delete_locks(store, {ref.id})
    gone = tuple(map(layout.display_path, (layout.session(ref), layout.notes(ref))))
    store.log_event(EventType.PURGED, ref.client, ref.id, gone)
    atomic.remove(purged)
    for folder in (purged.parent, deleted.parent):
        with suppress(OSError):  # unless others are in it
            os.rmdir(folder)


def shared_until(store: JsonStore, item: TrashItem) -> date | None:
    """Returns the day until which the consents and disclosures in an item must be kept; null if there are none.

    That is six years after the last of them (45 CFR 164.316(b)(2), 164.530(j)), which includes the three years of an
    accounting of disclosures (42 CFR 2.25).
    """
    if item.what != "client":
        return None
    home = store.layout.client(item.client)
    if not os.path.lexists(home):
        home = store.layout.trash / item.id / item.client  # as version 0.1.0 left it
    stamps = [
        name[:8] for kind in ("consents", "disclosures") for name in _names_in(home / kind) if name[:8].isdecimal()
    ]
    if not stamps:
        return None
    last = date.fromisoformat(max(stamps))
    return last.replace(year=last.year + _YEARS_KEPT, day=min(last.day, 28))


def _record_ids(home: Path) -> set[str]:
    """Returns the ids of the records in a client's folder."""
    names = (name.partition(".")[0] for folder in OF_RECORDS for name in _names_in(home / folder))
    return {name[-ID_LENGTH:] for name in names if is_id(name[-ID_LENGTH:])}


def _delete_keys(*paths: Path) -> None:
    """Delete the key files among these paths or below them, but not where a link leads: it may be another's."""
    for path in paths:
        folders = () if path.is_symlink() else os.walk(path)
        below = (Path(base, name) for base, _, names in folders for name in names)
        keys = [file for file in (path, *below) if file.name.endswith(KEY_ENDING)]
        for file in keys:
            _remove_any(file)
        for folder in {file.parent for file in keys}:
            sync_folder(folder)


def _delete_locks(store: JsonStore, ids: Iterable[str]) -> None:
    for name in lock_names(store.layout, set(ids)):
        with store.locked(name, wait=0):  # releasing a lock deletes its file
            pass


def _remove_any(path: Path) -> None:
    if not path.is_symlink() and path.is_dir():  # in this order: a link may lead where nobody may look
        shutil.rmtree(path)
    else:
        with suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(path)


def _names_in(folder: Path) -> list[str]:
    """Returns the sorted names in a folder; none where it is missing, or is a link. Raises SaveFailed."""
    try:
        return [] if folder.is_symlink() else sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise atomic.save_failed(error) from error
