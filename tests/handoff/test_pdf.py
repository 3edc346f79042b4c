import io
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pikepdf
import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTTextBox
from pdfminer.pdfdevice import TagExtractor
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from mi_cli.handoff.cover import Notice
from mi_cli.handoff.document import Block, Document, Paragraph, Table, has_right_to_left, text
from mi_cli.handoff.formats import Format, HandoffInput, client_copy, handoff
from mi_cli.handoff.packet import Packet
from mi_cli.handoff.pdf import pdf
from mi_cli.records.plan import Plan, Progress, Step
from mi_cli.records.terms import Kind, Talk
from mi_cli.words.documents import document_words
from mi_cli.words.notices import notice_words
from tests.builders import EIGHT, EMPTY, ENTERO, NOW, WHOLE, consent, cover, goal, packet, plan, shared


def made(of: Packet, language: str = "en") -> bytes:
    return handoff(HandoffInput(of, cover(language), consent(), document_words(language)), Format.PDF)


def pages(document: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(document)) as pdf:
        count = len(pdf.pages)
    return [" ".join(extract_text(io.BytesIO(document), page_numbers=[n]).split()) for n in range(count)]


def structure(document: bytes) -> list[tuple[str, Any]]:
    """The tags, in reading order, each with its description if it has one."""
    found: list[tuple[str, Any]] = []

    def walk(element: Any) -> None:
        if not isinstance(element, pikepdf.Dictionary):
            return
        if "/S" in element:
            found.append((str(element.S), str(element.Alt) if "/Alt" in element else None))
        children: Any = element.get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            walk(child)

    with pikepdf.open(io.BytesIO(document)) as pdf:
        walk(pdf.Root.StructTreeRoot)
    return found


DOCUMENTS = {
    "one goal": (made(packet()), "en"),
    "Spanish": (made(packet(ENTERO, language="es"), "es"), "es"),
    "eight goals": (made(packet(EIGHT)), "en"),
    "nothing": (made(packet(EMPTY)), "en"),
    "the client's own": (client_copy(packet(), document_words("en"), Format.PDF, large=False), "en"),
    "large print": (client_copy(packet(ENTERO, language="es"), document_words("es"), Format.PDF, large=True), "es"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_is_tagged_and_claims_pdf_ua_with_title_and_language(name: str) -> None:
    document, language = DOCUMENTS[name]
    with pikepdf.open(io.BytesIO(document)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == language
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] in (
                document_words(language).title.format(code="J-014"),
                document_words(language).my_plan,
            )
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            assert {"/FontFile2", "/FontFile3"} & set(font.DescendantFonts[0].FontDescriptor.keys())
    tags = [tag for tag, _ in structure(document)]
    assert tags.count("/H1") == 1


def test_headings_lists_tables_and_the_chart_are_tagged_as_such() -> None:
    tags = structure(DOCUMENTS["one goal"][0])
    kinds = [kind for kind, _ in tags]
    assert {"/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure"} <= set(kinds)
    assert [alt for kind, alt in tags if kind == "/Figure"] == [
        "Chart of the answers on the rulers, from October 26, 2026 to November 23, 2026: "
        "the last ones of each day. The table below has every answer."
    ]


@pytest.mark.parametrize("name", ["one goal", "Spanish", "eight goals", "nothing"])
def test_the_notice_stands_on_every_page(name: str) -> None:
    found = pages(DOCUMENTS[name][0])
    assert len(found) > 1
    assert all(notice_words("en").short in page for page in found)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "notice",
    [
        cover().notice,
        Notice(notice_words("en").short, notice_words("en").short, "within the program"),
        Notice("Confidential: Harbor. Keep it.", "Confidential: Harbor. Keep it.", "agency"),
    ],
    ids=lambda notice: notice.version,
)
def test_the_notice_is_read_aloud_once(notice: Notice, language: str) -> None:
    """What stands at the foot of pages is passed over by screen readers."""
    sheet = replace(cover(language), notice=notice)
    document = handoff(HandoffInput(packet(), sheet, consent(), document_words(language)), Format.PDF)
    assert len(pages(document)) > 1
    assert read_aloud(document).count(notice.full) == 1


def read_aloud(document: bytes) -> str:
    """The text in the order of the page, without what is marked as being no part of it."""
    out = io.BytesIO()
    resources = PDFResourceManager()
    interpreter = PDFPageInterpreter(resources, TagExtractor(resources, out))
    for page in PDFPage.get_pages(io.BytesIO(document)):
        interpreter.process_page(page)
    told = re.sub(r"<Artifact.*?</Artifact>", "", out.getvalue().decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", told)).split())


def test_the_clients_own_copy_has_no_notice() -> None:
    assert "42 CFR" not in "".join(pages(DOCUMENTS["the client's own"][0]))


@pytest.mark.parametrize(
    ("of", "language"), [(WHOLE, "en"), (ENTERO, "es"), (plan(goal(1, "Walk")), "en"), (EMPTY, "en")]
)
def test_one_goal_takes_a_cover_and_two_pages_at_most(of: Plan, language: str) -> None:
    cover_page, *rest = pages(made(packet(of, language=language), language))
    assert len(rest) <= 2
    for one in of.goals:
        assert one.words not in cover_page
        assert one.words in rest[0]


def test_the_first_half_page_tells_what_is_wanted_why_what_is_next_and_what_is_parked() -> None:
    page = list(extract_pages(io.BytesIO(DOCUMENTS["one goal"][0])))[1]
    upper = " ".join(
        item.get_text() for item in page if getattr(item, "y0", 0) > page.height / 2 and hasattr(item, "get_text")
    )
    for words in ("Be at Saturday breakfast", "She asked why", "No drinks after the night shift", "The crash in 2019"):
        assert words in " ".join(upper.split())


@pytest.mark.parametrize(("name", "count"), [("the client's own", 1), ("large print", 2)])
def test_the_clients_own_copy_is_one_page_and_two_in_large_print(name: str, count: int) -> None:
    assert len(pages(DOCUMENTS[name][0])) == count


def many_quotes() -> bytes:
    said = (shared(f"Reason number {n}, told at some length", Kind.CHANGE, Talk.REASON, n=n) for n in range(150))
    return made(packet(plan(goal(1, "Walk"), talk=tuple(said)), held=[]))


def test_a_row_that_goes_on_over_pages_has_its_label_on_each() -> None:
    found = [page for page in pages(many_quotes()) if page.count("Reason number") > 5]
    assert len(found) >= 3
    assert all(document_words("en").change in page for page in found)


def test_each_page_says_whose_it_is_and_of_which_day() -> None:
    found = pages(DOCUMENTS["eight goals"][0])
    assert all("J-014 · November 23, 2026" in page for page in found)


def test_a_date_stands_in_one_line() -> None:
    lines = [
        line.get_text()
        for page in extract_pages(io.BytesIO(DOCUMENTS["eight goals"][0]))
        for box in page
        if isinstance(box, LTTextBox)
        for line in box
    ]
    assert not [line for line in lines if re.search(r"\d{4}-(\d{2}-)?\s*$", line)]


@pytest.mark.parametrize("is_own_copy", [False, True])
def test_each_thing_told_says_which_language_it_is_in_and_nothing_beside_it_does(is_own_copy: bool) -> None:
    of = packet(ENTERO, language="es")
    document = client_copy(of, document_words("en"), Format.PDF, large=False) if is_own_copy else made(of, "en")
    languages: list[str] = []

    def walk(element: Any, language: Any = None, *, is_told: bool = False) -> None:
        """A cell in which all is told has the language itself; then nothing else may stand in it."""
        if isinstance(element, pikepdf.Dictionary):
            language = element.get("/Lang", language)
            if element.get("/S") == "/Quote":
                languages.append(str(language))
                is_told = True
            children: Any = element.get("/K", [])
            for child in children if isinstance(children, pikepdf.Array) else [children]:
                walk(child, language, is_told=is_told)
        elif language is not None:
            assert is_told, "what is not told passes for words of that language"

    with pikepdf.open(io.BytesIO(document)) as pdf:
        walk(pdf.Root.StructTreeRoot)
    assert set(languages) == {"es"}
    assert len(languages) > max("".join(pages(document)).count("“"), 5)


def lines(of: bytes, page: int) -> list[str]:
    return [line for line in extract_text(io.BytesIO(of), page_numbers=[page]).splitlines() if line.strip()]


def test_no_line_stands_alone_on_the_last_page_of_the_clients_own_copy() -> None:
    last = document_words("en").my_outro
    alone = []
    for count in range(14, 30):
        many = plan(goal(1, "Walk", steps=tuple(Step(id=f"{n:08}", words="Walk") for n in range(count))))
        copy = client_copy(packet(many, held=[]), document_words("en"), Format.PDF, large=False)
        on_last = lines(copy, len(pages(copy)) - 1)
        assert last in " ".join(on_last)
        alone += [count] if len(on_last) < 4 else []
    assert alone == []


def test_a_short_table_stands_on_one_page_with_the_line_that_leads_to_it() -> None:
    rows = tuple((f"row {n}",) for n in range(6))
    for count in range(30, 44, 2):
        before: list[Block] = [Paragraph(text("Words."))] * count
        blocks = (*before, Paragraph(text("It follows.")), Table("Rows", ("Column",), rows), *before)
        found = pages(pdf(Document("Title", "en", "en", "A. Counselor", NOW, blocks)))
        (there,) = [page for page in found if "row" in page]
        assert there.count("row") == len(rows)
        assert "It follows." in there


@pytest.mark.parametrize(
    "telephone", ["555-0188", "1-800-273-8255", "(612) 555-0188", "+1 (612) 555 0188", "612.555.0188", "2026-11-23"]
)
def test_a_telephone_number_stands_in_one_line(telephone: str) -> None:
    words = tuple(shared(f"{'a' * n} {telephone}", Kind.CHANGE, Talk.REASON, n=n) for n in range(40, 100, 3))
    found = "".join(pages(made(packet(plan(goal(1, "Walk"), talk=words), held=[]))))
    assert found.count(telephone) >= len(words)


def test_large_print_is_set_in_18_points() -> None:
    with pikepdf.open(io.BytesIO(DOCUMENTS["large print"][0])) as pdf:
        sizes = {
            float(found.operands[1])
            for page in pdf.pages
            for found in pikepdf.parse_content_stream(page)
            if str(found.operator) == "Tf"
        }
    assert sizes - {12.0}
    assert min(sizes - {12.0}) >= 18  # 12 points: the number of the page alone


@pytest.mark.parametrize(
    "words",
    ["#panic() $x$ *a* _b_ `c` <d> @e = f // g", "\u202eabc\u202c \x07", "W" * 120, "x" * 200 + " " + "y" * 200],
)
def test_strange_words_come_out_as_words(words: str) -> None:
    found = re.sub(r"[\s\u200b]", "", "".join(pages(made(packet(plan(goal(1, words)))))))  # breaks in very long words
    shown = re.sub(r"\s", "", words).replace("\u202e", "‹202E›").replace("\u202c", "‹202C›")
    assert shown.replace("\x07", "") in found


def test_words_from_right_to_left_do_not_turn_what_stands_beside_them() -> None:
    said = plan(goal(1, "Walk", progress=(Progress(at=NOW, words="שלום! 12, אמר", shared=NOW.date()),)))
    pages_ = extract_pages(io.BytesIO(made(packet(said))))
    lines = [line for page in pages_ for box in page if isinstance(box, LTTextBox) for line in box]
    turned = next(line for line in lines if any(has_right_to_left(letter) for letter in line.get_text()))
    row = sorted((line for line in lines if abs(line.y0 - turned.y0) < 4), key=lambda line: line.x0)
    text = " ".join("".join(line.get_text() for line in row).split())
    assert re.search(r"[א-ת].* \(November 23, 2026\)$", text)


def test_the_same_packet_makes_the_same_bytes() -> None:
    assert made(packet()) == made(packet())
