"""The band of minutes that a time falls into, for who bills by them (psychotherapy: 16-37, 38-52, 53 and more).

It never names a code and never rounds. The bands are those that Medicare contractors publish for timed psychotherapy.
"""

from typing import Final

from mi_cli.words.note.model import NoteWords

_BANDS: Final = (range(16, 38), range(38, 53))


def band(minutes: int, words: NoteWords) -> str:
    """Returns in words which band the exact minutes fall into."""
    for each in _BANDS:
        if minutes in each:
            return words.band.format(minutes=minutes, band=f"{each.start}–{each.stop - 1}")
    if minutes < _BANDS[0].start:
        return words.below_bands.format(minutes=minutes, least=_BANDS[0].start)
    return words.above_bands.format(minutes=minutes, most=_BANDS[-1].stop)
