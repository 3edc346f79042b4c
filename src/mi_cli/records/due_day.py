"""Finds the day that a relative day means: "this Friday", "tomorrow", "el lunes". It refuses to guess.

Theory of operation
-------------------
What the client said stays as it is (`Step.when`). The day that it means stands beside it (`Step.due`), because a month
later nobody knows which Friday it was. The table is short, and holds for English and Spanish at once:

- today, tonight, tomorrow, the day after tomorrow; in three days, in two weeks;
- a weekday, alone or with *this*: the coming one. On that weekday itself it could be today or in a week: refused;
- *next* and a weekday: the coming one, if it lies in another week than today whether weeks begin on a Sunday or on a
  Monday. In other cases people disagree on what it means: refused;
- a date, or `10d` and `4w`, as everywhere in the program.

The text must begin with the day, but for a time of day before it ("at noon on Friday"): words before a day can change
what it means ("not on Friday", "since Friday", "the party on Friday"). More may follow it ("Friday at 8, after work"),
but no second day, and nothing that speaks of a habit, a doubt, a span, another week, a holiday, midnight (the end of
that day or its beginning) or a date (`_UNSURE`). Eight and fifteen days are one and two weeks to many who speak
Spanish: refused.

Both languages hold in every interview, since none of their words for a day means another day in the other language.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from mi_cli.records.dates import day_from

# Weekdays from Monday on, and numbers from one on; accents are folded away before anything is compared.
_WEEKDAY_NAMES: Final = (
    "monday tuesday wednesday thursday friday saturday sunday",
    "mon tue wed thu fri sat sun",
    "lunes martes miercoles jueves viernes sabado domingo",
)
_NUMBER_NAMES: Final = (
    "one two three four five six seven eight nine ten",
    "un dos tres cuatro cinco seis siete ocho nueve diez",
)
_WEEKDAYS: Final[Mapping[str, int]] = {
    **{name: number for names in _WEEKDAY_NAMES for number, name in enumerate(names.split())},
    "tues": 1,
    "thur": 3,
    "thurs": 3,
}
_NUMBERS: Final[Mapping[str, int]] = {
    **{name: number for names in _NUMBER_NAMES for number, name in enumerate(names.split(), 1)},
    "a": 1,
    "una": 1,
}
_UNITS: Final[Mapping[str, int]] = {"day": 1, "dia": 1, "week": 7, "semana": 7}

# Patterns as text: `re` compiles each when it is first used, which most commands do not.
_WEEKDAY: Final = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_CLOCK: Final = r"[0-9]{1,2}(?::[0-9]{2})? ?(?:am|pm|a\.m\.|p\.m\.|h|hrs?|o'clock)?"
_DAY: Final = (
    # a time of day that may stand before the day
    rf"(?:(?:(?:at )?(?:noon|midday|{_CLOCK})|a las? {_CLOCK}|al mediodia),? )?"
    r"(?:"
    r"(?P<overmorrow>(?:the )?day after tomorrow|pasado manana)"
    rf"|(?:in|en|dentro de) (?P<count>[0-9]{{1,2}}|{'|'.join(_NUMBERS)}) (?P<unit>{'|'.join(_UNITS)})s?"
    rf"|(?:on |by )?next (?P<next>{_WEEKDAY})"
    rf"|(?:para )?(?:el )?(?:proximo (?P<proximo>{_WEEKDAY})|(?P<viene>{_WEEKDAY}) (?:proximo|que viene))"
    r"|(?P<today>today|tonight|this (?:morning|afternoon|evening)|hoy|esta (?:manana|tarde|noche))"
    r"|(?P<tomorrow>tomorrow|(?:para )?manana)"
    rf"|(?:(?:on|by|this|on this|by this|el|este|para el|para este|(?:la )?(?:manana|tarde|noche) del) )?"
    rf"(?P<weekday>{_WEEKDAY})\.?"
    r")(?![\w'-])"
)
_MORNING: Final = r"\b(?:por|en|de|a) la manana\b"  # where "mañana" is a part of the day, not a day
_UNSURE: Final = (
    rf"\b(?:{_WEEKDAY}|today|tonight|tomorrow|hoy|manana|"  # a second day
    r"every|each|most|any|other|or|nor|not|no|never|if|unless|except|but|maybe|perhaps|probably|might|"
    r"through|onwards?|last|next|weeks?|weekends?|months?|year|fortnight|daily|weekly|fortnightly|always|"
    r"mornings|afternoons|evenings|nights|tardes|noches|diario|siempre|alternos|and after|y despues|en ocho|en quince|"
    r"midnight|medianoche|thanksgiving|christmas|easter|holidays?|pascua|sant[oa]|navidad|"
    r"cada|todos|todas|otro|otra|o|u|ni|nunca|si|salvo|excepto|pero|quizas?|tal vez|puede|adelante|proxim[oa]|"
    r"pasad[oa]|viene|semanas?|mes|meses|ano|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|"
    r"[0-9]+(?:st|nd|rd|th))\b"
    r"|[0-9][/.][0-9]|[0-9]-[0-9]|\?|[-–—] ?(?:[0-9]|$)|\bon$"
    # a number right after the day that is no time: "Friday the 4th", "viernes 4"
    r"|^,? ?(?:the )?[0-9]{1,2}(?! ?(?:am|pm|a\.m|p\.m|h\b|hrs?\b|:|o'clock))"
)


def due_day(when: str | None, today: date) -> date | None:
    """Returns the day that the text means if it is said on the day `today`; null if that is not certain."""
    if when is None or today > date.max - timedelta(weeks=100):
        return None
    if typed := day_from(when, today):
        return typed
    text = _folded(when)
    match = re.match(_DAY, text)
    if match is None or re.search(_UNSURE, re.sub(_MORNING, "", text[match.end() :])):
        return None
    return _meant({name: found for name, found in match.groupdict().items() if found}, today)


def _folded(text: str) -> str:
    """Returns the text in small letters without accents, with single blanks and straight apostrophes."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _meant(found: Mapping[str, str], today: date) -> date | None:
    """Returns the day for the parts of a form that were found."""
    match found:
        case {"today": _}:
            return today
        case {"tomorrow": _}:
            return today + timedelta(days=1)
        case {"overmorrow": _}:
            return today + timedelta(days=2)
        case {"count": "8" | "ocho" | "15", "unit": "dia"}:
            return None
        case {"count": count, "unit": unit}:
            return today + timedelta(days=_UNITS[unit] * (int(count) if count.isdecimal() else _NUMBERS[count]))
        case {"weekday": weekday}:
            return _coming(weekday, today) if _WEEKDAYS[weekday] != today.weekday() else None
        case {"next": weekday} | {"proximo": weekday} | {"viene": weekday}:
            day = _coming(weekday, today)
            return None if any(_week(day, first) == _week(today, first) for first in (0, 6)) else day
        case _:
            return None


def _coming(weekday: str, today: date) -> date:
    """Returns the first day of that name after today."""
    return today + timedelta(days=(_WEEKDAYS[weekday] - today.weekday() - 1) % 7 + 1)


def _week(day: date, first: int) -> int:
    """Returns the number of the week that the day lies in, if weeks begin on that weekday (0 is Monday)."""
    return (day.toordinal() - 1 - first) // 7
