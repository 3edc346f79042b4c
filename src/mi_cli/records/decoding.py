"""Bytes that come from outside become text here: words on standard input, and secrets.

Nothing is ever put in the place of what cannot be read: it is read in a way that is named, or refused. No error repeats
what was given.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final

from mi_cli.errors import Failed

BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
_WIDE: Final = (  # UTF-32 first: its mark begins as that of UTF-16 does
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
    """Text from outside, its line ends made LF. `windows_1252` are the numbers of the lines that were read so."""

    text: str
    windows_1252: tuple[int, ...] = ()


def text_of(data: bytes) -> Text:
    """Words as text: UTF-8, UTF-16 or UTF-32 by its mark, a line that is neither as Windows-1252. A mark is dropped.

    Raises Failed, which names the line, for what is no text.
    """
    for start, what in _DOCUMENTS:
        if data.startswith(start):
            raise Failed(f"That is {what}, not plain text.", _SAVE)
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            data = _narrowed(data, encoding)
            break
    lines, by_windows = [], []
    for number, line in enumerate(_LINE_END.split(data.removeprefix(codecs.BOM_UTF8)), 1):
        try:
            text, was_utf8 = line_of(line)
        except ValueError as error:
            raise Failed(f"Line {number} cannot be read: {error}.", _SAVE) from None
        lines.append(text)
        if not was_utf8:
            by_windows.append(number)
    return Text("\n".join(lines), tuple(by_windows))


def _narrowed(data: bytes, encoding: str) -> bytes:
    """What a mark says is UTF-16 or UTF-32, as UTF-8."""
    try:
        return data.decode(encoding).encode()
    except UnicodeError:
        raise Failed("It begins as UTF-16 does, and cannot be read as that.", _SAVE) from None


def line_of(line: bytes) -> tuple[str, bool]:
    """A line as text, and whether it was UTF-8; what is not is read as Windows-1252. Raises ValueError for no text."""
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


def secret_of(data: bytes) -> str:
    """A secret as text: UTF-8, a mark dropped, its line end kept. Raises ValueError, which says what it is instead."""
    if any(data.startswith(mark) for mark, _ in _WIDE):
        raise ValueError("it is UTF-16, not UTF-8; save it as UTF-8")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None


def first_line(text: str) -> str:
    """The first line, which ends at LF, CR LF or CR and at nothing else."""
    return re.split(r"[\r\n]", text, maxsplit=1)[0]


class Untypable(StrEnum):
    """What kind of character it is that nobody can type."""

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
    """The first character that nobody can type: its place, from 1, and its kind; null when there is none.

    Blanks and tabs at either end do not count: they are no part of a secret.
    """
    ends = len(secret.rstrip(" \t"))
    begins = len(secret) - len(secret.lstrip(" \t"))
    for place, sign in enumerate(secret[begins:ends], begins + 1):
        if sign == "\N{REPLACEMENT CHARACTER}":
            return place, Untypable.UNREAD
        if kind := _UNTYPABLE.get(unicodedata.category(sign)):
            return place, kind
    return None
