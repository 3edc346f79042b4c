"""One act of passing something on, and how far a client's log of them goes. An entry is never rewritten."""

import json
from hashlib import sha256
from typing import ClassVar

from pydantic import Field

from mi_cli.records.base import Part, Record
from mi_cli.records.terms import Basis, Category, Event, Purpose


class Disclosure(Record):
    """`mi.disclosure/1`: who (`by`), when (`created_at`), to whom, what, for what purpose and on what basis.

    `seq` counts a client's entries from 1; `prev_hash` is the hash of the entry before. `path` is where the document
    went, null for standard output, `file_sha256` what was in it. `of` is the entry that a `not-delivered` one is about.
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
    notice_version: str | None = None
    consent_copy: bool = False
    prev_hash: str | None = None

    @property
    def hash(self) -> str:
        """SHA-256 of its canonical JSON: sorted keys, no blanks, UTF-8."""
        fields = self.model_dump(mode="json")
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


class Delivery(Part):
    """A delivery under way: enough to tell, after a crash, how far it got."""

    entry: str
    path: str
    temporary: str
    file_sha256: str


class Ledger(Record):
    """`mi.ledger/1`: the number and hash of the last entry, so that one cut off at the end is missed."""

    SCHEMA: ClassVar[str] = "mi.ledger/1"

    client: str
    seq: int = Field(default=0, ge=0)
    last_hash: str | None = None
    under_way: Delivery | None = None
