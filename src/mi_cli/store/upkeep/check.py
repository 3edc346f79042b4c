"""Reads every record of a store and names what is wrong. It changes nothing; `repair.py` acts on the findings."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mi_cli.errors import Damaged
from mi_cli.records.disclosure import chain_faults
from mi_cli.records.names import ID_LENGTH, is_id
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import Protection
from mi_cli.store.disk.atomic import TEMPORARY
from mi_cli.store.disk.codec import PLAIN
from mi_cli.store.disk.progress import ProgressCallback, ignore_progress
from mi_cli.store.disk.system import is_open_to_others
from mi_cli.store.keys.jwe import KEY_ENDING
from mi_cli.store.records import consents, disclosures
from mi_cli.store.records import ledger as ledgers
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.log import Saved, events, last_saved
from mi_cli.store.upkeep import trash
from mi_cli.store.upkeep.shared_folder import is_conflict_copy
from mi_cli.store.upkeep.unencrypted import unencrypted_files


@dataclass(frozen=True)
class Finding:
    """Something wrong: which file, why, and what to do. `damaged` is set when a record cannot be read.

    `aside` are the files that `repair` moves to the quarantine. `gone` is set when the log tells of a record that is
    missing; `repair` logs that this was seen, and the next check does not name it again.
    """

    what: str
    why: str
    hint: str = ""
    damaged: bool = False
    aside: tuple[Path, ...] = ()
    gone: bool = False


@dataclass(frozen=True)
class Checked:
    """How many records are sound, and the findings."""

    records: int
    findings: tuple[Finding, ...]


def check(store: JsonStore, step: ProgressCallback = ignore_progress) -> Checked:
    """Read every record and compare them; `step` is called with how many clients are done, and of how many."""
    counted = 0
    findings: list[Finding] = []
    for result in _each(store, step):
        if result is None:
            counted += 1
        else:
            findings.append(result)
    findings += _unencrypted(store, {finding.what for finding in findings})
    return Checked(counted, tuple(findings))


def _each(store: JsonStore, step: ProgressCallback) -> Iterator[Finding | None]:
    """Yields a finding, or null for each record that is sound."""
    yield _damage(store.info)
    yield _damage(store.codes)
    yield from open_to_others(store)
    yield from _conflict_copies(store, store.layout.root)
    yield from _codes_and_clients(store, step)
    yield from _in_trash(store)
    yield from _against_the_log(store)


def _codes_and_clients(store: JsonStore, step: ProgressCallback) -> Iterator[Finding | None]:
    layout = store.layout
    codes: dict[str, str] | None = None
    with suppress(Damaged):  # `_each` has named it
        codes = store.catalog.read_codes()
    try:
        folders = set(store.catalog.client_ids())
    except Damaged as damaged:
        yield _as_finding(damaged)
        return
    for client in sorted(set((codes or {}).values()) - folders):
        yield Finding(f"clients/{client}", "a code names it, but it is gone", "`mi store trash list` may have it.")
    for number, client in enumerate(sorted(folders)):
        step(number, len(folders))
        unnamed = codes is not None and client not in codes.values()
        folder = layout.client(client)
        if unnamed and _is_empty(folder):
            why = "it is empty: a client who was never set up"
            yield Finding(f"clients/{client}", why, "Nothing is lost.", aside=(folder,))
            continue
        if unnamed:
            yield Finding(f"clients/{client}", "no code names it", "It is kept. `mi store trash list` may tell more.")
        yield from _each_of_client(store, client)


def _each_of_client(store: JsonStore, client: str) -> Iterator[Finding | None]:
    layout = store.layout
    yield _damage(lambda: store.client(client))
    for path, read in (
        (layout.client(client) / "identity.json", lambda: store.identity(client)),
        (layout.facts(client), lambda: store.client_facts(client)),
        (layout.plan(client), lambda: store.plan(client)),
        (layout.consent_draft(client), lambda: consents.draft(store, client)),
    ):
        if os.path.lexists(path):
            yield _damage(read, path)
    yield from _conflict_copies(store, layout.client(client))
    try:
        refs = list(store.catalog.named("sessions", [client]))
        in_notes, in_sessions = (
            store.layout.list_names(layout.client(client) / name) for name in ("notes", "sessions")
        )
    except Damaged as damaged:
        yield _as_finding(damaged)
        return
    for ref in refs:
        whole = layout.session(ref), layout.notes(ref), layout.draft(ref)
        yield _damage(partial(store.session, ref), *whole)
        yield _damage(partial(read_notes, store, ref), *whole)
    known = {f"{ref.name}{ending}" for ref in refs for ending in (".json", ".draft")}
    folder = layout.client(client) / "notes"
    for name in in_notes:
        if name in known or name.endswith(TEMPORARY):
            continue
        if is_id(name[:-5][-ID_LENGTH:]) and name.endswith(".json"):
            yield _orphan(store, folder / name, client)
        else:
            yield _unknown_file(store, folder / name)
    for name in in_sessions:
        if name not in known and not name.endswith(TEMPORARY):
            yield _unknown_file(store, layout.client(client) / "sessions" / name)
    yield from _passed_on(store, client)


def _passed_on(store: JsonStore, client: str) -> Iterator[Finding | None]:
    """Yields for consents and disclosures: each record, and whether the disclosures follow on each other."""
    layout = store.layout
    try:
        given, logged = (list(store.catalog.named(name, [client])) for name in ("consents", "disclosures"))
        in_folders = [
            (name, store.layout.list_names(layout.client(client) / name)) for name in ("consents", "disclosures")
        ]
    except Damaged as damaged:
        yield _as_finding(damaged)
        return
    for ref in given:
        yield _damage(partial(consents.consent, store, ref))
    unread = [_damage(partial(disclosures.entry, store, ref)) for ref in logged]
    yield from unread
    if os.path.lexists(layout.ledger(client)) or logged:
        ledger = _damage(partial(ledgers.ledger, store, client))
        yield ledger
        if ledger is None and not any(unread):
            yield from _log(store, client)
    known = {f"{ref.name}.json" for ref in (*given, *logged)}
    for folder, names in in_folders:
        for name in names:
            if name not in known and not name.endswith(TEMPORARY):
                yield _unknown_file(store, layout.client(client) / folder / name)


def _log(store: JsonStore, client: str) -> Iterator[Finding]:
    """Whether the log follows on itself; while a delivery is under way it may be an entry ahead."""
    where, known = f"clients/{client}/disclosures", ledgers.ledger(store, client)
    if known and known.under_way:
        yield Finding(where, "passing something on was broken off", "`mi disclosures list` brings it to its end.")
        return
    for fault in chain_faults(disclosures.entries(store, client), known):
        yield Finding(where, fault, "`mi disclosures verify` looks at all of it.")


def _against_the_log(store: JsonStore) -> Iterator[Finding]:
    """Records that are not what the log says: changed or taken away behind the program's back, or put back older.

    A record that is newer is the work of a run that was cut short before it could log it.
    """
    layout = store.layout
    try:
        for fault in events(layout):
            if isinstance(fault, str):
                yield Finding(
                    layout.display_path(layout.log), fault, "Somebody, or a power cut, changed it: look at backups."
                )
        logged = last_saved(layout)
    except Damaged as damaged:
        yield _as_finding(damaged)
        return
    for shown, saved in logged.items():
        if ".." in shown.split("/") or not (layout.root / shown).is_relative_to(layout.root):
            yield Finding(layout.display_path(layout.log), "it names a file outside the store", "Somebody changed it.")
            continue
        try:
            codec = store.keys.notes() if "/notes/" in shown else PLAIN if shown == layout.info.name else None
            document = layout.read(layout.root / shown, codec)
            revision = int(json.loads(document)["revision"])
        except FileNotFoundError:
            yield Finding(shown, "it is gone, and nothing here took it away", "A backup may have it.", gone=True)
            continue
        except (Damaged, ValueError, KeyError, TypeError, OverflowError, RecursionError):
            continue  # named where records are read
        if revision < saved.revision:
            why = f"an older version is in its place: {revision}, and {saved.revision} was saved"
            yield Finding(shown, why, "A sync, a backup or somebody put it there.")
        elif revision == saved.revision and Saved.of(revision, document) != saved:
            yield Finding(shown, "it was changed outside the program", "`mi store log` shows when it was last saved.")


def _unencrypted(store: JsonStore, named: set[str]) -> Iterator[Finding]:
    """In a protected store: what is not sealed, and is not named for something else."""
    if store.catalog.protection is Protection.PASSPHRASE:
        for shown in unencrypted_files(store.catalog):
            if shown not in named:
                yield Finding(
                    shown, "it is not sealed: whoever gets at this disk can read it", "Delete it, or move it."
                )


def _in_trash(store: JsonStore) -> Iterator[Finding]:
    try:
        items = {item.id: item for item in trash.items(store)}
        names = trash.names(store)
        there = {*store.catalog.client_ids(), *(item.client for item in items.values() if item.what == "client")}
    except Damaged as damaged:
        yield _as_finding(damaged)
        return
    for name in names:
        if item := items.get(name):
            if trash.halfway(store, item):
                yield Finding(
                    f"trash/{name}",
                    "not all of it is there: deleting it or bringing it back was broken off",
                    f"`mi store trash restore {name}` or `mi store trash purge {name}` finishes it.",
                )
            elif item.what == "session" and item.client not in there:
                yield Finding(
                    f"trash/{name}", "its client was purged, and it was left", f"`mi store trash purge {name}` ends it."
                )
        elif _is_empty(store.layout.trash / name):
            yield Finding(f"trash/{name}", "it is empty: a deletion was broken off before it began", "Nothing is lost.")
        else:
            yield Finding(f"trash/{name}", "its description cannot be read", "Look into it by hand.", damaged=True)


def _is_empty(folder: Path) -> bool:
    try:
        return all(name.endswith((TEMPORARY, KEY_ENDING)) for name in os.listdir(folder))
    except OSError:
        return False


def _conflict_copies(store: JsonStore, folder: Path) -> Iterator[Finding]:
    """Second versions that a program for copying between computers left beside the store's own files."""
    with suppress(Damaged):  # what cannot be listed is named elsewhere
        yield from (
            _unknown_file(store, folder / name) for name in store.layout.list_names(folder) if is_conflict_copy(name)
        )


def _unknown_file(store: JsonStore, path: Path) -> Finding:
    why = "mi does not know it: a copy made by something else, perhaps a sync"
    return Finding(store.layout.display_path(path), why, "Look into it by hand.", aside=(path,))


def _orphan(store: JsonStore, path: Path, client: str) -> Finding:
    """Notes whose interview is not there: a crash at the very start of one leaves them, empty."""
    try:
        empty = not read_notes(store, RecordRef(path.stem, client)).entries
    except Damaged as damaged:
        return Finding(damaged.what, damaged.why, "It is kept.", damaged=True, aside=(path,))
    if empty:
        why = "an interview that never began left it; nothing was said"
        return Finding(store.layout.display_path(path), why, "Nothing is lost.", aside=(path,))
    return Finding(
        store.layout.display_path(path), "its interview's record is gone", "A backup or the trash may have it."
    )


def open_to_others(store: JsonStore) -> Iterator[Finding]:
    """Yields a finding for each of the store's folders that other users of the computer can look into."""
    for path in (store.layout.root, store.layout.clients):
        if is_open_to_others(path):
            name = "." if path == store.layout.root else store.layout.display_path(path)
            yield Finding(name, "other users of this computer can look into it", "`chmod -R go= ` it.")


def _damage(read: Callable[[], object], *aside: Path) -> Finding | None:
    try:
        read()
    except Damaged as damaged:
        return _as_finding(damaged, *aside)
    return None


def _as_finding(damaged: Damaged, *aside: Path) -> Finding:
    hint = "It is kept as it is. `mi store restore` and a backup bring back a sound one."
    return Finding(damaged.what, damaged.why, hint, damaged=True, aside=aside)
