"""Which file is where in a store, and the list of the newest sessions. No pydantic, no locks: a list is light."""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from mi_cli.errors import Damaged, Failed, NoStore, WrongUsage
from mi_cli.records.head import SessionHead
from mi_cli.records.names import ID_ALPHABET, ID_LENGTH, is_id, is_id_start
from mi_cli.records.terms import Protection, Status
from mi_cli.store.disk.atomic import chosen, read, reason
from mi_cli.store.disk.codec import PLAIN, Codec, DecryptError, FileLabel

STORE_SCHEMA: Final = "mi.store/1"
CLIENT_SCHEMA: Final = "mi.client/1"
CODES_SCHEMA: Final = "mi.clients/1"
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_STAMP_LENGTH: Final = len("20261123T140312Z")
_LONG_AGO: Final = (datetime.min.replace(tzinfo=UTC),) * 2
_RECORD_FILE: Final = re.compile(rf".*[{ID_ALPHABET}]{{{ID_LENGTH}}}\.json", re.DOTALL).fullmatch


_Found = TypeVar("_Found")


class RecordRef(NamedTuple):
    """Where a session is, or a consent. `name` is its file's name without the ending and sorts by time."""

    name: str
    client: str

    @property
    def id(self) -> str:
        """The record's id."""
        return self.name[-ID_LENGTH:]

    @classmethod
    def new(cls, client: str, begun_at: datetime, record_id: str) -> "RecordRef":
        """For a record begun at that time."""
        return cls(f"{stamp(begun_at)}-{record_id}", client)


@dataclass(frozen=True)
class Layout:
    """The paths of a store. `seal` is that of its records, not of its notes."""

    root: Path
    codec: Codec = PLAIN

    @property
    def info(self) -> Path:
        """Format, store id, protection: where this is, there is a store."""
        return self.root / "store.json"

    @property
    def codes(self) -> Path:
        """Code to client id."""
        return self.root / "clients.json"

    @property
    def keys(self) -> Path:
        """The store's keys, where it is protected."""
        return self.root / "keys.json"

    @property
    def log(self) -> Path:
        """What was done, a line each."""
        return self.root / "log.jsonl"

    @property
    def clients(self) -> Path:
        """One folder per client."""
        return self.root / "clients"

    @property
    def trash(self) -> Path:
        """What was deleted and not yet purged."""
        return self.root / "trash"

    @property
    def quarantine(self) -> Path:
        """What was damaged, or gave way to something else: kept, and out of the way."""
        return self.root / "aside"

    @property
    def locks(self) -> Path:
        """Lock files: empty of anything but who holds them."""
        return self.root / "locks"

    def client(self, client_id: str) -> Path:
        """A client's folder."""
        return self.clients / client_id

    def session(self, ref: RecordRef) -> Path:
        """The facts of a session."""
        return self.client(ref.client) / "sessions" / f"{ref.name}.json"

    def notes(self, ref: RecordRef) -> Path:
        """What was said in it."""
        return self.client(ref.client) / "notes" / f"{ref.name}.json"

    def draft(self, ref: RecordRef) -> Path:
        """The half-typed line."""
        return self.notes(ref).with_suffix(".draft")

    def plan(self, client_id: str) -> Path:
        """A client's plan."""
        return self.client(client_id) / "plan.json"

    def consent(self, ref: RecordRef) -> Path:
        """A consent."""
        return self.client(ref.client) / "consents" / f"{ref.name}.json"

    def consent_draft(self, client_id: str) -> Path:
        """A consent that is half filled in. Not among the consents: it is none, and a purge takes it."""
        return self.client(client_id) / "consent.draft"

    def disclosure(self, client_id: str, name: str) -> Path:
        """An entry in a client's log of disclosures."""
        return self.client(client_id) / "disclosures" / f"{name}.json"

    def ledger(self, client_id: str) -> Path:
        """How far that log goes."""
        return self.client(client_id) / "ledger.json"

    def display_path(self, path: Path) -> str:
        """A path as errors name it: from the store's folder on. Holds ids, never a code or words."""
        return path.relative_to(self.root).as_posix()

    def file_label(self, path: Path) -> FileLabel:
        """What a seal knows a file by: whose it is, and its name there. The same in a client's folder in the trash."""
        parts = path.relative_to(self.root).parts
        first = {"clients": 1, "trash": 2}.get(parts[0], len(parts))
        if len(parts) > first + 1 and is_id(parts[first]):
            return FileLabel(self.root.joinpath(*parts[: first + 1]), "/".join(parts[first + 1 :]), parts[first])
        return FileLabel(self.root, "/".join(parts))

    def read(self, path: Path, seal: Codec | None = None) -> bytes:
        """The document in a file. Raises Damaged; FileNotFoundError when there is none."""
        try:
            return (seal or self.codec).decrypt(self.file_label(path), read(path))
        except FileNotFoundError:
            raise
        except OSError as error:
            raise Damaged(self.display_path(path), reason(error)) from error
        except DecryptError as error:
            raise Damaged(self.display_path(path), str(error)) from None

    @property
    def exists(self) -> bool:
        """Whether there is a store here. Raises Damaged when that cannot be told."""
        try:
            self.info.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise Damaged(self.display_path(self.info), reason(error)) from error
        return True

    def require(self) -> None:
        """Raise NoStore unless there is a store here."""
        if not self.exists:
            raise NoStore("There is no store here yet.", "`mi store init` makes one; so does the first interview.")

    @property
    def protection(self) -> Protection:
        """Whether it is protected; where its document does not tell, the key file does.

        Anybody who can write to the folder can make the document say that it is not. Where there are keys, protecting
        it is then to be finished before anything else is written: so much is left by a crash, too.
        """
        keys = os.path.lexists(self.keys)
        try:
            told = Protection(self.read_json(self.info, STORE_SCHEMA, PLAIN)["protection"])
        except (Damaged, FileNotFoundError, KeyError, ValueError):
            return Protection.PASSPHRASE if keys else Protection.NONE
        return Protection.PROTECTING if keys and told is Protection.NONE else told

    @property
    def undecided(self) -> bool:
        """Whether it has no passphrase because nobody could be asked when it was made, and nobody has been since."""
        try:
            return self.read_json(self.info, STORE_SCHEMA, PLAIN).get("protection_asked") is False
        except (Damaged, FileNotFoundError):
            return False

    def outside(self, named: Path) -> Path:
        """Where a file that a person named is to be written, as `atomic.chosen`, outside the store.

        Raises WrongUsage for one within: it could take a record's place, or be lost with them. Raises Failed.
        """
        target = chosen(named)
        if Path(os.path.realpath(target.absolute().parent)).is_relative_to(os.path.realpath(self.root)):
            raise WrongUsage("That file would be within the store, among the records.", "Name one somewhere else.")
        return target

    # -- the light way to read ------------------------------------------------------------------------------------

    def read_json(self, path: Path, schema: str | None = None, seal: Codec | None = None) -> dict[str, Any]:
        """A JSON object, of that schema if one is given. Raises Damaged; FileNotFoundError when there is none."""
        try:
            document = json.loads(self.read(path, seal))
        except (ValueError, RecursionError):
            raise Damaged(self.display_path(path), "it is not whole JSON") from None
        if not isinstance(document, dict):
            raise Damaged(self.display_path(path), "it is no record")
        if schema is not None and document.get("schema") != schema:
            from mi_cli.records.base import NewerRecord, NotThisRecord, check_schema

            try:
                check_schema(schema, document.get("schema"))
            except (NewerRecord, NotThisRecord) as error:
                raise Damaged(self.display_path(path), str(error)) from None
        return document

    def read_codes(self) -> dict[str, str]:
        """Code to client id. Raises Damaged."""
        try:
            codes = self.read_json(self.codes, CODES_SCHEMA).get("clients")
        except FileNotFoundError:
            raise Damaged(self.display_path(self.codes), "it is gone") from None
        if not isinstance(codes, dict) or not all(isinstance(value, str) and is_id(value) for value in codes.values()):
            raise Damaged(self.display_path(self.codes), "it is no record")
        return codes

    def read_client(self, client_id: str) -> dict[str, str | None]:
        """A client's language and counselor. Raises Damaged."""
        path = self.client(client_id) / "client.json"
        try:
            document = self.read_json(path, CLIENT_SCHEMA)
        except FileNotFoundError:
            raise Damaged(self.display_path(path), "it is gone") from None
        fields = {field: document.get(field) for field in ("language", "counselor")}
        if document.get("id") != client_id or not all(isinstance(value, str | None) for value in fields.values()):
            raise Damaged(self.display_path(path), "it is no record of this client")
        return fields

    def code_of(self, damaged: list[Damaged] | None = None) -> dict[str, str]:
        """Client id to code. Codes that cannot be read are put into `damaged`; without it, Damaged is raised."""
        try:
            return {client: code for code, client in self.read_codes().items()}
        except Damaged as error:
            if damaged is None:
                raise
            damaged.append(error)
            return {}

    def sessions(self, clients: Iterable[str] | None = None, damaged: list[Damaged] | None = None) -> list[RecordRef]:
        """All sessions, of these clients or of all, newest first.

        A client's folder that cannot be read is put into `damaged`; without it, Damaged is raised.
        """
        return self.list_dated("sessions", clients, damaged)

    def list_dated(
        self, folder: str, clients: Iterable[str] | None = None, damaged: list[Damaged] | None = None
    ) -> list[RecordRef]:
        """As `sessions`, of any of a client's folders whose files sort by time: `consents`, `disclosures`."""
        return list(self.iter_newest(folder, clients, damaged))

    def iter_newest(
        self, folder: str, clients: Iterable[str] | None = None, damaged: list[Damaged] | None = None
    ) -> Iterator[RecordRef]:
        """As `dated`, for who wants only the first few. The folders have been read when this returns.

        Names tell the second in which something was begun. Of those of the same second, and of no others, the files are
        opened as they come: what was made last comes first.
        """
        names = self.named(folder, clients, damaged)
        return (
            ref
            for same in _of_the_same_second(names)
            for ref in (_latest_first(same, partial(self._begun_and_made, folder)) if len(same) > 1 else same)
        )

    def named(
        self, folder: str, clients: Iterable[str] | None = None, damaged: list[Damaged] | None = None
    ) -> Iterator[RecordRef]:
        """As `newest`, but that those of the same second are in no order: to count, no file need be opened."""
        found: list[tuple[str, str]] = []
        above = str(self.clients)  # a Path for each of hundreds of clients would take as long as all the rest
        for client in self.client_ids() if clients is None else clients:
            try:
                names = os.listdir(f"{above}/{client}/{folder}")
            except FileNotFoundError:
                continue
            except OSError as error:
                trouble = Damaged(f"{self.display_path(self.client(client))}/{folder}", reason(error))
                if damaged is None:
                    raise trouble from error
                damaged.append(trouble)
                continue
            found += [(name, client) for name in names]
        found.sort(reverse=True)
        return (RecordRef(name[:-5], client) for name, client in found if _RECORD_FILE(name))

    def _begun_and_made(self, folder: str, ref: RecordRef) -> tuple[datetime, datetime]:
        """When it was begun, and its record made; long ago for one that cannot be read, which is named elsewhere."""
        try:
            document = self.read_json(self.client(ref.client) / folder / f"{ref.name}.json")
            made = datetime.fromisoformat(document["created_at"])
            begun = datetime.fromisoformat(document.get("started_at", document["created_at"]))
        except (Damaged, FileNotFoundError, KeyError, TypeError, ValueError):
            return _LONG_AGO
        return (begun, made) if begun.tzinfo and made.tzinfo else _LONG_AGO

    def client_ids(self) -> list[str]:
        """The ids of all client folders. Raises Damaged when they cannot be listed."""
        try:
            return [name for name in os.listdir(self.clients) if is_id(name)]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise Damaged(self.display_path(self.clients), reason(error)) from error

    def newest_heads(
        self, clients: Iterable[str] | None = None, damaged: list[Damaged] | None = None
    ) -> Iterator[tuple[RecordRef, SessionHead | Damaged]]:
        """As `newest`, with a line of each session, or what is wrong with it: each file is opened once."""
        for same in _of_the_same_second(self.named("sessions", clients, damaged)):
            found = [(ref, head) for ref in same for head in self.heads([ref])]
            yield from _latest_first(
                found, lambda one: _LONG_AGO if isinstance(one[1], Damaged) else (one[1].started_at, one[1].created_at)
            )

    def heads(self, refs: Iterable[RecordRef]) -> Iterator[SessionHead | Damaged]:
        """A line of each session, as they come; for one that cannot be read, what is wrong with it."""
        for ref in refs:
            path = self.session(ref)
            try:
                head = SessionHead.from_document(self.read_json(path))
                if (head.id, head.client) != (ref.id, ref.client):
                    raise ValueError("another session's record")
                yield head
            except FileNotFoundError:
                continue
            except Damaged as damaged:
                yield damaged
            except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
                yield Damaged(self.display_path(path), "it is no session record this version knows")

    # -- what a name on the command line means ---------------------------------------------------------------------

    def client_id(self, code: str) -> str:
        """The id for a code, whatever its case. Raises Failed when there is none."""
        found = find_code(self.read_codes(), code)
        if found is None:
            raise Failed("There is no client with that code.", "`mi client list` shows the codes.")
        return found[1]

    def find_session(self, name: str) -> RecordRef:
        """The session meant by `last`, by a client's code (that client's latest) or by the start of its id.

        A folder or codes that cannot be read do not stand in the way of a session elsewhere.
        """
        return self._resolve("sessions", name, "interview", "`mi session list` shows them.")

    def find_consent(self, name: str) -> RecordRef:
        """The consent meant, as `find_session`."""
        return self._resolve("consents", name, "consent", "`mi consent list` shows them.")

    def _resolve(self, folder: str, name: str, what: str, shows: str) -> RecordRef:
        damaged: list[Damaged] = []
        codes = {code: client for client, code in self.code_of(damaged).items()}
        if name.lower() == "last":
            refs = list(islice(self.iter_newest(folder, damaged=[]), 1))
        elif found := find_code(codes, name):
            refs = list(islice(self.iter_newest(folder, [found[1]]), 1))
        else:
            folded = name.lower()
            elsewhere = self.list_dated(folder, damaged=damaged) if is_id_start(folded) else []
            refs = [ref for ref in elsewhere if ref.id.startswith(folded)]
            if not refs and damaged:
                raise damaged[0]
            if len(refs) > 1:
                raise WrongUsage(f"That is the start of {len(refs)} {what}s' ids.", "Give one or two characters more.")
        if not refs:
            raise Failed(f"There is no such {what}.", shows)
        return refs[0]

    def latest_unfinished(self) -> RecordRef:
        """The latest session that is not closed. Raises Failed when there is none."""
        for ref, head in self.newest_heads(damaged=[]):
            if isinstance(head, SessionHead) and head.status is not Status.CLOSED:
                return ref
        raise Failed("There is no interview to go on with.", "`mi session start` begins one.")


def _of_the_same_second(refs: Iterable[RecordRef]) -> Iterator[list[RecordRef]]:
    return (list(same) for _, same in groupby(refs, key=lambda ref: ref.name[:_STAMP_LENGTH]))


def _latest_first(
    found: Iterable[_Found], begun_and_made: Callable[[_Found], tuple[datetime, datetime]]
) -> list[_Found]:
    return sorted(found, key=begun_and_made, reverse=True)


def stamp(when: datetime) -> str:
    """A time as it begins a file name, in UTC, so that names sort by time: `20261123T140312Z`."""
    return when.astimezone(UTC).strftime(_STAMP)


def find_code(codes: dict[str, str], code: str) -> tuple[str, str] | None:
    """The code as it is written in the store, and the client's id."""
    folded = code.casefold()
    return next(((known, client) for known, client in codes.items() if known.casefold() == folded), None)
