from hashlib import sha256

import pytest

from mi_cli.records.terms import Basis, ConsentKind, RecipientKind
from mi_cli.words import notices
from mi_cli.words.notices import Wording


def test_the_short_notice_byte_for_byte() -> None:
    short = b"42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    assert notices.SHORT.in_("en").encode() == short
    assert notices.SHORT.in_("es").encode() == short


def test_the_long_notice_byte_for_byte() -> None:
    text = notices.LONG.in_("en").encode()
    assert text.startswith(
        b"This record which has been disclosed to you is protected by Federal confidentiality rules (42 C"
    )
    assert text.endswith(b"written consent to further use or redisclose the record (see 42 CFR 2.31).")
    assert len(text) == 1325
    assert sha256(text).hexdigest() == "d82205a18044f9f45776343d91e26d8ddb44bf13e136af169ec73d755facd9a8"
    assert notices.LONG.in_("es").encode() == text


def test_the_version_is_that_of_2024() -> None:
    assert notices.NOTICE_VERSION == notices.SHORT.version == notices.LONG.version == "2024"
    assert "use or disclosure" in notices.SHORT.in_("en")  # the wording before 2024 lacked "use or"


def test_our_own_sentences_are_in_both_languages_with_their_source() -> None:
    own = [
        wording
        for name, wording in vars(notices).items()
        if isinstance(wording, Wording) and name not in ("SHORT", "LONG")
    ]
    assert len(own) > 5
    for wording in own:
        assert set(wording.text) == {"en", "es"}
        assert wording.source
        assert wording.version
        assert wording.mark in ("V", "S")


@pytest.mark.parametrize("kind", RecipientKind)
def test_the_wider_permissions_need_a_consent_for_treatment_payment_and_operations(kind: RecipientKind) -> None:
    assert notices.redisclosure(Basis.CONSENT, kind, ConsentKind.PURPOSE) is notices.NOT_FURTHER
    assert notices.redisclosure(Basis.SAME_PROGRAM, kind, None) is notices.IN_PROGRAM
    assert notices.redisclosure(Basis.CLIENT_COPY, kind, None) is None
    assert (
        notices.redisclosure(Basis.CONSENT, kind, ConsentKind.TPO)
        is {
            RecipientKind.COVERED_ENTITY: notices.WITHIN_HIPAA,
            RecipientKind.BUSINESS_ASSOCIATE: notices.WITHIN_HIPAA,
            RecipientKind.PART2_PROGRAM: notices.AS_CONSENTED,
            RecipientKind.OTHER: notices.NOT_FURTHER,
        }[kind]
    )
