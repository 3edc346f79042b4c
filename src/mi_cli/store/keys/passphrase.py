"""How strong a passphrase must be, and secrets as words from EFF's long word list (`eff_words.txt`).

A generated passphrase has six words, which are 77 bits. One that a person chose needs 15 characters and 10^16 guesses
by zxcvbn's estimate; `words.protection` says so to people. A supervisor's secret of 32 bytes is 20 words and a checking
word.
"""

import hashlib
import secrets
from collections.abc import Sequence
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Final

from mi_cli.words.said import said
from mi_cli.words.store import store_words

WORDS: Final = 6
SHORTEST: Final = 15  # characters; NIST SP 800-63B-4 §3.1.1.2, for a password that stands alone
# Guesses as zxcvbn counts them, a power of ten. At 10^7 a second, far beyond one graphics card, it is thirty years.
_FEWEST_GUESSES: Final = 16
_LONGEST_ESTIMATED: Final = 72  # characters; zxcvbn looks at no more
_SECRET_LENGTH: Final = 32  # bytes
_SECRET_WORDS: Final = 20  # 7776 ** 20 is more than 2 ** 256; one more word detects an error in copying


def generated() -> str:
    """Returns a new random passphrase."""
    return " ".join(secrets.choice(_words()) for _ in range(WORDS))


class Weakness(Enum):
    """Why a passphrase does not protect a store."""

    SHORT = auto()
    GUESSABLE = auto()


def weakness(passphrase: str) -> Weakness | None:
    """Returns why a canonical passphrase is too weak; null when it is strong enough."""
    if len(passphrase) < SHORTEST:
        return Weakness.SHORT
    from zxcvbn import zxcvbn

    guesses = float(zxcvbn(passphrase[:_LONGEST_ESTIMATED])["guesses_log10"])
    return Weakness.GUESSABLE if guesses < _FEWEST_GUESSES else None


def as_words(secret: bytes) -> list[str]:
    """Returns 32 bytes as 21 words: the digits of their number in base 7776, the lowest first, and a checking word."""
    number, words = int.from_bytes(secret, "big"), []
    for _ in range(_SECRET_WORDS):
        number, digit = divmod(number, len(_words()))
        words.append(_words()[digit])
    return [*words, _checking_word(secret)]


def from_words(text: str) -> bytes:
    """Returns the 32 bytes that `as_words` spelled. Raises ValueError, which says what is wrong with which word."""
    words = text.lower().split()
    digits = {word: digit for digit, word in enumerate(_words())}
    for place, word in enumerate(words, start=1):
        if word not in digits:
            raise ValueError(said(store_words, lambda words: words.no_such_word, place=place))
    if len(words) != _SECRET_WORDS + 1:
        raise ValueError(
            said(store_words, lambda words: words.number_of_words, count=len(words), wanted=_SECRET_WORDS + 1)
        )
    number = sum(digits[word] * len(digits) ** place for place, word in enumerate(words[:-1]))
    if number >= 1 << 8 * _SECRET_LENGTH:
        raise ValueError(said(store_words, lambda words: words.another_word))
    secret: bytes = number.to_bytes(_SECRET_LENGTH, "big")
    if words[-1] != _checking_word(secret):
        raise ValueError(said(store_words, lambda words: words.another_word_or_order))
    return secret


SHEET_WORDS: Final = _SECRET_WORDS + 1


def is_listed(word: str) -> bool:
    """Whether a word is one of the list, in any case."""
    return word.lower() in _words()


def nearest(word: str) -> list[str]:
    """Returns the words of the list that are most like a word, the nearest first; at most three."""
    from difflib import get_close_matches

    return get_close_matches(word.lower(), _words(), 3)


def mendings(words: Sequence[str]) -> list[tuple[int, str]]:
    """Returns what would make the words those of a sheet, if one of them was misread as a word that is like it.

    Each is the place, from 1, and the word that may stand there. All of `words` are in the list.
    """
    found = []
    for place, word in enumerate(words):
        for other in nearest(word):
            try:
                from_words(" ".join((*words[:place], other, *words[place + 1 :])))
            except ValueError:
                continue
            found.append((place + 1, other))
    return found


def _checking_word(secret: bytes) -> str:
    return _words()[int.from_bytes(hashlib.sha256(secret).digest(), "big") % len(_words())]


@cache
def _words() -> tuple[str, ...]:
    lines = Path(__file__).with_name("eff_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))
