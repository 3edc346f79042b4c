"""The log of disclosures of a client: its entries, and the ledger that knows the last one.

An entry is never rewritten. Each holds the hash of the one before (`prev_hash`), and the ledger the number and the hash
of the last, so that an entry that was changed, removed or cut off at the end is noticed (`chain_faults`).
"""

import json
from hashlib import sha256
from typing import ClassVar, Final

from pydantic import Field

from mi_cli.records.base import Part, Record
from mi_cli.records.names import ID_ALPHABET, ID_LENGTH
from mi_cli.records.terms import Basis, Category, Event, Purpose


class Disclosure(Record):
    """`mi.disclosure/1`: who (`by`), when (`created_at`), to whom, what, for what purpose and on what basis.

    `seq` counts a client's entries from 1; `prev_hash` is the hash of the entry before. `path` is where the document
    went, null for standard output, `file_sha256` what was in it. `content_sha256` is that of what it tells, whatever
    the format: documents with the same one are one disclosure in several files. `of` is the entry that a
    `not-delivered` or `uncertain` one is about.
    """

    SCHEMA: ClassVar[str] = "mi.disclosure/1"

    client: str
    seq: int = Field(ge=1)
    event: Event = Event.DISCLOSED
    of: int | None = None
    by: str
    basis: Basis
    consent: str | None = None
    recipient: str | None = None
    as_one_of: str | None = None
    organization: str | None = None
    address: str | None = None
    purpose: Purpose | None = None
    purpose_text: str | None = None
    what: tuple[Category, ...]
    goals: tuple[str, ...] = ()
    format: str
    path: str | None = None
    file_sha256: str
    content_sha256: str | None = Field(default=None, exclude_if=lambda content: content is None)
    notice_version: str | None = None
    consent_copy: bool = False
    prev_hash: str | None = None

    @property
    def hash(self) -> str:
        """The SHA-256 of its canonical JSON (sorted keys, no spaces, UTF-8), in hex."""
        fields = self.model_dump(mode="json")
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


# The pattern is checked because the name comes from a file and becomes a path: only that of a record is allowed.
_RECORD_NAME: Final = rf"^[0-9]{{8}}T[0-9]{{6}}Z-[{ID_ALPHABET}]{{{ID_LENGTH}}}$"


class Delivery(Part):
    """A delivery in progress: enough to tell, after a crash, how far it got.

    `entry` is the name of its log entry, `not_delivered` that of the entry to write if the document never arrived.
    `path` and `temporary` are null for standard output.
    """

    entry: str = Field(pattern=_RECORD_NAME)
    not_delivered: str = Field(pattern=_RECORD_NAME)
    path: str | None
    temporary: str | None


class Ledger(Record):
    """`mi.ledger/1`: the number and hash of the last entry, so that entries cut off at the end are noticed."""

    SCHEMA: ClassVar[str] = "mi.ledger/1"

    client: str
    seq: int = Field(default=0, ge=0)
    last_hash: str | None = None
    under_way: Delivery | None = None
