"""Decodes bytes from outside: words on standard input, and secrets.

What is not UTF-8 is never replaced by a placeholder: it is decoded in another way and reported, or refused. No error
repeats what was read.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final

from mi_cli.errors import Failed

BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
_WIDE: Final = (  # UTF-32 first: its byte order mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DOCUMENTS: Final = ((b"%PDF-", "a PDF"), (b"PK\x03\x04", "a Word file or another ZIP file"))
_LINE_END: Final = re.compile(rb"\r{0,2}\n|\r")
_SAVE: Final = "Nothing was changed. Save it as plain text in UTF-8, then again."


@dataclass(frozen=True)
class Text:
    """Decoded text with LF line ends. `windows_1252` are the numbers of the lines that were read as Windows-1252."""

    text: str
    windows_1252: tuple[int, ...] = ()


def decode_text(data: bytes) -> Text:
    """Decodes words. UTF-16 and UTF-32 are known by their byte order mark, which is dropped; all else is UTF-8.

    A line that is not UTF-8 is read as Windows-1252. Raises Failed, which names the line, for what is no text.
    """
    for start, what in _DOCUMENTS:
        if data.startswith(start):
            raise Failed(f"That is {what}, not plain text.", _SAVE)
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            data = _to_utf8(data, encoding)
            break
    lines, by_windows = [], []
    for number, line in enumerate(_LINE_END.split(data.removeprefix(codecs.BOM_UTF8)), 1):
        try:
            text, was_utf8 = decode_line(line)
        except ValueError as error:
            raise Failed(f"Line {number} cannot be read: {error}.", _SAVE) from None
        lines.append(text)
        if not was_utf8:
            by_windows.append(number)
    return Text("\n".join(lines), tuple(by_windows))


def _to_utf8(data: bytes, encoding: str) -> bytes:
    """Recodes UTF-16 or UTF-32 as UTF-8. Raises Failed when it is not in that encoding."""
    try:
        return data.decode(encoding).encode()
    except UnicodeError:
        raise Failed("It begins as UTF-16 does, and cannot be read as that.", _SAVE) from None


def decode_line(line: bytes) -> tuple[str, bool]:
    """Returns a line as text, and whether it was UTF-8; if not it is read as Windows-1252.

    Raises ValueError for what is no text.
    """
    if b"\0" in line:
        raise ValueError("it holds NUL, which no text does")
    try:
        return line.decode(), True
    except UnicodeDecodeError:
        pass
    try:
        return line.decode("cp1252"), False
    except UnicodeDecodeError:
        raise ValueError("it is neither UTF-8 nor Windows-1252") from None


def decode_secret(data: bytes) -> str:
    """Decodes a secret as UTF-8; a byte order mark is dropped, the line end kept.

    Raises ValueError, whose message says what it is instead.
    """
    if any(data.startswith(mark) for mark, _ in _WIDE):
        raise ValueError("it is UTF-16, not UTF-8; save it as UTF-8")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None


def first_line(text: str) -> str:
    """Returns the first line. Only LF, CR LF and CR end a line."""
    return re.split(r"[\r\n]", text, maxsplit=1)[0]


class Untypable(StrEnum):
    """The kind of a character that nobody can type."""

    CONTROL = auto()
    INVISIBLE = auto()
    UNREAD = auto()
    PRIVATE = auto()
    UNKNOWN = auto()


_UNTYPABLE: Final = {
    "Cc": Untypable.CONTROL,
    "Zl": Untypable.CONTROL,
    "Zp": Untypable.CONTROL,
    "Cf": Untypable.INVISIBLE,
    "Cs": Untypable.UNREAD,
    "Co": Untypable.PRIVATE,
    "Cn": Untypable.UNKNOWN,
}


def untypable(secret: str) -> tuple[int, Untypable] | None:
    """Returns the place (from 1) and the kind of the first character that nobody can type; null if there is none.

    Spaces and tabs at either end are not looked at: they are no part of a secret.
    """
    ends = len(secret.rstrip(" \t"))
    begins = len(secret) - len(secret.lstrip(" \t"))
    for place, sign in enumerate(secret[begins:ends], begins + 1):
        if sign == "\N{REPLACEMENT CHARACTER}":
            return place, Untypable.UNREAD
        if kind := _UNTYPABLE.get(unicodedata.category(sign)):
            return place, kind
    return None
