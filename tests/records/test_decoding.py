"""Bytes from outside are read as what they are, or refused: nothing is put in the place of what cannot be read."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.errors import Failed
from mi_cli.records.decoding import BOM, Untypable, decode_secret, decode_text, first_line, untypable

CAFE = "I’d like to go back to the café."
# Any text but a NUL, line ends (they become LF) and a mark at its beginning (it is dropped).
ANY_TEXT = st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])).filter(
    lambda text: not text.startswith((BOM, "%PDF-", "PK\x03\x04"))
)


@given(ANY_TEXT, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_text_is_read_as_it_was_written(text: str, encoding: str) -> None:
    read = decode_text(text.encode(encoding))
    assert (read.text, read.windows_1252) == (text, ())


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf16_is_known_by_its_mark_whatever_its_order(mark: bytes) -> None:
    order = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert decode_text(mark + f"{CAFE}\r\n+d é".encode(order)).text == f"{CAFE}\n+d é"


@given(st.lists(ANY_TEXT.map(lambda text: text.replace("\n", " ")), min_size=1), st.data())
def test_a_line_that_is_not_utf8_is_read_as_windows_1252_and_named(lines: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(lines)))
    lines[number - 1] = CAFE
    encoded = [line.encode("cp1252" if n == number else "utf-8") for n, line in enumerate(lines, 1)]
    read = decode_text(b"\n".join(encoded))
    assert (read.text, read.windows_1252) == ("\n".join(lines), (number,))


@given(st.binary())
def test_no_bytes_become_text_with_a_sign_in_the_place_of_what_was_there(data: bytes) -> None:
    try:
        read = decode_text(data)
    except Failed:
        return
    assert "\0" not in read.text
    said_so = sum(map(data.count, (b"\xef\xbf\xbd", b"\xfd\xff", b"\xff\xfd")))  # it is a character like any other
    assert read.text.count("\ufffd") <= said_so


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(end: str) -> None:
    assert decode_text(f"one{end}two{end}".encode()).text == "one\ntwo\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"one\nca\x81e", "Line 2 "),
        (b"one\n\ntwo\0", "Line 3 "),
        ("two".encode("utf-16-le"), "Line 1 "),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"\xff\xfe\x00\xd8", "UTF-16"),
        (b"%PDF-1.7\n\xe2", "PDF"),
        (b"PK\x03\x04word", "Word"),
    ],
)
def test_what_is_no_text_is_refused_with_the_line_and_what_to_do(data: bytes, told: str) -> None:
    with pytest.raises(Failed) as raised:
        decode_text(data)
    assert told in raised.value.message
    assert "UTF-8" in raised.value.hint


def test_a_secret_is_utf8_and_a_mark_before_it_is_dropped() -> None:
    assert decode_secret(b"\xef\xbb\xbfgr\xc3\xbcn\r\n") == "grün\r\n"
    assert decode_secret(f"{BOM}{BOM}x".encode()) == f"{BOM}x"
    for data, why in ((b"gr\xfcn", "not UTF-8"), ("x".encode("utf-16"), "UTF-16"), (b"\xfe\xff\0x", "UTF-16")):
        with pytest.raises(ValueError, match=why):
            decode_secret(data)


@pytest.mark.parametrize("text", ["one\ntwo", "one\r\ntwo", "one\rtwo", "one"])
def test_the_first_line_of_a_secret_ends_at_an_end_of_line(text: str) -> None:
    assert first_line(text) == "one"


@given(st.text(st.characters(categories=["L", "N", "P", "S", "M", "Zs"])), st.characters(categories=["C", "Zl", "Zp"]))
def test_no_character_is_taken_that_nobody_can_type(words: str, sign: str) -> None:
    words = words.replace("\ufffd", "")
    assert untypable(words) is None
    found = untypable(f"x{words}{sign}y")
    assert found is not None
    assert found[0] == len(words) + 2


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        ("\0", Untypable.CONTROL),
        ("\x1a", Untypable.CONTROL),
        ("\u2028", Untypable.CONTROL),
        ("\u200b", Untypable.INVISIBLE),
        (BOM, Untypable.INVISIBLE),
        (chr(0xD83D), Untypable.UNREAD),
        ("\ufffd", Untypable.UNREAD),
        ("\ue000", Untypable.PRIVATE),
        ("\uffff", Untypable.UNKNOWN),
    ],
)
def test_its_kind_is_told(sign: str, kind: Untypable) -> None:
    assert untypable(f"ab{sign}c") == (3, kind)
    assert unicodedata.category(sign)[0] in "CZS"


def test_blanks_at_the_ends_are_no_part_of_a_secret() -> None:
    assert untypable("\tone two \t ") is None
    assert untypable("one\ttwo") == (4, Untypable.CONTROL)
