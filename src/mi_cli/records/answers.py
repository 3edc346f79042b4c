"""Reads short answers: yes or no, in English or Spanish whatever the language of the interview, and numbers."""

from typing import Final

_YES: Final = frozenset({"y", "yes", "s", "si", "sí"})
_NO: Final = frozenset({"n", "no"})


def yes_or_no(answer: str) -> bool | None:
    """Returns whether the answer is yes; null if it is neither yes nor no."""
    word = answer.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def number_from(answer: str) -> int | None:
    """Returns the number, of at most five ASCII digits; null for anything else."""
    return int(answer) if answer.isascii() and answer.isdecimal() and len(answer) < 6 else None
