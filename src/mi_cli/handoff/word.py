"""Writes a document as a Word file: real headings and tables, the notice at the foot of each page, the language set.

python-docx and Typst are imported here and not by those who import `formats.py`: this module is loaded when a Word file
is asked for. Styles are set in code and not in a template, since their sizes follow from the size of the document.
"""

import io
from collections.abc import Sequence
from datetime import UTC
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

from mi_cli.handoff import docx_xml, typst
from mi_cli.handoff.document import (
    CLOSE,
    OPEN,
    Block,
    Document,
    FactRow,
    Facts,
    Heading,
    Inline,
    Items,
    NewPage,
    Paper,
    Paragraph,
    Picture,
    Run,
    Table,
    Tone,
    by_direction,
    has_right_to_left,
    is_long,
    stays_together,
    text,
    unstyled,
    with_what_follows,
)

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from docx.section import Section
    from docx.text.paragraph import Paragraph as DocxParagraph
    from docx.text.run import Run as DocxRun

_WIDTH_CM: Final = 17.0  # between the margins
_PAPERS: Final = {Paper.LETTER: (21.59, 27.94, 2.2), Paper.A4: (21.0, 29.7, 2.0)}  # width, height, margin in cm
_QUIET: Final = "4A4A4A"
_ACCENT: Final = "00595C"
_GLANCE: Final = "EEF5F5"
_LINE: Final = "C8C8C8"
_FONT: Final = "Calibri"
_LEFT_TO_RIGHT_MARK: Final = "\u200e"


def word(document: Document) -> bytes:
    """Returns the document as .docx. Raises Failed for a drawing that Typst cannot make a picture of."""
    writer = _Writer(document, docx.Document())
    for block, sticky in with_what_follows(document.blocks):
        writer.add(block)
        if sticky:
            writer.keep_with_next()
    out = io.BytesIO()
    writer.finished().save(out)
    return out.getvalue()


class _Writer:
    """Adds blocks to a Word document."""

    def __init__(self, document: Document, docx_document: "DocxDocument") -> None:
        self._document = document
        self._docx = docx_document
        self._base = document.size  # points; all other sizes are multiples of it
        docx_xml.remove_unused_parts(self._docx)
        self._set_properties()
        self._set_styles()
        self._set_page()
        self._docx.add_heading(document.title, 1)

    def add(self, block: Block) -> None:
        """Adds one block."""
        match block:
            case Heading(text, level):
                self._docx.add_heading(text, level)
            case Paragraph(runs, lead):
                self._add_runs(self._docx.add_paragraph(), runs, size=self._base * 1.25 if lead else None)
                if lead:
                    self.keep_with_next()
            case Items(items):
                for item in items:
                    self._add_runs(self._docx.add_paragraph(style="List Bullet"), item)
            case Facts():
                self._add_facts(block)
            case Table():
                self._add_table(block)
            case Picture(svg, alt):
                self._add_picture(svg, alt)
            case NewPage():
                self._start_page_one()

    def keep_with_next(self) -> None:
        """Keeps the last paragraph on the page on which the next block begins."""
        self._docx.paragraphs[-1].paragraph_format.keep_with_next = True

    def finished(self) -> "DocxDocument":
        """Returns the document, with a foot on every page."""
        sections = list(self._docx.sections)
        for place, section in enumerate(sections):
            is_cover = self._document.cover is not None and place == 0 and len(sections) > 1
            self._add_foot(section, self._document.cover if is_cover else None)
        return self._docx

    def _set_properties(self) -> None:
        document, properties = self._document, self._docx.core_properties
        properties.title, properties.author = document.title, document.author
        properties.language = document.language
        properties.comments = ""
        properties.created = properties.modified = document.made_at.astimezone(UTC).replace(microsecond=0)
        properties.last_modified_by = document.author

    def _set_styles(self) -> None:
        styles = self._docx.styles
        normal = styles["Normal"]
        normal.font.size = Pt(self._base)
        normal.paragraph_format.space_after = Pt(self._base * 0.3)
        normal.paragraph_format.line_spacing = 1.0
        normal.paragraph_format.keep_together = True
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "List Bullet"):
            docx_xml.set_language(styles[name], self._document.language)
            docx_xml.set_font(styles[name], _FONT)
        for level, scale in ((1, 1.6), (2, 1.25), (3, 1.1)):
            style = styles[f"Heading {level}"]
            style.font.size, style.font.color.rgb = Pt(self._base * scale), RGBColor.from_string(_ACCENT)
            style.paragraph_format.space_before = Pt(self._base)
            style.paragraph_format.space_after = Pt(self._base * 0.3)
        bullets = styles["List Bullet"].paragraph_format
        bullets.space_after = Pt(self._base * 0.1)
        bullets.left_indent, bullets.first_line_indent = Pt(18), Pt(self._base * -0.9)  # 18: the template's tab stop

    def _set_page(self) -> None:
        section = self._docx.sections[0]
        width, height, margin = _PAPERS[self._document.paper]
        section.page_width, section.page_height = Cm(width), Cm(height)
        section.left_margin = section.right_margin = Cm(margin)
        section.top_margin, section.bottom_margin, section.footer_distance = Cm(1.3), Cm(1.8), Cm(1.0)

    def _start_page_one(self) -> None:
        """Ends the cover, which is a section of its own; the pages are counted from here."""
        section = self._docx.add_section(WD_SECTION.NEW_PAGE)
        section.footer.is_linked_to_previous = False
        docx_xml.count_pages_from_one(section)

    def _add_foot(self, section: "Section", cover: str | None) -> None:
        """Adds the notice, and below it at the right the name of the cover or the number of the page.

        The number stands alone, since not every program knows how many pages a section has.
        """
        small = max(8, self._base * 0.65)
        foot = section.footer.paragraphs[0]
        if self._document.notice:
            self._add_text(foot, self._document.notice, quiet=True, size=small, language=self._document.notice_language)
            foot.style = self._docx.styles["Normal"]
            foot.paragraph_format.space_after = Pt(0)
            foot = section.footer.add_paragraph()
        foot.style = self._docx.styles["Normal"]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if self._document.mark:
            self._add_text(foot, f"{self._document.mark} · ", quiet=True, size=small)
        if cover:
            self._add_text(foot, cover, quiet=True, size=small)
        else:
            self._add_text(foot, self._document.page_of.partition("{page}")[0], quiet=True, size=small)
            begin, field, end = (self._new_run(foot, quiet=True, size=small) for _ in range(3))
            docx_xml.add_page_number((begin, field, end))

    def _add_facts(self, block: Facts) -> None:
        for long, rows in groupby(block.rows, is_long):
            if long:
                for row in rows:
                    self._add_long_row(*row)
            else:
                self._add_short_rows(list(rows), glance=block.glance, together=stays_together(block))

    def _add_short_rows(self, rows: list[FactRow], *, glance: bool, together: bool) -> None:
        """Adds labels beside their answers; no row is divided between two pages."""
        table = self._new_table((0.24, 0.76), "; ".join(label for label, _ in rows))
        for label, answers in rows:
            row = table.add_row()
            docx_xml.keep_on_one_page(row)
            self._add_text(row.cells[0].paragraphs[0], label, bold=True)
            self._add_answers(row.cells[1], answers)
            for cell in row.cells if glance else ():
                docx_xml.shade(cell, _GLANCE)
        if together:
            _keep_together(table)
        self._add_gap()

    def _add_long_row(self, label: str, answers: tuple[Inline, ...]) -> None:
        """Adds a table whose header is the label: it stands again on each page on which the answers go on."""
        table = self._new_table((1.0,), label)
        header = table.add_row()
        self._add_text(header.cells[0].paragraphs[0], label, bold=True)
        docx_xml.repeat_as_header(header)
        for answer in answers:
            row = table.add_row()
            docx_xml.keep_on_one_page(row)
            self._add_answers(row.cells[0], (answer,))
        self._add_gap()

    def _add_answers(self, cell: "docx_xml.Cell", answers: tuple[Inline, ...]) -> None:
        first, *rest = answers
        self._add_runs(cell.paragraphs[0], first)
        if rest:
            cell.paragraphs[0].style = self._docx.styles["List Bullet"]
        for answer in rest:
            self._add_runs(cell.add_paragraph(style="List Bullet"), answer)

    def _add_table(self, block: Table) -> None:
        rows = [tuple(map(text, block.header)), *block.lines]
        longest = [max(len(unstyled(cell)) for cell in column) for column in zip(*rows, strict=True)]
        parts = [min(max(length + 4, 14), 40) for length in longest]
        table = self._new_table([part / sum(parts) for part in parts], block.caption)
        header = table.add_row()
        for cell, label in zip(header.cells, block.header, strict=True):
            self._add_text(cell.paragraphs[0], label, bold=True)
        docx_xml.repeat_as_header(header)
        for line in block.lines:
            for cell, runs in zip(table.add_row().cells, line, strict=True):
                self._add_runs(cell.paragraphs[0], runs)
        if stays_together(block):
            _keep_together(table)
        self._add_gap()

    def _new_table(self, shares: Sequence[float], description: str) -> Any:
        """Adds and returns a table without rows; `shares` are its columns' parts of the width, which sum up to 1."""
        table = self._docx.add_table(0, len(shares))
        table.autofit = False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Cm(_WIDTH_CM * share)
        docx_xml.set_lines(table, _LINE)
        docx_xml.no_header_row(table)
        docx_xml.describe_table(table, description)
        return table

    def _add_gap(self) -> None:
        gap = self._docx.add_paragraph().paragraph_format
        gap.space_after, gap.line_spacing = Pt(0), Pt(self._base * 0.5)

    def _add_picture(self, svg: str, alt: str) -> None:
        shape = self._docx.add_picture(io.BytesIO(typst.png(svg, _WIDTH_CM)), width=Cm(_WIDTH_CM))
        docx_xml.describe_picture(shape, alt)

    def _add_runs(self, paragraph: "DocxParagraph", runs: Inline, size: float | None = None) -> None:
        for run in runs:
            self._add_run(paragraph, run, size)

    def _add_run(self, paragraph: "DocxParagraph", run: Run, size: float | None) -> None:
        match run.tone:
            case Tone.QUOTE:
                self._add_text(paragraph, OPEN, size=size)
                self._add_text(paragraph, run.text, size=size, language=self._document.spoken)
                self._add_text(paragraph, CLOSE, size=size)
            case Tone.TOLD if self._document.spoken != self._document.language:
                self._add_text(paragraph, run.text, size=size, language=self._document.spoken)
            case tone:
                bold, quiet = tone is Tone.STRONG, tone is Tone.QUIET
                self._add_text(paragraph, run.text, bold=bold, quiet=quiet, size=size, language=run.language)

    def _add_text(
        self,
        paragraph: "DocxParagraph",
        words: str,
        *,
        bold: bool = False,
        quiet: bool = False,
        size: float | None = None,
        language: str | None = None,
    ) -> None:
        """Adds text of one look to a paragraph: a run for each stretch of one direction.

        What is written from right to left ends with a mark, so that it does not turn the day or the bracket after it.
        """
        for stretch, right_to_left in by_direction(words):
            if stretch:
                run = self._new_run(paragraph, bold=bold, quiet=quiet, size=size)
                docx_xml.add_text(run, stretch)
                run.font.rtl = right_to_left or None
                if language:
                    docx_xml.set_language(run, language)
        if has_right_to_left(words):
            paragraph.add_run(_LEFT_TO_RIGHT_MARK)

    def _new_run(
        self, paragraph: "DocxParagraph", *, bold: bool = False, quiet: bool = False, size: float | None = None
    ) -> "DocxRun":
        run = paragraph.add_run()
        run.bold = bold or None
        if quiet:
            run.font.color.rgb = RGBColor.from_string(_QUIET)
        if size:
            run.font.size = Pt(size)
        return run


def _keep_together(table: Any) -> None:
    """Keeps all rows of a table on one page: each stays with the next one."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
