from dataclasses import replace

import pytest

from mi_cli.handoff import notices
from mi_cli.handoff.cover import cover_for
from mi_cli.handoff.gate import Request, permit
from mi_cli.handoff.program import Program
from mi_cli.records.consent import Expiry
from mi_cli.records.terms import Basis, Jurisdiction
from tests.handoff.consents import CLIENT, NOW, THERAPIST, consent

REQUEST = Request(CLIENT, "J-014")
PROGRAM = Program("Harbor Program", "Harbor Program, 555-0100", ("C. Colleague",))


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_consented_handoff_says_all_that_must_go_with_it(language: str) -> None:
    cover = cover_for(permit(REQUEST, [consent()], PROGRAM, NOW), PROGRAM, "A. Counselor", NOW, language)
    assert cover
    assert cover.recipient == THERAPIST
    assert cover.purpose == "treatment, payment and health care operations"
    assert len(cover.scope) == 2
    assert (cover.notice.full, cover.notice.page) == (notices.LONG.in_("en"), notices.SHORT.in_("en"))
    assert cover.standing == notices.STANDING.text[language]
    assert cover.redisclosure == notices.WITHIN_HIPAA.text[language]
    assert "Harbor Program, 555-0100" in cover.misdirected
    assert cover.consent
    assert (cover.consent.signed_on, cover.consent.until) == ("2026-11-20", "2027-05-31")


def test_a_consent_without_an_end_says_so() -> None:
    endless = consent(expiry=Expiry(none=True))
    cover = cover_for(permit(REQUEST, [endless], PROGRAM, NOW), PROGRAM, "A. Counselor", NOW, "en")
    assert cover
    assert cover.consent
    assert cover.consent.until == "no end; until it is taken back"


def test_within_the_program_the_short_notice_is_enough() -> None:
    request = replace(REQUEST, basis=Basis.SAME_PROGRAM)
    cover = cover_for(permit(request, [], PROGRAM, NOW), PROGRAM, "A. Counselor", NOW, "en")
    assert cover
    assert cover.notice.full == notices.SHORT.in_("en")
    assert (cover.purpose, cover.consent) == ("treatment", None)
    assert cover.redisclosure == notices.IN_PROGRAM.in_("en")


def test_elsewhere_the_agency_s_own_notice_goes_with_it_and_no_us_law() -> None:
    program = replace(PROGRAM, jurisdiction=Jurisdiction.GENERAL, notice="Confidential: Harbor.")
    cover = cover_for(permit(REQUEST, [consent()], program, NOW), program, "A. Counselor", NOW, "en")
    assert cover
    assert (cover.notice.full, cover.notice.page) == ("Confidential: Harbor.", "Confidential: Harbor.")
    assert cover.redisclosure is None
    assert "CFR" not in repr(cover)


def test_the_client_s_own_copy_has_no_cover() -> None:
    own = permit(replace(REQUEST, basis=Basis.CLIENT_COPY), [], PROGRAM, NOW)
    assert cover_for(own, PROGRAM, "A. Counselor", NOW, "en") is None
