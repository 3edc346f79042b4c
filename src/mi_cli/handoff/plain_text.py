"""Writes what a record's text field has room for: the overview and the goals, without a cover, the notice at the end.

Theory of operation
-------------------
The text is made from the same document as the other formats: one line for each label, in the order of the document.
Where there is no room for all of it, the overview and the words of each goal go before what belongs to the goals, and
that before the lines that say what is missing (`_Rank`). A line that does not fit is left out whole, never cut, and the
last paragraph but one names what the text does not have. The room is counted in UTF-16, and for line ends of two
letters, as the strictest programs count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from mi_cli.handoff.document import Document, Facts, Heading, Inline, Items, Paragraph, unstyled
from mi_cli.words.documents.model import DocumentWords

LIMIT: Final = 4_000
_MOST_NAMED: Final = 12


class _Rank(IntEnum):
    """Which line goes before another where there is no room for both."""

    FIRST = 0
    DETAIL = 1
    MISSING = 2


@dataclass(frozen=True)
class _Piece:
    """A line of the text, and what to call it if there is no room for it; null where nothing is lost with it."""

    text: str
    name: str | None = None
    rank: _Rank = _Rank.FIRST


def plain_text(document: Document, words: DocumentWords) -> bytes:
    """Returns the text in UTF-8, of at most `LIMIT` letters."""
    pieces, elsewhere = [], []
    for title, piece in _pieces(document, words):
        if title in (words.overview, words.goals):
            pieces.append(piece)
        elif title not in elsewhere and title != words.cover:
            elsewhere.append(title)

    def text(kept: frozenset[int]) -> str:
        lines = [piece.text for at, piece in enumerate(pieces) if at in kept]
        left_out = [piece.name for at, piece in enumerate(pieces) if at not in kept and piece.name]
        return _text(lines, [*left_out, *elsewhere], document, words)

    kept: frozenset[int] = frozenset()
    for at in sorted(range(len(pieces)), key=lambda at: pieces[at].rank):
        if _room(text(kept | {at})) >= 0:
            kept |= {at}
    return text(kept).encode()


def _pieces(document: Document, words: DocumentWords) -> Iterator[tuple[str, _Piece]]:
    """Yields each line below the title with the title of the section that it stands in.

    A heading within a section goes with the line below it.
    """
    title, within, above = "", "", ""
    for block in document.blocks:
        match block:
            case Heading(text, 2):
                title, within, above = text, "", ""
                yield title, _Piece(f"\n{text.upper()}")
            case Heading(text):
                within, above = f"{text}: ", f"\n{text}\n"
            case Facts(rows):
                for label, answers in rows:
                    line = f"{label}: {' / '.join(map(_line, answers))}"
                    if within and label == words.nothing_on:
                        yield title, _Piece(line, None, _Rank.MISSING)
                    else:
                        yield title, _Piece(line, f"{within}{label}", _Rank.DETAIL if within else _Rank.FIRST)
            case Paragraph(runs):
                yield title, _Piece(f"{above}{_line(runs)}", f"{within}{words.wants}" if within else None)
                above = ""
            case Items(items):
                for item in items:
                    yield title, _Piece(f"- {_line(item)}", title)


def _line(runs: Inline) -> str:
    return " ".join(unstyled(runs).split())


def _text(kept: list[str], missing: list[str], document: Document, words: DocumentWords) -> str:
    more = len(missing) - _MOST_NAMED
    named = [*missing[:_MOST_NAMED], *([words.more.format(n=more)] if more > 0 else [])]
    ends = [words.not_here.format(what=", ".join(named))] if named else []
    ends += [document.notice] if document.notice else []
    return "\n".join([document.title, *kept, *(f"\n{end}" for end in ends)]) + "\n"


def _room(text: str) -> int:
    return LIMIT - len(text.encode("utf-16-le")) // 2 - text.count("\n")
