"""Reads every record of a store and names what is wrong. It changes nothing; `repair.py` acts on the findings.

Theory of operation. The store is read without locks, so that nobody waits for it. So a record may be met half-way
through a change: saved and not logged yet, or gone from one folder and not yet listed in the other. What looks wrong is
therefore looked at again while the locks of those are held who could be changing it (`writers_wait`), and only what is
still wrong then is named. A lock that somebody holds for long, as an interview does, is not waited for.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from mi_cli.errors import Damaged, MiError
from mi_cli.records.names import ID_LENGTH, is_id
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import Protection
from mi_cli.store.disk.atomic import TEMPORARY
from mi_cli.store.disk.codec import KEY_ENDING
from mi_cli.store.disk.layout import OF_INTERVIEWS, OF_RECORDS, record_at
from mi_cli.store.disk.progress import ProgressCallback, ignore_progress
from mi_cli.store.disk.strangers import is_of_a_record, strangers
from mi_cli.store.disk.system import is_open_to_others
from mi_cli.store.records import consents, disclosures
from mi_cli.store.records import ledger as ledgers
from mi_cli.store.records.consents import CONSENT
from mi_cli.store.records.contacts import CONTACT
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import CODES, SHORT_WAIT, JsonStore
from mi_cli.store.records.kinds import FACTS, IDENTITY, PLAN, AnyRecord, RecordKind
from mi_cli.store.records.ledger import ENTRY
from mi_cli.store.records.log import Gap, LogReading
from mi_cli.store.records.matters import ClientReader
from mi_cli.store.records.progress_notes import NOTE
from mi_cli.store.records.standing import difference
from mi_cli.store.upkeep import earlier_trash, trash
from mi_cli.store.upkeep.misplaced import is_none_of_ours, misplaced
from mi_cli.store.upkeep.unencrypted import unencrypted_files
from mi_cli.words.disk import disk_words
from mi_cli.words.said import said, spoken
from mi_cli.words.store import store_words

_SHORT_WAIT: Final = 1.0  # seconds; for a lock that may be held for as long as an interview


@dataclass(frozen=True)
class Finding:
    """Something wrong: which file, why, and what to do. `damaged` is set when a record cannot be read.

    `aside` are the files that `repair` moves to the quarantine. `gone` is set when the log tells of a record that is
    missing; `repair` logs that this was seen, and the next check does not name it again. `unlisted` is set when it has
    an open matter that its client's record does not list; `repair` drops that list.
    """

    what: str
    why: str
    hint: str = ""
    damaged: bool = False
    aside: tuple[Path, ...] = ()
    gone: bool = False
    unlisted: bool = False

    def text(self, language: str | None) -> str:
        """Returns the finding in a language."""
        what, why, hint = (spoken(part, language) for part in (self.what, self.why, self.hint))
        return f"{what}: {why}. {hint}".strip()


@dataclass(frozen=True)
class Checked:
    """How many records are sound, and the findings."""

    records: int
    findings: tuple[Finding, ...]


def check(store: JsonStore, step: ProgressCallback = ignore_progress) -> Checked:
    """Read every record and compare them; `step` is called with how many clients are done, and of how many."""
    checked = _look(store, step)
    if not checked.findings:
        return checked
    with writers_wait(store, checked.findings), suppress(MiError, OSError), store.locked_log():
        return Checked(checked.records, still_so(store, checked.findings))
    return Checked(checked.records, still_so(store, checked.findings))  # the log is in use, or cannot be locked


@contextmanager
def writers_wait(store: JsonStore, findings: Iterable[Finding]) -> Iterator[None]:
    """Hold the locks under which these files are changed, as far as that is possible."""
    findings = list(findings)
    sessions = sorted({ref.id for finding in findings if (ref := record_at(finding.what, OF_INTERVIEWS))})
    sharing = [f"{ledgers.SHARING}{client}" for client in sorted(clients_in(findings))]
    with ExitStack() as held:
        # In this order, as others take them: whoever holds the codes finds the interviews' locks free, or gives up.
        for name in (CODES, *sharing, *sessions):
            with suppress(MiError):
                held.enter_context(store.locked(name, _SHORT_WAIT if name in sessions else SHORT_WAIT))
        yield


def still_so(store: JsonStore, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Returns what is still wrong with the files of these findings. Only their clients' records are read."""
    findings = list(findings)
    named = {finding.what for finding in findings}
    again = _look(store, ignore_progress, only=clients_in(findings)).findings
    return tuple(finding for finding in again if finding.what in named)


def clients_in(findings: Iterable[Finding]) -> set[str]:
    """Returns the ids of the clients whose files these are."""
    parts = (finding.what.split("/") for finding in findings)
    return {part[1] for part in parts if part[0] == "clients" and len(part) > 1 and is_id(part[1])}


def _look(store: JsonStore, step: ProgressCallback, only: set[str] | None = None) -> Checked:
    """As `check`, but once; with `only`, of these clients' records and of what is no client's."""
    counted = 0
    findings = [_as_finding(damaged, path) for damaged, path in misplaced(store.layout)]
    for result in _each(store, step, only):
        if result is None:
            counted += 1
        elif (result.what, result.why) not in {(named.what, named.why) for named in findings}:
            findings.append(result)
    findings += _unencrypted(store, {finding.what for finding in findings})
    return Checked(counted, tuple(findings))


def _each(store: JsonStore, step: ProgressCallback, only: set[str] | None) -> Iterator[Finding | None]:
    """Yields a finding, or null for each record that is sound."""
    yield _damage(store.info)
    if codes := _damage(store.codes):
        yield replace(codes, hint=said(disk_words, lambda words: words.lost_codes))
    else:
        yield None
    if store.keys.are_being_changed:
        why = said(store_words, lambda words: words.former_keys_still_open)
        yield Finding(store.layout.keys.name, why, said(store_words, lambda words: words.phrase_finishes_it))
    yield from open_to_others(store)
    for folder in {store.layout.root, store.layout.records, store.layout.clients}:
        yield from _strangers(store, folder)
    reading = None
    try:  # before the records: one that is changed meanwhile is then newer than the log says
        reading = store.log.reading()
    except Damaged as damaged:
        yield _as_finding(damaged, store.layout.log)
    yield from _codes_and_clients(store, step, only, reading)
    yield from _in_trash(store, only, reading)
    yield from _moved(store)
    if reading is not None:
        yield from _against_the_log(store, only, reading)
    for doubt in store.witness.doubts(store.now(), whole=True):
        if not isinstance(doubt.why, Gap):
            yield Finding(doubt.what, doubt.why, said(store_words, lambda words: words.confirm_once_looked))


def _codes_and_clients(
    store: JsonStore, step: ProgressCallback, only: set[str] | None, reading: LogReading | None
) -> Iterator[Finding | None]:
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
        yield Finding(
            f"clients/{client}",
            said(store_words, lambda words: words.code_without_client),
            said(store_words, lambda words: words.trash_may_have_it),
        )
    for number, client in enumerate(sorted(folders)):
        step(number, len(folders))
        if only is not None and client not in only:
            continue
        unnamed = codes is not None and client not in codes.values()
        folder = layout.client(client)
        if unnamed and _is_empty(folder):
            why = said(store_words, lambda words: words.never_set_up)
            yield Finding(
                f"clients/{client}", why, said(store_words, lambda words: words.nothing_lost), aside=(folder,)
            )
            continue
        if unnamed:
            yield Finding(
                f"clients/{client}",
                said(store_words, lambda words: words.no_code_names_it),
                said(store_words, lambda words: words.kept_trash_tells),
            )
        yield from _each_of_client(store, client, reading)


def _each_of_client(
    store: JsonStore, client: str, reading: LogReading | None, *, only_shared: bool = False
) -> Iterator[Finding | None]:
    """Reads all of a client; `only_shared` says that the rest was purged."""
    layout, home = store.layout, store.layout.client(client)
    for folder in (home, *(home / name for name in OF_RECORDS)):
        yield from _strangers(store, folder)
    if only_shared:
        yield from _passed_on(store, client, reading)
        return
    yield _damage(lambda: store.client(client))
    one = RecordRef("", client)
    kinds: tuple[RecordKind[Any], ...] = (IDENTITY, FACTS, PLAN)
    for kind in kinds:
        if os.path.lexists(path := kind.path(layout, one)):
            yield _damage(partial(store.find_record, kind, one), path)
    if os.path.lexists(path := layout.consent_draft(client)):
        yield _damage(partial(consents.draft, store, client), path)
    try:
        refs = list(store.catalog.named("sessions", [client]))
        deleted = trash.deleted_refs(store, client)
        in_notes = layout.list_names(home / "notes")
    except Damaged as damaged:
        yield _as_finding(damaged)
        return
    for ref in refs:
        whole = layout.session(ref), layout.notes(ref), layout.draft(ref)
        yield _damage(partial(store.session, ref), *whole)
        yield _damage(partial(read_notes, store, ref), *whole)
    for ref, purging in deleted:
        if purging:
            why = said(store_words, lambda words: words.purge_broken_off)
            yield Finding(
                layout.display_path(layout.purged_session(ref)),
                why,
                said(store_words, lambda words: words.purge_ends_it, id=ref.id),
            )
            continue
        whole = layout.deleted_session(ref), layout.notes(ref), layout.draft(ref)
        yield _damage(partial(store.session, ref, whole[0]), *whole)
        yield _damage(partial(read_notes, store, ref), *whole)
    known = {f"{ref.name}{ending}" for ref in refs for ending in (".json", ".draft")}
    of_deleted = {f"{ref.name}{ending}" for ref, _ in deleted for ending in (".json", ".draft")}
    for name in sorted(filter(is_of_a_record, set(in_notes) - known - of_deleted)):
        path = home / "notes" / name
        yield _orphan(store, path, client) if path.suffix == ".json" else _unknown_file(store, path)
    yield from _each_dated(store, client, CONTACT, movable=True)
    yield from _each_dated(store, client, NOTE, movable=True)
    yield from _unlisted(store, client)
    yield from _passed_on(store, client, reading)


def _unlisted(store: JsonStore, client: str) -> Iterator[Finding]:
    """Yields for each record with an open matter that is not where `mi today` looks."""
    home = store.layout.client(client)
    for path in ClientReader(store.catalog, client, []).unlisted():
        why = said(store_words, lambda words: words.open_and_unlisted)
        yield Finding(
            store.layout.display_path(home / path),
            why,
            said(store_words, lambda words: words.repair_lists_it),
            unlisted=True,
        )


def _each_dated(
    store: JsonStore,
    client: str,
    kind: RecordKind[AnyRecord],
    then: Callable[[RecordRef], Finding | None] | None = None,
    *,
    movable: bool = False,
) -> Iterator[Finding | None]:
    """Reads each record of a kind whose files sort by time.

    `then` looks at each sound one. `movable` is whether a damaged one may be set aside.
    """
    try:
        refs = list(store.catalog.named(kind.place, [client]))
    except Damaged as damaged:
        yield _as_finding(damaged)
        return
    for ref in refs:
        found = _damage(partial(store.read_record, kind, ref), *((kind.path(store.layout, ref),) if movable else ()))
        yield then(ref) if then and found is None else found


def _passed_on(store: JsonStore, client: str, reading: LogReading | None) -> Iterator[Finding | None]:
    """Yields for consents and disclosures: each record, and whether the disclosures follow on each other."""
    yield from _each_dated(store, client, CONSENT, partial(_unlogged_consent, store, reading))
    logged = list(_each_dated(store, client, ENTRY))
    yield from logged
    unread = any(found.damaged for found in logged if found)
    if os.path.lexists(store.layout.ledger(client)) or unread or None in logged:
        ledger = _damage(partial(ledgers.ledger, store, client))
        yield ledger
        if ledger is None and not unread:
            yield from _log(store, client)


def _unlogged_consent(store: JsonStore, reading: LogReading | None, ref: RecordRef) -> Finding | None:
    """Returns a finding for a consent that permits nothing because the log does not tell of it, or of this version.

    One that is older, or was changed, is named where all records are compared with the log.
    """
    if reading is None:
        return None  # the log is named as damaged
    try:
        consents.require_as_logged(store, ref, consents.consent(store, ref), reading)
    except Damaged as damaged:
        shown = damaged.what
        if shown not in reading.saved or damaged.why in consents.told_by_the_log_alone():
            return Finding(shown, damaged.why, damaged.hint)
    return None


def _log(store: JsonStore, client: str) -> Iterator[Finding]:
    """Whether the log follows on itself; while a delivery is under way it may be an entry ahead."""
    where, known = f"clients/{client}/disclosures", ledgers.ledger(store, client)
    if known and known.under_way:
        yield Finding(
            where,
            said(store_words, lambda words: words.passing_on_broken_off),
            said(store_words, lambda words: words.disclosures_list_ends_it),
        )
        return
    for fault in ledgers.chain_faults(disclosures.entries(store, client), known):
        yield Finding(where, fault, said(store_words, lambda words: words.verify_looks_at_all))


def _against_the_log(store: JsonStore, only: set[str] | None, reading: LogReading) -> Iterator[Finding]:
    """Records that are not what the log says: changed or taken away behind the program's back, or put back older.

    A record that is newer is the work of a run that was cut short before it could log it.
    """
    layout = store.layout
    log = layout.display_path(layout.log)
    for fault in reading.faults:
        yield Finding(log, fault, said(store_words, lambda words: words.look_at_backups))
    under_way = _being_purged(store) | _being_moved(store)
    for shown, saved in reading.saved.items():
        if ".." in shown.split("/") or not layout.path(shown).is_relative_to(layout.root):
            yield Finding(
                log,
                said(store_words, lambda words: words.names_file_outside),
                said(store_words, lambda words: words.somebody_changed_it),
            )
            continue
        if only is not None and shown.startswith("clients/") and shown.split("/")[1] not in only:
            continue
        try:
            record = store.present(layout.path(shown))
        except Damaged:
            continue  # named where records are read
        if record is None:
            yield from _gone(store, shown, under_way)
        elif why := difference(record.saved, saved):
            is_older = record.revision < saved.revision
            hint = (
                said(store_words, lambda words: words.sync_put_it_there)
                if is_older
                else said(store_words, lambda words: words.log_shows_last_save)
            )
            yield Finding(shown, why, hint)


def _being_purged(store: JsonStore) -> set[str]:
    """Returns the ids of the clients and sessions whose purge was begun: `_in_trash` names them."""
    with suppress(Damaged):
        return {item.name[-ID_LENGTH:] or item.client for item in trash.items(store, []) if item.purging}
    return set()


def _being_moved(store: JsonStore) -> set[str]:
    """Returns the ids of the interviews whose move to another client was broken off: `_moved` names them."""
    with suppress(Damaged):
        return set(store.clients().moving)
    return set()


def _moved(store: JsonStore) -> Iterator[Finding]:
    """Interviews whose move to another client was broken off, and those that are with two clients all the same."""
    under_way = _being_moved(store)
    for session in sorted(under_way):
        why = said(store_words, lambda words: words.move_broken_off)
        yield Finding(
            said(store_words, lambda words: words.session_named, session=session),
            why,
            said(store_words, lambda words: words.next_command_finishes),
        )
    with suppress(Damaged):  # a folder that cannot be listed is named elsewhere
        refs = list(store.catalog.named("sessions", damaged=[]))
        counts = Counter(ref.id for ref in refs)
        for ref in refs:
            if counts[ref.id] > 1 and ref.id not in under_way:
                why = said(store_words, lambda words: words.with_two_clients)
                yield Finding(
                    store.layout.display_path(store.layout.session(ref)),
                    why,
                    said(store_words, lambda words: words.delete_one),
                )


def _gone(store: JsonStore, shown: str, under_way: set[str]) -> Iterator[Finding]:
    """What to say of a record that is not in its place: nothing if its purge or its move was broken off.

    `_in_trash` and `_moved` say so.
    """
    match shown.split("/"):
        case ["clients", client, *_] if client in under_way:
            return
        case ["clients", client, "sessions" | "notes" as folder, file]:
            ref = RecordRef(file.removesuffix(".json"), client)
            if ref.id in under_way:
                return
            if folder == "sessions" and os.path.lexists(store.layout.deleted_session(ref)):
                why = said(store_words, lambda words: words.trashed_unlogged)
                yield Finding(shown, why, said(store_words, lambda words: words.trash_brings_back, id=ref.id))
                return
    yield Finding(
        shown,
        said(store_words, lambda words: words.gone_unexplained),
        said(store_words, lambda words: words.backup_may_have_it),
        gone=True,
    )


def _unencrypted(store: JsonStore, named: set[str]) -> Iterator[Finding]:
    """In a protected store: what is not sealed, and is not named for something else."""
    if store.catalog.protection is Protection.PASSPHRASE:
        for shown in unencrypted_files(store.catalog):
            if store.layout.display_path(store.layout.root / shown) not in named:
                yield Finding(
                    shown,
                    said(store_words, lambda words: words.unencrypted),
                    said(store_words, lambda words: words.delete_or_move),
                )


def _in_trash(store: JsonStore, only: set[str] | None, reading: LogReading | None) -> Iterator[Finding | None]:
    layout = store.layout
    try:
        folders = set(store.catalog.client_folders())
        names = layout.list_names(layout.trash)
        damaged: list[Damaged] = []
        of_earlier_version = {item.id for item in earlier_trash.items(store, damaged)}
        hidden = store.catalog.deleted_clients()
    except Damaged as unreadable:
        yield _as_finding(unreadable)
        return
    for item in trash.items(store, []) if hidden else ():
        ends = said(store_words, lambda words: words.purge_ends_it, id=item.id)
        if item.what != "client" or item.id in of_earlier_version:
            continue
        if item.purging:
            yield Finding(f"clients/{item.client}", said(store_words, lambda words: words.purge_broken_off), ends)
        elif item.client not in folders:
            yield Finding(
                f"clients/{item.client}",
                said(store_words, lambda words: words.trashed_and_gone),
                said(store_words, lambda words: words.backup_or_end, ends=ends),
            )
        elif only is None or item.client in only:
            yield from _each_of_client(store, item.client, reading, only_shared=item.kept_until is not None)
    for name in names:
        if name in of_earlier_version:
            continue
        if _is_empty(layout.trash / name):
            yield Finding(
                f"trash/{name}",
                said(store_words, lambda words: words.deletion_never_began),
                said(store_words, lambda words: words.nothing_lost),
            )
        else:
            yield Finding(
                f"trash/{name}",
                said(store_words, lambda words: words.description_unreadable),
                said(store_words, lambda words: words.look_by_hand),
                damaged=True,
            )


def _is_empty(folder: Path) -> bool:
    try:
        return all(name.endswith((TEMPORARY, KEY_ENDING)) for name in os.listdir(folder))
    except OSError:
        return False


def _strangers(store: JsonStore, folder: Path) -> Iterator[Finding]:
    """What lies in a folder of the store and is none of its own, as a sync leaves it."""
    with suppress(Damaged):  # what cannot be listed is named elsewhere
        yield from (_unknown_file(store, path) for path in strangers(store.layout, folder))


def _unknown_file(store: JsonStore, path: Path) -> Finding:
    why = said(store_words, lambda words: words.unknown_file)
    return Finding(
        store.layout.display_path(path), why, said(store_words, lambda words: words.look_by_hand), aside=(path,)
    )


def _orphan(store: JsonStore, path: Path, client: str) -> Finding:
    """Notes whose interview is not there: a crash at the very start of one leaves them, empty."""
    try:
        empty = not read_notes(store, RecordRef(path.stem, client)).entries
    except Damaged as damaged:
        return Finding(
            damaged.what, damaged.why, said(store_words, lambda words: words.kept), damaged=True, aside=(path,)
        )
    if empty:
        why = said(store_words, lambda words: words.never_began)
        return Finding(
            store.layout.display_path(path), why, said(store_words, lambda words: words.nothing_lost), aside=(path,)
        )
    return Finding(
        store.layout.display_path(path),
        said(store_words, lambda words: words.record_gone),
        said(store_words, lambda words: words.backup_or_trash),
    )


def open_to_others(store: JsonStore) -> Iterator[Finding]:
    """Yields a finding for each of the store's folders that other users of the computer can look into."""
    for path in dict.fromkeys((store.layout.root, store.layout.records, store.layout.clients)):
        if is_open_to_others(path):
            name = "." if path == store.layout.root else store.layout.display_path(path)
            yield Finding(
                name,
                said(store_words, lambda words: words.open_to_others),
                said(store_words, lambda words: words.close_to_others, path=path),
            )


def _damage(read: Callable[[], object], *aside: Path) -> Finding | None:
    try:
        read()
    except Damaged as damaged:
        return _as_finding(damaged, *aside)
    return None


def _as_finding(damaged: Damaged, *aside: Path) -> Finding:
    """Returns a finding; `aside` is what `repair` sets aside, if mi has not written it."""
    hint = said(store_words, lambda words: words.restore_brings_back)
    aside = aside if is_none_of_ours(damaged) else ()
    return Finding(damaged.what, damaged.why, hint, damaged=True, aside=aside)
