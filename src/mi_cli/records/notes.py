"""What was said in an interview: the counseling notes, in a file of their own (42 CFR 2.11)."""

from functools import cached_property
from typing import Any, ClassVar, Self

from pydantic import AwareDatetime, Field

from mi_cli.records.base import Part, Record, json_array
from mi_cli.records.change import Change, RecordPart
from mi_cli.records.session import Tally
from mi_cli.records.terms import Kind, Stage, Talk


class Entry(Part):
    """One thing captured. `words` are exactly as typed, null for a mark; `prompt` is the prompt in view, or null."""

    n: int = Field(ge=1)
    turn: int = Field(ge=0)
    at: AwareDatetime
    stage: Stage | None
    prompt: str | None
    kind: Kind
    talk: Talk | None
    words: str | None
    by: str | None = Field(default=None, exclude_if=lambda by: by is None)

    @cached_property
    def as_bytes(self) -> bytes:
        """Its JSON as it stands in the notes: kept, so that saving line 600 costs little more than line 1."""
        return self.model_dump_json(indent=2).replace("\n", "\n    ").encode()

    def replace(self, **changes: Any) -> Self:
        """As `Part.replace`; the JSON that was kept is not the changed entry's."""
        changed = super().replace(**changes)
        changed.__dict__.pop("as_bytes", None)
        return changed


class Turn(Part):
    """How to take back one line: the entries that carry its number go, and these changes are made."""

    turn: int
    back: tuple[Change, ...]


class Pending(Part):
    """What a turn means for session and plan, which are saved after the notes.

    A crash in between is mended from here; `turn` in the session, and `turns` in the plan, tell whether it got there.
    """

    turn: int
    changes: tuple[Change, ...]


class Notes(Record):
    """`mi.notes/1`. `last_n` and `last_turn` only grow: a number is never used twice."""

    SCHEMA: ClassVar[str] = "mi.notes/1"

    session: str
    last_n: int = Field(default=0, ge=0)
    last_turn: int = Field(default=0, ge=0)
    undo: tuple[Turn, ...] = ()
    pending: tuple[Pending, ...] = ()
    entries: tuple[Entry, ...] = ()

    def to_bytes(self) -> bytes:
        """As `Record.to_bytes`; the text of entries that did not change is not made again."""
        shell = self.replace(entries=()).model_dump_json(indent=2)
        head, mark, tail = shell.partition('\n  "entries": []')  # only a key of the document itself is indented so
        entries = json_array(entry.as_bytes for entry in self.entries)
        return b"".join((head.encode(), mark[:-2].encode(), entries, tail.encode(), b"\n"))

    def with_change(self, change: Change) -> "Notes":
        """With the change made, if it is one to the notes."""
        if change.where is not RecordPart.ENTRY:
            return self
        kept = [entry for entry in self.entries if str(entry.n) != change.key]
        if change.put is not None:
            kept.append(Entry.model_validate(change.put))
            kept.sort(key=lambda entry: entry.n)
        return self.replace(entries=tuple(kept))

    def entry(self, n: int) -> Entry | None:
        """The entry with that number."""
        return next((entry for entry in self.entries if entry.n == n), None)

    @property
    def tally(self) -> Tally:
        """The counts of change and sustain talk, marks included."""
        kinds = [entry.kind for entry in self.entries]
        return Tally(change=kinds.count(Kind.CHANGE), sustain=kinds.count(Kind.SUSTAIN))
