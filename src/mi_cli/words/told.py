"""An error in the language of whoever reads it: what happened, and what to do about it."""

from mi_cli.errors import Damaged, MiError
from mi_cli.words.said import spoken
from mi_cli.words.store import store_words


def told(error: MiError, language: str | None) -> tuple[str, str]:
    """Returns the message and the hint of an error."""
    message, hint = spoken(error.message, language), spoken(error.hint, language)
    if isinstance(error, Damaged):
        words = store_words(language)
        message = words.damaged.format(what=spoken(error.what, language), why=spoken(error.why, language))
        hint = hint or words.damaged_how
    return message, hint


def in_one_line(error: MiError, language: str | None) -> str:
    """Returns message and hint one after the other."""
    return " ".join(filter(None, told(error, language)))
