"""Days in words, as they stand on what people read: "Wednesday, December 2, 2026".

A day that lies ahead has its weekday; a day that something was said or done on has none.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Final, Protocol

from mi_cli.words.days import day_in_words
from mi_cli.words.documents.model import DocumentWords

_DAY: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


class Planned(Protocol):
    """What is to be done at some time: a step as it is passed on."""

    @property
    def when(self) -> str | None:
        """The time as the client said it."""

    def when_with_day(self, written: Callable[[date], str]) -> str | None:
        """Returns that time with the day that it means, as `written` writes it."""


def in_words(day: date, words: DocumentWords) -> str:
    """Returns the day with its weekday and the name of its month."""
    weekday = words.weekdays[day.weekday()]
    return words.day_in_words.format(weekday=weekday, day=without_weekday(day, words))


def without_weekday(day: date, words: DocumentWords) -> str:
    """Returns the day with the name of its month."""
    return day_in_words(day, words.language)


def spelled_out(text: str, words: DocumentWords) -> str:
    """Returns the text with every day in it that is written as 2026-12-02 in words. Not for what is quoted."""
    return _DAY.sub(lambda found: _spelled(found[0], words), text)


def _spelled(written: str, words: DocumentWords) -> str:
    try:
        return in_words(date.fromisoformat(written), words)
    except ValueError:  # such as 2026-02-30
        return written


def when_of(step: Planned, words: DocumentWords) -> str | None:
    """Returns when a step is to be done, as the client said it, with the day that this means, if it is known.

    Where the client named the weekday, it is not said twice.
    """

    def written(day: date) -> str:
        named = words.weekdays[day.weekday()].casefold() in (step.when or "").casefold()
        return without_weekday(day, words) if named else in_words(day, words)

    return step.when_with_day(written)
