"""The store as JSON files: a record is locked, read anew, changed, saved, and logged.

Theory of operation. A change to a record takes four steps.

1. `locked` holds a lock of the store. While it is held, the store's protection and the folder that holds the records
   are as they were when the store was opened. Whoever changes these makes a second folder first, and then sees that
   nobody holds a lock; whoever takes a lock then sees that folder, and waits (`_settle_leftovers`).
2. `load` and `find` read a record, and upgrade one of an earlier version in memory.
3. `save` encrypts the record and replaces its file in one atomic write. The file of an earlier version is copied into
   the quarantine before that.
4. What was saved is remembered in `_saved` until the last lock is released; then one line in the log tells of it. The
   log never stops a change: what could not be logged is logged with the next event.

Lists are read without locks, by the `Catalog`. The `Witness` says whether the store is as this computer knows it. The
subjects stand on this class, each in a module: how a store is made (`making.py`), who the clients are (`clients.py`),
what was said (`interviews.py`), consents, what was passed on, and so on.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mi_cli.errors import Damaged, Failed, InUse, MiError, SaveFailed
from mi_cli.records.base import NewerRecord, NotRead, Record
from mi_cli.records.event_type import EventType
from mi_cli.records.reference import RecordRef, stamp
from mi_cli.records.terms import Protection
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import PLAIN, Codec, DecryptError, DocumentLabel, FileLabel
from mi_cli.store.disk.layout import not_read, records_folder
from mi_cli.store.disk.leftovers import leftovers, remove_leftovers
from mi_cli.store.disk.lock import locked
from mi_cli.store.disk.progress import ProgressCallback, ignore_progress
from mi_cli.store.disk.quarantine import Quarantine
from mi_cli.store.disk.temporaries import sweep
from mi_cli.store.keys.protocols import NO_KEYS, Keys
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.kinds import CLIENT, FACTS, IDENTITY, PLAN, SESSION, AnyRecord, RecordKind
from mi_cli.store.records.log import (
    Log,
    LogEvent,
    Present,
    present,
)
from mi_cli.store.records.memory import NO_MEMORY, Memory, Saved
from mi_cli.store.records.standing import Doubt, Logged, Witness
from mi_cli.store.records.tries import failed_tries, forget_failed_tries
from mi_cli.words.said import said
from mi_cli.words.store import store_words

if TYPE_CHECKING:
    from mi_cli.records.client import Client, Codes, Identity, StoreInfo
    from mi_cli.records.client_facts import Facts
    from mi_cli.records.facts import SessionFacts
    from mi_cli.records.plan import Plan
    from mi_cli.records.session import Session

SHORT_WAIT: Final = 20.0  # seconds; for changes that take milliseconds
_SETTLING_WAIT: Final = 2.0  # seconds; another process may be deleting what is left over, or changing the protection
KEYS: Final = "store"  # the lock of the store's keys and protection
CODES: Final = "clients"
_LOG: Final = "log"


class JsonStore:
    """A folder of JSON documents.

    `now` is the clock, `new_id` the source of ids, `who` the counselor's name, and `keys` what opens the store.
    `memory` is what this computer remembers of stores, and `witness` compares the store with that (`standing.py`).
    `within` is the folder of the records, where another one is meant than `store.json` names. A lock that another
    process holds is waited for within `waiting`.
    """

    def __init__(
        self,
        root: Path,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        who: str,
        keys: Keys = NO_KEYS,
        memory: Memory = NO_MEMORY,
        *,
        expects_passphrase: bool = False,
        within: str | None = None,
        waiting: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self.root = root
        self.catalog = Catalog(root, keys.records, within)
        self.layout = self.catalog.layout
        self.keys = keys
        self.now = now
        self.new_id = new_id
        self.who = who
        self._waiting = waiting
        self._of_earlier_version: set[Path] = set()
        self._saved: dict[str, Present] = {}  # by path; not in the log yet
        self._held: list[str] = []
        self.log = Log(self.layout)
        self.witness = Witness(self.catalog, self.log, memory.at(root), keys, expects_passphrase)
        self._compared: set[Path] = set()

    # -- the store itself -----------------------------------------------------------------------------------------

    @property
    def protection(self) -> Protection:
        """Whether the store is protected, as its folder says now."""
        return self.catalog.protection

    @contextmanager
    def locked_for_keys(self) -> Iterator[None]:
        """Hold `store` and `clients` to change the keys or the protection, whatever `store.json` says of that.

        Raises InUse, also while anything else is locked; SaveFailed.
        """
        atomic.make_own_folder(self.layout.locks, self.root, over_files=False)
        with self._lock(KEYS, SHORT_WAIT), self._lock(CODES, SHORT_WAIT):
            self._require_same_folder()
            self.refuse_other_locks()
            yield

    def refuse_other_locks(self) -> None:
        """Raise InUse if another lock than those for keys and that of the log is held. What a crash left is deleted."""
        names: list[str] = []
        with suppress(Damaged):
            names = self.layout.list_names(self.layout.locks)
        for name in names:
            lock = name.removesuffix(".lock")
            if lock != name and lock not in (KEYS, CODES, _LOG):
                with self._lock(lock, 0):
                    pass

    def locked_log(self) -> AbstractContextManager[None]:
        """Hold the lock of the log. Raises InUse, SaveFailed."""
        return self._lock(_LOG, SHORT_WAIT)

    def with_keys(self, keys: Keys, within: str | None = None) -> "JsonStore":
        """Returns the same store, opened with these keys; `within` is the folder of its records, if it is another."""
        return JsonStore(
            self.root,
            self.now,
            self.new_id,
            self.who,
            keys,
            self.witness.memory,
            expects_passphrase=self.witness.expects_passphrase,
            within=within,
            waiting=self._waiting,
        )

    def remember_keys(self, keys: Keys) -> None:
        """Remember that these keys are the store's now: a holder of the former ones put them there.

        Nothing is raised: where the log is in use, the new keys are in doubt until somebody confirms the store.
        """
        with suppress(MiError, OSError), self.locked_log():
            self.witness.rotated(keys.mark, keys.former_marks)

    def _lock(self, name: str, wait: float) -> AbstractContextManager[None]:
        path = self.layout.locks / f"{name}.lock"
        return locked(path, self.who, self.now(), wait, self.layout.codec, waiting=self._waiting)

    def write_keys(self, key_file: bytes | None) -> None:
        """Writes or deletes `keys.json`; nothing else does. The caller holds the lock `store`. Raises SaveFailed."""
        if key_file is None:
            atomic.remove(self.layout.keys)
        else:
            atomic.write(self.layout.keys, key_file, self.root)

    def info(self) -> "StoreInfo":
        """Returns the store's own document, which is never encrypted. Raises Damaged."""
        from mi_cli.records.client import StoreInfo  # here, as the models of the kinds (`kinds.py`)

        return self.load(self.layout.info, StoreInfo)

    def save_info(self, info: "StoreInfo") -> None:
        """Save the store's own document. Raises SaveFailed."""
        self.save(self.layout.info, info)

    # -- clients --------------------------------------------------------------------------------------------------

    def codes(self) -> dict[str, str]:
        """Returns the client id of each code, in the order they were added. Raises Damaged."""
        return self.clients().clients

    def locked_codes(self) -> AbstractContextManager[None]:
        """Hold the lock under which nobody adds, renames or deletes a client, and no interview begins."""
        return self.locked(CODES)

    def clients(self) -> "Codes":
        """Returns the codes, and the clients in the trash. Raises Damaged."""
        from mi_cli.records.client import Codes  # here, as the models of the kinds (`kinds.py`)

        return self.load(self.layout.codes, Codes)

    def change_held_clients(self, change: "Callable[[Codes], Codes]") -> None:
        """Read who the clients are anew, change and save it, within `locked_codes`. Raises Damaged, SaveFailed."""
        record = self.clients()
        self.compare(self.layout.codes)
        changed = change(record)
        if changed != record:
            self.save(self.layout.codes, self.next_revision(changed))

    def client(self, client_id: str) -> "Client":
        """Returns a client. Raises Damaged."""
        return self.read_record(CLIENT, RecordRef("", client_id))

    def require_client(self, client_id: str) -> None:
        """Raise Failed when a client was deleted meanwhile; SaveFailed when that is unknown."""
        if client_id in self.catalog.deleted_clients() or not atomic.is_there(self.layout.client(client_id)):
            raise Failed(
                said(store_words, lambda words: words.client_not_here),
                said(store_words, lambda words: words.trash_may_have_them),
            )

    def identity(self, client_id: str) -> "Identity | None":
        """Returns the client's name, if one was recorded. Raises Damaged."""
        return self._one(IDENTITY, client_id)

    # -- sessions' facts, client facts, and plans -------------------------------------------------------------------

    def session(self, ref: RecordRef, path: Path | None = None) -> "Session":
        """Returns the facts of a session; `path` is where they are if it was deleted. Raises Damaged."""
        return self.read_record(SESSION, ref, path)

    def facts(
        self, client_id: str, damaged: list[Damaged], step: ProgressCallback = ignore_progress
    ) -> "list[SessionFacts]":
        """Returns the facts of a client's interviews, newest first; what cannot be read is put into `damaged`."""
        return [session.facts() for session in self.each_record(SESSION, client_id, damaged, step)]

    def plan(self, client_id: str) -> "Plan":
        """Returns a client's plan; an empty one if there is none yet. Raises Damaged."""
        return self._one(PLAN, client_id) or self._new(PLAN, client_id)

    def client_facts(self, client_id: str) -> "Facts":
        """Returns what is known of a client; facts with nothing in them if there are none yet. Raises Damaged."""
        return self._one(FACTS, client_id) or self._new(FACTS, client_id)

    def change_facts(self, client_id: str, change: "Callable[[Facts], Facts]") -> "Facts":
        """As `change_plan`, for what is known of a client. Raises Damaged, InUse, SaveFailed."""
        with self.locked_facts(client_id):
            return self.change_held_facts(client_id, change)

    def locked_facts(self, client_id: str) -> AbstractContextManager[None]:
        """Hold the lock under which nobody changes what is known of a client."""
        return self.locked(f"facts-{client_id}")

    def change_held_facts(self, client_id: str, change: "Callable[[Facts], Facts]") -> "Facts":
        """As `change_facts`, within `locked_facts`."""
        on_disk = self._one(FACTS, client_id)
        self.compare(self.layout.facts(client_id))
        facts = on_disk or self._new(FACTS, client_id)
        return self._save_changed(self.layout.facts(client_id), facts, change(facts), is_new=on_disk is None)

    def change_plan(self, client_id: str, change: "Callable[[Plan], Plan]") -> "Plan":
        """Lock the plan, read it anew, change it, and save it if it differs. Raises Damaged, InUse, SaveFailed."""
        with self.locked_plan(client_id):
            return self.change_held_plan(client_id, change)

    def locked_plan(self, client_id: str) -> AbstractContextManager[None]:
        """Hold the lock under which nobody changes a client's plan."""
        return self.locked(f"plan-{client_id}")

    def change_held_plan(self, client_id: str, change: "Callable[[Plan], Plan]") -> "Plan":
        """As `change_plan`, within `locked_plan`."""
        on_disk = self._one(PLAN, client_id)
        plan = on_disk or self._new(PLAN, client_id)
        self.compare(self.layout.plan(client_id))
        return self._save_changed(self.layout.plan(client_id), plan, change(plan), is_new=on_disk is None)

    def compare(self, path: Path) -> Doubt | None:
        """Remember it, where a record that is about to change is older or another than the log says; returns the doubt.

        It is compared once, before this process first changes it. The change is made all the same: an interview must
        not be lost. But what was made of such a record permits nothing until somebody has confirmed it.
        """
        if path in self._compared or self.witness.memory.folder is None:
            return None
        self._compared.add(path)
        with suppress(MiError, OSError):
            if doubt := self.witness.against_the_log(path, self._codec(path)):
                with self.locked_log():
                    self.witness.doubt(doubt.what)
                return doubt
        return None

    def _save_changed(self, path: Path, record: AnyRecord, changed: AnyRecord, *, is_new: bool) -> AnyRecord:
        """Saves a changed record if it differs, and returns it."""
        if changed == record:
            return record
        if not is_new:
            changed = self.next_revision(changed)
        self.save(path, changed)
        return changed

    # -- reading and writing ---------------------------------------------------------------------------------------

    def new_head(self, kind: type[Record], record_id: str | None = None) -> dict[str, object]:
        """Returns the fields that every new record begins with."""
        now = self.now()
        return {
            "schema_": kind.SCHEMA,
            "id": record_id or self.new_id(),
            "created_at": now,
            "updated_at": now,
            "revision": 1,
        }

    def next_revision(self, record: AnyRecord) -> AnyRecord:
        """Returns the record with the next revision and the present time."""
        return record.replace(revision=record.revision + 1, updated_at=self.now())

    def read_record(self, kind: RecordKind[AnyRecord], ref: RecordRef, path: Path | None = None) -> AnyRecord:
        """Returns a record; `path` is where it is, if not in its place. Raises Damaged, also when it is missing."""
        record = self.find_record(kind, ref, path)
        if record is None:
            raise Damaged(
                self.layout.display_path(path or kind.path(self.layout, ref)),
                said(store_words, lambda words: words.gone),
            )
        return record

    def find_record(self, kind: RecordKind[AnyRecord], ref: RecordRef, path: Path | None = None) -> AnyRecord | None:
        """Returns a record, or null when its file is missing, and only then. Raises Damaged."""
        path = path or kind.path(self.layout, ref)
        record = self.find(path, kind.model)
        if record is not None and (fault := kind.fault(record, ref)):
            raise Damaged(self.layout.display_path(path), fault)
        return record

    def each_record(
        self,
        kind: RecordKind[AnyRecord],
        client_id: str,
        damaged: list[Damaged] | None = None,
        step: ProgressCallback = ignore_progress,
    ) -> list[AnyRecord]:
        """Returns a client's records of a kind, newest first.

        What cannot be read is put into `damaged`; without it, Damaged is raised.
        """
        refs = self.catalog.list_dated(kind.place, [client_id], damaged)
        return readable(refs, partial(self.read_record, kind), damaged, step)

    def _one(self, kind: RecordKind[AnyRecord], client_id: str) -> AnyRecord | None:
        """As `find_record`, for the one record that a client has of a kind."""
        return self.find_record(kind, RecordRef("", client_id))

    def _new(self, kind: RecordKind[AnyRecord], client_id: str) -> AnyRecord:
        """Returns a record with nothing in it, of a kind of which a client has one."""
        return kind.model(**{**self.new_head(kind.model), "client": client_id})

    def add_record(self, kind: RecordKind[AnyRecord], ref: RecordRef, record: AnyRecord, event: EventType) -> None:
        """Save a client's new record, and log it. The codes are locked.

        Raises Failed when the client is gone; Damaged, SaveFailed.
        """
        self.require_client(ref.client)
        path = kind.path(self.layout, ref)
        atomic.make_folder(path.parent, self.root)
        self.save(path, record)
        self.log_event(event, ref.client, ref.id)

    def change_record(self, kind: RecordKind[AnyRecord], ref: RecordRef, changed: AnyRecord) -> AnyRecord:
        """Save a record that was read and changed, with its next revision; returns it. A lock is held.

        Raises Damaged, SaveFailed.
        """
        record = self.next_revision(changed)
        self.save(kind.path(self.layout, ref), record)
        return record

    def load(self, path: Path, model: type[AnyRecord]) -> AnyRecord:
        """Returns the record of this model in a file. Raises Damaged, also when it is missing."""
        record = self.find(path, model)
        if record is None:
            raise Damaged(self.layout.display_path(path), said(store_words, lambda words: words.gone))
        return record

    def find(self, path: Path, model: type[AnyRecord]) -> AnyRecord | None:
        """As `load`; null when the file is missing, and only then. Raises Damaged."""
        try:
            data = self.read(path)
            record = model.from_bytes(data)
        except FileNotFoundError:
            return None
        except NotRead as error:
            cause = error if isinstance(error, NewerRecord) else None  # of any other the words may be in it
            raise Damaged(self.layout.display_path(path), not_read(error)) from cause
        if model.UPGRADES and model.earlier_version(json.loads(data)["schema"]):
            self._of_earlier_version.add(path)
        return record

    def read(self, path: Path) -> bytes:
        """Returns any document. Raises Damaged; FileNotFoundError where there is no file."""
        return self.layout.read(path, self._codec(path))

    def codec_of(self, file: FileLabel) -> Codec:
        """Returns what opens a client's file: the notes have keys of their own."""
        return self.keys.notes() if file.file.startswith("notes/") else self.layout.codec

    def _codec(self, path: Path) -> Codec:
        return PLAIN if path == self.layout.info else self.codec_of(self.layout.file_label(path))

    def save(self, path: Path, record: Record) -> None:
        """Save a record; a file of an earlier version is copied to the quarantine first. Raises SaveFailed, Damaged."""
        if path in self._of_earlier_version:
            self.quarantine().copy(path)
            self._of_earlier_version.discard(path)
        document = record.to_bytes()
        self.write(path, DocumentLabel(record.schema_, record.id, record.revision), document)
        self._saved[self.layout.display_path(path)] = Present(record.revision, document)

    def write(self, path: Path, label: DocumentLabel, document: bytes) -> None:
        """Encrypt and write any document. Raises SaveFailed, Damaged."""
        try:
            data = self._codec(path).encrypt(self.layout.file_label(path), label, document)
        except DecryptError as error:
            raise Damaged(self.layout.display_path(path), str(error)) from None
        atomic.write(path, data, self.root)

    def version(self, path: Path) -> Saved | None:
        """Returns which version of a record stands there; null where there is none. Raises Damaged."""
        found = self.present(path)
        return found.saved if found else None

    def present(self, path: Path) -> Present | None:
        """As `log.present`, for any record of the store. Raises Damaged."""
        return present(self.layout, path, self._codec(path))

    # -- locks, and the log ------------------------------------------------------------------------------------------

    @contextmanager
    def locked(self, name: str, wait: float = SHORT_WAIT) -> Iterator[None]:
        """Hold a lock of this store for a change to it; wait up to `wait` seconds. Raises InUse, SaveFailed."""
        atomic.make_own_folder(self.layout.locks, self.root, over_files=False)
        with self._lock(name, wait):
            self._held.append(name)
            try:
                self._require_as_opened()
                yield
            finally:
                self._held.remove(name)
                if self._saved and not self._held:
                    self.log_event(EventType.CHANGED)

    def require_saving(self, client_id: str, lock: AbstractContextManager[None]) -> None:
        """Raise, before anybody is asked for words, what saving them under `lock` would raise now.

        That is InUse, SaveFailed, and Failed when the client is gone.
        """
        with lock:
            self.require_client(client_id)

    @contextmanager
    def locked_where_writable(self, name: str) -> Iterator[None]:
        """As `locked`; but where the folder is read-only, so that nobody can write, without a lock."""
        with ExitStack() as held:
            try:
                held.enter_context(self.locked(name))
            except SaveFailed as error:
                if not atomic.is_not_writable(error.__cause__):
                    raise
            yield

    def _require_as_opened(self) -> None:
        """Raise InUse, or Unconfirmed, unless the store has the protection, keys and folder that it was opened with."""
        if os.path.lexists(self.layout.info):
            self._settle_leftovers()
            self._require_same_folder()
            if self.catalog.protection is not (Protection.PASSPHRASE if self.keys.mark else Protection.NONE):
                self.witness.refuse_another_hand()
                raise InUse(
                    said(store_words, lambda words: words.other_protection),
                    said(store_words, lambda words: words.begin_again),
                )
            self.witness.refuse_open_writing()
        if not self.keys.are_present(self.root):
            raise InUse(
                said(store_words, lambda words: words.keys_were_changed),
                said(store_words, lambda words: words.begin_again),
            )

    def _require_same_folder(self) -> None:
        if records_folder(self.root) != self.layout.folder:
            raise InUse(
                said(store_words, lambda words: words.other_protection),
                said(store_words, lambda words: words.begin_again),
            )

    def _settle_leftovers(self) -> None:
        """Wait for a change of the protection, and delete what one that was broken off has left. Raises InUse.

        While anything is in doubt, nothing is deleted: somebody may have written the wrong folder into `store.json`.
        """
        if not leftovers(self.layout):
            return
        with ExitStack() as held:
            if KEYS not in self._held:
                held.enter_context(self._lock(KEYS, _SETTLING_WAIT))
            self._require_same_folder()
            with suppress(Damaged):
                self.catalog.read_codes()
                if not self.witness.doubts(self.now()):
                    remove_leftovers(self.layout)

    def vouch_for(self, shown: str, record: Present) -> None:
        """Have the next event name a record as it is: a person has looked at it."""
        self._saved[shown] = record

    def log_event(
        self,
        what: EventType,
        client: str | None = None,
        record: str | None = None,
        gone: tuple[str, ...] = (),
        at: datetime | None = None,
        limit: str | None = None,
    ) -> bool:
        """Log that something was done, with what was saved since the last event; `at` is when, if not now.

        Returns whether it was logged. Nothing is raised when the log cannot be written: the change is done, and the
        next event tells of what was saved. This computer remembers it meanwhile: nobody can take a revocation back by
        keeping the log from being written.
        """
        layout, now = self.layout, self.now()
        if (self.keys.mark is None) is not (self.catalog.protection is Protection.NONE):
            # Right after a restore the open keys may not match store.json: an event could not be encrypted.
            return False
        saved = {path: record.saved for path, record in self._saved.items()}
        event = partial(LogEvent, 0, "", by=self.who)
        log_events = [event(at=at, by="", what=EventType.NOT_UNLOCKED) for at in failed_tries(layout.root)]
        if self.keys.newly_opened:
            log_events.append(event(at=now, what=EventType.UNLOCKED))
        told = event(at=at or now, what=what, client=client, record=record, records=saved, gone=gone, limit=limit)
        log_events.append(told)
        try:
            with self.locked_log():
                if not self.keys.are_present(self.root) or records_folder(self.root) != layout.folder:
                    return False  # Nobody could read the event any more; and this store has changed nothing since.
                held = self.witness.holds()
                end = self.log.append(log_events)
                self.witness.remember(told, now, Logged(end, len(log_events), held))
                forget_failed_tries(layout.root)
        except (MiError, OSError):
            self.witness.remember(told, now, None)
            return False
        self.keys.newly_opened = False
        self._saved = {}
        return True

    def sweep(self) -> int:
        """Delete temporary files whose processes have ended; returns how many. What cannot be deleted is left."""
        return sweep(self.layout)

    def quarantine(self) -> Quarantine:
        """Returns the quarantine folder for what is moved there now."""
        return Quarantine(self.layout.records, self.layout.quarantine / f"{stamp(self.now())}-{self.new_id()}")


def readable(
    refs: Sequence[RecordRef],
    read: Callable[[RecordRef], AnyRecord],
    damaged: list[Damaged] | None,
    step: ProgressCallback = ignore_progress,
) -> list[AnyRecord]:
    """Returns the records that can be read, in their order.

    What cannot be read is put into `damaged`; without it, Damaged is raised.
    """
    found = []
    for done, ref in enumerate(refs, 1):
        try:
            found.append(read(ref))
        except Damaged as error:
            if damaged is None:
                raise
            damaged.append(error)
        step(done, len(refs))
    return found
