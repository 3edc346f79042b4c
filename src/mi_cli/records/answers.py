"""What an answer to a yes-or-no question means. The same in every language that is spoken here."""

from typing import Final

_YES: Final = frozenset({"y", "yes", "s", "si", "sí"})
_NO: Final = frozenset({"n", "no"})


def yes_or_no(answer: str) -> bool | None:
    """Whether it is a yes or a no; null for anything else."""
    word = answer.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def number_from(answer: str) -> int | None:
    """The number that was typed, in ASCII digits; null for anything else."""
    return int(answer) if answer.isascii() and answer.isdecimal() and len(answer) < 6 else None
