"""The way so far as a page to look at with the client: readings, steps, and each lapse at the visit where it was told.

It is a client's copy. Marks are the counselor's analysis of the conversation, and contacts the counselor's record:
neither is told here. It is given values, and never what they were found in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mi_cli.handoff.document import CLEAR, Block, Document, Heading, Paper, Paragraph, Run, Table, Tone
from mi_cli.words.trend.model import TrendWords


@dataclass(frozen=True)
class TrendPart:
    """What is told about one thing: its name, and a row for each visit, below a header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def trend_document(
    parts: Sequence[TrendPart], words: TrendWords, *, spoken: str, author: str, made_at: datetime, paper: Paper
) -> Document:
    """Returns the page. `spoken` is the client's language."""
    return Document(
        title=words.title,
        language=words.language,
        spoken=spoken,
        author=author,
        made_at=made_at,
        page_of=words.page_of,
        size=CLEAR,
        paper=paper,
        blocks=tuple(_blocks(parts, words)),
    )


def _blocks(parts: Sequence[TrendPart], words: TrendWords) -> Iterable[Block]:
    yield Paragraph((Run(words.intro, Tone.QUIET),))
    for part in parts:
        yield Heading(part.name)
        yield Table(part.name, part.header, part.rows)
    yield Paragraph((Run(words.outro, Tone.QUIET),))
