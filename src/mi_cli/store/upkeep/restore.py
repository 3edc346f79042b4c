"""Restoring from a backup into a store, or into an empty folder.

Theory of operation. Each file of the backup is compared with the store (`differences`), and the counselor chooses what
to restore. Then these rules hold:

1. What is newer in the store stays, unless the counselor says otherwise. An interview's facts, notes and draft are
   restored together or not at all.
2. A file that is replaced goes to the quarantine first.
3. Revocation wins: a consent that was revoked, here, in the backup, or only in the log, stays revoked
   (`revocations.py`).
4. A store that exists keeps its own `keys.json` and log. An empty folder gets those of the backup, and `store.json`
   last: until then there is no store, and the same command again goes on.
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
from mi_cli.records.base import NewerRecord, NotThisRecord
from mi_cli.records.client import Codes
from mi_cli.records.event_type import EventType
from mi_cli.records.reference import RecordRef
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import DecryptError
from mi_cli.store.disk.progress import ProgressCallback
from mi_cli.store.keys.jwe import KEY_ENDING
from mi_cli.store.records.catalog import find_code
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.ledger import sharing_locked
from mi_cli.store.upkeep.backup import Backup
from mi_cli.store.upkeep.revocations import TakenBack, consent_at, read_consent

_OF_THE_STORE: Final = ("store.json", "clients.json")
_OF_THE_MACHINE: Final = ("keys.json", "log.jsonl", "tries.txt")  # a store that exists keeps its own
_OF_AN_INTERVIEW: Final = ("sessions", "notes")


class RestoreAction(StrEnum):
    """How what a backup has compares with the store."""

    NEW = auto()  # not in the store
    SAME = auto()
    OLDER_HERE = auto()  # the store has an older revision
    NEWER_HERE = auto()  # the store has a newer one, or one that differs and cannot be told apart by its revision
    TAKEN_BACK_HERE = auto()  # a consent that was revoked since: it is never replaced


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
    for number, name in enumerate(backup.files, 1):
        if name not in _OF_THE_STORE and not (store.catalog.exists and name in _OF_THE_MACHINE):
            actions[name] = _action(store, backup, name)
            groups.setdefault(_group(name), []).append(name)
        step(number, len(backup.files))
    for names in groups.values():
        together = {actions[name] for name in names}
        for action in (RestoreAction.NEWER_HERE, RestoreAction.OLDER_HERE):
            if action in together:
                actions |= {name: action for name in names if actions[name] is not RestoreAction.SAME}
                break
    return Difference(actions)


def restore(store: JsonStore, backup: Backup, names: Iterable[str], step: ProgressCallback) -> int:
    """Restore these files of the backup; returns how many. What they replace goes to the quarantine.

    A folder without a store becomes one. Restoring that was broken off can be done again: what was done is then the
    same. A consent that was taken back, here or in the backup, stays taken back, and so does one of which only the log
    tells that it was.

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
        taken_back, stayed = TakenBack.of(store) if there else None, 0
        replaced = (name for name in chosen if atomic.is_there(layout.root / name))
        for session in sorted({ref.id for name in replaced if (ref := _interview(name))}):
            held.enter_context(store.locked(session, wait=0))
        for number, name in enumerate(chosen, 1):
            path = layout.root / name
            data = backup.read(name)
            here = _present_bytes(store, path)
            if taken_back and taken_back.stays(path, here, data):
                stayed += 1
                continue
            atomic.make_folder(path.parent)
            if here not in (None, data):
                aside.copy(path)
            if path == layout.keys:
                store.write_keys(data)
            elif taken_back and (consent := taken_back.marked(path, data)):
                store.save(path, consent)
            else:
                atomic.write(path, data)
            step(number, len(chosen))
        if there:
            _bring_back_codes(store, backup)
        else:  # store.json last: where it is, there is a store
            for name in reversed(_OF_THE_STORE):
                atomic.write(layout.root / name, backup.read(name))
        if there:
            # Of consents the log forgets nothing: one that is older than it says may have been taken back since.
            store.log_event(EventType.RESTORED, gone=tuple(name for name in chosen if consent_at(name) is None))
    return len(chosen) - stayed


def _refuse_another(store: JsonStore, backup: Backup) -> None:
    elsewhere = "A new folder takes it: `mi --store FOLDER store restore` and the file."
    if not set(_OF_THE_STORE) <= backup.files.keys():
        raise Failed("That backup holds no whole store.", "An older one may.")
    if store.catalog.exists:
        if store.info().id != backup.store:
            raise Failed("That is the backup of another store.", elsewhere)
        if _codes_in(store, backup) is None:
            raise Failed("That backup was made when the store was protected in another way.", elsewhere)
        return
    try:
        names = os.listdir(store.layout.root)
    except FileNotFoundError:
        return
    except OSError as error:
        raise atomic.save_failed(error) from error
    own = {name.split("/")[0] for name in backup.files} | {store.layout.locks.name}
    if any(name not in own and not name.endswith(atomic.TEMPORARY) for name in names):
        raise Failed("That folder holds other files.", elsewhere)


def _interview(name: str) -> RecordRef | None:
    """The interview that a file belongs to."""
    match name.split("/"):
        case ["clients", client, folder, file] if folder in _OF_AN_INTERVIEW:
            return RecordRef(file.rpartition(".")[0], client)
        case _:
            return None


def _group(name: str) -> str:
    ref = _interview(name)
    return f"{ref.client}/{ref.name}" if ref else name


def _action(store: JsonStore, backup: Backup, name: str) -> RestoreAction:
    here = _present_bytes(store, store.layout.root / name)
    if here is None:
        return RestoreAction.NEW
    data = backup.read(name)
    if here == data:
        return RestoreAction.SAME
    if consent_at(name):
        ours, theirs = (read_consent(store, store.layout.root / name, one) for one in (here, data))
        if ours and ours.revoked:
            return RestoreAction.TAKEN_BACK_HERE
        if theirs and theirs.revoked:
            return RestoreAction.OLDER_HERE
    old, new = (_revision(one) for one in (here, data))
    return RestoreAction.OLDER_HERE if old is not None and new is not None and old < new else RestoreAction.NEWER_HERE


def _present_bytes(store: JsonStore, path: Path) -> bytes | None:
    """Returns the bytes of a file of the store, null where it is missing. Raises Damaged."""
    try:
        return atomic.read(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Damaged(store.layout.display_path(path), atomic.reason(error)) from error


def _revision(data: bytes) -> int | None:
    """Returns the revision of a record, encrypted or not; null for what has none."""
    try:
        document = json.loads(data)
        if "protected" in document:  # encrypted: a flattened JWE, whose header says it (RFC 7516 §7.2.2)
            document = json.loads(urlsafe_b64decode(document["protected"] + "=="))
        return int(document["revision"])
    except (DecryptError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _codes_in(store: JsonStore, backup: Backup) -> dict[str, str] | None:
    """Returns the codes in a backup; null when this store's keys do not open it."""
    codes = store.layout.codes
    try:
        return Codes.from_bytes(
            store.layout.codec.decrypt(store.layout.file_label(codes), backup.read(codes.name))
        ).clients
    except (DecryptError, NotThisRecord, NewerRecord):
        return None


def _bring_back_codes(store: JsonStore, backup: Backup) -> None:
    """Give clients without a code theirs back, or with a number after it if it belongs to another client now."""
    layout, before = store.layout, _codes_in(store, backup) or {}

    def add(codes: dict[str, str]) -> dict[str, str]:
        for code, client in before.items():
            if client in codes.values() or not atomic.is_there(layout.client(client)):
                continue
            free, number = code, 2
            while find_code(codes, free):
                free, number = f"{code}-{number}", number + 1
            codes = {**codes, free: client}
        return codes

    store.change_held_codes(add)
