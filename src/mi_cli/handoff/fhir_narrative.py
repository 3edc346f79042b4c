"""Writes the sections of a document as FHIR narrative: the XHTML that FHIR allows, HTML 4 without style or script."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from mi_cli.handoff.document import (
    CLOSE,
    OPEN,
    Block,
    Document,
    Facts,
    Heading,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Tone,
    has_right_to_left,
)
from mi_cli.handoff.html_blocks import HtmlBlocks


@dataclass(frozen=True)
class Section:
    """A section of the narrative: the title, and what stands below it as XHTML."""

    title: str
    div: str


def sections(document: Document) -> list[Section]:
    """Returns the document's sections, each with the notice; a section begins at each heading of level 2.

    The drawing is left out: the table beside it has the same numbers.
    """
    blocks_by_title: list[tuple[str, list[Block]]] = []
    for block in document.blocks:
        match block:
            case Heading(title, 2):
                blocks_by_title.append((title, []))
            case _:
                blocks_by_title[-1][1].append(block)
    return [Section(title, div(blocks, document)) for title, blocks in blocks_by_title]


def div(blocks: Sequence[Block], document: Document) -> str:
    """Returns the blocks, below the document's notice, as one `div` element."""
    writer = _NarrativeBlocks(document.spoken, document.language)
    notice = [Paragraph((Run(document.notice, language=document.notice_language),))] if document.notice else []
    content = "".join(writer.block(block) for block in (*notice, *blocks))
    language = escape(document.language)
    return f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{language}" xml:lang="{language}">{content}</div>'


class _NarrativeBlocks(HtmlBlocks):
    """Writes blocks as the subset of XHTML that FHIR allows in a narrative."""

    end_of_line = ""
    line_break = "<br/>"
    column_heading = "<th>"
    cell = "<td>"
    unbroken = r"\g<0>"

    def block(self, block: Block) -> str:
        match block:
            case Paragraph(runs):
                return f"<p>{self.inline(runs)}</p>"
            case Picture() | NewPage():
                return ""
            case _:
                return super().block(block)

    def facts(self, facts: Facts) -> str:
        rows = (
            f"<tr><th>{self.escaped(label)}</th><td>{self.list_of(answers)}</td></tr>" for label, answers in facts.rows
        )
        return f"<table><tbody>{''.join(rows)}</tbody></table>"

    def run(self, run: Run) -> str:
        text = self.escaped(run.text)
        if has_right_to_left(run.text):
            text = f'<span dir="rtl">{text}</span>'
        match run.tone:
            case Tone.QUOTE:
                return f"{OPEN}{_in_language(text, self.spoken)}{CLOSE}"
            case Tone.STRONG:
                return f"<b>{text}</b>"
            case _:
                language = self.language_of(run)
                return _in_language(text, language) if language else text


def _in_language(text: str, language: str) -> str:
    return f'<span lang="{escape(language)}" xml:lang="{escape(language)}">{text}</span>'
