"""What a command says when text from outside is none, or cannot be read. `records.decoding` reads the text itself."""

from typing import TYPE_CHECKING

from mi_cli.errors import Failed
from mi_cli.records.outside_keys import FileKind
from mi_cli.records.utf8 import NotText
from mi_cli.store.records.outside import reason
from mi_cli.words.outside import outside_words

if TYPE_CHECKING:
    from mi_cli.words.outside.model import OutsideWords

_IN_ANOTHER_ENCODING = frozenset({FileKind.BINARY, FileKind.UNREADABLE})


def not_text(error: NotText, words: "OutsideWords") -> str:
    """Returns what is to be said of text that is not taken: what it is, and in which line."""
    text = words.kinds[error.kind]
    return words.at_line.format(n=error.line, text=text) if error.line else text


def refusal(error: NotText | OSError, language: str | None) -> Failed:
    """Returns the error to raise for words, or the lines of an interview, that cannot be taken."""
    words = outside_words(language)
    if isinstance(error, OSError):
        return Failed(words.unreadable.format(reason=reason(error)), words.save_as_text)
    hints = [words.save_as_text, *([words.name_encoding] if error.kind in _IN_ANOTHER_ENCODING else [])]
    return Failed(not_text(error, words), " ".join(hints))
