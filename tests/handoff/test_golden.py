"""Every format against a file that was looked at, word by word. `GOLDEN=1` writes them anew, to be looked at again."""

import io
import os
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text

from mi_cli.handoff.formats import READ_BY_PEOPLE, Format, HandoffInput, client_copy, handoff
from mi_cli.records.terms import Category
from mi_cli.words.documents import document_words
from tests.builders import EMPTY, ENTERO, consent, cover, packet

FOLDER = Path(__file__).parent / "golden"
PACKETS = {
    "one": (packet(name="Jo Example", born_on=date(1984, 5, 31)), "en"),
    "uno": (packet(ENTERO, language="es", born_on=date(1984, 5, 31)), "es"),
    "empty": (packet(EMPTY), "en"),
}


def normalised(document: bytes, wanted: Format) -> str:
    """As text that can be compared: of a PDF its words by line, of a Word file its body and foot."""
    match wanted:
        case Format.PDF:
            text = extract_text(io.BytesIO(document))
            return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"
        case Format.WORD:
            archive = zipfile.ZipFile(io.BytesIO(document))
            names = [name for name in archive.namelist() if re.fullmatch(r"word/(document|footer\d*)\.xml", name)]
            text = "\n".join(archive.read(name).decode() for name in sorted(names))
            return re.sub(r"(<w:(?:p|tbl|tr|tc|r|sectPr)[ >])", r"\n\1", text) + "\n"
        case _:
            return document.decode()


def compare(name: str, document: bytes, wanted: Format) -> None:
    file = FOLDER / f"{name}.{wanted}{'.txt' if wanted in (Format.PDF, Format.WORD) else ''}"
    text = normalised(document, wanted)
    if os.environ.get("GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PACKETS)
@pytest.mark.parametrize("wanted", [one for one in Format if one is not Format.ZIP])
def test_the_handoff(name: str, wanted: Format) -> None:
    of, language = PACKETS[name]
    given = consent(scope_categories=tuple(Category))
    compare(
        f"handoff-{name}", handoff(HandoffInput(of, cover(language), given, document_words(language)), wanted), wanted
    )


@pytest.mark.parametrize("name", PACKETS)
@pytest.mark.parametrize("wanted", READ_BY_PEOPLE)
def test_the_clients_own_copy(name: str, wanted: Format) -> None:
    of, language = PACKETS[name]
    compare(f"copy-{name}", client_copy(of, document_words(language), wanted, large=False), wanted)


def test_all_in_one_has_each_of_them(steps: Callable[[int, int], None], told: list[tuple[int, int]]) -> None:
    of, language = PACKETS["one"]
    given = consent(scope_categories=tuple(Category))
    sending = HandoffInput(of, cover(language), given, document_words(language))
    archive = zipfile.ZipFile(io.BytesIO(handoff(sending, Format.ZIP, steps)))
    assert archive.testzip() is None
    for one in (Format.MARKDOWN, Format.HTML, Format.PDF, Format.JSON, Format.FHIR):
        assert archive.read(f"handoff.{one}") == handoff(sending, one)
    assert told == [(done, 8) for done in range(1, 9)]


@pytest.fixture
def told() -> list[tuple[int, int]]:
    return []


@pytest.fixture
def steps(told: list[tuple[int, int]]) -> Callable[[int, int], None]:
    return lambda done, of: told.append((done, of))
