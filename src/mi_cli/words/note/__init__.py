"""The texts of progress notes: the document, what the record puts into it, its questions, and what is said of it."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.note.model import NoteWords


def note_words(tag: str | None) -> "NoteWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.note.es import ES

        return ES
    from mi_cli.words.note.en import EN

    return EN
