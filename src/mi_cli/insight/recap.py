"""Collects the client's own change talk, to be read back as a recap (Miller & Rollnick 2013, ch. 19).

The rules: the doubt comes first, in one clause, and is not repeated. Then three to five of the client's lines, starred
ones before others and late ones before early ones, grouped by what they say: what the client wants, why, what the
client could do, will do, has begun. Where this interview has few, or no
value, those of earlier ones are added. What was said to a
ruler's question is read back only if it was starred. Marks without words are only counted: the program never puts
words to them. A key question follows the recap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Final

from mi_cli.records.notes import Entry, Notes
from mi_cli.records.session import Reading
from mi_cli.records.terms import Kind, Talk
from mi_cli.records.text_keys import Theme

MOST: Final = 5  # more is a list, not a summary
FEW: Final = 3  # with fewer, earlier interviews are looked at

_THEMES: Final = {
    Talk.DESIRE: Theme.WANT,
    Talk.REASON: Theme.BECAUSE,
    Talk.NEED: Theme.BECAUSE,
    Talk.ABILITY: Theme.COULD,
    Talk.COMMITMENT: Theme.WILL,
    Talk.ACTIVATION: Theme.WILL,
    Talk.TAKING_STEPS: Theme.BEGUN,
}


@dataclass(frozen=True)
class RecapLine:
    """One line to read back: what it says, and the entry with the client's words; `earlier`: of another interview."""

    theme: Theme
    entry: Entry
    earlier: bool = False


@dataclass(frozen=True)
class Recap:
    """What to read back. `doubt` is whether there is sustain talk; `lines` are by theme, then in order of time.

    `left_out` counts lines of change talk that were not chosen; `change_marks` and `sustain` are the counts of marks of
    change talk, and of sustain talk.
    """

    doubt: bool
    lines: tuple[RecapLine, ...]
    strengths: tuple[Entry, ...]
    values: tuple[Entry, ...]
    left_out: int
    change_marks: int
    sustain: int


def recap(notes: Notes, readings: Sequence[Reading] = (), earlier: Sequence[Entry] = ()) -> Recap:
    """Collects the recap of an interview. `earlier` has change talk and values of those before it, oldest first."""
    answers = {number for reading in readings for number in (reading.why, reading.raise_)}
    change_talk = _of_kind(notes, Kind.CHANGE)
    spoken = [entry for entry in change_talk if entry.star or entry.n not in answers]
    chosen = [RecapLine(_theme(entry), entry) for entry in _chosen(spoken, MOST)]
    if len(chosen) < FEW:
        change = [entry for entry in earlier if entry.kind is Kind.CHANGE]
        chosen += [RecapLine(_theme(entry), entry, True) for entry in _chosen(change, FEW - len(chosen))]
    order = list(Theme)
    chosen.sort(key=lambda line: (order.index(line.theme), not line.earlier, line.entry.at, line.entry.n))
    tally = notes.tally
    return Recap(
        doubt=bool(tally.sustain),
        lines=tuple(chosen),
        strengths=_of_kind(notes, Kind.STRENGTH),
        values=_of_kind(notes, Kind.VALUE) or tuple(entry for entry in earlier if entry.kind is Kind.VALUE),
        left_out=len(change_talk) - sum(not line.earlier for line in chosen),
        change_marks=sum(entry.kind is Kind.CHANGE and entry.words is None for entry in notes.entries),
        sustain=tally.sustain,
    )


def _chosen(entries: Sequence[Entry], most: int) -> list[Entry]:
    """Returns at most so many: the starred ones, then one of each theme in turn; of each the latest first."""
    latest = sorted(entries, key=lambda entry: (entry.at, entry.n), reverse=True)
    starred = [entry for entry in latest if entry.star]
    others = [[entry for entry in latest if not entry.star and _theme(entry) is theme] for theme in Theme]
    in_turn = (entry for entry in chain.from_iterable(zip_longest(*others)) if entry is not None)
    return [*starred, *in_turn][:most]


def _theme(entry: Entry) -> Theme:
    """Returns what a line says. One without a type is taken for a reason, which promises nothing."""
    return _THEMES[entry.talk] if entry.talk else Theme.BECAUSE


def _of_kind(notes: Notes, kind: Kind) -> tuple[Entry, ...]:
    return tuple(entry for entry in notes.entries if entry.kind is kind and entry.words is not None)
