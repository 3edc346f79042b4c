"""Collects the client's own change talk, to be read back as a recap (Miller & Rollnick 2013, ch. 19).

Preparing talk comes before mobilizing talk. Sustain talk is only counted, and so are marks without words: the program
never puts words to them. A key question follows the recap.
"""

from dataclasses import dataclass

from mi_cli.records.notes import Entry, Notes
from mi_cli.records.terms import Kind


@dataclass(frozen=True)
class Recap:
    """The entries with words, each group in order of time, and counts.

    Change talk without a type is under `preparing`, which promises less. `change_marks` are marks without words.
    """

    preparing: tuple[Entry, ...]
    mobilizing: tuple[Entry, ...]
    strengths: tuple[Entry, ...]
    values: tuple[Entry, ...]
    change_marks: int
    sustain: int

    @property
    def change(self) -> tuple[Entry, ...]:
        """All change talk that has words."""
        return self.preparing + self.mobilizing


def recap(notes: Notes) -> Recap:
    """Collects the recap from the notes of one interview."""
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
