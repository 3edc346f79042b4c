"""The texts of the commands about interviews."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.sessions.model import SessionWords


def session_words(tag: str | None) -> "SessionWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.sessions.es import ES

        return ES
    from mi_cli.words.sessions.en import EN

    return EN
