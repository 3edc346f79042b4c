"""Bytes from outside are read as what they are, or refused: nothing is put in the place of what cannot be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.errors import WrongUsage
from mi_cli.records.decoding import (
    Lines,
    TextLine,
    Untypable,
    checked_encoding,
    decode_text,
    first_line,
    untypable,
)
from mi_cli.records.file_kinds import kind_of
from mi_cli.records.name_matching import is_invisible, looks_blank
from mi_cli.records.outside_keys import FileKind
from mi_cli.records.utf8 import BOM, NotText, decode_utf8, typed_text, was_utf8

CAFE = "I’d like to go back to the café."
# Any text but a NUL, line ends (they become LF) and a mark at its beginning (it is dropped).
ANY_TEXT = st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])).filter(
    lambda text: not text.startswith(BOM) and kind_of(text.encode()) is None
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
    except NotText:
        return
    assert "\0" not in read.text
    said_so = sum(map(data.count, (b"\xef\xbf\xbd", b"\xfd\xff", b"\xff\xfd")))  # it is a character like any other
    assert read.text.count("\ufffd") <= said_so


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(end: str) -> None:
    assert decode_text(f"one{end}two{end}".encode()).text == "one\ntwo\n"


@pytest.mark.parametrize(
    ("data", "kind", "line"),
    [
        (b"one\nca\x81e", FileKind.UNREADABLE, 2),
        (b"one\n\ntwo\0", FileKind.BINARY, 3),
        (b"one\rtwo\r\r\n\x81", FileKind.UNREADABLE, 3),
        ("two".encode("utf-16-le"), FileKind.BINARY, None),
        (b"\xff\xfe\x00", FileKind.UNREADABLE, 1),
        (b"\xff\xfe\x00\xd8", FileKind.UNREADABLE, 1),
        (b"\xff\xfe\0\0\xff\xff\xff\xff", FileKind.UNREADABLE, 1),
        (b"%PDF-1.7\n\xe2", FileKind.PDF, None),
        (b"PK\x03\x04word", FileKind.ZIP, None),
    ],
)
def test_what_is_no_text_is_refused_with_the_line(data: bytes, kind: FileKind, line: int | None) -> None:
    with pytest.raises(NotText) as raised:
        decode_text(data)
    assert (raised.value.kind, raised.value.line) == (kind, line)


def lines_of(pieces: list[bytes], encoding: str | None = None) -> list[TextLine]:
    """The lines that come of bytes that come in these pieces, each taken as soon as it is there."""
    lines = Lines(encoding)
    found = []
    for piece in [*filter(None, pieces), b""]:
        lines.feed(piece)
        while (line := lines.next_line()) is not None:
            found.append(line)
    return found


ENDS = st.lists(st.sampled_from(["\r", "\n", "x", "é", "\ufeff"])).map("".join)
AS_WRITTEN = st.tuples(st.text() | ENDS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])).map(
    lambda written: written[0].encode(written[1], "ignore")
)


@given(
    st.binary() | AS_WRITTEN, st.data(), st.sampled_from([None, "utf-8", "utf-16-le", "shift_jis", "cp1252", "utf-7"])
)
def test_lines_are_the_same_wherever_the_bytes_are_cut(data: bytes, drawn: st.DataObject, encoding: str | None) -> None:
    cuts = sorted(drawn.draw(st.lists(st.integers(0, len(data)))))
    pieces = [data[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    assert lines_of(pieces, encoding) == lines_of([data], encoding) == lines_of([bytes([b]) for b in data], encoding)


@given(ENDS)
def test_lines_end_at_lf_cr_lf_cr_cr_lf_and_cr(text: str) -> None:
    whole = re.split("\r?\r?\n|\r", text.removeprefix(BOM))
    assert [line.text for line in lines_of([text.encode()])] == whole[: -1 if whole[-1] == "" else None]


def test_a_mark_in_the_middle_is_a_character_wherever_the_bytes_are_cut() -> None:
    assert lines_of([BOM.encode(), b"a\n", BOM.encode() + b"b"]) == [TextLine("a"), TextLine(f"{BOM}b", has_end=False)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r\r\n", b"\r"])
def test_a_line_is_there_as_soon_as_its_end_is(end: bytes) -> None:
    lines = Lines()
    for _ in range(2):
        lines.feed(b"one" + end)
        assert lines.next_line() == TextLine("one")
        assert lines.next_line() is None


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        ("caf\u00e9\n\u20ac", "iso8859-15"),
        ("\u65e5\u672c\n\u8a9e", "shift_jis"),
        ("caf\u00e9\nx", "utf-16-le"),
        ("\ufeffcaf\u00e9\nx", "utf-16-be"),
        ("caf\u00e9\nx", "utf-16"),
        ("\ufeffcaf\u00e9\nx", "utf-8"),
        ("\u041f\u0440\u0438\nx", "koi8-r"),
    ],
)
def test_an_encoding_that_was_named_is_the_one_that_counts(written: str, encoding: str) -> None:
    read = decode_text(written.encode(encoding), checked_encoding(encoding))
    assert (read.text, read.windows_1252) == (written.removeprefix(BOM), ())


def test_what_is_not_in_the_encoding_that_was_named_is_refused() -> None:
    with pytest.raises(NotText) as raised:
        decode_text(b"one\ncaf\xe9", "utf-8")
    assert (raised.value.kind, raised.value.line) == (FileKind.UNREADABLE, 2)


@pytest.mark.parametrize(
    "name", ["", "hex", "idna", "unicode_escape", "../x", "\0", "utf 99", "rot13", "zip", "é\udce9"]
)
def test_what_is_no_encoding_is_refused(name: str) -> None:
    with pytest.raises(WrongUsage):
        checked_encoding(name)


@given(st.text())
def test_what_a_terminal_gave_is_kept_and_its_other_bytes_are_read_as_windows_1252(text: str) -> None:
    assert typed_text(text.replace("\ud800", "")) == text.replace("\ud800", "") or not was_utf8(text)
    assert typed_text("caf\udce9 \udc81 \ud83d") == "café \ufffd \ufffd"
    assert not was_utf8("caf\udce9")


def test_toml_json_and_secrets_are_utf8_and_a_mark_before_them_is_dropped() -> None:
    assert decode_utf8(b"\xef\xbb\xbfgr\xc3\xbcn\r\n") == "grün\r\n"
    assert decode_utf8(f"{BOM}{BOM}x".encode()) == f"{BOM}x"
    for data, kind, line in (
        (b"one\r\ngr\xfcn", FileKind.NOT_UTF8, 2),
        ("x".encode("utf-16"), FileKind.WIDE, None),
        ("x".encode("utf-32"), FileKind.WIDE, None),
        (b"\xfe\xff\0x", FileKind.WIDE, None),
    ):
        with pytest.raises(NotText) as raised:
            decode_utf8(data)
        assert (raised.value.kind, raised.value.line) == (kind, line)


@pytest.mark.parametrize("text", ["one\ntwo", "one\r\ntwo", "one\rtwo", "one"])
def test_the_first_line_of_a_secret_ends_at_an_end_of_line(text: str) -> None:
    assert first_line(text) == "one"


@given(st.text(st.characters(categories=["L", "N", "P", "S", "M", "Zs"])), st.characters(categories=["C", "Zl", "Zp"]))
def test_no_character_is_taken_that_nobody_can_type(words: str, sign: str) -> None:
    words = "".join(one for one in words if one != "\ufffd" and not is_invisible(one) and not looks_blank(one))
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
        ("\ufe0f", Untypable.INVISIBLE),
        ("\U000e0100", Untypable.INVISIBLE),
        ("\u034f", Untypable.INVISIBLE),
        ("\u3164", Untypable.INVISIBLE),
        ("\u2800", Untypable.INVISIBLE),
        (BOM, Untypable.INVISIBLE),
        (chr(0xD83D), Untypable.UNREAD),
        ("\ufffd", Untypable.UNREAD),
        ("\ue000", Untypable.PRIVATE),
        ("\uffff", Untypable.UNKNOWN),
    ],
)
def test_its_kind_is_told(sign: str, kind: Untypable) -> None:
    assert untypable(f"ab{sign}c") == (3, kind)


def test_blanks_at_the_ends_are_no_part_of_a_secret() -> None:
    assert untypable("\tone two \t ") is None
    assert untypable("one\ttwo") == (4, Untypable.CONTROL)
