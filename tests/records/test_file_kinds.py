"""What is no plain text, or no interview, is known by how it begins; what people type is not taken for it."""

import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.records.file_kinds import MOST, is_enough, kind_of
from mi_cli.records.outside_keys import FileKind


def a_zip() -> bytes:
    """A file as LibreOffice writes one."""
    with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
    return file.getvalue()


CUE = "00:00:01,000 --> 00:00:03,000"


@pytest.mark.parametrize(
    ("begin", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", FileKind.PDF),
        (b"\n%PDF-1.4\r", FileKind.PDF),
        (a_zip(), FileKind.ZIP),
        (b"PK\x05\x06" + bytes(18), FileKind.ZIP),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(8), FileKind.OFFICE),
        (rb"{\rtf1\ansi words}", FileKind.RTF),
        (gzip.compress(b"words", mtime=0), FileKind.ARCHIVE),
        (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
        (b"\xff\xd8\xff\xe0", FileKind.IMAGE),
        (b"GIF89a", FileKind.IMAGE),
        (b"BM\x36\0\0", FileKind.BINARY),
        (b"ID3\x04", FileKind.MEDIA),
        (b"SQLite format 3\0", FileKind.DATABASE),
        (b"<!DOCTYPE html>", FileKind.MARKUP),
        (b"<?xml version='1.0'?>", FileKind.MARKUP),
        (b"\n<!-- words -->\n<html>", FileKind.MARKUP),
        (b"<svg xmlns='x'>", FileKind.MARKUP),
        (b"\x7fELF\x02\0", FileKind.BINARY),
        ("words\n".encode("utf-16-le"), FileKind.BINARY),
        (b"\n\n words \0", FileKind.BINARY),
        (b"\x85\x01\x8c\x03\xff", FileKind.BINARY),
        (b"WEBVTT", FileKind.SUBTITLES),
        (b"\n\nWEBVTT - title\n", FileKind.SUBTITLES),
        (f"1\n{CUE}\nI do.".encode(), FileKind.SUBTITLES),
        (f"\n 12 \r\n\r\n{CUE}\r\n".encode(), FileKind.SUBTITLES),
        (f"{CUE}\n".encode(), FileKind.SUBTITLES),
        (b"1\n0:01.5-->0:02.5", FileKind.SUBTITLES),
        (b"0:00:01.000,0:00:03.000\nI do.", FileKind.SUBTITLES),
        (b"[Script Info]\n", FileKind.SUBTITLES),
        (b"{10}{25}I do.", FileKind.SUBTITLES),
        (b"[00:12.00]I do.", FileKind.SUBTITLES),
        (b"[ti:A talk]\n[00:12.00]I do.", FileKind.SUBTITLES),
        (b"[10][25]I do.", FileKind.SUBTITLES),
        (b"-->> 12\nI do.", FileKind.SUBTITLES),
        (b"FORMAT=TIME\n15 3\nI do.", FileKind.SUBTITLES),
        (b"Scenarist_SCC V1.0\n", FileKind.SUBTITLES),
        (b'<tt xml:lang="en">', FileKind.MARKUP),
        (b"<SAMI><HEAD>", FileKind.MARKUP),
    ],
)
def test_its_kind_is_told(begin: bytes, kind: FileKind) -> None:
    assert kind_of(begin) is kind


@pytest.mark.parametrize(
    "begin",
    [
        "", "\n", "words", "7", "7\nwords", "1\n- no", "PK is my dog", "BMW", "MZ", "GIF", "+ words", "/goal --> there",
        "12 --> no more", "12:30 I came", "[laughs]", "{10}", "<3", "%", "Webvtt words", "\x1b[31mred \x07", "Rar",
        "words\n\0", "words\n00:01:00,000 --> 00:02:00,000", "RIF", "id 3",
        "[time: noon]", "[12] bottles", "-->> go on", "FORMAT", "<tired> I am",
    ],
)  # fmt: skip
def test_what_people_type_is_none_of_these(begin: str) -> None:
    assert kind_of(begin.encode()) is None


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1), st.booleans())
def test_words_are_words_in_utf8_and_in_windows_1252(words: str, utf8: bool) -> None:
    typed = f"= {words}"
    assert kind_of(typed.encode()) is None
    if utf8 and words.isprintable():
        assert kind_of(typed.encode("cp1252", "ignore")) is None


def test_a_line_that_is_longer_than_what_is_looked_at_is_judged_by_its_begin() -> None:
    assert kind_of(b"x" * (MOST - 1) + "é".encode()) is None
    assert kind_of(b"\x1a" + b"x" * (MOST - 2) + "é".encode()) is None
    assert is_enough(b"x" * MOST)


@pytest.mark.parametrize(
    ("begin", "enough"),
    [
        (b"", False), (b"words", False), (b"words\n", True), (b"words\r", True), (b"\n\n", False), (b"\nwords\n", True),
        (b"7\n", False), (b"7\n\n", False), (b"7\nwords", False), (b"7\nwords\n", True), (b"7 \n8\n", True),
    ],
)  # fmt: skip
def test_no_more_is_waited_for_than_the_lines_that_are_judged(begin: bytes, enough: bool) -> None:
    assert is_enough(begin) is enough
