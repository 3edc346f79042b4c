import json
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from pdfminer.high_level import extract_text

from mi_cli.handoff.cover import consent_lines, cover_for, redisclosure
from mi_cli.handoff.formats import READ_BY_PEOPLE, Format, HandoffInput, handoff
from mi_cli.handoff.gate import permit
from mi_cli.handoff.objections import Request
from mi_cli.handoff.program import Program
from mi_cli.handoff.scope import SCOPE_VERSION, named, parts_of
from mi_cli.records.consent import Expiry, Recipient
from mi_cli.records.terms import Basis, Category, ConsentKind, Jurisdiction, Purpose, RecipientKind
from mi_cli.words.documents import document_words
from mi_cli.words.notices import notice_words
from tests.builders import CLIENT, NOW, THERAPIST, consent, cover, packet

REQUEST = Request(CLIENT, "J-014")
PROGRAM = Program("Harbor Program", "Harbor Program, 555-0100", ("C. Colleague",))


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_consented_handoff_says_all_that_must_go_with_it(language: str) -> None:
    made = cover_for(permit(REQUEST, [consent()], PROGRAM, NOW), PROGRAM, "A. Counselor", NOW, language)
    assert made
    assert made.recipient == THERAPIST
    assert made.purpose == "treatment, payment and health care operations"
    assert len(made.scope) == 2
    assert (made.notice.full, made.notice.page) == (notice_words("en").long, notice_words("en").short)
    assert made.standing == notice_words(language).notes_kept_apart
    assert made.redisclosure == notice_words(language).further_under_hipaa
    assert "Harbor Program, 555-0100" in made.misdirected
    given = consent_lines(consent(), language)
    assert (given.patient_name, given.signed_on, given.until) == ("Jo Example", "2026-11-20", "2027-05-31")
    assert given.scope_text == "my goals and change plan, and how I rated them"
    assert "Jo Example" not in repr(made)


@pytest.mark.parametrize(
    ("language", "whom"), [("en", "please read no further, tell whoever sent it"), ("es", "avise a quien lo envió y")]
)
def test_a_copy_of_nobody_with_a_name_goes_back_to_whoever_sent_it(language: str, whom: str) -> None:
    made = cover_for(permit(REQUEST, [consent()], PROGRAM, NOW), Program(), "", NOW, language)
    assert made
    assert whom in made.misdirected


def test_a_consent_without_an_end_says_so() -> None:
    endless = consent(expiry=Expiry(none=True))
    assert consent_lines(endless, "en").until == "no end; until it is taken back"


@pytest.mark.parametrize("version", [1, 2, 3, SCOPE_VERSION])
def test_what_is_permitted_is_there_as_codes_and_no_more_than_the_form_named(version: int) -> None:
    sheet = cover(scope_version=version, purpose_codes=(Purpose.TREATMENT, Purpose.PAYMENT))
    handoff_alone = set(Category) - {Category.PROGRESS_NOTES}  # a progress note goes out by itself
    assert set(sheet.parts) == parts_of(handoff_alone, version)
    assert set(sheet.categories) == named(handoff_alone, version)
    assert (sheet.permitted_by, sheet.purposes) == (Basis.CONSENT, (Purpose.TREATMENT, Purpose.PAYMENT))


def test_within_the_program_the_short_notice_is_enough() -> None:
    request = replace(REQUEST, basis=Basis.SAME_PROGRAM)
    made = cover_for(permit(request, [], PROGRAM, NOW), PROGRAM, "A. Counselor", NOW, "en")
    assert made
    assert made.notice.full == notice_words("en").short
    assert made.purpose == "treatment"
    assert made.redisclosure == notice_words("en").within_program


def test_elsewhere_the_agency_s_own_notice_goes_with_it_and_no_us_law() -> None:
    program = replace(PROGRAM, jurisdiction=Jurisdiction.GENERAL, notice="Confidential: Harbor.")
    made = cover_for(permit(REQUEST, [consent()], program, NOW), program, "A. Counselor", NOW, "en")
    assert made
    assert (made.notice.full, made.notice.page) == ("Confidential: Harbor.", "Confidential: Harbor.")
    assert made.redisclosure is None
    assert "CFR" not in repr(made)


def test_the_client_s_own_copy_has_no_cover() -> None:
    own = permit(replace(REQUEST, basis=Basis.CLIENT_COPY), [], PROGRAM, NOW)
    assert cover_for(own, PROGRAM, "A. Counselor", NOW, "en") is None


WITHOUT_COVER = (Format.TEXT, Format.TRANSACTION)


def cover_part(document: bytes, wanted: Format) -> str:
    """The cover alone."""
    match wanted:
        case Format.PDF:
            return extract_text(BytesIO(document), page_numbers=[0])
        case Format.WORD:
            whole = zipfile.ZipFile(BytesIO(document)).read("word/document.xml").decode()
            return whole[: whole.index("<w:sectPr")]
        case Format.JSON:
            return json.dumps(json.loads(document)["cover"], ensure_ascii=False)
        case Format.FHIR:
            (first, *_) = json.loads(document)["entry"][0]["resource"]["section"]
            return json.dumps(first, ensure_ascii=False)
        case _:
            whole = document.decode()
            return whole[: whole.index('<hr class="new-page">' if wanted is Format.HTML else "\n---\n")]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("wanted", [one for one in Format if one not in (Format.ZIP, *WITHOUT_COVER)])
def test_the_cover_names_nobody_and_says_first_what_to_do_with_a_misdirected_copy(
    wanted: Format, language: str
) -> None:
    given = consent(scope_text="what Jo told about the crash", id="zxq7kkkk")
    words = document_words(language)
    of = packet(name="Jo Example")
    document = handoff(HandoffInput(of, cover(language), given, words), wanted)
    front = cover_part(document, wanted)
    for told in ("Jo", "crash", "zxq7kkkk"):
        assert told not in front
    if wanted in READ_BY_PEOPLE or wanted is Format.FHIR:
        assert "J-014" in front or wanted is Format.FHIR
        assert front.index(words.misdirected) < front.index("Riverside CBT")
    if wanted is Format.PDF:
        behind = " ".join(extract_text(BytesIO(document), page_numbers=[1]).split())
        assert words.consent_heading in behind
        for told in ("Jo Example", "zxq7kkkk", "what Jo told about the crash"):
            assert told in behind


@pytest.mark.parametrize("kind", RecipientKind)
def test_the_wider_permissions_need_a_consent_for_treatment_payment_and_operations(kind: RecipientKind) -> None:
    words = notice_words("en")
    assert redisclosure(words, Basis.CONSENT, kind, ConsentKind.PURPOSE) is words.no_further
    assert redisclosure(words, Basis.SAME_PROGRAM, kind, None) is words.within_program
    assert redisclosure(words, Basis.CLIENT_COPY, kind, None) is None
    assert (
        redisclosure(words, Basis.CONSENT, kind, ConsentKind.TPO)
        == {
            RecipientKind.COVERED_ENTITY: words.further_under_hipaa,
            RecipientKind.BUSINESS_ASSOCIATE: words.further_under_hipaa,
            RecipientKind.PART2_PROGRAM: words.further_as_consented,
            RecipientKind.NOT_COVERED: words.no_further,
            RecipientKind.OTHER: f"{words.further_under_hipaa} {words.further_by_others}",
        }[kind]
    )


def test_the_recipient_on_the_cover_has_no_field_that_this_version_does_not_know() -> None:
    written = consent(recipients=(Recipient.model_validate({"name": "A. Therapist", "remark": "Zwetschge"}),))
    made = cover_for(permit(REQUEST, [written], PROGRAM, NOW), PROGRAM, "", NOW, "en")
    assert made is not None
    assert set(made.recipient.model_dump()) == set(Recipient.model_fields)
