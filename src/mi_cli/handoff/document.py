"""A document as data: Markdown, HTML, PDF, Word and the FHIR narrative are all written from one `Document`.

Theory of operation
-------------------
`therapist.py` and `client_copy.py` build a `Document`: a title and a sequence of blocks. A module per format
(`html.py`, `markdown.py`, `pdf.py`, `word.py`, `fhir_narrative.py`) is a function from `Document` to bytes or text.
Two rules:

1. **The text in a document is harmless to look at.** Every class here inherits `SanitizedText`, which sanitizes each
   string when an instance is created. A format therefore never meets a control character or a change of direction.
2. **Each format escapes what is markup in that format, and only that.** No format adds or leaves out a word.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from mi_cli.records.terms import Jurisdiction
from mi_cli.records.text import sanitized

OPEN, CLOSE = "“", "”"
# A day, in figures or in words of English or Spanish, and a telephone number: no line ends within it.
UNBROKEN: Final = re.compile(
    r"(?:\+\d{1,3} )?\(?\b\d{1,5}\)?(?:-\d{1,4}| \d{2,4}|\.\d{3,4}){1,5}\b"
    r"|\b[A-Z][a-z]+ \d{1,2}, \d{1,4}\b|\b\d{1,2} de [a-z]+ de \d{1,4}\b"
)
COMPACT, CLEAR, LARGE = 10, 13, 18  # points; large print begins at 18 (American Printing House for the Blind)


class Tone(StrEnum):
    """How a piece of text is meant."""

    PLAIN = "plain"
    QUOTE = "quote"  # somebody's own words: they stand in quotation marks
    TOLD = "told"  # what the client told or the counselor noted of it, in the language of the quotations, without marks
    STRONG = "strong"
    QUIET = "quiet"  # said about the words beside it, or that there are none


class Paper(StrEnum):
    """What a document is printed on, as Typst names it."""

    LETTER = "us-letter"
    A4 = "a4"


def paper_of(jurisdiction: Jurisdiction) -> Paper:
    """Returns the paper that is usual where that law holds."""
    return Paper.LETTER if jurisdiction is Jurisdiction.US_PART2 else Paper.A4


@dataclass(frozen=True)
class SanitizedText:
    """The base of everything in a document: it sanitizes all text that an instance is created with."""

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, _sanitize(getattr(self, field.name)))


def _sanitize(value: Any) -> Any:
    """Returns the value with its strings sanitized; runs and blocks inside it were sanitized when they were created."""
    if isinstance(value, tuple):
        return tuple(map(_sanitize, value))
    return sanitized(value) if type(value) is str else value  # not a `Tone`, which is a string as well


@dataclass(frozen=True)
class Run(SanitizedText):
    """A piece of text of one tone; `language` only where it is another one than the document's."""

    text: str
    tone: Tone = Tone.PLAIN
    language: str | None = None


Inline = tuple[Run, ...]


@dataclass(frozen=True)
class Heading(SanitizedText):
    """A heading below the title, which is level 1. Never a client's words: headings end up in outlines."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph(SanitizedText):
    """A paragraph; a `lead` is larger."""

    runs: Inline
    lead: bool = False


@dataclass(frozen=True)
class Items(SanitizedText):
    """A list."""

    items: tuple[Inline, ...]


FactRow = tuple[str, tuple[Inline, ...]]
_MOST_TOGETHER = 1_000  # letters, about a fifth of a page
_MOST_ROWS_TOGETHER = 12


@dataclass(frozen=True)
class Facts(SanitizedText):
    """Labels, each with one or more answers; a `glance` stands out."""

    rows: tuple[FactRow, ...]
    glance: bool = False


def is_long(row: FactRow) -> bool:
    """Whether a row is too long to stand on one page: its label is repeated then on each page that it goes on."""
    return _letters(row) > _MOST_TOGETHER


def _letters(row: FactRow) -> int:
    """Returns the room that a row takes, in letters; each answer begins a line."""
    _, answers = row
    return sum(len(run.text) for answer in answers for run in answer) + 60 * len(answers)


@dataclass(frozen=True)
class Table(SanitizedText):
    """A table with a header row. `caption` says what it holds. A cell is a line, or plain text."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | Inline, ...], ...]

    @property
    def lines(self) -> Iterator[tuple[Inline, ...]]:
        """Each row below the header, with all its cells as lines."""
        for row in self.rows:
            yield tuple(text(cell) if isinstance(cell, str) else cell for cell in row)


@dataclass(frozen=True)
class Picture(SanitizedText):
    """A drawing, what it shows (`alt`), and the same as a line of text."""

    svg: str
    alt: str
    text: str


@dataclass(frozen=True)
class NewPage(SanitizedText):
    """What follows begins a page, where there are pages; what came before it was the cover, and is not counted."""


Block = Heading | Paragraph | Items | Facts | Table | Picture | NewPage


def stays_together(block: Facts | Table) -> bool:
    """Whether it is short enough to stand on one page whole, so that no row of it comes alone on the next one."""
    if isinstance(block, Table):
        return len(block.rows) <= _MOST_ROWS_TOGETHER
    return sum(map(_letters, block.rows)) <= _MOST_TOGETHER


def with_what_follows(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Yields each block, and whether it has to end on the page on which the next one begins.

    That is so of a paragraph that says what comes below it, and of what stands before the last line of a document.
    """
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        leads = isinstance(block, Paragraph) and isinstance(following, Items | Facts | Table | Picture)
        closes = following is blocks[-1] and isinstance(following, Paragraph)
        yield block, leads or closes


@dataclass(frozen=True)
class Document(SanitizedText):
    """`notice` stands on every page, or under every heading where there are no pages. `size` is in points.

    `mark` stands at the foot of each page, so that a page that got apart from the others can be told where it belongs.
    `spoken` is the language of the quotations, and of what was told or noted. `cover` is what the pages before
    `NewPage` are called, if there are any.
    """

    title: str
    language: str
    spoken: str
    author: str
    made_at: datetime
    blocks: tuple[Block, ...]
    notice: str | None = None
    notice_language: str | None = None
    page_of: str = "{page} / {pages}"
    cover: str | None = None
    mark: str | None = None
    size: int = COMPACT
    paper: Paper = Paper.LETTER


def text(words: str, language: str | None = None) -> Inline:
    """Plain text; `language` only where it is another one than the document's."""
    return (Run(words, language=language),)


def quote(words: str) -> Inline:
    """Somebody's own words."""
    return (Run(words, Tone.QUOTE),)


def told(words: str) -> Inline:
    """What was told or noted, in other words than a quotation: it is in the language of the quotations too."""
    return (Run(words, Tone.TOLD),)


def unstyled(line: Inline) -> str:
    """Returns the line as text; somebody's own words stand in quotation marks."""
    return "".join(f"{OPEN}{run.text}{CLOSE}" if run.tone is Tone.QUOTE else run.text for run in line)


def has_right_to_left(words: str) -> bool:
    """Whether some of it is written from right to left."""
    return not words.isascii() and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words)


def by_direction(words: str) -> Iterator[tuple[str, bool]]:
    """Yields the words in stretches of one direction, each with whether it is written from right to left."""
    parts = re.findall(r"\s+|\S+", words)
    kinds = "".join("R" if has_right_to_left(part) else "L" if _has_letter(part) else "-" for part in parts)
    at = 0
    for found in re.finditer("R(?:-*R)*", kinds):
        yield "".join(parts[at : found.start()]), False
        yield "".join(parts[slice(*found.span())]), True
        at = found.end()
    yield "".join(parts[at:]), False


def _has_letter(words: str) -> bool:
    return any(unicodedata.bidirectional(letter) == "L" for letter in words)


def isolate_direction(words: str) -> str:
    """The words; if some are written from right to left, set apart so that they do not turn what stands beside them.

    Between FIRST STRONG ISOLATE and its end, which nobody sees. For where there is no markup that does it.
    """
    return f"\u2068{words}\u2069" if has_right_to_left(words) else words
