"""Compares names of people and organizations, and tells whether a text has anything visible in it.

Two names are the same whatever their case, their spaces and the Unicode form of their letters. Invisible characters
neither make a name nor distinguish two.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from mi_cli.errors import WrongUsage

# Letters and symbols by their Unicode category that look blank: Hangul fillers, the empty Braille cell, and the like.
_LOOK_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc\U00013441\U00013442\U0001d159")
# Marks by their Unicode category that change nothing visible: joiners and variation selectors.
_SELECTORS: Final = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_NO_MARKS: Final = frozenset(
    {"\u034f", "\u17b4", "\u17b5", "\U00016fe4"} | {chr(n) for selectors in _SELECTORS for n in selectors}
)


def is_visible(text: str | None) -> bool:
    """Whether the text has a letter, a digit, a punctuation mark or a symbol that can be seen."""
    return any(map(_is_shown, text or ""))


def visible(texts: Iterable[str]) -> tuple[str, ...]:
    """Returns the texts that have something visible in them."""
    return tuple(filter(is_visible, texts))


def fold_name(name: str) -> str:
    """Returns a name in the form that is compared; empty if nothing in it is visible."""
    normal = unicodedata.normalize("NFKC", name)
    characters = (
        " " if character.isspace() or character in _LOOK_BLANK else character
        for character in normal
        if not _is_invisible(character)
    )
    return " ".join(unicodedata.normalize("NFKC", "".join(characters)).casefold().split())


def same_name(one: str | None, other: str | None) -> bool:
    """Whether both are the same name. A text with nothing visible is no name."""
    return is_visible(one) and fold_name(one or "") == fold_name(other or "")


def checked_recipient(name: str) -> str:
    """Returns the name of a recipient unchanged. Raises WrongUsage if nothing in it is visible."""
    if not is_visible(name):
        raise WrongUsage("A recipient needs a name that can be read.", "Nothing was passed on, and nothing was saved.")
    return name


def _is_shown(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in _LOOK_BLANK


def _is_invisible(character: str) -> bool:
    return (unicodedata.category(character) in ("Cc", "Cf", "Cs") and not character.isspace()) or character in _NO_MARKS
