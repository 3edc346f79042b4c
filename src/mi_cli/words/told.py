"""An error in the language of whoever reads it: what happened, and what to do about it."""

from mi_cli.errors import Damaged, MiError, NotTaken
from mi_cli.records.outside_keys import NameOf, Untaken
from mi_cli.words.outside import outside_words
from mi_cli.words.said import spoken
from mi_cli.words.store import store_words


def told(error: MiError, language: str | None) -> tuple[str, str]:
    """Returns the message and the hint of an error."""
    message, hint = spoken(error.message, language), spoken(error.hint, language)
    if isinstance(error, Damaged):
        words = store_words(language)
        message = words.damaged.format(what=spoken(error.what, language), why=spoken(error.why, language))
        hint = hint or words.damaged_how
    if isinstance(error, NotTaken):
        return _not_taken(error, language)
    return message, hint


def _not_taken(error: NotTaken, language: str | None) -> tuple[str, str]:
    words, why, values = outside_words(language), Untaken(error.why), dict(error.values)
    if "what" in values:
        what = NameOf(str(values["what"]))
        values |= {"what": words.names_of[what], "like": words.names_like[what]}
    return words.untaken[why].format(**values), words.untaken_how[why].format(**values)


def in_one_line(error: MiError, language: str | None) -> str:
    """Returns message and hint one after the other."""
    return " ".join(filter(None, told(error, language)))
