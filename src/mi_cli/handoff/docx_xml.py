"""Everything that python-docx has no public API for: attributes with an underscore, and elements of OOXML made by hand.

No other module uses them. `tests/handoff/test_docx_xml.py` fails when a new version of python-docx takes one of them
away or puts an element in another place. Word asks for the children of an element in the order of its schema (ECMA-376
part 1, 17), which is why some functions put an element beside a certain other one.
"""

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from mi_cli.handoff.document import UNBROKEN

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.shape import InlineShape
    from docx.styles.style import BaseStyle
    from docx.table import Table, _Cell, _Row
    from docx.text.run import Run

    Cell: TypeAlias = _Cell

_NO_BREAK_HYPHEN: Final = "\0"  # until it is an element: no text of a document has this sign
_NO_BREAKS: Final = str.maketrans({" ": "\xa0", "-": _NO_BREAK_HYPHEN})
_UNUSED: Final = ("/thumbnail", "/customXml", "/extended-properties")  # the ends of their types


def remove_unused_parts(document: "Document") -> None:
    """Removes what the template brings along: a picture of an empty page, a store of references, counts that are 0."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_UNUSED)]:
            del relations[key]


def add_text(run: "Run", words: str) -> None:
    """Adds text to a run. The hyphens and the blanks within a day or a number are those at which no line ends."""
    first, *rest = UNBROKEN.sub(lambda found: found[0].translate(_NO_BREAKS), words).split(_NO_BREAK_HYPHEN)
    run.add_text(first)
    for part in rest:
        run._r.append(_element("w:noBreakHyphen"))
        run.add_text(part)


def set_language(item: "Run | BaseStyle", language: str) -> None:
    """Marks the text as being in a language, whether it is written from left to right or from right to left."""
    _text_properties(item).append(_element("w:lang", val=language, eastAsia=language, bidi=language))


def set_font(style: "BaseStyle", font: str) -> None:
    """Sets one font for all scripts, in place of the fonts of the theme."""
    fonts = _text_properties(style).get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def count_pages_from_one(section: "Section") -> None:
    """Makes the page numbers of a section begin at 1."""
    section._sectPr.find(qn("w:pgMar")).addnext(_element("w:pgNumType", start="1"))


def add_page_number(runs: "tuple[Run, Run, Run]") -> None:
    """Makes three runs the field that a program fills in with the number of the page."""
    field = _element("w:instrText")
    field.text = "PAGE"
    parts = _element("w:fldChar", fldCharType="begin"), field, _element("w:fldChar", fldCharType="end")
    for run, part in zip(runs, parts, strict=True):
        run._r.append(part)


def set_lines(table: "Table", color: str) -> None:
    """Draws a thin line above the table and below each of its rows."""
    borders = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=color))
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)


def describe_table(table: "Table", description: str) -> None:
    """Sets what a screen reader says of the table."""
    table._tbl.tblPr.append(_element("w:tblDescription", val=description))


def no_header_row(table: "Table") -> None:
    """Says that the first row of the table is no header, until `repeat_as_header` says that it is one."""
    table._tbl.tblPr.find(qn("w:tblLook")).set(qn("w:firstRow"), "0")


def repeat_as_header(row: "_Row") -> None:
    """Makes a row the header of its table, which is repeated on each page."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))
    row.table._tbl.tblPr.find(qn("w:tblLook")).set(qn("w:firstRow"), "1")


def keep_on_one_page(row: "_Row") -> None:
    """Keeps a row from being divided between two pages."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))


def shade(cell: "Cell", color: str) -> None:
    """Fills a cell with a color."""
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=color))


def describe_picture(shape: "InlineShape", description: str) -> None:
    """Sets what a screen reader says of the picture."""
    shape._inline.docPr.set("descr", description)


def _text_properties(item: Any) -> Any:
    """Returns the `w:rPr` of a run or a style."""
    return (item._r if hasattr(item, "_r") else item.element).get_or_add_rPr()


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
