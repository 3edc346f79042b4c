"""Fails when a new version of python-docx takes away the private API that `docx_xml` uses, or changes what it does."""

from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from mi_cli.handoff import docx_xml


@pytest.fixture
def document() -> Any:
    return docx.Document()


def names(element: Any) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in element]


def test_the_language_of_a_run_and_of_a_style_is_set(document: Any) -> None:
    for item, element in (
        (run := document.add_paragraph().add_run("x"), run._r),
        (style := document.styles["Normal"], style.element),
    ):
        docx_xml.set_language(item, "es")
        languages = element.rPr.findall(qn("w:lang"))
        assert languages[-1].get(qn("w:val")) == "es"


def test_the_font_of_a_style_is_the_only_one(document: Any) -> None:
    style = document.styles["Heading 1"]
    docx_xml.set_font(style, "Calibri")
    assert set(style.element.rPr.rFonts.attrib.values()) == {"Calibri"}


def test_the_pages_of_a_section_are_counted_from_one(document: Any) -> None:
    section = document.sections[0]
    docx_xml.count_pages_from_one(section)
    order = names(section._sectPr)
    assert order.index("pgNumType") == order.index("pgMar") + 1


def test_three_runs_are_a_page_number(document: Any) -> None:
    paragraph = document.add_paragraph()
    docx_xml.add_page_number((paragraph.add_run(), paragraph.add_run(), paragraph.add_run()))
    assert [names(run._r) for run in paragraph.runs] == [["fldChar"], ["instrText"], ["fldChar"]]


def test_a_table_has_lines_and_a_description_and_a_header(document: Any) -> None:
    table = document.add_table(1, 1)
    table.autofit = False
    docx_xml.set_lines(table, "C8C8C8")
    docx_xml.describe_table(table, "A table")
    docx_xml.repeat_as_header(table.rows[0])
    order = names(table._tbl.tblPr)
    assert order.index("tblBorders") == order.index("tblLayout") - 1
    assert order[-1] == "tblDescription"
    assert names(table.rows[0]._tr.trPr) == ["tblHeader"]


def test_a_cell_is_filled_with_a_color(document: Any) -> None:
    cell = document.add_table(1, 1).cell(0, 0)
    docx_xml.shade(cell, "EEF5F5")
    assert names(cell._tc.tcPr)[-1] == "shd"
