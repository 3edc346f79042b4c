"""The texts about client codes that look alike, and about moving an interview to another client."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.clients.model import ClientWords


def client_words(tag: str | None) -> "ClientWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.clients.es import ES

        return ES
    from mi_cli.words.clients.en import EN

    return EN
