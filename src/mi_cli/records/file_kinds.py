"""What a file is that is no plain text, or no interview: known by how it begins.

Three things are looked at, and nothing else:

1. the first bytes, for the formats that have a signature;
2. the first line that is not blank: NUL, or control characters in what is not UTF-8, stand in no text;
3. the same line, and after a bare number the next one too, for the formats of subtitles.

A pipe may go on for an hour, so that no more than these lines is waited for, and no more than `MOST` bytes.
"""

import re
from typing import Final

from mi_cli.records.outside_keys import FileKind

MOST: Final = 4096
LINE_END: Final = re.compile(rb"\r{0,2}\n|\r")

_SIGNATURES: Final = (
    (b"%PDF-", FileKind.PDF),
    (b"PK\x03\x04", FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OFFICE),
    (rb"{\rtf", FileKind.RTF),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    (b"Rar!\x1a\x07", FileKind.ARCHIVE),
    (b"\xfd7zXZ\0", FileKind.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", FileKind.ARCHIVE),
    (b"BZh91AY&SY", FileKind.ARCHIVE),
    (b"\x89PNG", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF87a", FileKind.IMAGE),
    (b"GIF89a", FileKind.IMAGE),
    (b"II*\0", FileKind.IMAGE),
    (b"MM\0*", FileKind.IMAGE),
    (b"RIFF", FileKind.MEDIA),
    (b"ID3", FileKind.MEDIA),
    (b"OggS", FileKind.MEDIA),
    (b"fLaC", FileKind.MEDIA),
    (b"SQLite format 3\0", FileKind.DATABASE),
    (b"<?xml", FileKind.MARKUP),
    (b"<!doctype", FileKind.MARKUP),
    (b"<html", FileKind.MARKUP),
    (b"<!--", FileKind.MARKUP),
    (b"<svg", FileKind.MARKUP),
    (b"<tt ", FileKind.MARKUP),
    (b"<sami", FileKind.MARKUP),
)
_CONTROL: Final = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_TIME: Final = r"(?:\d+:)?\d+:\d\d[.,:]\d+"
_SUBTITLES: Final = re.compile(
    rf"""WEBVTT(?:\s|$)                        # WebVTT
       | (?:{_TIME}|\d+)\s*-->\s*\d            # a cue of SubRip, or of WebVTT
       | {_TIME},{_TIME}$                      # SubViewer, and what YouTube writes
       | \[(?:Script\ Info|INFORMATION)\]      # SubStation Alpha, SubViewer
       | \{{\d+\}}\{{\d*\}}                    # MicroDVD
       | \[\d+:\d\d\.\d+\]                     # LRC
       | \[(?:ti|ar|al|au|by|length|offset|re|ve):  # LRC
       | \[\d+\]\[\d+\]                       # MPL2
       | -->>\s*\d                           # AQTitle
       | FORMAT=(?:TIME|\d+)                 # MPSub
       | Scenarist_SCC\ V                    # SCC
    """,
    re.VERBOSE,
)


def is_enough(begin: bytes) -> bool:
    """Whether the first bytes of a pipe, in UTF-8, are enough for `kind_of`, though more may come."""
    whole = [line.strip() for line in LINE_END.split(begin)[:-1] if line.strip()]
    return len(begin) >= MOST or len(whole) > 1 or (len(whole) == 1 and not whole[0].isdigit())


def kind_of(begin: bytes) -> FileKind | None:
    """Returns what begins so, if it is no plain text or no interview; null for text."""
    start = begin.lstrip().lower()
    for signature, kind in _SIGNATURES:
        if begin.startswith(signature) or start.startswith(signature.lower()):
            return kind
    for line in _judged(begin[:MOST]):
        if b"\0" in line:
            return FileKind.BINARY
        if _CONTROL.search(line) and not _is_utf8(line):
            return FileKind.BINARY
        if _SUBTITLES.match(line.decode(errors="replace").strip()):
            return FileKind.SUBTITLES
    return None


def _judged(begin: bytes) -> list[bytes]:
    """Returns the first line that is not blank, and after a bare number the next one too."""
    lines = [line for line in LINE_END.split(begin) if line.strip()]
    return lines[: 2 if lines and lines[0].strip().isdigit() else 1]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"  # the line goes on after the bytes that are looked at
    return True
