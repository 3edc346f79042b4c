"""The counseling notes: what was said in an interview, in a file of their own (42 CFR 2.11).

`Notes.undo` and `Notes.pending` are what undo and the repair after a crash work with; `interview.turns` explains them.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar, Self

from pydantic import AwareDatetime, Field

from mi_cli.records.base import Part, Record, Upgrade, json_array
from mi_cli.records.change import Change, RecordPart
from mi_cli.records.session import Tally
from mi_cli.records.terms import Act, Kind, Stage, Talk
from mi_cli.records.upgrades import notes_2


def _is_null(value: object) -> bool:
    return value is None


def _is_false(value: object) -> bool:
    return value is False


class Entry(Part):
    """One thing captured in an interview.

    `n` is its number, from 1; `turn` the turn that made it; `prompt` the id of the prompt that was in view, or null;
    `words` are exactly as typed, null for a tally mark; `by` is who added an amendment; `act` what the counselor did,
    for the counselor's part; `star` marks a strong line, for the recap; `target` is the id of the behavior that it is
    about, one of the client facts, or null.
    """

    n: int = Field(ge=1)
    turn: int = Field(ge=0)
    at: AwareDatetime
    stage: Stage | None
    prompt: str | None
    kind: Kind
    talk: Talk | None
    words: str | None
    by: str | None = Field(default=None, exclude_if=_is_null)
    act: Act | None = Field(default=None, exclude_if=_is_null)
    star: bool = Field(default=False, exclude_if=_is_false)
    target: str | None = Field(default=None, exclude_if=_is_null)

    @cached_property
    def as_bytes(self) -> bytes:
        """Its JSON as written in the notes. It is cached, so that saving line 600 costs little more than line 1."""
        return self.model_dump_json(indent=2).replace("\n", "\n    ").encode()

    def replace(self, **changes: Any) -> Self:
        """Returns a copy as `Part.replace` does, without the cached JSON of this one."""
        changed = super().replace(**changes)
        changed.__dict__.pop("as_bytes", None)
        return changed


class Turn(Part):
    """How to undo one turn: its entries and readings are removed, and the changes in `back` are applied."""

    turn: int
    back: tuple[Change, ...]


class Pending(Part):
    """The changes of one turn to the session, the client facts and the plan, which are saved after the notes.

    They repair what a crash in between left. `Session.turn`, `Facts.turns` and `Plan.turns` tell whether they reached
    the disk.
    """

    turn: int
    changes: tuple[Change, ...]


class Notes(Record):
    """`mi.notes/2`. `last_n` and `last_turn` only grow: a number is never used twice."""

    SCHEMA: ClassVar[str] = "mi.notes/2"
    UPGRADES: ClassVar[tuple[Upgrade, ...]] = (notes_2,)

    session: str
    last_n: int = Field(default=0, ge=0)
    last_turn: int = Field(default=0, ge=0)
    undo: tuple[Turn, ...] = ()
    pending: tuple[Pending, ...] = ()
    entries: tuple[Entry, ...] = ()

    def to_bytes(self) -> bytes:
        """Returns the document as `Record.to_bytes` does, with the cached JSON of entries that did not change."""
        shell = self.replace(entries=()).model_dump_json(indent=2)
        head, mark, tail = shell.partition('\n  "entries": []')  # only a key of the document itself has this indent
        entries = json_array(entry.as_bytes for entry in self.entries)
        return b"".join((head.encode(), mark[:-2].encode(), entries, tail.encode(), b"\n"))

    @cached_property
    def focus(self) -> str | None:
        """The id of the target of the latest focus; null before the first."""
        return next((entry.target for entry in reversed(self.entries) if entry.kind is Kind.FOCUS), None)

    def with_entry(self, entry: Entry) -> Self:
        """Returns the notes with one more entry."""
        changed = self.replace(entries=(*self.entries, entry), last_n=entry.n)
        # Carried along, so that line 20,000 is not searched for a focus through all that were before.
        changed.__dict__["focus"] = entry.target if entry.kind is Kind.FOCUS else self.focus
        return changed

    def replace(self, **changes: Any) -> Self:
        """Returns a copy as `Part.replace` does; what is cached of the entries goes when they change."""
        changed = super().replace(**changes)
        if "entries" in changes:
            changed.__dict__.pop("focus", None)
        return changed

    def with_change(self, change: Change) -> "Notes":
        """Returns the notes with the change applied; the same notes if it is to another record."""
        if change.where is not RecordPart.ENTRY:
            return self
        entries = [entry for entry in self.entries if str(entry.n) != change.key]
        if change.put is not None:
            entries.append(Entry.model_validate(change.put))
            entries.sort(key=lambda entry: entry.n)
        return self.replace(entries=tuple(entries))

    def entry(self, n: int) -> Entry | None:
        """Returns the entry with that number, or null."""
        return next((entry for entry in self.entries if entry.n == n), None)

    @property
    def tally(self) -> Tally:
        """The counts of change and sustain talk, marks included; ambivalence is one more on each side."""
        return tally_of(self.entries)


def tally_of(entries: Iterable[Entry]) -> Tally:
    """Returns the counts of change and sustain talk among the entries; ambivalence is one more on each side."""
    kinds = [entry.kind for entry in entries]
    both = kinds.count(Kind.AMBIVALENCE)
    return Tally(change=kinds.count(Kind.CHANGE) + both, sustain=kinds.count(Kind.SUSTAIN) + both)
