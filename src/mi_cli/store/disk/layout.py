"""The paths of a store, and reading one document of it.

Theory of operation. Every path of a store is made here and nowhere else:

    store.json              format, store id, protection, and the folder that holds the records: where this file is,
                            there is a store; never encrypted
    locks/                  one file for each lock that is held
    tries.txt               when a wrong passphrase was tried

and in the folder that holds the records, which is the store's own folder until the store is protected or unprotected:

    clients.json            code -> client id: the only place that ties the two; and which clients were deleted
    keys.json               the store's keys, under the passphrase; only in a protected store
    log.jsonl               what was done, a line for each event
    clients/<client id>/    client.json, identity.json, facts.json, plan.json, ledger.json, and the
                            folders sessions/, notes/, contacts/, progress-notes/, consents/, disclosures/; deleted/
                            and purging/ for the sessions that were deleted, or are being purged
    trash/                  what version 0.1.0 deleted
    aside/                  the quarantine: what was damaged or was replaced

A document is read through the store's codec, which gets the `FileLabel` of the file: where the file stands. This module
loads neither pydantic nor `cryptography`, so that a list of interviews appears at once.
"""

import json
import os
import re
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mi_cli.errors import Damaged
from mi_cli.records.names import is_id, is_records_folder
from mi_cli.records.reference import RecordRef
from mi_cli.store.disk.atomic import reason
from mi_cli.store.disk.codec import ENCRYPTED_PREFIX, PLAIN, Codec, DecryptError, FileLabel
from mi_cli.store.disk.door import open_ordinary, read, refuse_links
from mi_cli.words.said import said
from mi_cli.words.store import store_words

if TYPE_CHECKING:
    from mi_cli.records.base import NotRead

OWN_FOLDER: Final = "."  # in store.json: the records are in the store's own folder
OF_SESSIONS: Final = ("sessions", "deleted", "purging")  # where the facts of one may be: in one of them
OF_INTERVIEWS: Final = (*OF_SESSIONS, "notes")
OF_RECORDS: Final = (*OF_INTERVIEWS, "contacts", "progress-notes", "consents", "disclosures")
OF_STORE: Final = frozenset(
    {"store.json", "clients.json", "keys.json", "tries.txt", "log.jsonl", "clients", "trash", "aside", "locks"}
)
OF_CLIENT: Final = frozenset(
    {"client.json", "identity.json", "facts.json", "plan.json", "ledger.json", "consent.draft",
     "records.key.json", "notes.key.json", "disclosures.key.json", *OF_RECORDS}
)  # fmt: skip
RECORD_NAME: Final = r"[0-9]{8}T[0-9]{6}Z-[a-z0-9]{8}"
_OWN_NAMES: Final = OF_STORE | OF_CLIENT | {"item.json"}
_STAMPED: Final = r"(\d{8}t\d{6}z)(-[a-z0-9]{8}(?:\.json|\.draft)?)"  # a record, in lower case


@dataclass(frozen=True)
class Layout:
    """The paths of a store. `codec` opens its records; the notes have another codec.

    `within` is the folder that holds the records, where another one is meant than `store.json` names.
    """

    root: Path
    codec: Codec = PLAIN
    within: str | None = None

    @cached_property
    def folder(self) -> str:
        """The name of the folder that holds the records, as it was when it was first asked for."""
        return self.within or records_folder(self.root)

    @cached_property
    def records(self) -> Path:
        """The folder that holds the records."""
        return self.root / self.folder

    @property
    def info(self) -> Path:
        """Format, store id and protection: where this file is, there is a store."""
        return self.root / "store.json"

    @property
    def codes(self) -> Path:
        """The file that ties codes to client ids."""
        return self.records / "clients.json"

    @property
    def keys(self) -> Path:
        """The store's keys, in a protected store."""
        return self.records / "keys.json"

    @property
    def log(self) -> Path:
        """What was done, a line for each event."""
        return self.records / "log.jsonl"

    @property
    def clients(self) -> Path:
        """The folder with one folder for each client."""
        return self.records / "clients"

    @property
    def trash(self) -> Path:
        """The folder for what version 0.1.0 deleted; nothing else is put there."""
        return self.records / "trash"

    @property
    def quarantine(self) -> Path:
        """The folder for what was damaged or was replaced."""
        return self.records / "aside"

    @property
    def locks(self) -> Path:
        """The folder of the lock files, which hold nothing but who holds the lock."""
        return self.root / "locks"

    def client(self, client_id: str) -> Path:
        """The folder of a client."""
        return self.clients / client_id

    def session(self, ref: RecordRef) -> Path:
        """The facts of a session."""
        return self.client(ref.client) / "sessions" / f"{ref.name}.json"

    def deleted_session(self, ref: RecordRef) -> Path:
        """The facts of a session that is in the trash. Its notes stay where they are."""
        return self.client(ref.client) / "deleted" / f"{ref.name}.json"

    def purged_session(self, ref: RecordRef) -> Path:
        """The facts of a session that is being purged."""
        return self.client(ref.client) / "purging" / f"{ref.name}.json"

    def notes(self, ref: RecordRef) -> Path:
        """What was said in a session."""
        return self.client(ref.client) / "notes" / f"{ref.name}.json"

    def draft(self, ref: RecordRef) -> Path:
        """The half-typed line of a session."""
        return self.notes(ref).with_suffix(".draft")

    def facts(self, client_id: str) -> Path:
        """What is known of a client."""
        return self.client(client_id) / "facts.json"

    def plan(self, client_id: str) -> Path:
        """A client's plan."""
        return self.client(client_id) / "plan.json"

    def consent(self, ref: RecordRef) -> Path:
        """A consent."""
        return self.client(ref.client) / "consents" / f"{ref.name}.json"

    def consent_draft(self, client_id: str) -> Path:
        """A half-filled consent. It stands outside the folder of the consents, because it permits nothing."""
        return self.client(client_id) / "consent.draft"

    def ledger(self, client_id: str) -> Path:
        """The last number and hash of a client's log of disclosures."""
        return self.client(client_id) / "ledger.json"

    def path(self, shown: str) -> Path:
        """Returns the path that `display_path` shows so."""
        return self.info if shown == self.info.name else self.records / shown

    def display_path(self, path: Path) -> str:
        """Returns a path as errors and the log name it: relative to the folder that holds the records.

        So the log goes on when that becomes another folder. It holds ids, never a code or words.
        """
        return path.relative_to(self._above(path)).as_posix()

    def _above(self, path: Path) -> Path:
        return self.records if path.is_relative_to(self.records) else self.root

    def file_label(self, path: Path) -> FileLabel:
        """Returns what the codec knows a file by: its client and its path in the client's folder.

        A session is known by the same path wherever it is, so that deleting it is one rename.
        """
        whole = str(path)  # text: this is done for every file
        above = self.records if whole.startswith(f"{self.records}{os.sep}") else self.root
        parts = whole[len(f"{above}{os.sep}") :].split(os.sep)  # noqa: PTH206  # text is faster than paths
        first = {"clients": 1, "trash": 2}.get(parts[0], len(parts))
        if len(parts) > first + 1 and is_id(parts[first]):
            home = above.joinpath(*parts[: first + 1])
            return FileLabel(home, known_as("/".join(parts[first + 1 :])), parts[first])
        return FileLabel(above, "/".join(parts))

    def read(self, path: Path, codec: Codec | None = None) -> bytes:
        """Returns the decrypted document in a file. Raises Damaged; FileNotFoundError where there is no file."""
        codec = codec or (PLAIN if path == self.info else self.codec)
        try:
            return codec.decrypt(self.file_label(path), read(path, self.root))
        except FileNotFoundError:
            raise
        except OSError as error:
            raise Damaged(self.display_path(path), reason(error)) from error
        except DecryptError as error:
            raise Damaged(self.display_path(path), str(error)) from None

    def read_json(self, path: Path, schema: str | None = None) -> dict[str, Any]:
        """Returns a JSON object, of `schema` if that is given. Raises Damaged, FileNotFoundError."""
        try:
            document = json.loads(self.read(path))
        except (ValueError, RecursionError):
            raise Damaged(self.display_path(path), said(store_words, lambda words: words.not_json)) from None
        if not isinstance(document, dict):
            raise Damaged(self.display_path(path), said(store_words, lambda words: words.no_record))
        if schema is not None and document.get("schema") != schema:
            from mi_cli.records.base import NotRead, check_schema

            try:
                check_schema(schema, document.get("schema"))
            except NotRead as error:
                raise Damaged(self.display_path(path), not_read(error)) from None
        return document

    def list_names(self, folder: Path) -> list[str]:
        """Returns the sorted names in a folder of the store; none where it is missing. Raises Damaged."""
        try:
            refuse_links(folder, self.root)
            return sorted(os.listdir(folder))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise Damaged(self.display_path(folder), reason(error)) from error


def begins_encrypted(path: Path, within: Path | None = None) -> bool:
    """Whether a file begins as an encrypted document does. An empty one does not. Raises OSError."""
    descriptor = open_ordinary(path, os.O_RDONLY, within)
    try:
        return os.read(descriptor, len(ENCRYPTED_PREFIX)) == ENCRYPTED_PREFIX
    finally:
        os.close(descriptor)


def spelled(name: str) -> str:
    """Returns how a store spells the name of a file or folder that differs from one of its own only in case."""
    folded = name.casefold()
    if folded in _OWN_NAMES:
        return folded
    if stamped := re.fullmatch(_STAMPED, folded, re.ASCII):
        return stamped[1].upper() + stamped[2]
    return name


def record_at(shown: str, folders: Container[str]) -> RecordRef | None:
    """Returns which record stands at a path among the records, also in the trash of version 0.1.0; null for any other.

    `folders` are those of a client that may hold it.
    """
    match shown.split("/"):
        case ["clients", client, folder, file] | ["trash", _, client, folder, file] if folder in folders:
            ref = RecordRef(file.rpartition(".")[0], client)
            return ref if is_id(client) and is_id(ref.id) else None
        case _:
            return None


def known_as(file: str) -> str:
    """Returns the path that a file in a client's folder is encrypted for: a deleted session's is as it was before."""
    folder, slash, name = file.partition("/")
    return f"{OF_SESSIONS[0]}/{name}" if slash and folder in OF_SESSIONS else file


def other_folders(root: Path, folder: str | None = None) -> list[str]:
    """Returns the names of the folders that could hold the records of a store, but for `folder`. Raises OSError."""
    return sorted(name for name in os.listdir(root) if name != folder and is_records_folder(name))


def records_folder(root: Path) -> str:
    """Returns the name of the folder that holds a store's records, as `store.json` says now.

    Where that cannot be read, it is the one folder with codes in it, as far as there is one.
    """
    with suppress(OSError, ValueError, AttributeError, RecursionError):
        name: object = json.loads(read(root / "store.json", root)).get("records", OWN_FOLDER)
        if isinstance(name, str) and (name == OWN_FOLDER or is_records_folder(name)):
            return name
    with suppress(OSError, ValueError):
        if not os.path.lexists(root / "clients.json"):
            (only,) = (name for name in other_folders(root) if os.path.lexists(root / name / "clients.json"))
            return only
    return OWN_FOLDER


def not_read(error: "NotRead") -> str:
    """Returns why a document is no record, as part of a sentence."""
    return said(store_words, lambda words: words.unreadable[error.why], **error.values)
