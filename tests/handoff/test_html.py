import io
import re
import unicodedata
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.high_level import extract_pages, extract_text

from mi_cli.handoff.document import Document, Facts, Heading, Items, Paper, Paragraph, Run, Table, Tone, quote, text
from mi_cli.handoff.formats import Format, HandoffInput, client_copy, handoff, page
from mi_cli.handoff.html import html
from mi_cli.handoff.packet import Packet
from mi_cli.handoff.trend_page import TrendPart, trend_document
from mi_cli.records.plan import Step
from mi_cli.records.terms import Kind, StepStatus, Talk
from mi_cli.records.text import sanitized
from mi_cli.terminal.background import contrast, luminance
from mi_cli.words.documents import document_words
from mi_cli.words.notices import notice_words
from mi_cli.words.trend import trend_words
from tests.builders import EIGHT, EMPTY, ENTERO, NOW, consent, cover, goal, packet, plan, shared
from tests.handoff import browser

needs_chromium = pytest.mark.skipif(browser.CHROMIUM is None, reason="Chromium is not installed")
needs_axe = pytest.mark.skipif(not browser.AXE.is_file(), reason="tests/tools has not been installed by npm")
LONG = plan(goal(1, "W" * 400, reasons=("שלום! 12, אמר",), signs=("x" * 200,)))
DONE = plan(goal(1, "Walk", steps=(Step(id="s", words="Up", status=StepStatus.DONE, on=date(2026, 9, 30)),)))


def made(of: Packet, language: str = "en") -> bytes:
    return handoff(HandoffInput(of, cover(language), consent(), document_words(language)), Format.HTML)


def way() -> Document:
    """A page of the way so far with five columns, in Spanish, whose days and labels are long."""
    header = ("día", "importancia", "confianza", "disposición", "pasos dados")
    part = TrendPart("lo de tomar", header, (("miércoles 30 de septiembre de 2026", "7, 8", "4", "–", "0"),))
    return trend_document(
        (part,), trend_words("es"), spoken="es", author="A. Consejera", made_at=NOW, paper=Paper.LETTER
    )


PAGES = {
    "one goal": made(packet()),
    "Spanish": made(packet(ENTERO, language="es"), "es"),
    "eight goals": made(packet(EIGHT)),
    "nothing": made(packet(EMPTY)),
    "long words": made(packet(LONG)),
    "the client's own": client_copy(packet(), document_words("en"), Format.HTML, large=False),
    "the client's own, of a long day": client_copy(packet(DONE), document_words("es"), Format.HTML, large=False),
    "the way so far": page(way(), Format.HTML),
    "in large print": client_copy(packet(ENTERO, language="es"), document_words("es"), Format.HTML, large=True),
}


@needs_chromium
@needs_axe
@pytest.mark.parametrize(
    ("name", "width", "dark"),
    [("one goal", 1000, False), *((name, 500, bool(number % 2)) for number, name in enumerate(PAGES, 1))],
)
def test_axe_finds_nothing_against_it(name: str, width: int, dark: bool, tmp_path: Path) -> None:
    found = browser.axe(PAGES[name], tmp_path, width=width, dark=dark)
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@needs_chromium
@pytest.mark.parametrize(
    "name", ["eight goals", "long words", "the client's own, of a long day", "the way so far", "in large print"]
)
def test_at_320_pixels_nothing_has_to_be_scrolled_sideways(name: str, tmp_path: Path) -> None:
    assert browser.cut_off(PAGES[name], tmp_path, 320) == 0


def test_what_stands_right_above_a_table_is_not_said_again_and_each_cell_names_its_column() -> None:
    own = PAGES["the way so far"].decode()
    assert own.count("lo de tomar") == 1
    assert "<caption>" not in own
    assert '<td data-label="pasos dados">0</td>' in own
    assert PAGES["one goal"].count(b"<caption>") == 2


@needs_chromium
def test_on_paper_the_label_of_a_long_row_stands_on_each_page(tmp_path: Path) -> None:
    said = tuple(shared(f"I said this for a change, number {n}.", Kind.CHANGE, Talk.NEED) for n in range(120))
    pages = pages_of(browser.printed(made(packet(plan(goal(1, "Walk"), talk=said))), tmp_path))
    with_words = [page for page in pages[2:] if "number" in page]  # after the cover and the glance
    assert len(with_words) == 2
    assert all("For change" in page for page in with_words)


@needs_chromium
def test_what_is_cut_off_is_found(tmp_path: Path) -> None:
    page = PAGES["long words"].replace(b"overflow-wrap: break-word", b"")
    assert browser.cut_off(page, tmp_path, 320) > 0


@needs_chromium
@needs_axe
@pytest.mark.parametrize(
    ("sound", "fault", "rule"),
    [
        ('<html lang="en">', "<html>", "html-has-lang"),
        ("--quiet: #4a4a4a", "--quiet: #aaaaaa", "color-contrast"),
        ('role="img"', 'role="img" data-untitled', "svg-img-alt"),
    ],
)
def test_axe_finds_what_is_planted(sound: str, fault: str, rule: str, tmp_path: Path) -> None:
    page = PAGES["one goal"].decode()
    assert sound in page
    page = page.replace(sound, fault)
    page = re.sub("(data-untitled.*?)<title>.*?</title>", r"\1", page)
    assert rule in [one["id"] for one in browser.axe(page.encode(), tmp_path, width=1000, dark=False)]


@needs_chromium
def test_on_paper_each_page_has_the_notice_and_the_cover_is_by_itself(tmp_path: Path) -> None:
    pages = pages_of(browser.printed(PAGES["one goal"], tmp_path))
    notice = notice_words("en").short
    assert all(notice in " ".join(page.split()) for page in pages)
    assert "Saturday" not in pages[0]
    assert "Saturday" in pages[1]


@needs_chromium
def test_on_paper_it_says_what_the_pdf_says(tmp_path: Path) -> None:
    words = document_words("en")
    printed = "".join(pages_of(browser.printed(PAGES["one goal"], tmp_path)))
    for caption in (words.readings_caption, words.interviews_caption):  # only a page on a screen has them
        assert caption in printed
        printed = printed.replace(caption, "")
    sending = HandoffInput(packet(), cover(), consent(), words)
    assert letters(printed) == letters("".join(pages_of(handoff(sending, Format.PDF))))


@needs_chromium
def test_on_paper_the_clients_own_copy_is_one_page(tmp_path: Path) -> None:
    assert len(pages_of(browser.printed(PAGES["the client's own"], tmp_path))) == 1


def pages_of(pdf: bytes) -> list[str]:
    count = len(list(extract_pages(io.BytesIO(pdf))))
    return [unicodedata.normalize("NFKC", extract_text(io.BytesIO(pdf), page_numbers=[n])) for n in range(count)]


def test_contrast_is_aaa_also_at_a_glance_in_light_dark_and_on_paper() -> None:
    css = (files("mi_cli.handoff") / "document.css").read_text(encoding="utf-8")
    schemes = [dict(re.findall(r"--(\w+): (#\w+)", rule)) for rule in re.findall(r":root {[^}]*--ink[^}]*}", css)]
    assert len(schemes) == 3
    for colors in schemes:
        for written in ("ink", "quiet", "accent"):
            for ground in ("paper", "glance"):
                lights = (luminance(*channels(colors[each])) for each in (written, ground))
                assert contrast(*lights) >= 7, (written, ground, colors)


def channels(color: str) -> tuple[float, float, float]:
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def letters(text: str) -> Counter[str]:
    """How often each word stands there, whatever the lines; not what stands at the foot of pages."""
    text = text.replace(notice_words("en").short, "").replace("Cover sheet", "")
    text = re.sub(r"J-014 · November 23, 2026 ·( page \d+ of \d+| \d+ / \d+| ?$)", "", text, flags=re.MULTILINE)
    return Counter(re.findall(r"\w+", re.sub(r"-\n", "-", text)))


@pytest.mark.parametrize("name", PAGES)
def test_it_is_one_file_that_loads_and_runs_nothing(name: str) -> None:
    page = PAGES[name].decode()
    assert "<script" not in page
    assert not re.search(r"\b(src|href|action|on\w+)=|url\(|@import", page)
    assert re.findall(r"https?://[^\s\"<]+", page) in ([], ["http://www.w3.org/2000/svg"])
    assert "default-src 'none'" in page


def test_the_clients_words_say_which_language_they_are_in() -> None:
    page = made(packet(ENTERO, language="es")).decode()
    assert '<html lang="en">' in page
    assert '“<bdi lang="es">Desayunar con mi hija' in page


def test_the_laws_own_words_are_marked_as_english_in_a_spanish_page() -> None:
    page = PAGES["Spanish"].decode()
    assert f'<p class="notice" lang="en">{notice_words("en").short}</p>' in page
    assert '<p><span lang="en">This record which has been disclosed' in page
    assert 'lang="es">' not in PAGES["one goal"].decode()


class Reader(HTMLParser):
    """What a reader of a page gets: its words, and which elements there are."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.words += [" "] if tag == "br" else []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@settings(deadline=None, max_examples=200)
@given(st.text(min_size=1))
def test_any_words_come_out_as_words(words: str) -> None:
    blocks = (
        Heading("Heading"),
        Paragraph(quote(words), lead=True),
        Items((text(words), (Run(words, Tone.STRONG),))),
        Facts((("Label", (quote(words), (Run(words, Tone.QUIET),))),)),
        Table("Caption", ("Column",), ((words,),)),
    )
    reader = Reader()
    reader.feed(html(Document("Title", "en", "en", "A. Counselor", NOW, blocks)).decode())
    known = "html head meta title style body main h1 h2 p ul li dl div dt dd table caption thead tbody tr th td"
    assert reader.elements <= {*known.split(), "bdi", "br", "strong", "span"}
    expected = "".join(sanitized(words).split())
    assert "".join("".join(reader.words).split()).count(expected) >= 6
