from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pdfminer.high_level import extract_text

from mi_cli.handoff.form import form, form_data
from mi_cli.records.terms import Category, Jurisdiction
from mi_cli.words.form.en import EN
from mi_cli.words.form.es import ES
from tests.builders import NOW, consent

FILLED = {
    **consent().model_dump(mode="json"),
    "patient_name": 'Jo #panic("x") <script> *Example*',
    "recipients": [{"name": "A. Therapist\u202e", "organization": "x" * 90, "address": None, "kind": "other"}],
}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("known", [{}, FILLED], ids=["blank", "filled"])
def test_the_paper_is_made_in_both_languages(language: str, known: dict[str, Any]) -> None:
    made = form(known, language, Jurisdiction.US_PART2, NOW)
    assert form(known, language, Jurisdiction.US_PART2, NOW) == made
    with pikepdf.open(BytesIO(made)) as paper, paper.open_metadata() as metadata:
        assert str(paper.Root.Lang).startswith(language)
        assert paper.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in paper.Root
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == (ES if language == "es" else EN).title
        assert "Example" not in str(metadata)
        assert len(paper.pages) == 2


def test_what_is_known_is_filled_in_and_the_rest_has_lines() -> None:
    data = form_data(FILLED, "en", Jurisdiction.US_PART2)
    said = list(texts(data))
    assert FILLED["patient_name"] in said
    assert "A. Therapist‹202E›" in said
    boxes = [part for section in data["sections"] for part in section["parts"] if part["kind"] == "box"]
    assert [box["crossed"] for box in boxes] == [
        True,
        True,
        False,
        False,
        False,
        False,
        False,
        True,
        False,
        True,
        False,
        False,
    ]
    blank = form_data({}, "en", Jurisdiction.US_PART2)
    parts = [part for section in blank["sections"] for part in section["parts"]]
    assert not any(part.get("crossed") or part["value"] for part in parts)


@pytest.mark.parametrize(("language", "words"), [("en", EN), ("es", ES), ("de", EN)])
def test_every_right_and_statement_of_the_law_is_on_it(language: str, words: Any) -> None:
    said = " ".join(texts(form_data({}, language, Jurisdiction.US_PART2)))
    for text in (words.refusal, words.take_back, words.further, words.hipaa, words.ask, words.choice, words.no_end):
        assert text in said
    for category in Category:
        assert words.categories[category] in said


def test_elsewhere_it_speaks_of_no_us_law() -> None:
    said = " ".join(texts(form_data({}, "en", Jurisdiction.GENERAL)))
    assert "CFR" not in said
    assert "HIPAA" not in said
    assert EN.take_back in said


def test_the_page_that_is_signed_says_whose_it_is_and_days_are_in_words() -> None:
    known = {"patient_name": "Jo Example", "born_on": "1984-05-31", "expiry": {"on": "2027-05-31"}}
    for language, day in (("en", "Monday, May 31, 2027"), ("es", "lunes 31 de mayo de 2027")):
        data = form_data(known, language, Jurisdiction.US_PART2, "J-014")
        assert data["signing"]["name"]["value"] == "Jo Example"
        assert data["footer"].startswith("J-014 · ")
        assert day in list(texts(data))
        assert "Jo Example, " in data["sections"][0]["parts"][0]["value"]
        assert "1984" in data["sections"][0]["parts"][0]["value"]
        assert "2027-05-31" not in " ".join(texts(data))
    last = extract_text(BytesIO(form(known, "en", Jurisdiction.US_PART2, NOW, "J-014")), page_numbers=[1])
    assert "Jo Example" in last
    assert "J-014" in last


def test_how_it_is_taken_back_does_not_contradict_what_is_filled_in() -> None:
    said = " ".join(texts(form_data({"revocation_method": "in writing or by phone"}, "en", Jurisdiction.US_PART2)))
    assert "at any time, in writing." not in said
    assert "in writing or by phone" in said
