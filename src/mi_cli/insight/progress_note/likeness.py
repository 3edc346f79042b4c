"""How alike the own texts of notes are: what clinicians typed. What is recorded is alike where what happened was alike.

Theory of operation. A note is compared with the client's last three (`before`), and with other clients' notes of that
day (`that_day`): of very many, those nearest in time. Two texts are compared letter by letter (`likeness`), which takes
milliseconds. So each text also has a mark for every three letters in a row: how many of them two texts share is counted
in less than a microsecond. Only the few that share most are compared, and none that shares less than `_SHARED`. So the
time that it takes grows with the notes, and not with their square.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from heapq import nlargest
from operator import itemgetter
from typing import Final

from mi_cli.records.progress_note import ProgressNote

ALIKE: Final = 80  # percent: from here on a likeness is named
_SHORTEST: Final = 40  # characters: shorter texts are alike without having been copied
_LOOKED_BACK: Final = 3
_AROUND: Final = 250  # notes of a day before this one, and as many after it
_NAMED: Final = 3  # of those that are alike, as many are named
_SHARED: Final = 0.6  # of their marks: two texts of which one word in four differs share more
_MARKS: Final = 4096


@dataclass(frozen=True)
class OwnText:
    """What a clinician typed into the blanks of a note, with one blank between any two words."""

    note: str
    client: str
    since: datetime
    text: str
    marks: int
    count: int  # of its marks

    @classmethod
    def of(cls, note: ProgressNote) -> "OwnText":
        """Returns the own text of a note."""
        typed = (line.text for each in note.sections for line in each.lines or () if line.source is None)
        text = " ".join(" ".join(typed).split()).casefold()
        marks = _marks(text) if len(text) >= _SHORTEST else 0
        return cls(note.id, note.client, note.since, text, marks, marks.bit_count())

    @property
    def day(self) -> date:
        """The day of the service."""
        return self.since.date()


def in_order(texts: Iterable[OwnText]) -> list[OwnText]:
    """Returns texts in the order of the services, as `before` and `that_day` want them."""
    return sorted(texts, key=_place)


def before(own: OwnText, of_client: Sequence[OwnText]) -> list[OwnText]:
    """Returns the last few of the client's texts up to the day of this one."""
    end = bisect_right(of_client, own.day, key=_day)
    return [each for each in of_client[max(end - _LOOKED_BACK - 1, 0) : end] if each.note != own.note][-_LOOKED_BACK:]


def that_day(own: OwnText, of_day: Sequence[OwnText]) -> list[OwnText]:
    """Returns other clients' texts of a day, of very many those nearest in time."""
    place = bisect_left(of_day, _place(own), key=_place)
    around = of_day[max(place - _AROUND, 0) : place + _AROUND]
    return [each for each in around if each.client != own.client]


def alike(own: OwnText, others: Iterable[OwnText]) -> Iterator[tuple[OwnText, int]]:
    """Yields those that are too much like a text, the nearest first, and how much in percent; a few at most."""
    if not own.marks:
        return
    marks, count = own.marks, own.count
    shares = [((marks & other.marks).bit_count() / (count + other.count), other) for other in others]
    near = [each for each in shares if each[0] >= _SHARED / 2]
    for _, other in nlargest(_NAMED, near, key=itemgetter(0)):
        share = likeness(own.text, other.text)
        if share >= ALIKE:
            yield other, share


def likeness(one: str, other: str) -> int:
    """Returns how alike two texts are, in percent."""
    if one == other:
        return 100
    return int(SequenceMatcher(None, one, other, autojunk=False).ratio() * 100)


def _place(text: OwnText) -> tuple[datetime, str]:
    return text.since, text.note


def _day(text: OwnText) -> date:
    return text.day


def _marks(text: str) -> int:
    marks, letters = 0, text.encode("utf-8", "surrogatepass")
    for one, two, three in zip(letters, letters[1:], letters[2:], strict=False):
        marks |= 1 << ((one * 961 + two * 31 + three) % _MARKS)
    return marks
