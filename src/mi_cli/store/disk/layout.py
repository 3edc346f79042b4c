"""The paths of a store, and reading one document of it.

Theory of operation. Every path of a store is made here and nowhere else:

    store.json              format, store id, protection: where this file is, there is a store; never encrypted
    clients.json            code -> client id: the only place that ties the two
    keys.json               the store's keys, under the passphrase; only in a protected store
    log.jsonl               what was done, a line for each event
    clients/<client id>/    client.json, identity.json, facts.json, plan.json, ledger.json, and the
                            folders sessions/, notes/, consents/, disclosures/
    trash/                  what was deleted and not yet purged
    aside/                  the quarantine: what was damaged or was replaced
    locks/                  one file for each lock that is held

A document is read through the store's codec, which gets the `FileLabel` of the file: where the file stands. This module
loads neither pydantic nor `cryptography`, so that a list of interviews appears at once.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mi_cli.errors import Damaged
from mi_cli.records.names import is_id
from mi_cli.records.reference import RecordRef
from mi_cli.store.disk.atomic import read, reason
from mi_cli.store.disk.codec import PLAIN, Codec, DecryptError, FileLabel


@dataclass(frozen=True)
class Layout:
    """The paths of a store. `codec` opens its records; the notes have another codec."""

    root: Path
    codec: Codec = PLAIN

    @property
    def info(self) -> Path:
        """Format, store id and protection: where this file is, there is a store."""
        return self.root / "store.json"

    @property
    def codes(self) -> Path:
        """The file that ties codes to client ids."""
        return self.root / "clients.json"

    @property
    def keys(self) -> Path:
        """The store's keys, in a protected store."""
        return self.root / "keys.json"

    @property
    def log(self) -> Path:
        """What was done, a line for each event."""
        return self.root / "log.jsonl"

    @property
    def clients(self) -> Path:
        """The folder with one folder for each client."""
        return self.root / "clients"

    @property
    def trash(self) -> Path:
        """The folder for what was deleted and not yet purged."""
        return self.root / "trash"

    @property
    def quarantine(self) -> Path:
        """The folder for what was damaged or was replaced."""
        return self.root / "aside"

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

    def disclosure(self, client_id: str, name: str) -> Path:
        """An entry in a client's log of disclosures."""
        return self.client(client_id) / "disclosures" / f"{name}.json"

    def ledger(self, client_id: str) -> Path:
        """The last number and hash of a client's log of disclosures."""
        return self.client(client_id) / "ledger.json"

    def display_path(self, path: Path) -> str:
        """Returns a path as errors name it: relative to the store. It holds ids, never a code or words."""
        return path.relative_to(self.root).as_posix()

    def file_label(self, path: Path) -> FileLabel:
        """Returns what the codec knows a file by: its client and its path in the client's folder, also in the trash."""
        parts = path.relative_to(self.root).parts
        first = {"clients": 1, "trash": 2}.get(parts[0], len(parts))
        if len(parts) > first + 1 and is_id(parts[first]):
            return FileLabel(self.root.joinpath(*parts[: first + 1]), "/".join(parts[first + 1 :]), parts[first])
        return FileLabel(self.root, "/".join(parts))

    def read(self, path: Path, codec: Codec | None = None) -> bytes:
        """Returns the decrypted document in a file. Raises Damaged; FileNotFoundError where there is no file."""
        try:
            return (codec or self.codec).decrypt(self.file_label(path), read(path))
        except FileNotFoundError:
            raise
        except OSError as error:
            raise Damaged(self.display_path(path), reason(error)) from error
        except DecryptError as error:
            raise Damaged(self.display_path(path), str(error)) from None

    def read_json(self, path: Path, schema: str | None = None, codec: Codec | None = None) -> dict[str, Any]:
        """Returns a JSON object, of `schema` if that is given. Raises Damaged, FileNotFoundError."""
        try:
            document = json.loads(self.read(path, codec))
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

    def list_names(self, folder: Path) -> list[str]:
        """Returns the sorted names in a folder of the store; none where it is missing. Raises Damaged."""
        try:
            return sorted(os.listdir(folder))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise Damaged(self.display_path(folder), reason(error)) from error
