"""Makes a store sound again: what is not goes to the quarantine. Nothing is deleted, and no record is changed.

But what a second version tells against a consent is recorded before it is set aside (`revocations.py`).
The list of where `mi today` looks is dropped where it lacks something. Two records are made anew:

- `clients.json`, without which no command could go on. Each client gets a made-up code, and what follows from that is
  in doubt until somebody has confirmed the store.
- `store.json`, where this computer knows the store and nothing speaks against its being that one. It then says what
  every command went by since it could not be read: the id, the protection and the folder of the records.

A file that the disk does not give, or a later version wrote, is left alone, and so is one that other keys may open.
"""

import os
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Final

from mi_cli.errors import Damaged, SaveFailed
from mi_cli.records.base import NewerRecord, NotThisRecord
from mi_cli.records.client import Codes, StoreInfo
from mi_cli.records.event_type import EventType
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import Protection
from mi_cli.store.disk import atomic
from mi_cli.store.disk.layout import OF_INTERVIEWS, record_at
from mi_cli.store.records.clients import make_up_codes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.ledger import sharing_locked
from mi_cli.store.records.standing import DoubtKind
from mi_cli.store.records.where_open import forget
from mi_cli.store.upkeep.check import Finding, clients_in, still_so
from mi_cli.store.upkeep.misplaced import is_none_of_ours
from mi_cli.store.upkeep.revocations import take_in, unknown_limits

_OF_ANOTHER_STORE: Final = frozenset({DoubtKind.PLACE, DoubtKind.PROTECTION, DoubtKind.KEYS})


@dataclass(frozen=True)
class Repaired:
    """The paths that were moved, the quarantine folder they are in, and the findings left for a person.

    `codes` are the codes that clients got because theirs are lost.
    """

    moved: tuple[str, ...]
    folder: str
    left: tuple[Finding, ...]
    codes: tuple[str, ...] = ()


def make_info_again(store: JsonStore) -> Repaired | None:
    """Make `store.json` again, where nobody can read it and this computer knows what it said; null where not.

    No key is needed: without it a protected store does not open. The keys name their store themselves, so that those of
    another one do not open this. Raises InUse, SaveFailed.
    """
    path, quarantine = store.layout.info, store.quarantine()
    if _lost_info(store) is None:
        return None
    with store.locked_for_keys():
        info = _lost_info(store)
        if info is None:
            return None
        quarantine.move(path)
        try:
            store.save_info(info)
        except SaveFailed:
            atomic.move(quarantine.folder / path.name, path)  # without it there would be no store
            raise
    return Repaired((path.name,), store.layout.display_path(quarantine.folder), ())


def log_info_made_again(store: JsonStore) -> None:
    """Log what `make_info_again` did, in the store that has been opened since. Raises Damaged."""
    if made := store.present(store.layout.info):
        store.vouch_for(store.layout.info.name, made)
        store.log_event(EventType.SET_ASIDE, gone=(store.layout.info.name,))


def _lost_info(store: JsonStore) -> StoreInfo | None:
    """Returns what `store.json` is to say; null where it can be read, or something speaks against this store."""
    layout, memory = store.layout, store.witness.memory
    try:
        store.info()
        return None
    except Damaged as damaged:
        if not is_none_of_ours(damaged):
            return None
    known, store_id = None, memory.store_here()
    with suppress(Damaged):
        known = memory.read(store_id) if store_id else None
    if known is None or known.folder not in ("", layout.folder) or known.protected is not os.path.lexists(layout.keys):
        return None
    protection = Protection.PASSPHRASE if known.protected else Protection.NONE
    return StoreInfo(**store.new_head(StoreInfo, store_id), protection=protection, records=layout.folder)


def repair(store: JsonStore, findings: Iterable[Finding]) -> Repaired:
    """Move to the quarantine what the rest of the store does not need; an interview is moved as a whole.

    What was found without locks is looked at again under them: only what is still unsound then is moved. Raises InUse
    while one of the interviews is held; SaveFailed. What was moved until then stays there.
    """
    findings = list(findings)
    quarantine = store.quarantine()
    atomic.make_own_folder(store.layout.locks, store.root)
    moved = []
    limits: dict[str, RecordRef | None] = {}
    with suppress(Damaged):  # without the log nothing goes out
        limits = unknown_limits(store, (path for finding in findings for path in finding.aside))
    with ExitStack() as held:
        held.enter_context(store.locked_codes())
        paths = [store.layout.display_path(path) for finding in findings for path in finding.aside]
        for session in sorted({ref.id for shown in paths if (ref := record_at(shown, OF_INTERVIEWS))}):
            held.enter_context(store.locked(session, wait=0))
        for client in sorted(clients_in(findings) | {ref.client for ref in limits.values() if ref}):
            held.enter_context(sharing_locked(store, client))
        take_in(store, limits)
        findings = list(still_so(store, findings))
        for path in dict.fromkeys(path for finding in findings for path in finding.aside):
            if atomic.is_there(path):
                quarantine.move(path)
                moved.append(store.layout.display_path(path))
        codes: tuple[str, ...] = ()
        if renews := _codes_are_lost(store):
            if atomic.is_there(store.layout.codes):
                quarantine.move(store.layout.codes)
                moved.append(store.layout.codes.name)
            codes = make_up_codes(store)
        for client in sorted(clients_in(finding for finding in findings if finding.unlisted)):
            forget(store, client)
        gone = (*moved, *(finding.what for finding in findings if finding.gone))
        if gone or renews:
            store.log_event(EventType.SET_ASIDE, gone=gone)
    done = (store.layout.codes.name,) if renews else ()
    left = tuple(
        finding for finding in findings if not finding.aside and not finding.unlisted and finding.what not in done
    )
    return Repaired(tuple(moved), store.layout.display_path(quarantine.folder), left, codes)


def _codes_are_lost(store: JsonStore) -> bool:
    """Whether `clients.json` is gone, or is what nobody can read, and these are the keys and the folder of the store.

    What the disk does not give today it may give tomorrow.
    """
    if {doubt.kind for doubt in store.witness.doubts(store.now())} & _OF_ANOTHER_STORE:
        return False
    try:
        Codes.from_bytes(store.layout.read(store.layout.codes))
    except (FileNotFoundError, NotThisRecord):
        return True
    except NewerRecord:
        return False
    except Damaged as damaged:
        return is_none_of_ours(damaged)
    return False
