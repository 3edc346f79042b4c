"""The texts of the documents that are handed on, and of the client's own copy."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.documents.model import DocumentWords

document_words: "Selector[DocumentWords]" = Selector(__name__)
