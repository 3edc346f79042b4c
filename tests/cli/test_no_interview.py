"""What is no text or no interview is refused with what it is, before a store, a client or an interview is made."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Ran

Mi = Callable[..., Ran]


def a_word_file() -> bytes:
    """A file as Word writes one, in what matters here."""
    with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:t>words</w:t>")
    return file.getvalue()


CUES = "1\n00:00:01,000 --> 00:00:03,000\n- Do you?\n- I do, yes.\n"
REFUSED = {
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
    "Word": (a_word_file(), "Word"),
    "old Word": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100), "older Word"),
    "RTF": (rb"{\rtf1\ansi I do, yes.}", "RTF"),
    "gzip": (gzip.compress(b"words"), "compressed"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(10), "image"),
    "SQLite": (b"SQLite format 3\0" + bytes(10), "SQLite"),
    "HTML": (b"<!DOCTYPE html><p>words", "web page"),
    "UTF-16 without a mark": ("words\n".encode("utf-16-le"), "--encoding"),
    "broken UTF-16": (b"\xff\xfe\0\xd8\n\0", "UTF-8"),
    "Shift-JIS": ("ソ\x81".encode("shift_jis", "ignore") + b"\x81\n", "--encoding"),
    "SubRip": (CUES.encode(), "subtitles"),
    "SubRip with CR LF and blank lines": (f"\n\n{CUES}".replace("\n", "\r\n").encode("utf-8-sig"), "subtitles"),
    "SubRip in UTF-16": (CUES.encode("utf-16"), "subtitles"),
    "WebVTT": (b"\xef\xbb\xbfWEBVTT\n\n00:01.000 --> 00:02.000\nI do.", "subtitles"),
}


@pytest.mark.parametrize(("data", "what"), REFUSED.values(), ids=REFUSED)
def test_nothing_is_made_of_it(mi: Mi, tmp_path: Path, data: bytes, what: str) -> None:
    ran = mi("session", "start", "J-014", lines=data)
    assert (ran.code, ran.out) == (1, "")
    assert what in ran.err
    assert "Nothing was changed" in ran.err
    assert "I do" not in ran.err
    assert not (tmp_path / "store").exists()
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", "--lang", "es", lines=data).code == 1
    assert mi("client", "list", "--json").json["items"] == []
    assert mi("session", "start", "K-015", lines="one\n").code == 0
    assert mi("session", "resume", "last", lines=data).code == 1
    assert [entry["words"] for entry in mi("session", "show", "last", "--json").json["notes"]["entries"]] == ["one"]


CAFE = "+d I’d like the café.\n/goal Be – there.\n"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("utf-32", ""), ("cp1252", ""), ("utf-16-be", "utf-16-be"),
        ("utf-16-le", "utf-16"), ("mac_roman", "mac_roman"), ("cp1252", "windows-1252"), ("utf-8", "UTF8"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
def test_the_lines_are_what_was_written_in_every_encoding(mi: Mi, encoding: str, named: str, end: str) -> None:
    data = CAFE.replace("\n", end).encode(encoding)
    options = ("--encoding", named) if named else ()
    ran = mi("session", "start", "J-014", *options, lines=data)
    assert ran.code == 0
    assert ("read as Windows-1252" in ran.err) == (encoding == "cp1252" and not named)
    entries = mi("session", "show", "last", "--json").json["notes"]["entries"]
    assert [(entry["kind"], entry["talk"], entry["words"]) for entry in entries] == [
        ("change", "desire", "I’d like the café.")
    ]
    assert mi("goals", "show", "J-014", "--json").json["goals"][0]["words"] == "Be – there."


def test_an_encoding_that_is_none_is_refused_before_anything_is_made(mi: Mi, tmp_path: Path) -> None:
    assert mi("session", "start", "J-014", "--encoding", "hex", lines="one\n").code == 2
    assert not (tmp_path / "store").exists()


@settings(max_examples=60, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.binary(max_size=200) | st.text(max_size=80).map(str.encode))
def test_any_bytes_make_a_sound_interview_or_none(mi: Mi, data: bytes) -> None:
    ran = mi("session", "start", lines=data)
    assert ran.code in (0, 1)
    assert "fault" not in ran.err
    if "Nothing was changed" not in ran.err:
        shown = mi("session", "show", "last", "--json")
        words = [entry["words"] or "" for entry in shown.json["notes"]["entries"]]
        assert "".join(words).count("\ufffd") <= sum(map(data.count, (b"\xef\xbf\xbd", b"\xfd\xff", b"\xff\xfd")))
