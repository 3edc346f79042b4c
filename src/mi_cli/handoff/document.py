"""A document as data: what Markdown, HTML, PDF and Word are all made from.

Words in it are as they were typed. Each format escapes them its own way; none adds or leaves out a word.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

OPEN, CLOSE = "“", "”"
COMPACT, CLEAR, LARGE = 10, 13, 18  # points; large print begins at 18 (American Printing House for the Blind)


class Tone(StrEnum):
    """How a piece of text is meant."""

    PLAIN = "plain"
    QUOTE = "quote"  # somebody's own words: they stand in quotation marks
    STRONG = "strong"
    QUIET = "quiet"  # said about the words beside it, or that there are none


@dataclass(frozen=True)
class Run:
    """A piece of text of one tone; `language` only where it is another one than the document's."""

    text: str
    tone: Tone = Tone.PLAIN
    language: str | None = None


Inline = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading below the title, which is level 1. Never a client's words: headings end up in outlines."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a `lead` is larger."""

    runs: Inline
    lead: bool = False


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[Inline, ...]


@dataclass(frozen=True)
class Facts:
    """Labels, each with one or more answers; a `glance` stands out."""

    rows: tuple[tuple[str, tuple[Inline, ...]], ...]
    glance: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a header row. `caption` says what it holds."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A drawing, what it shows (`alt`), and the same as a line of text."""

    svg: str
    alt: str
    text: str


@dataclass(frozen=True)
class NewPage:
    """What follows begins a page, where there are pages; what came before it was the cover, and is not counted."""


Block = Heading | Paragraph | Items | Facts | Table | Picture | NewPage


@dataclass(frozen=True)
class Document:
    """`notice` stands on every page, or under every heading where there are no pages. `size` is in points.

    `spoken` is the language of the quotations. `cover` is what the pages before `NewPage` are called, if there are any.
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
    size: int = COMPACT


def text(words: str) -> Inline:
    """Plain text."""
    return (Run(words),)


def quote(words: str) -> Inline:
    """Somebody's own words."""
    return (Run(words, Tone.QUOTE),)


def right_to_left(words: str) -> bool:
    """Whether some of it is written from right to left."""
    return not words.isascii() and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words)


def isolated(words: str) -> str:
    """The words; if some are written from right to left, set apart so that they do not turn what stands beside them.

    Between FIRST STRONG ISOLATE and its end, which nobody sees. For where there is no markup that does it.
    """
    return f"\u2068{words}\u2069" if right_to_left(words) else words
