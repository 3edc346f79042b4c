"""What is copied out of a PDF is what was put in."""

import io
import subprocess
import unicodedata
from shutil import which

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.high_level import extract_text

from mi_cli.handoff import pdf_text
from mi_cli.handoff.form import form
from mi_cli.handoff.formats import Format, HandoffInput, client_copy, handoff
from mi_cli.records.terms import Jurisdiction
from mi_cli.words.documents import document_words
from tests.builders import NOW, consent, cover, goal, packet, plan

LINK = "https://www.example.org/a_long/path-to.something?with=parts&and-more=parts/of-it/that-goes-on/index.html#there"
LINES = {
    "Yoruba": "Ọ̀rọ̀ mi: ẹ̀kọ́, bẹ̀ẹ̀, ọ̀pọ̀lọpọ̀ “ẹ̀”",
    "Lakota": "Lakʼaȟ, Lakȟótiyapi, ȟʼáȟʼaŋ",
    "Salish": "x̣ s̓ k̓ʷ ƛ̕ m̓ hən̓q̓əmin̓əm̓ Sḵwx̱wú7mesh",
    "Navajo": "Diné bizaad łį́į́ʼ ąą́ǫǫ́",
    "Guarani and Marshallese": "g̃uarani, m̧ajeļ, n̄",
    "Ewe": "ɛ̀ɔ̀ ʉ̀ ŋ́",
    "Lithuanian": "ą̃ ė́ ų̃",
    "Russian with stress": "пра́вда, а́збука",
    "Vietnamese, put together": "Tiếng Việt, người",
    "Vietnamese, taken apart": unicodedata.normalize("NFD", "Tiếng Việt, người"),
    "Spanish, taken apart": unicodedata.normalize("NFD", "¿Mañana? Sí, señor."),
    "the same letter twice": "x̣x̣x̣ ẹ̀ẹ̀ ǫ́ǫ́",
    "a letter that a link has too": f"x̣ {LINK}",
}


def made(words: str) -> bytes:
    said = packet(plan(goal(1, words, reasons=(words,), signs=(words,))), held=[])
    return handoff(HandoffInput(said, cover(), consent(), document_words("en")), Format.PDF)


def bare(text: str) -> str:
    """Returns the text without blanks and line ends, in one form of its letters."""
    return unicodedata.normalize("NFC", "".join(text.split()))


def by_pdftotext(document: bytes) -> str:
    ran = subprocess.run(["pdftotext", "-", "-"], input=document, capture_output=True, check=True, timeout=60)
    return ran.stdout.decode()


@pytest.mark.parametrize("name", LINES)
def test_words_come_out_as_they_were_put_in(name: str) -> None:
    document = made(LINES[name])
    found = bare(extract_text(io.BytesIO(document)))
    assert found.count(bare(LINES[name])) == 5  # the goal and its reason twice each, and its sign


@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext is not installed")
@pytest.mark.parametrize("words", [*LINES.values(), "i̇́ j̃", "a a̅ x̅"])
def test_so_does_another_program_read_them(words: str) -> None:
    assert bare(by_pdftotext(made(words))).count(bare(words)) == 5


MARKS = [chr(code) for code in range(0x300, 0x329) if code not in (0x340, 0x341)]


@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext is not installed")
@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(st.sampled_from("abeghjklmnoqsxzAEKNOX"), st.sampled_from(MARKS)), min_size=1, max_size=12))
def test_any_letter_with_any_mark_is_told_once(pairs: list[tuple[str, str]]) -> None:
    words = " ".join(letter + mark for letter, mark in pairs)
    assert bare(words) in bare(by_pdftotext(made(words)))


def test_nothing_invisible_is_copied_along_with_a_link() -> None:
    document = made(f"see {LINK} there")
    for found in (extract_text(io.BytesIO(document)), *([by_pdftotext(document)] if which("pdftotext") else [])):
        assert not {letter for letter in found if unicodedata.category(letter) in ("Cf", "Mn")}
    assert bare(extract_text(io.BytesIO(document))).count(LINK) == 5


def lines_of(document: bytes) -> list[str]:
    return [line.strip(" “”•") for line in extract_text(io.BytesIO(document)).splitlines()]


@pytest.mark.parametrize(
    ("word", "ends"),
    [
        (LINK, "/_.?&-"),
        ("a-b_c.d/" * 20, "/_.-"),
        ("https://example.org/" + "x" * 90, "x./"),
    ],
)
def test_a_long_word_goes_on_in_the_next_line_after_a_sign_of_a_link(word: str, ends: str) -> None:
    broken = [line for line in lines_of(made(word)) if len(line) > 20 and line in word and not word.endswith(line)]
    assert broken
    assert all(line[-1] in ends for line in broken)


@pytest.mark.parametrize("words", ["ẹ̀kọ́ " * 400, "Ẹ̀ X̀ " * 400, f"{LINK} " * 10, "x̣" * 1000, "a" * 1000])
def test_a_text_of_any_length_is_set(words: str) -> None:
    assert bare(words) in bare(extract_text(io.BytesIO(form_with_name(words))))


def form_with_name(name: str) -> bytes:
    return form({"patient_name": name}, "en", Jurisdiction.US_PART2, NOW)


def test_the_form_and_the_clients_own_copy_are_set_so_too() -> None:
    name = "Ọlá Ẹ̀kọ́"
    assert bare(name) in bare(extract_text(io.BytesIO(form_with_name(name))))
    own = client_copy(packet(plan(goal(1, name)), held=[]), document_words("en"), Format.PDF, large=True)
    assert bare(name) in bare(extract_text(io.BytesIO(own)))


def test_a_document_without_such_letters_is_left_as_it_was_made() -> None:
    assert pdf_text.letters_with_marks(["¿Mañana? Sí, señor", "łódź", "שלום"]) == ""


def test_letters_come_before_what_is_put_together_of_them() -> None:
    assert pdf_text.letters_with_marks(["ọ́"]) == "o\u0323\u0301\u1ecd" + "ıȷ"
