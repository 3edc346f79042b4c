"""Facts that the program words in part, and the same in another language.

The copy of a fact that the client agreed to pass on stands in the plan in the client's language, and stays as it is,
while a document may be in another one. So what is worded here is found again by the texts of each language, and what
was told stays as it was told. A text in which nothing is found is returned as it is.
"""

import re
from collections.abc import Iterable

from mi_cli.records import dates
from mi_cli.records.client_facts import Mandate
from mi_cli.records.terms import Direction, FactName
from mi_cli.words.facts import fact_words
from mi_cli.words.facts.model import FactWords
from mi_cli.words.languages import LANGUAGES


def direction_in_words(direction: Direction, behavior: str | None, words: FactWords) -> str:
    """Returns where the client wants to go; the behavior that it is of stands before it, if there are several."""
    return f"{behavior}: {words.directions[direction]}" if behavior else words.directions[direction]


def mandate_in_words(mandate: Mandate, words: FactWords) -> str:
    """Returns who required treatment, what is reported to them, and until when, as far as it is known."""
    return _mandate(mandate.by, mandate.reported, dates.day(mandate.until) if mandate.until else None, words)


def with_more(text: str, more: Iterable[str | None]) -> str:
    """Returns the text, with what more is known between brackets."""
    known = "; ".join(part for part in more if part)
    return f"{text} ({known})" if known else text


def in_language(name: FactName, text: str, tag: str) -> str:
    """Returns a fact in words; what the program worded in it is in the language of that tag."""
    found = {FactName.DIRECTION: _direction_again, FactName.MANDATE: _mandate_again}.get(name)
    again = (found(text, fact_words(there), fact_words(tag)) for there in LANGUAGES) if found else ()
    return next((said for said in again if said), text)


def _mandate(by: str | None, reported: str | None, until: str | None, words: FactWords) -> str:
    reported = f"{words.labels['reported']}: {reported}" if reported else None
    return with_more(by or words.sent, (reported, f"{words.labels['until']} {until}" if until else None))


def _direction_again(text: str, there: FactWords, here: FactWords) -> str | None:
    behavior, _, told = text.rpartition(": ")
    found = (direction for direction, label in there.directions.items() if label == told)
    return next((direction_in_words(direction, behavior or None, here) for direction in found), None)


def _mandate_again(text: str, there: FactWords, here: FactWords) -> str | None:
    reported, until = (re.escape(there.labels[label]) for label in ("reported", "until"))
    more = rf"(?:{reported}: (?P<reported>.+?))?(?:; )?(?:{until} (?P<until>\d{{4}}-\d\d-\d\d))?"
    found = re.fullmatch(rf"(?P<by>.+?)(?: \({more}\))?", text, re.DOTALL)
    by, told, day = found.group("by", "reported", "until") if found else (text, None, None)
    known = None if by == there.sent else by
    return _mandate(known, told, day, here) if told or day or known is None else None
