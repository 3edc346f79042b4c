"""A day as people read it in a sentence or on a page, in each language: "November 23, 2026".

In tables, where days stand one below the other, a day is `2026-11-23` as it is typed (`records.dates`); so it is in
whatever programs read.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from mi_cli.words.languages import language_of
from mi_cli.words.said import Said

_MONTHS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "es": (
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
}
_DAY: Final = {"en": "{month} {day}, {year}", "es": "{day} de {month} de {year}"}


def day_in_words(when: date, language: str | None) -> str:
    """Returns the day as `November 23, 2026`, or `23 de noviembre de 2026`: English for a language not spoken."""
    spoken = language_of(language or "") or "en"
    return _DAY[spoken].format(month=_MONTHS[spoken][when.month - 1], day=when.day, year=when.year)


def time_in_words(when: datetime, language: str | None) -> str:
    """Returns the day and the minute as `November 23, 2026, 14:05`."""
    return f"{day_in_words(when, language)}, {when:%H:%M}"


def said_day(when: date) -> Said:
    """Returns the day for a sentence that is made where nobody knows yet who reads it."""
    return Said(lambda language: day_in_words(when, language), {})


def said_time(when: datetime) -> Said:
    """Returns the day and the minute for such a sentence."""
    return Said(lambda language: time_in_words(when, language), {})
