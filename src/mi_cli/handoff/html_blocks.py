"""Writes the blocks of a document as HTML. The page on a screen and the narrative in FHIR are two dialects of it.

`HtmlBlocks` writes HTML 5 for `html.py`; `fhir_narrative.py` overrides what FHIR does not allow.
"""

from collections.abc import Iterable
from html import escape
from typing import ClassVar

from mi_cli.handoff.document import (
    CLOSE,
    OPEN,
    UNBROKEN,
    Block,
    Facts,
    Heading,
    Inline,
    Items,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Table,
    Tone,
    has_right_to_left,
    is_long,
    stays_together,
)


class HtmlBlocks:
    """Writes blocks as HTML 5, in `language`. `spoken` is the language of the quotations and of what was told."""

    end_of_line: ClassVar[str] = "\n"
    line_break: ClassVar[str] = "<br>"
    column_heading: ClassVar[str] = '<th scope="col">'
    cell: ClassVar[str] = '<td data-label="{label}">'  # its column, for where a row does not stand in one line
    unbroken: ClassVar[str] = r'<span class="unbroken">\g<0></span>'

    def __init__(self, spoken: str, language: str) -> None:
        self.spoken = spoken
        self._told = spoken if spoken != language else None

    def language_of(self, run: Run) -> str | None:
        """Returns the language of what is no quotation, where it is another one than that of the page."""
        return self._told if run.tone is Tone.TOLD else run.language

    def block(self, block: Block) -> str:
        """Returns one block as HTML."""
        match block:
            case Heading(text, level):
                return f"<h{level}>{self.escaped(text)}</h{level}>"
            case Paragraph(runs, lead):
                return f"<p{' class=lead' if lead else ''}>{self.inline(runs)}</p>"
            case Items(items):
                return self.list_of(items)
            case Facts():
                return self.facts(block)
            case Table():
                return self._table(block)
            case Picture(svg):
                return f"<figure>{svg}</figure>"
            case NewPage():
                return '<hr class="new-page">'

    def facts(self, facts: Facts) -> str:
        """Returns the labels with their answers as a description list."""
        rows = "".join(
            f"<div{' class=long' if is_long((label, answers)) else ''}><dt>{self.escaped(label)}</dt>"
            f"<dd>{self.inline(answers[0]) if len(answers) == 1 else self.list_of(answers)}</dd></div>\n"
            for label, answers in facts.rows
        )
        classes = f"{'glance ' if facts.glance else ''}{'whole' if stays_together(facts) else 'divided'}"
        return f'<dl class="{classes}">\n{rows}</dl>'

    def run(self, run: Run) -> str:
        """Returns a piece of text with the elements for its tone, its language and its direction."""
        text = self.escaped(run.text)
        if has_right_to_left(run.text) and run.tone is not Tone.QUOTE:
            text = f"<bdi>{text}</bdi>"
        match run.tone:
            case Tone.QUOTE:  # isolated: the direction of a quotation does not turn what stands beside it
                return f'{OPEN}<bdi lang="{escape(self.spoken)}">{text}</bdi>{CLOSE}'
            case Tone.STRONG:
                return f"<strong>{text}</strong>"
            case Tone.QUIET:
                return f'<span class="quiet">{text}</span>'
            case _:
                language = self.language_of(run)
                return f'<span lang="{escape(language)}">{text}</span>' if language else text

    def inline(self, runs: Inline) -> str:
        """Returns the runs of one line."""
        return "".join(map(self.run, runs))

    def list_of(self, items: Iterable[Inline]) -> str:
        """Returns the items as an unordered list."""
        end = self.end_of_line
        return f"<ul>{end}{''.join(f'<li>{self.inline(item)}</li>{end}' for item in items)}</ul>"

    def escaped(self, text: str) -> str:
        """Returns the text with its markup escaped, its line ends as line breaks, and each day in one line."""
        return UNBROKEN.sub(self.unbroken, escape(text)).replace("\n", self.line_break)

    def _table(self, table: Table) -> str:
        end = self.end_of_line
        header = "".join(f"{self.column_heading}{self.escaped(cell)}</th>" for cell in table.header)
        cells = [self.cell.format(label=escape(label)) for label in table.header]
        rows = "".join(
            f"<tr>{''.join(f'{cell}{self.inline(line)}</td>' for cell, line in zip(cells, row, strict=True))}</tr>{end}"
            for row in table.lines
        )
        caption = f"<caption>{self.escaped(table.caption)}</caption>{end}" if table.caption else ""
        return f"<table>{end}{caption}<thead><tr>{header}</tr></thead>{end}<tbody>{end}{rows}</tbody>{end}</table>"
