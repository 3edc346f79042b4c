"""The notices word for word, with their sources: a slip in one of them breaks the law."""

from hashlib import sha256

from mi_cli.words.notices import notice_words
from mi_cli.words.notices.model import NOTICE_VERSION, SOURCES, NoticeWords

EN, ES = notice_words("en"), notice_words("es")


def test_the_short_notice_byte_for_byte() -> None:
    short = b"42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    assert EN.short.encode() == short
    assert ES.short.encode() == short


def test_the_long_notice_byte_for_byte() -> None:
    text = EN.long.encode()
    assert text.startswith(
        b"This record which has been disclosed to you is protected by Federal confidentiality rules (42 C"
    )
    assert text.endswith(b"written consent to further use or redisclose the record (see 42 CFR 2.31).")
    assert len(text) == 1325
    assert sha256(text).hexdigest() == "d82205a18044f9f45776343d91e26d8ddb44bf13e136af169ec73d755facd9a8"
    assert ES.long.encode() == text


def test_the_version_is_that_of_2024() -> None:
    assert NOTICE_VERSION == SOURCES["short"].version == SOURCES["long"].version == "2024"
    assert "use or disclosure" in EN.short  # the wording before 2024 lacked "use or"


def test_our_own_sentences_are_in_both_languages_with_their_source() -> None:
    names = set(NoticeWords.__annotations__)
    assert set(SOURCES) == names - {"sender"}, "the sender stands within `misdirected`"
    for name in names - {"short", "long"}:
        assert getattr(EN, name) != getattr(ES, name)
    for source in SOURCES.values():
        assert source.rule
        assert source.version
        assert source.mark in ("V", "S")
