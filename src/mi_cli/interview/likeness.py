"""How the grammar reads what was typed: which signs count as which, how names are compared, and what is a number.

Keyboards and word processors put other signs in the place of those of ASCII. So the grammar does not read the line
itself but its likeness (`likeness`): the same number of characters, in which each kind of blank is a space, and each
dash and each full-width sign is its sign of ASCII. Blanks before a mark or a slash are passed over, and invisible signs
before it and in it. Long dashes, such as U+2014, are left as they are: in Spanish and other languages dialogue begins
with them.

The likeness is as long as the text. So words are found in the likeness, but cut from the text, as they were typed.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, TypeVar

from mi_cli.records.name_matching import is_invisible, looks_blank
from mi_cli.words.typed_names import TypedNames

_BLANKS: Final = (
    "\t\N{NO-BREAK SPACE}\N{OGHAM SPACE MARK}\u2000-\u200a\u202f\u205f\N{IDEOGRAPHIC SPACE}"  # and the space
)
_DASHES: Final = "\u2010\u2011\u2012\u2013\N{MINUS SIGN}\N{SMALL HYPHEN-MINUS}"
_FULL_WIDTH: Final = 0xFEE0  # how far a full-width sign, U+FF01 to U+FF5E, stands from its sign of ASCII
_UNLIKE: Final = re.compile(f"[{_BLANKS}{_DASHES}\uff01-\uff5e]")
Name = TypeVar("Name", bound=str)
Value = TypeVar("Value", bound=StrEnum)


def likeness(text: str) -> str:
    """Returns the text as the grammar reads it, of the same length: blanks, dashes and full-width signs are ASCII."""
    return text if text.isascii() and "\t" not in text else _UNLIKE.sub(_ascii_sign, text)


def _ascii_sign(match: re.Match[str]) -> str:
    sign = match[0]
    if sign in _DASHES:
        return "-"
    return chr(ord(sign) - _FULL_WIDTH) if "\uff01" <= sign <= "\uff5e" else " "


def begin(line: str) -> int:
    """Returns where a line begins for the grammar: after blanks and invisible signs."""
    shown = (n for n, sign in enumerate(line) if not (sign.isspace() or looks_blank(sign) or is_invisible(sign)))
    return next(shown, 0)


def without_invisible(begun: str) -> str:
    """Returns a line without the invisible signs of its first word, where a mark or the name of a command is."""
    first, _, _ = likeness(begun).partition(" ")
    if first.isascii():
        return begun
    return "".join(sign for sign in begun[: len(first)] if not is_invisible(sign)) + begun[len(first) :]


def trimmed(text: str) -> str:
    """Returns a text as a list of numbers or names is read: its likeness, without blanks at its ends."""
    return likeness(text).strip()


def first_word(text: str) -> tuple[str, str]:
    """Returns the likeness of the first word of a text, and what stands after the one blank that ends it, as typed."""
    rest = text.lstrip()
    word, _, _ = likeness(rest).partition(" ")
    return word, rest[len(word) + 1 :]


def parse_number(text: str) -> int | None:
    """Returns the number if the text is one, in at most nine digits of ASCII; else null."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def folded(name: str) -> str:
    """Returns a name as names are compared: without accents and capitals."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def starting_with(start: str, names: Iterable[Name]) -> list[Name]:
    """Returns the names that begin with `start`; none if it is empty."""
    return [name for name in names if start and name.startswith(start)]


def value_named(typed: str, values: type[Value], names: TypedNames) -> Value | None:
    """Returns the one of `values` that was named: by an unambiguous start of its English name, else of one in `names`.

    Accents, capitals and blanks around it do not count. Null for anything else.
    """
    start = folded(typed.strip())
    named = set(starting_with(start, values)) or {
        value
        for name, value in names.values.items()
        if start and isinstance(value, values) and folded(name).startswith(start)
    }
    return named.pop() if len(named) == 1 else None
