"""The words of the documents that are handed on: one shape, and a module for each language."""

from mi_cli.words.documents.model import DocumentWords
from mi_cli.words.languages import language_of


def document_words(tag: str | None) -> DocumentWords:
    """The words for a language tag such as `es` or `es-MX`; English where there are none."""
    if language_of(tag or "") == "es":
        from mi_cli.words.documents.es import ES

        return ES
    from mi_cli.words.documents.en import EN

    return EN
