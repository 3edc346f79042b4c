"""The client's own change talk, gathered to be read back: what prepares change before what moves to it.

The sustain talk is held back but for one line, and a key question follows (Miller & Rollnick 2013, ch. 19). Marks
without words are counted, never put into words.
"""

from dataclasses import dataclass

from mi_cli.records.notes import Entry, Notes
from mi_cli.records.terms import Kind, Talk


@dataclass(frozen=True)
class Recap:
    """`change` holds the types in DARN-CAT order, untyped first; entries by time. Counts are of marks and entries."""

    change: tuple[tuple[Talk | None, tuple[Entry, ...]], ...]
    change_marks: int
    sustain: int
    strengths: tuple[Entry, ...]
    values: tuple[Entry, ...]


def recap(notes: Notes) -> Recap:
    """Gather it from the notes of one interview."""
    change = [entry for entry in notes.entries if entry.kind is Kind.CHANGE]
    spoken = [entry for entry in change if entry.words is not None]
    by_type = ((talk, tuple(entry for entry in spoken if entry.talk is talk)) for talk in (None, *Talk))
    return Recap(
        change=tuple((talk, entries) for talk, entries in by_type if entries),
        change_marks=len(change) - len(spoken),
        sustain=notes.tally.sustain,
        strengths=_of_kind(notes, Kind.STRENGTH),
        values=_of_kind(notes, Kind.VALUE),
    )


def _of_kind(notes: Notes, kind: Kind) -> tuple[Entry, ...]:
    return tuple(entry for entry in notes.entries if entry.kind is kind and entry.words is not None)
