"""A document as a Word file: real headings and tables, the notice at the foot of each page, the language set."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from mi_cli.handoff.document import (
    CLOSE,
    OPEN,
    Block,
    Document,
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
    right_to_left,
)
from mi_cli.records.text import sanitized

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from docx.section import Section
    from docx.table import _Cell as Cell
    from docx.text.paragraph import Paragraph as DocxParagraph

_WIDTH_CM: Final = 17.0  # between the margins of a letter page
_QUIET: Final = "595959"
_ACCENT: Final = "00595C"
_GLANCE: Final = "EEF5F5"
_LINE: Final = "C8C8C8"
_FONT: Final = "Calibri"


def word(document: Document) -> bytes:
    """The document as .docx."""
    from docx import Document as NewDocument

    writer = _Writer(document, NewDocument())
    for block in document.blocks:
        writer.add(block)
    out = io.BytesIO()
    writer.finished().save(out)
    return out.getvalue()


class _Writer:
    """Puts blocks into a Word document."""

    def __init__(self, document: Document, docx: "DocxDocument") -> None:
        self._document = document
        self._docx = docx
        self._base = document.size
        self._set_up()
        docx.add_heading(sanitized(document.title), 1)

    def add(self, block: Block) -> None:
        """Put in one block."""
        match block:
            case Heading(words, level):
                self._docx.add_heading(sanitized(words), level)
            case Paragraph(runs, lead):
                self._runs(self._docx.add_paragraph(), runs, size=self._base * 1.25 if lead else None)
            case Items(items):
                for item in items:
                    self._runs(self._docx.add_paragraph(style="List Bullet"), item)
            case Facts():
                self._facts(block)
            case Table():
                self._table(block)
            case Picture(svg, alt):
                self._picture(svg, alt)
            case NewPage():
                self._new_page()

    def finished(self) -> "DocxDocument":
        """The document, with its foot on every page."""
        sections = list(self._docx.sections)
        for place, section in enumerate(sections):
            is_cover = self._document.cover is not None and place == 0 and len(sections) > 1
            self._foot(section, self._document.cover if is_cover else None)
        return self._docx

    def _set_up(self) -> None:
        from docx.shared import Cm, Pt, RGBColor

        document, docx = self._document, self._docx
        properties = docx.core_properties
        properties.title, properties.author = sanitized(document.title), sanitized(document.author)
        properties.language = document.language
        properties.comments = ""
        properties.created = properties.modified = document.made_at.replace(microsecond=0)
        properties.last_modified_by = sanitized(document.author)
        normal = docx.styles["Normal"]
        normal.font.size = Pt(self._base)
        normal.paragraph_format.space_after = Pt(self._base * 0.3)
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "List Bullet"):
            style = docx.styles[name]
            _language(style.element.get_or_add_rPr(), document.language)
            _font(style.element.get_or_add_rPr())
        for level, scale in ((1, 1.6), (2, 1.25), (3, 1.1)):
            style = docx.styles[f"Heading {level}"]
            style.font.size, style.font.color.rgb = Pt(self._base * scale), RGBColor.from_string(_ACCENT)
            style.paragraph_format.space_before = Pt(self._base)
            style.paragraph_format.space_after = Pt(self._base * 0.3)
        bullets = docx.styles["List Bullet"].paragraph_format
        bullets.space_after, bullets.left_indent, bullets.first_line_indent = Pt(self._base * 0.1), Cm(0.5), Cm(-0.4)
        normal.paragraph_format.line_spacing = 1.0
        section = docx.sections[0]
        section.page_width, section.page_height = Cm(21.59), Cm(27.94)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin, section.bottom_margin = Cm(1.8), Cm(2)

    def _new_page(self) -> None:
        """What came before was the cover: a section of its own, and pages are counted from here."""
        from docx.enum.section import WD_SECTION

        section = self._docx.add_section(WD_SECTION.NEW_PAGE)
        section.footer.is_linked_to_previous = False
        section._sectPr.find(_name("w:pgMar")).addnext(_element("w:pgNumType", start="1"))  # Word asks for this order

    def _foot(self, section: "Section", called: str | None) -> None:
        """Notice and page. The number alone: not every program knows how many pages a section has."""
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Cm

        foot = section.footer.paragraphs[0]
        foot.style = self._docx.styles["Normal"]
        foot.paragraph_format.tab_stops.add_tab_stop(Cm(_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
        small = max(8, self._base * 0.65)
        notice = self._run(foot, self._document.notice or "", quiet=True, size=small)
        if self._document.notice_language:
            _language(notice._r.get_or_add_rPr(), self._document.notice_language)
        foot.add_run("\t")
        if called:
            self._run(foot, called, quiet=True, size=small)
        else:
            self._run(foot, self._document.page_of.partition("{page}")[0], quiet=True, size=small)
            for part in _page_number():
                self._run(foot, "", quiet=True, size=small)._r.append(part)

    def _facts(self, block: Facts) -> None:
        table = self._new_table((0.24, 0.76), "; ".join(label for label, _ in block.rows))
        for label, answers in block.rows:
            cells = table.add_row().cells
            self._run(cells[0].paragraphs[0], label, bold=True)
            self._answers(cells[1], answers)
            if block.glance:
                _shade(cells[0])
                _shade(cells[1])
        self._gap()

    def _answers(self, cell: "Cell", answers: tuple[Inline, ...]) -> None:
        first, *rest = answers
        self._runs(cell.paragraphs[0], first)
        if rest:
            cell.paragraphs[0].style = self._docx.styles["List Bullet"]
        for answer in rest:
            self._runs(cell.add_paragraph(style="List Bullet"), answer)

    def _table(self, block: Table) -> None:
        longest = [max(len(cell) for cell in column) for column in zip(block.header, *block.rows, strict=True)]
        parts = [min(max(length, 14), 40) for length in longest]
        table = self._new_table([part / sum(parts) for part in parts], block.caption)
        header = table.add_row()
        for cell, words in zip(header.cells, block.header, strict=True):
            self._run(cell.paragraphs[0], words, bold=True)
        header._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))
        for row in block.rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                self._run(cell.paragraphs[0], words)
        self._gap()

    def _new_table(self, shares: Sequence[float], description: str) -> Any:
        """A table without rows, its columns of these shares of the width, with a line under each row."""
        from docx.shared import Cm

        table = self._docx.add_table(0, len(shares))
        table.autofit = False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Cm(_WIDTH_CM * share)
        borders = _element("w:tblBorders")
        for side in ("top", "bottom", "insideH"):
            borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=_LINE))
        properties = table._tbl.tblPr
        layout = properties.find(_name("w:tblLayout"))
        layout.addprevious(borders)
        properties.append(_element("w:tblDescription", val=description))
        return table

    def _gap(self) -> None:
        from docx.shared import Pt

        self._docx.add_paragraph().paragraph_format.space_after = Pt(0)

    def _picture(self, svg: str, alt: str) -> None:
        from docx.shared import Cm

        from mi_cli.handoff.typst import png

        shape = self._docx.add_picture(io.BytesIO(png(svg, _WIDTH_CM)), width=Cm(_WIDTH_CM))
        shape._inline.docPr.set("descr", alt)

    def _runs(self, paragraph: "DocxParagraph", runs: Inline, size: float | None = None) -> None:
        for run in runs:
            self._add_run(paragraph, run, size)

    def _add_run(self, paragraph: "DocxParagraph", run: Run, size: float | None) -> None:
        match run.tone:
            case Tone.QUOTE:
                self._run(paragraph, OPEN, size=size)
                _language(self._run(paragraph, run.text, size=size)._r.get_or_add_rPr(), self._document.spoken)
                self._run(paragraph, CLOSE, size=size)
            case tone:
                made = self._run(paragraph, run.text, bold=tone is Tone.STRONG, quiet=tone is Tone.QUIET, size=size)
                if run.language:
                    _language(made._r.get_or_add_rPr(), run.language)

    def _run(
        self,
        paragraph: "DocxParagraph",
        words: str,
        *,
        bold: bool = False,
        quiet: bool = False,
        size: float | None = None,
    ) -> Any:
        from docx.shared import Pt, RGBColor

        run = paragraph.add_run(sanitized(words))
        run.bold = bold or None
        if quiet:
            run.font.color.rgb = RGBColor.from_string(_QUIET)
        if size:
            run.font.size = Pt(size)
        run.font.rtl = right_to_left(words) or None
        return run


def _name(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(name)


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(_name(f"w:{attribute}"), value)
    return element


def _font(properties: Any) -> None:
    """One font for all scripts, instead of the theme's."""
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(_name(f"w:{script}"), _FONT)


def _language(properties: Any, language: str) -> None:
    """Say which language the words are in, left to right and right to left."""
    properties.append(_element("w:lang", val=language, eastAsia=language, bidi=language))


def _shade(cell: "Cell") -> None:
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_GLANCE))


def _page_number() -> tuple[Any, Any, Any]:
    """The field that Word fills in with the number of the page."""
    field = _element("w:instrText")
    field.text = "PAGE"
    return _element("w:fldChar", fldCharType="begin"), field, _element("w:fldChar", fldCharType="end")
