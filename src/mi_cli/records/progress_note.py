"""The progress note: the signed note for the client's record. It is not the counseling notes.

A note is a draft until it is signed. From then on nothing in it changes: what is added later is an amendment, with its
kind, its day, its author and its reason. `content_digest` is what a signature keeps: it shows a change of the text. It
proves no signer, since anybody can compute it.
"""

import json
from datetime import date, datetime
from hashlib import sha256
from typing import ClassVar, Final

from pydantic import AwareDatetime, Field

from mi_cli.records.base import Part, Record
from mi_cli.records.terms import AmendmentKind, NoteAuthor, NoteState

# What may change after a note was signed: its state, the signature, amendments, and what counts the saves.
_OUTSIDE_THE_TEXT: Final = frozenset({"state", "signed", "amendments", "revision", "updated_at", "typing"})


class Served(Part):
    """An interval in which the client was served."""

    from_: AwareDatetime = Field(alias="from")
    to: AwareDatetime


class NoteLine(Part):
    """A line of a note. `source` names what it rests on, such as `goal:9avc637w` or `entry:7`; null: it was typed.

    Where it rests on several things, there is a blank between their names.
    """

    text: str
    source: str | None = None


class NoteSection(Part):
    """A section. `lines` is null in a blank that nobody has filled in: `by` says who may.

    `key` is the section's key in its format, such as `response`; `label` is what it is called in the note's language.
    `under` is the key of the section that it is a line of; null for a section of its own.
    """

    key: str
    label: str
    under: str | None = Field(default=None, exclude_if=lambda under: under is None)
    lines: tuple[NoteLine, ...] | None = None
    by: NoteAuthor = NoteAuthor.RECORD


class Signature(Part):
    """Who signed, with which credentials, when, and the digest of what was signed."""

    by: str
    credentials: str | None = None
    at: AwareDatetime
    sha256: str


class HalfTyped(Part):
    """An answer of a draft that was being typed, and the question that it answers, by its name."""

    question: str
    line: str


class Amendment(Part):
    """What was added after the note was signed."""

    kind: AmendmentKind
    at: AwareDatetime
    by: str
    reason: str
    text: str


class ProgressNote(Record):
    """`mi.progress-note/1`: of an interview (`session`) or of a contact (`contact`); the other one is null.

    `served` are the intervals of the service, `written_at` is when the note was begun. `goals` are ids of goals.
    `typing` is there only in a draft that was left in the middle of an answer; it is no part of the text.
    """

    SCHEMA: ClassVar[str] = "mi.progress-note/1"

    client: str
    session: str | None = None
    contact: str | None = None
    format: str
    language: str
    served: tuple[Served, ...] = ()
    written_at: AwareDatetime
    counselor: str
    credentials: str | None = None
    place: str | None = None
    modality: str | None = None
    present: str | None = None
    goals: tuple[str, ...] = ()
    sections: tuple[NoteSection, ...] = ()
    state: NoteState = NoteState.DRAFT
    signed: Signature | None = None
    amendments: tuple[Amendment, ...] = ()
    typing: HalfTyped | None = Field(default=None, exclude_if=lambda typing: typing is None)

    @property
    def since(self) -> datetime:
        """When the service ended; of a note without times, when it was begun."""
        return self.served[-1].to if self.served else self.written_at

    @property
    def served_on(self) -> date:
        """The day of the service; of a note without times, the day on which it was begun."""
        return self.since.date()

    @property
    def minutes(self) -> int:
        """The whole minutes of all intervals together."""
        return int(sum(max((each.to - each.from_).total_seconds(), 0) for each in self.served) // 60)


def content_digest(note: ProgressNote) -> str:
    """Returns the SHA-256 of what a signature covers: all of the note but its state, signature and amendments."""
    content = {key: value for key, value in note.model_dump(mode="json").items() if key not in _OUTSIDE_THE_TEXT}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_as_signed(note: ProgressNote) -> bool:
    """Whether a signed note is the text that was signed; a draft is not."""
    return note.signed is not None and note.signed.sha256 == content_digest(note)
