"""The store as JSON files: clients, codes, the facts of sessions, client facts, and plans.

Theory of operation. A change to a record goes: lock, read anew, change, save, log.

1. `locked` holds a lock of the store. While it is held, the store's protection is as the open keys expect it: a store
   that is being converted refuses every change.
2. `load` and `find` read a record, and upgrade one of an earlier version in memory.
3. `save` encrypts the record and replaces its file in one atomic write. The file of an earlier version is copied into
   the quarantine before that.
4. What was saved is remembered in `_saved` until the last lock is released; then one line in the log tells of it. The
   log never stops a change: what could not be logged is logged with the next event.

Lists are read without locks, by the `Catalog`. Notes are read in `interviews.py`, consents in `consents.py`, what was
passed on in `disclosures.py`; each of them uses this class.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from mi_cli.errors import Damaged, Failed, InUse, MiError
from mi_cli.records.base import NewerRecord, NotThisRecord, Record
from mi_cli.records.client import Client, Codes, Identity, StoreInfo
from mi_cli.records.client_facts import Facts
from mi_cli.records.event_type import EventType
from mi_cli.records.facts import SessionFacts
from mi_cli.records.names import checked_name, replace_surrogates
from mi_cli.records.plan import Plan
from mi_cli.records.reference import RecordRef, stamp
from mi_cli.records.session import Session
from mi_cli.records.terms import Protection
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import PLAIN, Codec, DecryptError, DocumentLabel
from mi_cli.store.disk.lock import locked
from mi_cli.store.disk.progress import ProgressCallback, ignore_progress
from mi_cli.store.disk.quarantine import Quarantine
from mi_cli.store.keys.protocols import NO_KEYS, Keys
from mi_cli.store.records.catalog import Catalog, find_code
from mi_cli.store.records.log import TRIES, LogEvent, Saved, append, failed_tries, forget_failed_tries

SHORT_WAIT: Final = 20.0  # seconds; for changes that take milliseconds
AnyRecord = TypeVar("AnyRecord", bound=Record)
_FOLDERS: Final = ("sessions", "notes", "consents", "disclosures")


class JsonStore:
    """A folder of JSON documents.

    `now` is the clock, `new_id` the source of ids, `who` the counselor's name, and `keys` what opens the store.
    """

    def __init__(
        self, root: Path, now: Callable[[], datetime], new_id: Callable[[], str], who: str, keys: Keys = NO_KEYS
    ) -> None:
        self.root = root
        self.catalog = Catalog(root, keys.records)
        self.layout = self.catalog.layout
        self.keys = keys
        self.now = now
        self.new_id = new_id
        self.who = who
        self._of_earlier_version: set[Path] = set()
        self._saved: dict[str, tuple[int, bytes]] = {}  # revision and document by path, not in the log yet
        self._locks_held = 0

    # -- the store itself -----------------------------------------------------------------------------------------

    def make(self, key_file: bytes | None = None, *, asked: bool = True) -> bool:
        """Create the store, protected if there is a `key_file`; returns False when there is a store already.

        `asked` is whether a person decided about the protection; if not, a person is asked later. Raises InUse,
        SaveFailed, Damaged for a folder with records in it, and Failed for a folder with other files.
        """
        if self.catalog.exists:
            return False
        self._refuse_other_files()
        with self.locked("store"):
            if self.catalog.exists:
                return False
            atomic.make_folder(self.layout.clients)
            # keys.json without store.json: an init was interrupted. Its key is lost: clients.json is rewritten.
            interrupted = atomic.is_there(self.layout.keys)
            if key_file is not None or interrupted:
                self._refuse_clients()
            if key_file is not None:
                self.write_keys(key_file)
            if key_file is not None or interrupted or self.find(self.layout.codes, Codes) is None:
                self.save(self.layout.codes, Codes(**self.new_head(Codes)))
            if key_file is None:
                self.write_keys(None)
            protection = Protection.NONE if key_file is None else Protection.PASSPHRASE
            decided = asked or key_file is not None
            self.save_info(StoreInfo(**self.new_head(StoreInfo), protection=protection, protection_asked=decided))
            self.log_event(EventType.MADE)
        return True

    @property
    def protection(self) -> Protection:
        """Whether the store is protected, as its folder says now."""
        return self.catalog.protection

    def locked_for_keys(self) -> AbstractContextManager[None]:
        """Hold the lock `store` to change the keys, also where protecting was interrupted. Raises InUse, SaveFailed.

        `locked` would refuse there, and yet the passphrase may be changed before protecting is finished.
        """
        atomic.make_folder(self.layout.locks)
        return locked(self.layout.locks / "store.lock", self.who, self.now(), SHORT_WAIT, self.layout.codec)

    def write_keys(self, key_file: bytes | None) -> None:
        """Writes or deletes `keys.json`; nothing else does. The caller holds the lock `store`. Raises SaveFailed."""
        if key_file is None:
            atomic.remove(self.layout.keys)
        else:
            atomic.write(self.layout.keys, key_file)

    def _refuse_clients(self) -> None:
        """Raise Damaged where there are clients: there was a store, whose keys and codes must not be overwritten."""
        if self.catalog.client_ids():
            raise Damaged(self.layout.display_path(self.layout.info), "it is gone, and the folder has records in it")

    def _refuse_other_files(self) -> None:
        """Raise Failed for a folder with files that are no store's. What an interrupted `make` left is allowed."""
        layout = self.layout
        ours = (layout.locks, layout.clients, layout.codes, layout.trash, layout.quarantine, layout.keys, layout.log)
        own = {TRIES, *(path.name for path in ours)}
        try:
            names = os.listdir(layout.root)
        except FileNotFoundError:
            return
        except OSError as error:
            raise atomic.save_failed(error) from error
        if any(name not in own and not name.endswith(atomic.TEMPORARY) for name in names):
            raise Failed("That folder holds other files.", "Name a new or empty folder for the store.")

    def info(self) -> StoreInfo:
        """Returns the store's own document, which is never encrypted. Raises Damaged."""
        return self.load(self.layout.info, StoreInfo, PLAIN)

    def save_info(self, info: StoreInfo) -> None:
        """Save the store's own document. Raises SaveFailed."""
        self.save(self.layout.info, info, PLAIN)

    # -- clients --------------------------------------------------------------------------------------------------

    def codes(self) -> dict[str, str]:
        """Returns the client id of each code, in the order they were added. Raises Damaged."""
        return self.load(self.layout.codes, Codes).clients

    def add_client(self, code: str, language: str | None = None, counselor: str | None = None) -> str:
        """Create a client; returns the id. Raises Failed when the code is taken, in upper or lower case."""
        code = checked_name(code, "client code")
        given = {"language": language, "counselor": counselor}
        fields = {field: replace_surrogates(value) for field, value in given.items() if value is not None}
        client = Client(**self.new_head(Client), **fields)

        def add(codes: dict[str, str]) -> dict[str, str]:
            refuse_taken(codes, code)
            atomic.make_folder(self.layout.client(client.id))
            self.layout.codec.make_keys(self.layout.client(client.id), client.id)
            self.save(self.layout.client(client.id) / "client.json", client)
            return {**codes, code: client.id}

        self.change_codes(add)
        return client.id

    def renew_client(self, client_id: str) -> None:
        """Give a client a record and keys again, of whom only the disclosures were kept. The codes are locked."""
        home = self.layout.client(client_id)
        self.layout.codec.make_keys(home, client_id)
        if not atomic.is_there(home / "client.json"):
            self.save(home / "client.json", Client(**self.new_head(Client, client_id)))

    def rename_client(self, old: str, new: str) -> None:
        """Give a client another code. Raises Failed when the new one is taken."""
        new = checked_name(new, "client code")

        def rename(codes: dict[str, str]) -> dict[str, str]:
            present = find_code(codes, old)
            others = {code: client for code, client in codes.items() if present is None or code != present[0]}
            refuse_taken(others, new)
            return {new if present and code == present[0] else code: client for code, client in codes.items()}

        self.change_codes(rename)

    def change_codes(self, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
        """Lock the codes, read them anew, change and save them. Raises InUse, Damaged, SaveFailed."""
        with self.locked_codes():
            self.change_held_codes(change)

    def locked_codes(self) -> AbstractContextManager[None]:
        """Hold the lock under which nobody adds, renames or deletes a client, and no interview begins."""
        return self.locked("clients")

    def change_held_codes(self, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
        """As `change_codes`, within `locked_codes`."""
        codes = self.load(self.layout.codes, Codes)
        changed = change(dict(codes.clients))
        if changed != codes.clients:
            self.save(self.layout.codes, self.next_revision(codes.replace(clients=changed)))

    def client(self, client_id: str) -> Client:
        """Returns a client. Raises Damaged."""
        path = self.layout.client(client_id) / "client.json"
        return self._checked_client(client_id, self.load(path, Client), "id", path)

    def require_client(self, client_id: str) -> None:
        """Raise Failed when a client was deleted meanwhile; SaveFailed when that is unknown."""
        if not atomic.is_there(self.layout.client(client_id)):
            raise Failed(
                "That client's records are not in the store.",
                "`mi store trash list` may have them; `mi store check` looks.",
            )

    def save_client(self, client: Client) -> None:
        """Save a changed client. Raises InUse, SaveFailed."""
        with self.locked_codes():
            self.save(self.layout.client(client.id) / "client.json", self.next_revision(client))

    def identity(self, client_id: str) -> Identity | None:
        """Returns the client's name, if one was recorded. Raises Damaged."""
        path = self.layout.client(client_id) / "identity.json"
        identity = self.find(path, Identity)
        return self._checked_client(client_id, identity, "client", path) if identity else None

    def save_identity(self, client_id: str, name: str | None) -> None:
        """Save the client's name in a file of its own. Raises Damaged, InUse, SaveFailed."""
        with self.locked_codes():
            present = self.identity(client_id)
            identity = self.next_revision(present) if present else Identity(**self.new_head(Identity), client=client_id)
            self.save(self.layout.client(client_id) / "identity.json", identity.replace(name=name))

    # -- sessions' facts, client facts, and plans -------------------------------------------------------------------

    def session(self, ref: RecordRef) -> Session:
        """Returns the facts of a session. Raises Damaged."""
        session = self.load(self.layout.session(ref), Session)
        if (session.id, session.client) != (ref.id, ref.client):
            raise Damaged(self.layout.display_path(self.layout.session(ref)), "it is another session's record")
        return session

    def facts(
        self, client_id: str, damaged: list[Damaged], step: ProgressCallback = ignore_progress
    ) -> list[SessionFacts]:
        """Returns the facts of a client's interviews, newest first; what cannot be read is put into `damaged`."""
        facts = []
        refs = self.catalog.sessions([client_id])
        for done, ref in enumerate(refs, 1):
            try:
                facts.append(self.session(ref).facts())
            except Damaged as error:
                damaged.append(error)
            step(done, len(refs))
        return facts

    def plan(self, client_id: str) -> Plan:
        """Returns a client's plan; an empty one if there is none yet. Raises Damaged."""
        return self._plan_on_disk(client_id) or Plan(**self.new_head(Plan), client=client_id)

    def client_facts(self, client_id: str) -> Facts:
        """Returns what is known of a client; facts with nothing in them if there are none yet. Raises Damaged."""
        return self._facts_on_disk(client_id) or Facts(**self.new_head(Facts), client=client_id)

    def change_facts(self, client_id: str, change: Callable[[Facts], Facts]) -> Facts:
        """As `change_plan`, for what is known of a client. Raises Damaged, InUse, SaveFailed."""
        with self.locked(f"facts-{client_id}"):
            on_disk = self._facts_on_disk(client_id)
            facts = on_disk or Facts(**self.new_head(Facts), client=client_id)
            return self._save_changed(self.layout.facts(client_id), facts, change(facts), is_new=on_disk is None)

    def _facts_on_disk(self, client_id: str) -> Facts | None:
        path = self.layout.facts(client_id)
        facts = self.find(path, Facts)
        return self._checked_client(client_id, facts, "client", path) if facts else None

    def _plan_on_disk(self, client_id: str) -> Plan | None:
        path = self.layout.plan(client_id)
        plan = self.find(path, Plan)
        return self._checked_client(client_id, plan, "client", path) if plan else None

    def change_plan(self, client_id: str, change: Callable[[Plan], Plan]) -> Plan:
        """Lock the plan, read it anew, change it, and save it if it differs. Raises Damaged, InUse, SaveFailed."""
        with self.locked(f"plan-{client_id}"):
            on_disk = self._plan_on_disk(client_id)
            plan = on_disk or Plan(**self.new_head(Plan), client=client_id)
            return self._save_changed(self.layout.plan(client_id), plan, change(plan), is_new=on_disk is None)

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

    def load(self, path: Path, kind: type[AnyRecord], codec: Codec | None = None) -> AnyRecord:
        """Returns a record. Raises Damaged, also when it is missing. `codec` is for notes, which have their own."""
        record = self.find(path, kind, codec)
        if record is None:
            raise Damaged(self.layout.display_path(path), "it is gone")
        return record

    def find(self, path: Path, kind: type[AnyRecord], codec: Codec | None = None) -> AnyRecord | None:
        """Returns a record, or null when its file is missing, and only then. Raises Damaged."""
        try:
            data = self.layout.read(path, codec)
            record = kind.from_bytes(data)
        except FileNotFoundError:
            return None
        except (NewerRecord, NotThisRecord) as error:
            raise Damaged(self.layout.display_path(path), str(error)) from None
        if kind.UPGRADES and kind.earlier_version(json.loads(data)["schema"]):
            self._of_earlier_version.add(path)
        return record

    def _checked_client(self, client_id: str, record: AnyRecord, field: str, path: Path) -> AnyRecord:
        """Returns the record. Raises Damaged if `field` of it does not name that client."""
        if getattr(record, field) != client_id:
            raise Damaged(self.layout.display_path(path), "it is another client's record")
        return record

    def save(self, path: Path, record: Record, codec: Codec | None = None) -> None:
        """Save a record; a file of an earlier version is copied to the quarantine first. Raises SaveFailed, Damaged."""
        if path in self._of_earlier_version:
            self.quarantine().copy(path)
            self._of_earlier_version.discard(path)
        document = record.to_bytes()
        self.write(path, DocumentLabel(record.schema_, record.id, record.revision), document, codec)
        self._saved[self.layout.display_path(path)] = (record.revision, document)

    def write(self, path: Path, label: DocumentLabel, document: bytes, codec: Codec | None = None) -> None:
        """Encrypt and write any document. Raises SaveFailed, Damaged."""
        try:
            data = (codec or self.layout.codec).encrypt(self.layout.file_label(path), label, document)
        except DecryptError as error:
            raise Damaged(self.layout.display_path(path), str(error)) from None
        atomic.write(path, data)

    @contextmanager
    def locked(self, name: str, wait: float = SHORT_WAIT) -> Iterator[None]:
        """Hold a lock of this store for a change to it; wait up to `wait` seconds. Raises InUse, SaveFailed."""
        atomic.make_folder(self.layout.locks)
        with locked(self.layout.locks / f"{name}.lock", self.who, self.now(), wait, self.layout.codec):
            if os.path.lexists(self.layout.info) and not self.keys.allow_changes(self.catalog.protection):
                raise InUse("The protection of the store is being changed.", "If that was broken off: `mi store info`.")
            self._locks_held += 1
            try:
                yield
            finally:
                self._locks_held -= 1
                if self._saved and not self._locks_held:
                    self.log_event(EventType.CHANGED)

    def log_event(
        self, what: EventType, client: str | None = None, record: str | None = None, gone: tuple[str, ...] = ()
    ) -> None:
        """Log that something was done, with what was saved since the last event.

        Nothing is raised when the log cannot be written: the change is done, and the next event tells of it.
        """
        layout, now = self.layout, self.now()
        if (self.keys is NO_KEYS) is not (self.catalog.protection is Protection.NONE):
            # Right after a restore the open keys may not match store.json: an event could not be encrypted.
            return
        saved = {path: Saved.of(revision, document) for path, (revision, document) in self._saved.items()}
        event = partial(LogEvent, 0, "", by=self.who)
        log_events = [event(at=at, by="", what=EventType.NOT_UNLOCKED) for at in failed_tries(layout.root)]
        if self.keys.newly_opened:
            log_events.append(event(at=now, what=EventType.UNLOCKED))
        log_events.append(event(at=now, what=what, client=client, record=record, records=saved, gone=gone))
        with suppress(MiError, OSError):
            with locked(layout.locks / "log.lock", self.who, now, SHORT_WAIT, layout.codec):
                append(layout, log_events)
                forget_failed_tries(layout.root)
            self.keys.newly_opened = False
            self._saved = {}

    def quarantine(self) -> Quarantine:
        """Returns the quarantine folder for what is moved there now."""
        return Quarantine(self.layout.root, self.layout.quarantine / f"{stamp(self.now())}-{self.new_id()}")

    def sweep(self) -> int:
        """Delete temporary files whose processes have ended; returns how many. What cannot be deleted is left."""
        swept = 0
        for path in self._temporaries():
            with suppress(OSError):
                os.unlink(path)
                swept += 1
        return swept

    def _temporaries(self) -> Iterator[str]:
        # Text, and not a Path for each of hundreds of folders: the first prompt waits for this.
        layout = self.layout
        within = [str(layout.root), *(f"{layout.trash}/{name}" for name in _names(layout.trash))]
        above = str(layout.clients)
        for client in _names(above):
            names = _names(f"{above}/{client}")
            yield from (f"{above}/{client}/{name}" for name in names if atomic.is_stale(name))
            within += [f"{above}/{client}/{name}" for name in _FOLDERS if name in names]
        for folder in within:
            yield from (f"{folder}/{name}" for name in _names(folder) if atomic.is_stale(name))


def _names(folder: Path | str) -> list[str]:
    """Returns the names in a folder; none if it cannot be read."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def refuse_taken(codes: dict[str, str], code: str) -> None:
    """Raise Failed when a client has that code, whatever its case."""
    if find_code(codes, code):
        raise Failed("That code is taken.", "`mi client list` shows the codes in use.")
