"""Restoring from a backup into a store, or into an empty folder.

Theory of operation. Each file of the backup is compared with the store (`differences`), and the counselor chooses what
to restore. Then these rules hold:

1. What is newer in the store stays, unless the counselor says otherwise. An interview's facts, notes and draft are
   restored together or not at all.
2. A file that is replaced goes to the quarantine first.
3. Revocation wins: what was recorded against a consent here, in the backup, in the log, or is remembered by this
   computer, is recorded against what comes back (`revocations.py`).
4. A store that exists keeps its own `keys.json` and log. An empty folder gets those of the backup, and `store.json`
   last: until then there is no store, and the same command again goes on.
5. What was taken back after the backup was made is not in it. So a store in an empty folder passes nothing on until a
   person has looked at its consents (`confirm.py`).
"""

import json
import os
from base64 import urlsafe_b64decode
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum, auto
from pathlib import Path
from typing import Final

from mi_cli.errors import Damaged, Failed
from mi_cli.records.base import NotRead
from mi_cli.records.client import Codes, StoreInfo
from mi_cli.records.consent import Consent
from mi_cli.records.event_type import EventType
from mi_cli.records.reference import RecordRef
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import KEY_ENDING, NOT_AS_WRITTEN, DecryptError
from mi_cli.store.disk.door import read
from mi_cli.store.disk.layout import OF_INTERVIEWS, OF_SESSIONS, OWN_FOLDER, record_at
from mi_cli.store.disk.progress import ProgressCallback
from mi_cli.store.keys.jwe import Envelope
from mi_cli.store.records.catalog import find_code
from mi_cli.store.records.clients import MADE_UP
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.ledger import sharing_locked
from mi_cli.store.records.where_open import forget_if_short
from mi_cli.store.upkeep.backup import Backup
from mi_cli.store.upkeep.revocations import Kept, KnownLimits, consent_at, read_consent
from mi_cli.words.said import said
from mi_cli.words.store import store_words

_OF_THE_STORE: Final = ("store.json", "clients.json")
_OF_THE_MACHINE: Final = ("keys.json", "log.jsonl", "tries.txt")  # a store that exists keeps its own


class RestoreAction(StrEnum):
    """How what a backup has compares with the store."""

    NEW = auto()  # not in the store
    SAME = auto()
    OLDER_HERE = auto()  # the store has an older revision
    NEWER_HERE = auto()  # the store has a newer one, or one that differs and cannot be told apart by its revision
    DELETED_HERE = auto()  # in the trash of the store: brought back from there
    TAKEN_BACK_HERE = auto()  # a consent that was revoked since, for whomever, or ended: it is never replaced


@dataclass(frozen=True)
class Difference:
    """What restoring would do with each file of a backup, by its path."""

    files: dict[str, RestoreAction]

    def of(self, *actions: RestoreAction) -> list[str]:
        """Returns the files with one of these actions."""
        return [name for name, action in self.files.items() if action in actions]


def differences(store: JsonStore, backup: Backup, step: ProgressCallback) -> Difference:
    """Returns what restoring would change. Raises Failed for a backup of another store; Damaged."""
    _refuse_another(store, backup)
    actions: dict[str, RestoreAction] = {}
    groups: dict[str, list[str]] = {}
    deleted = store.catalog.deleted_clients() if store.catalog.exists else set()
    for number, name in enumerate(backup.files, 1):
        if name not in _OF_THE_STORE and not (store.catalog.exists and name in _OF_THE_MACHINE):
            actions[name] = _action(store, backup, name, deleted)
            groups.setdefault(_group(name), []).append(name)
        step(number, len(backup.files))
    for names in groups.values():
        together = {actions[name] for name in names}
        for action in (RestoreAction.DELETED_HERE, RestoreAction.NEWER_HERE, RestoreAction.OLDER_HERE):
            if action in together:
                actions |= {name: action for name in names if actions[name] is not RestoreAction.SAME}
                break
    return Difference(actions)


def restore(store: JsonStore, backup: Backup, names: Iterable[str], step: ProgressCallback) -> int:
    """Restore these files of the backup; returns how many. What they replace goes to the quarantine.

    A folder without a store becomes one. Restoring that was broken off can be done again: what was done is then the
    same. A consent keeps all that was recorded against it, wherever that is known.

    Raises Failed for a backup of another store; InUse while one of the interviews is held; Damaged, SaveFailed.
    """
    layout = store.layout
    aside = store.quarantine()
    with ExitStack() as held:
        held.enter_context(store.locked("store"))
        held.enter_context(store.locked_codes())
        _refuse_another(store, backup)  # under the lock: another command may have made a store there meanwhile
        there = store.catalog.exists
        chosen = [name for name in names if not (there and name in _OF_THE_MACHINE)]
        chosen.sort(key=lambda name: not name.endswith(KEY_ENDING))  # keys first: the rest needs them
        for client in sorted(
            {ref.client for name in chosen if (ref := consent_at(name))} & {*store.catalog.client_ids()}
        ):
            held.enter_context(sharing_locked(store, client))
        known, stayed = KnownLimits.of(store) if there else None, 0
        replaced = (name for name in chosen if atomic.is_there(layout.path(name)))
        for session in sorted({ref.id for name in replaced if (ref := _interview(name))}):
            held.enter_context(store.locked(session, wait=0))
        for number, name in enumerate(chosen, 1):
            path = layout.path(name)
            data = _from_backup(store, backup, name)
            here = _present_bytes(store, path)
            kept = known.merged(path, here, data) if known else Kept.THEIRS
            if kept is Kept.OURS:
                stayed += 1
                continue
            atomic.make_folder(path.parent, store.root)
            if here not in (None, data):
                aside.copy(path)
            if path == layout.keys:
                store.write_keys(data)
            elif isinstance(kept, Consent):
                store.save(path, kept)
            else:
                atomic.write(path, data, store.root)
            step(number, len(chosen))
        if there:
            for client in {parts[1] for name in chosen if (parts := name.split("/"))[0] == "clients"}:
                forget_if_short(store, client)
            _bring_back_codes(store, backup)
        else:  # store.json last: where it is, there is a store
            for name in reversed(_OF_THE_STORE):
                atomic.write(layout.path(name), backup.read(name))
            store.witness.restored()
        if there:
            # Of consents the log forgets nothing: one that is older than it says may have been taken back since.
            store.log_event(EventType.RESTORED, gone=tuple(name for name in chosen if consent_at(name) is None))
    return len(chosen) - stayed


def _refuse_another(store: JsonStore, backup: Backup) -> None:
    elsewhere = said(store_words, lambda words: words.new_folder_takes_it)
    if not set(_OF_THE_STORE) <= backup.files.keys() or _names_another_folder(backup):
        raise Failed(
            said(store_words, lambda words: words.backup_not_whole), said(store_words, lambda words: words.older_may)
        )
    if store.catalog.exists:
        if store.info().id != backup.store:
            raise Failed(said(store_words, lambda words: words.other_backup), elsewhere)
        if _codes_in(store, backup) is None:
            raise Failed(said(store_words, lambda words: words.other_protection_then), elsewhere)
        return
    try:
        names = os.listdir(store.layout.root)
    except FileNotFoundError:
        return
    except OSError as error:
        raise atomic.save_failed(error) from error
    own = {name.split("/")[0] for name in backup.files} | {store.layout.locks.name}
    if any(name not in own and not name.endswith(atomic.TEMPORARY) for name in names):
        raise Failed(said(store_words, lambda words: words.folder_has_files), elsewhere)


def _names_another_folder(backup: Backup) -> bool:
    """Whether `store.json` in it says that the records are in a folder, which no backup has."""
    try:
        return StoreInfo.from_bytes(backup.read("store.json")).records != OWN_FOLDER
    except NotRead:  # what it is, is named where it is read
        return False


def _interview(name: str) -> RecordRef | None:
    """The interview that a file belongs to."""
    return record_at(name, OF_INTERVIEWS)


def _group(name: str) -> str:
    ref = _interview(name)
    return f"{ref.client}/{ref.name}" if ref else name


def _action(store: JsonStore, backup: Backup, name: str, deleted: set[str]) -> RestoreAction:
    here = _present_bytes(store, store.layout.path(name))
    data = None if here is None else _from_backup(store, backup, name)
    if here is not None and data is not None and (here == data or _same_key(name, here, data)):
        return RestoreAction.SAME
    if elsewhere := _elsewhere(store, name, deleted):
        return elsewhere
    if here is None or data is None:
        return RestoreAction.NEW
    if consent_at(name):
        ours, theirs = (read_consent(store, store.layout.path(name), one) for one in (here, data))
        if ours and theirs and ours.lacks(theirs.limits):
            return RestoreAction.OLDER_HERE
        if ours and (theirs.lacks(ours.limits) if theirs else ours.limits):
            return RestoreAction.TAKEN_BACK_HERE
    old, new = (_revision(one) for one in (here, data))
    return RestoreAction.OLDER_HERE if old is not None and new is not None and old < new else RestoreAction.NEWER_HERE


def _elsewhere(store: JsonStore, name: str, deleted: set[str]) -> RestoreAction | None:
    """Returns what to do with a file that was deleted here since, or was in the trash and was brought back."""
    match name.split("/"):
        case ["clients", client, *_] if client in deleted:
            return RestoreAction.DELETED_HERE
        case ["clients", client, folder, file] if folder in OF_SESSIONS:
            home = store.layout.client(client)
            there = [other for other in OF_SESSIONS if other != folder and os.path.lexists(home / other / file)]
            if "sessions" in there:
                return RestoreAction.SAME
            return RestoreAction.DELETED_HERE if there else None
        case _:
            return None


def _present_bytes(store: JsonStore, path: Path) -> bytes | None:
    """Returns the bytes of a file of the store, null where it is missing. Raises Damaged."""
    try:
        return read(path, store.root)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Damaged(store.layout.display_path(path), atomic.reason(error)) from error


def _from_backup(store: JsonStore, backup: Backup, name: str) -> bytes:
    """Returns a file of the backup; under the present key if one of the store's former keys encrypted it.

    Raises Damaged.
    """
    data = backup.read(name)
    if not store.catalog.exists:  # the key file of the backup comes with it
        return data
    try:
        return store.keys.renewed(data)
    except DecryptError:
        return data  # what it is replaces nothing, and is named where it is read


def _same_key(name: str, here: bytes, data: bytes) -> bool:
    """Whether both are the same key of a client, each time encrypted anew."""
    if not name.endswith(KEY_ENDING):
        return False
    try:
        ours, theirs = (Envelope.of(one).header for one in (here, data))
    except DecryptError:
        return False
    return ours == {**theirs, "kid": ours.get("kid")}


def _revision(data: bytes) -> int | None:
    """Returns the revision of a record, encrypted or not; null for what has none."""
    try:
        document = json.loads(data)
        if "protected" in document:  # encrypted: a flattened JWE, whose header says it (RFC 7516 §7.2.2)
            document = json.loads(urlsafe_b64decode(document["protected"] + "=="))
        return int(document["revision"])
    except NOT_AS_WRITTEN:
        return None


def _codes_in(store: JsonStore, backup: Backup) -> Codes | None:
    """Returns the codes in a backup, and its tombstones; null when this store's keys do not open it."""
    codes = store.layout.codes
    try:
        return Codes.from_bytes(
            store.layout.codec.decrypt(store.layout.file_label(codes), _from_backup(store, backup, codes.name))
        )
    except (DecryptError, NotRead):
        return None


def _bring_back_codes(store: JsonStore, backup: Backup) -> None:
    """Give clients without a code theirs back, or with a number after it if it belongs to another client now.

    A made-up code counts as none (`clients.make_up_codes`). A client who was in the trash when the backup was made is
    there again.
    """
    layout, before = store.layout, _codes_in(store, backup)

    def add(record: Codes) -> Codes:
        named = set(before.clients.values()) if before else set()
        codes = {
            code: client
            for code, client in record.clients.items()
            if not (code.startswith(MADE_UP) and client in named)
        }
        known = {*codes.values(), *(tombstone.client for tombstone in record.deleted.values())}
        for code, client in before.clients.items() if before else ():
            if client in known or not atomic.is_there(layout.client(client)):
                continue
            free, number = code, 2
            while find_code(codes, free):
                free, number = f"{code}-{number}", number + 1
            codes[free] = client
            known.add(client)
        again = {
            item: tombstone
            for item, tombstone in (before.deleted.items() if before else ())
            if tombstone.client not in known and atomic.is_there(layout.client(tombstone.client))
        }
        return record.replace(clients=codes, deleted={**record.deleted, **again})

    store.change_held_clients(add)
