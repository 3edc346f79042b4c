"""Names as they are compared, and whether a text shows anything at all.

A name is the same whatever its case, its blanks and the way its letters are encoded. Signs that nobody can see make
neither a name nor a difference between two.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from mi_cli.errors import WrongUsage

# Letters and signs by their category, blanks by their look: the Hangul fillers, the empty Braille cell, and the like.
_LOOK_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc\U00013441\U00013442\U0001d159")
# Marks by their category that change nothing that can be seen: joiners, and what selects a variant of a letter.
_SELECTORS: Final = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_NO_MARKS: Final = frozenset({"\u034f", "\u17b4", "\u17b5", "\U00016fe4"} | {chr(n) for one in _SELECTORS for n in one})


def is_visible(text: str | None) -> bool:
    """Whether there is a letter, a digit or a sign in it that can be seen."""
    return any(map(_shows, text or ""))


def visible(texts: Iterable[str]) -> tuple[str, ...]:
    """Those that show something."""
    return tuple(filter(is_visible, texts))


def folded(name: str) -> str:
    """A name as it is compared; empty for one that shows nothing."""
    normal = unicodedata.normalize("NFKC", name)
    kept = (" " if sign.isspace() or sign in _LOOK_BLANK else sign for sign in normal if not _changes_nothing(sign))
    return " ".join(unicodedata.normalize("NFKC", "".join(kept)).casefold().split())


def same(one: str | None, other: str | None) -> bool:
    """Whether both are the same name; what shows nothing is none."""
    return is_visible(one) and folded(one or "") == folded(other or "")


def checked_recipient(name: str) -> str:
    """The name of a recipient, as it was given. Raises WrongUsage for one that shows nothing."""
    if not is_visible(name):
        raise WrongUsage("A recipient needs a name that can be read.", "Nothing was passed on, and nothing was saved.")
    return name


def _shows(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS" and sign not in _LOOK_BLANK


def _changes_nothing(sign: str) -> bool:
    return (unicodedata.category(sign) in ("Cc", "Cf", "Cs") and not sign.isspace()) or sign in _NO_MARKS
