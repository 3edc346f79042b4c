import io
import json
from datetime import UTC, datetime

import pikepdf
import pytest
from pdfminer.high_level import extract_text
from typst import TypstError, compile_with_warnings

from mi_cli.errors import Failed
from mi_cli.handoff import typst
from mi_cli.handoff.strings import map_strings

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
PAGE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: "A page")
#set text(font: "Atkinson Hyperlegible", lang: "en")
#for line in data.lines { par(line) }
"""


def text_of(document: bytes) -> str:
    return extract_text(io.BytesIO(document))


def test_words_are_never_read_as_markup() -> None:
    line = '= # #emph[x] *a* _b_ $c$ `d` <e> @f \\ // /* " #sys.inputs.data'
    assert line in text_of(typst.pdf(PAGE, {"lines": [line]}, NOW))


def test_a_pdf_is_tagged_and_claims_pdf_ua_and_embeds_its_fonts() -> None:
    with pikepdf.open(io.BytesIO(typst.pdf(PAGE, {"lines": ["one"]}, NOW))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en"
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "A page"
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(descriptor.keys()) for descriptor in descriptors)


def test_the_same_words_make_the_same_bytes() -> None:
    assert typst.pdf(PAGE, {"lines": ["one"]}, NOW) == typst.pdf(PAGE, {"lines": ["one"]}, NOW)


def test_a_letter_that_no_font_has_stands_as_its_name() -> None:
    text = text_of(typst.pdf(PAGE, {"lines": ["\U000f0000 one \U000f0000", "two"]}, NOW))  # for private use: nobody's
    assert text.split("\n\n")[:2] == ["[u+f0000] one [u+f0000]", "two"]


@pytest.mark.parametrize("letter", ["م", "日", "🍺"])
def test_a_letter_that_only_some_systems_have_comes_out_as_itself_or_as_its_name(letter: str) -> None:
    text = text_of(typst.pdf(PAGE, {"lines": [f"a {letter} b"]}, NOW))
    assert letter in text or typst._with_names(letter, {letter}) in text


def test_words_of_many_scripts_come_out() -> None:
    lines = ["¿Mañana? Sí, señor – “vámonos”", "שלום", "łódź Ελληνικά"]
    text = text_of(typst.pdf(PAGE, {"lines": lines}, NOW))
    assert lines[0] in text
    assert lines[2] in text
    assert set(lines[1]) <= set(text)


def test_a_picture_without_a_description_is_refused() -> None:
    with pytest.raises(Failed):
        typst.pdf(PAGE + '\n#image(bytes("<svg/>"), format: "svg")', {"lines": []}, NOW)


def test_a_fault_of_the_page_says_nothing_of_the_words() -> None:
    with pytest.raises(Failed) as failed:
        typst.pdf(PAGE + "\n#panic(data.lines.first())", {"lines": ["marker"]}, NOW)
    assert "marker" not in failed.value.message + failed.value.hint
    assert failed.value.__context__ is None or failed.value.__suppress_context__


def test_a_picture_for_word_is_a_png_of_the_size_asked_for() -> None:
    png = typst.png('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"/>', 16)
    assert png.startswith(b"\x89PNG")
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    assert abs(width - 16 / 2.54 * 220) < 2
    assert abs(width / height - 2) < 0.01


def test_a_letter_is_named_wherever_it_stands_in_the_data() -> None:
    data = {"a": ["é", ("日é",)], "n": 1}
    assert map_strings(data, lambda text: typst._with_names(text, {"é"})) == {
        "a": ["[latin small letter e with acute]", ["日[latin small letter e with acute]"]],
        "n": 1,
    }


def test_typst_words_its_diagnostic_as_it_is_read() -> None:
    """Fails when a new version of Typst words it in another way: then `typst._NO_GLYPH` has to follow."""
    with pytest.raises(TypstError) as error:
        compile_with_warnings(
            PAGE.encode(),
            format="pdf",
            sys_inputs={"data": json.dumps({"lines": ['\U000f0000 "one"']})},
            pdf_standards=["ua-1"],
            timestamp=NOW,
        )
    assert typst._letters_without_a_glyph(error.value.diagnostic) == {"\U000f0000"}
