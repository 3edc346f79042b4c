"""The texts of the commands that keep the store: making, checking, trash and backups."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.keeping.model import KeepingWords


def keeping_words(tag: str | None) -> "KeepingWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.keeping.es import ES

        return ES
    from mi_cli.words.keeping.en import EN

    return EN
