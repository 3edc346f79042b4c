"""Confirming a store: a person has looked at what is in doubt, and says that the store is to be taken as it is.

Theory of operation. `look` gathers what there is to look at: the doubts (`records/standing.py`), the records that are
not what the log tells of, and the consents that are not revoked, since one of them may have been taken back in what is
missing. `confirm` then does four things, and a crash between them leaves a store that is still in doubt:

1. A store that this computer knows as protected, whose keys are where they were, and whose `store.json` says something
   else, says so again. What is not encrypted in it is then damaged, and permits nothing. Nothing is ever encrypted that
   somebody else put there. One that it knows as plain, and whose codes are, is plain again at once: a store that never
   was protected goes on taking interviews.
2. The records that the log did not know are named in its next line, `confirmed`, and so are those that are gone, or
   cannot be read. A consent that lacks what was recorded against it is not: a revocation wins, for whomever it was,
   also over the person who confirms.
3. What this computer remembers is the store as it is now.
4. What was recorded against consents stays remembered.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mi_cli.errors import Damaged
from mi_cli.records.consent import Consent
from mi_cli.records.event_type import EventType
from mi_cli.records.terms import Protection
from mi_cli.store.disk.atomic import give_another_name, save_failed
from mi_cli.store.disk.layout import Layout
from mi_cli.store.records.consents import consent
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.log import LogReading, Present, present
from mi_cli.store.records.memory import Saved
from mi_cli.store.records.standing import Doubt, difference
from mi_cli.words.said import said
from mi_cli.words.store import store_words


@dataclass(frozen=True)
class Unlogged:
    """A record that is not what the log tells of: its path, why, and the record, if there is one that can be read."""

    shown: str
    why: str
    record: Present | None


@dataclass(frozen=True)
class Look:
    """What a person looks at before confirming: doubts, records, consents that are not revoked, and members."""

    doubts: tuple[Doubt, ...]
    records: tuple[Unlogged, ...]
    in_force: tuple[Consent, ...]
    members: tuple[str, ...]


def look(store: JsonStore) -> Look:
    """Returns what there is to look at. Changes nothing. Raises Damaged when the clients cannot be listed."""
    reading = _read_log(store)
    records: list[Unlogged] = []
    in_force: list[Consent] = []
    limits = store.witness.limits(reading.limits)
    codes = store.layout.codes
    is_authenticated = store.keys.mark is not None  # else only the log tells of the members
    records += _unlogged(store, codes, reading.saved.get(codes.name), may_be_new=is_authenticated)
    for client in sorted(store.catalog.client_ids()):
        for shown, why in store.witness.not_as_logged(client, reading):
            records.append(Unlogged(shown, why, _present(store, store.layout.path(shown))))
    for ref in store.catalog.list_dated("consents", damaged=[]):
        with suppress(Damaged):
            given = consent(store, ref)
            if given.revoked or given.lacks(limits):
                continue
            in_force.append(given)
            path = store.layout.consent(ref)
            known = reading.consents.get(store.layout.display_path(path))
            records += _unlogged(store, path, known, may_be_new=False)
    members: tuple[str, ...] = ()
    with suppress(Damaged):
        members = store.clients().members
    return Look(tuple(store.witness.doubts(store.now(), whole=True)), tuple(records), tuple(in_force), members)


def confirm(store: JsonStore) -> None:
    """Take the store as it is, but for its protection and what was revoked. Raises InUse, Damaged, SaveFailed."""
    with store.locked_for_keys():
        records = look(store).records
        for unlogged in records:
            if unlogged.record:
                store.vouch_for(unlogged.shown, unlogged.record)
        store.log_event(EventType.CONFIRMED, gone=tuple(one.shown for one in records if one.record is None))
        with store.locked_log():
            store.witness.accept(store.now())


def put_back(store: JsonStore) -> None:
    """Have `store.json` say what this computer knows: that the store is protected, and which folder holds its records.

    That it is protected only if its keys are there; another folder than it says of a plain store only if the codes are
    missing there. No key is needed. Raises InUse, Damaged, SaveFailed.
    """
    known = None
    with suppress(Damaged):  # what cannot be read is a doubt of its own
        known = store.witness.plain or store.witness.remembered
    if known is None:
        return
    protection = Protection.PASSPHRASE if known.protected else Protection.NONE
    folders = dict.fromkeys(name for name in (known.folder, store.layout.folder) if name)
    layouts = [Layout(store.root, within=name) for name in folders]
    if known.protected:
        there = [layout.folder for layout in layouts if os.path.lexists(layout.keys)]
    else:
        is_gone = not os.path.lexists(store.layout.codes)
        there = [layout.folder for layout in layouts if is_gone and _has_plain_codes(layout)]
    if there and (store.protection, store.layout.folder) != (protection, there[0]):
        _say(store, protection, there[0])


def put_plain_back(store: JsonStore) -> bool:
    """Have a store that this computer knows as plain be plain, whatever `store.json` says; returns whether it is one.

    Somebody has made it look protected, and an interview must begin all the same. It is plain only where its codes are.
    What stands in the place of `keys.json` gets another name, and `mi store check` names it. Raises InUse, SaveFailed.
    """
    known, layout = store.witness.plain, store.layout
    if known is None or known.folder not in ("", layout.folder) or not _has_plain_codes(layout):
        return False
    try:
        with suppress(FileNotFoundError):
            give_another_name(layout.keys)
    except OSError as error:
        raise save_failed(error) from error
    with suppress(Damaged):
        if store.info().protection is not Protection.NONE:
            _say(store, Protection.NONE, layout.folder)
    return True


def _has_plain_codes(layout: Layout) -> bool:
    with suppress(Damaged):
        return present(layout, layout.codes) is not None
    return False


def _say(store: JsonStore, protection: Protection, folder: str) -> None:
    with store.locked_for_keys():
        store.save_info(store.next_revision(store.info().replace(protection=protection, records=folder)))


def _read_log(store: JsonStore) -> LogReading:
    with suppress(Damaged):
        return store.log.reading()
    return LogReading()


def _present(store: JsonStore, path: Path) -> Present | None:
    with suppress(Damaged):
        return store.present(path)
    return None


def _unlogged(store: JsonStore, path: Path, known: Saved | None, *, may_be_new: bool) -> list[Unlogged]:
    """Returns the record, if it can be read and is not what the log tells of."""
    found = _present(store, path)
    if found is None:
        return []
    if known is None:
        why: str | None = None if may_be_new else said(store_words, lambda words: words.log_silent)
    else:
        why = difference(found.saved, known, newer=may_be_new)
    return [Unlogged(store.layout.display_path(path), why, found)] if why else []
