"""Compares names of people and organizations, and tells whether a text has anything visible in it.

Two names are the same whatever their case, their spaces, the Unicode form of their letters, and which of the signs that
look alike is the apostrophe or the dash in them: programs put ’ where ' was typed. Invisible characters neither make a
name nor distinguish two.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from mi_cli.errors import NotTaken
from mi_cli.records.outside_keys import Untaken

# Letters and symbols by their Unicode category that look blank: Hangul fillers, the empty Braille cell, and the like.
_LOOK_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc\U00013441\U00013442\U0001d159")
# Marks by their Unicode category that change nothing visible: joiners and variation selectors.
_SELECTORS: Final = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
# Signs that change the direction of what follows, so that a name shows as another one.
_TURNS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONGEST: Final = 300  # characters of a recipient's name; that of an agency has a third of it
# What keyboards and programs write for an apostrophe, and for a dash.
_ALIKE: Final = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u2032\u02b9\u02bb\u02bc\u0060\u00b4", "'")
    | dict.fromkeys([*(chr(code) for code in range(0x2010, 0x2016)), "\u2043", "\u2212"], "-")
)
_NO_MARKS: Final = frozenset(
    {"\u034f", "\u17b4", "\u17b5", "\U00016fe4"} | {chr(n) for selectors in _SELECTORS for n in selectors}
)

# Format characters by their Unicode category that are drawn all the same, before a number or a letter (Unicode's
# property Prepended_Concatenation_Mark): the signs of number, year and verse in Arabic, Syriac and Kaithi.
_DRAWN: Final = frozenset("\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd") | {chr(n) for n in range(0x600, 0x606)}
_NO_PART_OF_A_LINE: Final = ("Cc", "Cs", "Zl", "Zp")


def is_visible(text: str | None) -> bool:
    """Whether the text has a letter, a digit, a punctuation mark or a symbol that can be seen."""
    return any(map(_is_shown, text or ""))


def visible(texts: Iterable[str]) -> tuple[str, ...]:
    """Returns the texts that have something visible in them."""
    return tuple(filter(is_visible, texts))


def fold_name(name: str) -> str:
    """Returns a name in the form that is compared; empty if nothing in it is visible."""
    normal = _normal(name)
    characters = (
        " " if character.isspace() or character in _LOOK_BLANK else character
        for character in normal
        if not _is_left_out(character)
    )
    return " ".join(_normal("".join(characters)).casefold().split())


def same_name(one: str | None, other: str | None) -> bool:
    """Whether both are the same name. A text with nothing visible is no name."""
    return is_visible(one) and fold_name(one or "") == fold_name(other or "")


def checked_recipient(name: str) -> str:
    """Returns the name of a recipient unchanged. Raises NotTaken unless it has letters that show, on one line."""
    if not any(character.isalpha() and _is_shown(character) for character in name):
        raise NotTaken(Untaken.RECIPIENT_UNSEEN)
    if len(name) > _LONGEST:
        raise NotTaken(Untaken.RECIPIENT_TOO_LONG, most=_LONGEST)
    if any(unicodedata.category(one) in _NO_PART_OF_A_LINE or one in _TURNS for one in name):
        raise NotTaken(Untaken.RECIPIENT_CONTROLS)
    return name


def looks_blank(character: str) -> bool:
    """Whether a character is a letter or a symbol by its Unicode category, and yet shows nothing."""
    return character in _LOOK_BLANK


def is_invisible(character: str) -> bool:
    """Whether a character shows nothing and takes no room: joiners, signs of direction, selectors, soft hyphens."""
    return (unicodedata.category(character) == "Cf" and character not in _DRAWN) or character in _NO_MARKS


def _normal(name: str) -> str:
    """Returns the name with one form for each letter, apostrophe and dash; NFKC would make ´ a blank with a mark."""
    return unicodedata.normalize("NFKC", name.translate(_ALIKE)).translate(_ALIKE)


def _is_shown(character: str) -> bool:
    drawn = unicodedata.category(character)[0] in "LNPS" or character in _DRAWN
    return drawn and character not in _LOOK_BLANK


def _is_left_out(character: str) -> bool:
    is_control = unicodedata.category(character) in ("Cc", "Cs") and not character.isspace()
    return is_control or is_invisible(character)
