from mi_cli.handoff.document import Document, Facts, Heading, Paragraph, Picture, Run, Table, Tone, quote
from tests.builders import NOW

ESCAPE, SHOWN = "a\x1b[1m", "a␛[1m"


def test_all_text_in_a_document_is_sanitized_when_it_is_made() -> None:
    assert Run(ESCAPE).text == SHOWN
    assert Heading(ESCAPE).text == SHOWN
    assert Facts(((ESCAPE, (quote(ESCAPE),)),)).rows == ((SHOWN, (quote(SHOWN),)),)
    assert Table(ESCAPE, (ESCAPE,), ((ESCAPE,),)) == Table(SHOWN, (SHOWN,), ((SHOWN,),))
    assert Picture("<svg/>", ESCAPE, ESCAPE) == Picture("<svg/>", SHOWN, SHOWN)
    document = Document(ESCAPE, "en", "en", ESCAPE, NOW, (Paragraph(quote(ESCAPE)),), notice=ESCAPE)
    assert (document.title, document.author, document.notice) == (SHOWN, SHOWN, SHOWN)
    assert document.blocks == (Paragraph(quote(SHOWN)),)


def test_a_tone_stays_a_tone() -> None:
    assert Run("a", Tone.STRONG).tone is Tone.STRONG
