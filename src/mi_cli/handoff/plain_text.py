"""Writes what a record's text field has room for: the overview and the goals, without a cover, the notice at the end.

Theory of operation
-------------------
The text is made from the same document as the other formats: one line for each label, in the order of the document. A
line that does not fit any more is left out whole, never cut, and the last paragraph but one names everything that the
text does not have. The room is counted in UTF-16, and for line ends of two letters, as the strictest programs count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mi_cli.handoff.document import Document, Facts, Heading, Inline, Items, Paragraph, unstyled
from mi_cli.words.documents.model import DocumentWords

LIMIT: Final = 4_000
_MOST_NAMED: Final = 12


@dataclass(frozen=True)
class _Piece:
    """A line of the text, and what to call it if there is no room for it; headings have no name of their own."""

    text: str
    name: str | None = None


def plain_text(document: Document, words: DocumentWords) -> bytes:
    """Returns the text in UTF-8, of at most `LIMIT` letters."""
    pieces, elsewhere = [], []
    for title, piece in _pieces(document, words):
        if title in (words.overview, words.goals):
            pieces.append(piece)
        elif title not in elsewhere and title != words.cover:
            elsewhere.append(title)
    kept: list[_Piece] = []
    left_out: list[str] = []
    for piece in pieces:
        if _room(_text([*kept, piece], [*left_out, *elsewhere], document, words)) >= 0:
            kept.append(piece)
        elif piece.name:
            left_out.append(piece.name)
    while kept and _room(_text(kept, [*left_out, *elsewhere], document, words)) < 0:
        left_out.append(kept.pop().name or words.more.format(n=1))
    return _text(kept, [*left_out, *elsewhere], document, words).encode()


def _pieces(document: Document, words: DocumentWords) -> Iterator[tuple[str, _Piece]]:
    """Yields each line below the title with the title of the section that it stands in."""
    title, within = "", ""
    for block in document.blocks:
        match block:
            case Heading(text, 2):
                title, within = text, ""
                yield title, _Piece(f"\n{text.upper()}")
            case Heading(text):
                within = f"{text}: "
                yield title, _Piece(f"\n{text}")
            case Facts(rows):
                for label, answers in rows:
                    line = " / ".join(map(_line, answers))
                    yield title, _Piece(f"{label}: {line}", f"{within}{label}")
            case Paragraph(runs):
                yield title, _Piece(_line(runs), f"{within}{words.wants}" if within else None)
            case Items(items):
                for item in items:
                    yield title, _Piece(f"- {_line(item)}", title)


def _line(runs: Inline) -> str:
    return " ".join(unstyled(runs).split())


def _text(kept: list[_Piece], missing: list[str], document: Document, words: DocumentWords) -> str:
    more = len(missing) - _MOST_NAMED
    named = [*missing[:_MOST_NAMED], *([words.more.format(n=more)] if more > 0 else [])]
    ends = [words.not_here.format(what=", ".join(named))] if named else []
    ends += [document.notice] if document.notice else []
    return "\n".join([document.title, *(piece.text for piece in kept), *(f"\n{end}" for end in ends)]) + "\n"


def _room(text: str) -> int:
    return LIMIT - len(text.encode("utf-16-le")) // 2 - text.count("\n")
