"""The client's own change talk, gathered to be read back: what prepares change before what moves to it.

The sustain talk is held back but for one line, and a key question follows (Miller & Rollnick 2013, ch. 19). Marks
without words are counted, never put into words.
"""

from dataclasses import dataclass

from mi_cli.records.notes import Entry, Notes
from mi_cli.records.terms import Kind


@dataclass(frozen=True)
class Recap:
    """Entries with words, each group by time. What has no type stands with what prepares: it promises less."""

    preparing: tuple[Entry, ...]
    mobilizing: tuple[Entry, ...]
    strengths: tuple[Entry, ...]
    values: tuple[Entry, ...]
    change_marks: int
    sustain: int

    @property
    def change(self) -> tuple[Entry, ...]:
        """All the change talk there are words of."""
        return self.preparing + self.mobilizing


def recap(notes: Notes) -> Recap:
    """Gather it from the notes of one interview."""
    change = _of_kind(notes, Kind.CHANGE)
    return Recap(
        preparing=tuple(entry for entry in change if not (entry.talk and entry.talk.mobilizing)),
        mobilizing=tuple(entry for entry in change if entry.talk and entry.talk.mobilizing),
        strengths=_of_kind(notes, Kind.STRENGTH),
        values=_of_kind(notes, Kind.VALUE),
        change_marks=notes.tally.change - len(change),
        sustain=notes.tally.sustain,
    )


def _of_kind(notes: Notes, kind: Kind) -> tuple[Entry, ...]:
    return tuple(entry for entry in notes.entries if entry.kind is kind and entry.words is not None)
