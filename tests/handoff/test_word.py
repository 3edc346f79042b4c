import io
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.high_level import extract_pages, extract_text

from mi_cli.handoff.document import Document, Facts, Heading, Items, Paragraph, Run, Table, quote, text
from mi_cli.handoff.formats import Format, HandoffInput, client_copy, handoff
from mi_cli.handoff.packet import Packet
from mi_cli.handoff.word import word
from mi_cli.records.text import sanitized
from mi_cli.words.documents import document_words
from mi_cli.words.notices import notice_words
from tests.builders import EIGHT, ENTERO, NOW, consent, cover, goal, packet, plan
from tests.handoff import browser

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(of: Packet, language: str = "en") -> bytes:
    return handoff(HandoffInput(of, cover(language), consent(), document_words(language)), Format.WORD)


def opened(document: bytes) -> Any:
    return docx.Document(io.BytesIO(document))


def words_of(document: bytes) -> str:
    """What stands in the body. A hyphen at which no line ends is an element of its own."""
    body = part(document, "word/document.xml")
    return "".join("-" if one.tag == f"{W}noBreakHyphen" else one.text or "" for one in body.iter())


def part(document: bytes, name: str) -> ET.Element:
    return ET.fromstring(zipfile.ZipFile(io.BytesIO(document)).read(name))


def test_headings_and_tables_are_real_ones() -> None:
    document = opened(made(packet()))
    headings = [(one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings[0] == ("Heading 1", "Handoff from MI to CBT: J-014")
    assert ("Heading 2", "Parked for CBT") in headings
    assert ("Heading 3", "Goal 1") in headings
    assert len(document.tables) == 9
    rulers = document.tables[-2]
    assert [cell.text for cell in rulers.rows[0].cells] == ["About", "Ruler", "Answers", "First to last"]
    assert rulers.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None


@pytest.mark.parametrize("language", ["en", "es"])
def test_title_author_and_language_are_set(language: str) -> None:
    document = opened(made(packet(ENTERO, language="es"), language))
    properties = document.core_properties
    assert (properties.title, properties.author) == (
        document_words(language).title.format(code="J-014"),
        "A. Counselor",
    )
    assert properties.language == language
    normal = document.styles["Normal"].element.rPr.find(f"{W}lang")
    assert normal.get(f"{W}val") == language
    marked = {
        one.get(f"{W}val")
        for one in part(made(packet(ENTERO, language="es"), language), "word/document.xml").iter(f"{W}lang")
    }
    assert marked == ({"es", "en"} if language == "es" else {"es"})  # the client's words; the law's


def test_the_notice_is_at_the_foot_of_the_cover_and_of_each_page_after_it() -> None:
    document = opened(made(packet()))
    feet = [[paragraph.text for paragraph in section.footer.paragraphs] for section in document.sections]
    assert [notice for notice, _ in feet] == [notice_words("en").short] * 2  # which takes no room from the line below
    assert feet[0][1] == "J-014 · November 23, 2026 · Cover sheet".replace(" 2", "\xa02").replace("r 23", "r\xa023")


@pytest.mark.parametrize(
    ("parent", "order"),
    [
        ("sectPr", "footerReference type pgSz pgMar pgNumType cols docGrid"),
        ("tblPr", "tblStyle tblW tblBorders tblLayout tblLook tblDescription"),
        ("tcPr", "tcW shd"),
        ("rPr", "rFonts b color sz szCs rtl lang"),
    ],
)
def test_what_it_is_made_of_stands_in_the_order_that_word_asks_for(parent: str, order: str) -> None:
    found = list(part(made(packet(ENTERO, language="es")), "word/document.xml").iter(f"{W}{parent}"))
    assert found
    places = order.split()
    for one in found:
        names = [child.tag.removeprefix(W) for child in one]
        assert names == sorted(names, key=places.index)


ALL_DOCUMENTS = {
    "a handoff": lambda: made(packet()),
    "a Spanish one": lambda: made(packet(ENTERO, language="es"), "es"),
    "one with many goals": lambda: made(packet(EIGHT)),
    "one of nothing": lambda: made(packet(plan(), held=[])),
    "one with a name": lambda: made(packet(name="Jo Example")),
    "the client's own": lambda: client_copy(packet(), document_words("en"), Format.WORD, large=True),
}


@pytest.mark.parametrize("name", ALL_DOCUMENTS)
def test_nothing_of_the_template_comes_along_that_is_not_used(name: str) -> None:
    archive = zipfile.ZipFile(io.BytesIO(ALL_DOCUMENTS[name]()))
    for file in archive.namelist():
        assert not file.startswith("customXml/")
        assert file not in ("docProps/app.xml", "docProps/thumbnail.jpeg")
        if file.endswith(".rels"):
            text = archive.read(file).decode()
            assert not any(end in text for end in ("thumbnail", "customXml", "extended-properties"))
    assert b"jpeg" not in archive.read("[Content_Types].xml")


def test_the_chart_says_what_it_shows() -> None:
    shapes = opened(made(packet())).inline_shapes
    assert [shape._inline.docPr.get("descr")[:29] for shape in shapes] == ["Chart of the answers on the r"]


def test_words_from_right_to_left_are_marked_so() -> None:
    document = part(made(packet(plan(goal(1, "שלום! 12")))), "word/document.xml")
    runs = [run for run in document.iter(f"{W}r") if "שלום" in "".join(run.itertext())]
    assert runs
    assert all(run.find(f"{W}rPr/{W}rtl") is not None for run in runs)


@settings(deadline=None, max_examples=20)
@given(st.one_of(st.text(min_size=1), st.dates().map(str)))
def test_any_words_come_out_as_words(words: str) -> None:
    blocks = (
        Heading("Heading"),
        Paragraph(quote(words), lead=True),
        Items((text(words),)),
        Facts((("Label", (quote(words), text(words))),)),
        Table("Caption", ("Column",), ((words,),)),
    )
    document = word(Document("Title", "en", "en", "A. Counselor", NOW, blocks))
    found = "".join(words_of(document).split())
    assert found.count("".join(sanitized(words).split())) >= 5


@pytest.mark.skipif(browser.OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_them_and_lays_them_out(tmp_path: Path) -> None:
    small, large = (client_copy(packet(), document_words("en"), Format.WORD, large=large) for large in (False, True))
    pdfs = browser.office_pdfs(tmp_path, handoff=made(packet()), small=small, large=large)
    pdf = pdfs.pop("handoff")
    pages = [
        " ".join(extract_text(io.BytesIO(pdf), page_numbers=[n]).split())
        for n in range(len(list(extract_pages(io.BytesIO(pdf)))))
    ]
    assert 3 <= len(pages) <= 5  # as its fonts are wide or narrow
    assert all(notice_words("en").short in page for page in pages)
    assert "Saturday" not in pages[0]
    assert "Be at Saturday breakfast" in pages[1]
    assert "page 1" in pages[1]
    for copy in pdfs.values():
        assert "Be at Saturday breakfast" in extract_text(io.BytesIO(copy))


@pytest.mark.parametrize(
    ("words", "unbroken"),
    [
        ("on 2026-11-23; or 2026-12-01", ["2026", "11", "23; or 2026", "12", "01"]),
        ("on 217-555-0142, well-known", ["217", "555", "0142, well-known"]),
        ("on (217) 555-0142", ["(217)\xa0555", "0142"]),
        ("on +1 (217) 555 0142", ["+1\xa0(217)\xa0555\xa00142"]),
        ("on 217.555.0142", ["217.555.0142"]),
    ],
)
def test_no_line_ends_within_a_day_or_a_telephone_number(words: str, unbroken: list[str]) -> None:
    document = word(Document("Title", "en", "en", "A. Counselor", NOW, (Paragraph(text(words)),)))
    run = opened(document).paragraphs[-1].runs[0]
    parts = "".join("\0" if one.tag == f"{W}noBreakHyphen" else one.text or "" for one in run._r).split("\0")
    assert run.text.replace("\xa0", " ") == words
    assert [part.removeprefix("on ") for part in parts] == unbroken


def test_what_is_written_from_right_to_left_does_not_turn_what_stands_beside_it() -> None:
    line = (*quote("My girl: ابنتي"), Run(" (2026-11-23)"))
    document = opened(word(Document("Title", "en", "ar", "A. Counselor", NOW, (Paragraph(line),))))
    runs = document.paragraphs[-1].runs
    assert [(run.text, bool(run.font.rtl)) for run in runs] == [
        ("“", False), ("My girl: ", False), ("ابنتي", True), ("\u200e", False), ("”", False), (" (2026-11-23)", False),
    ]  # fmt: skip


def test_rows_that_are_few_and_the_line_before_them_stay_on_one_page() -> None:
    few = Table("Caption", ("A",), tuple((f"{n}",) for n in range(3)))
    many = Table("Caption", ("A",), tuple((f"{n}",) for n in range(30)))
    blocks = (Paragraph(text("Below:")), few, many, Items((text("one"), text("two"))), Paragraph(text("The end.")))
    document = opened(word(Document("Title", "en", "en", "A. Counselor", NOW, blocks)))

    def kept(paragraph: Any) -> bool:
        return bool(paragraph.paragraph_format.keep_with_next)

    tables = [[kept(row.cells[0].paragraphs[0]) for row in table.rows] for table in document.tables]
    assert tables == [[True, True, True, False], [False] * 31]
    assert {one.text for one in document.paragraphs[1:] if kept(one)} == {"Below:", "two"}


def test_eight_goals_are_eight_headings() -> None:
    headings = [one.text for one in opened(made(packet(EIGHT))).paragraphs if one.style.name == "Heading 3"]
    assert [one for one in headings if one.startswith("Goal")] == [f"Goal {n}" for n in range(1, 9)]
