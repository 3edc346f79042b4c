"""The texts of the documents that are handed on, and of the client's own copy."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.documents.model import DocumentWords


def document_words(tag: str | None) -> "DocumentWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.documents.es import ES

        return ES
    from mi_cli.words.documents.en import EN

    return EN
