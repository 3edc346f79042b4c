"""The texts around what is due (`mi today`, `mi` alone, `mi doctor`, `mi client show`)."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.due.model import DueWords


def due_words(tag: str | None) -> "DueWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.due.es import ES

        return ES
    from mi_cli.words.due.en import EN

    return EN
