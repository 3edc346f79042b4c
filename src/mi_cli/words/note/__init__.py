"""The texts of progress notes: the document, what the record puts into it, its questions, and what is said of it."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.note.model import NoteWords

note_words: "Selector[NoteWords]" = Selector(__name__)
