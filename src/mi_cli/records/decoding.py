"""The one door for words from outside: a pipe, `-` and `--from`. What is UTF-8 alone is read by `utf8.py`.

What comes in is UTF-8; a byte order mark (BOM) is dropped. Words may also be UTF-16 or UTF-32, which are known by their
BOM, or in the encoding that somebody names. A line of words that is not UTF-8 is read as Windows-1252 and named; where
that has no such byte, the line is unreadable.

No byte is replaced by a placeholder, and no error repeats what was read. `Lines` cuts bytes as they come, since a pipe
may go on for an hour; `decode_text` takes all at once. Both do the same with the same bytes, wherever they are cut.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final

from mi_cli.errors import NotTaken
from mi_cli.records.file_kinds import LINE_END, MOST, is_enough, kind_of
from mi_cli.records.name_matching import is_invisible, looks_blank
from mi_cli.records.outside_keys import FileKind, Reading, Untaken
from mi_cli.records.utf8 import WIDE, WINDOWS, NotText

_MARKS: Final = (codecs.BOM_UTF8, *(mark for mark, _ in WIDE))
_NO_ENCODINGS: Final = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"}  # Python's own
_MARK_UNREADABLE: Final = "mi.unreadable"
codecs.register_error(_MARK_UNREADABLE, lambda error: ("\udfff", getattr(error, "end", 0)))  # makes its line no UTF-8


@dataclass(frozen=True, repr=False)
class TextLine:
    """A line without its end. `text` is empty if it is unreadable. `has_end`: an end of line stood after it."""

    text: str
    reading: Reading = Reading.AS_WRITTEN
    has_end: bool = True


class Lines:
    """Cuts bytes, as they come, into lines of text: `feed` takes bytes, `next_line` gives a line when it is whole.

    `encoding` is one that `checked_encoding` has returned; without one, bytes are read as the head of this module says.
    """

    def __init__(self, encoding: str | None = None) -> None:
        self._encoding = encoding
        self._recoder: codecs.IncrementalDecoder | None = None
        self._undecided: bytes | None = b""  # the first bytes, until it is known whether a mark is among them
        self._utf8 = b""  # what was fed, as UTF-8
        self._at = 0  # where the next line begins
        self._searched = 0  # up to where no end of line is
        self._after_cr = False  # LF, or CR LF, that comes now still belongs to the end of the line before
        self._begun = False
        self.ended = False  # whether the end was fed

    def feed(self, data: bytes) -> None:
        """Takes the next bytes; none mean the end."""
        self.ended = not data
        if self._undecided is None:
            self._add(data)
            return
        begin = self._undecided + data
        self._undecided = begin
        if self.ended or not any(mark.startswith(begin) and mark != begin for mark in _MARKS):
            self._undecided = None
            self._decide(begin)
            self._add(begin)

    def kind(self) -> FileKind | None:
        """Returns what it is that came, if it is no text or no interview; null for text. Asked before the first line.

        `is_decided` says whether enough came to tell.
        """
        begin = self._utf8[self._at : self._at + MOST]
        if found := kind_of(begin):
            return found
        first = next((line for line in LINE_END.split(begin) if line.strip()), b"")
        unreadable = len(begin) < MOST and self._decoded(first, has_end=True).reading is Reading.UNREADABLE
        return FileKind.UNREADABLE if unreadable else None

    @property
    def is_decided(self) -> bool:
        """Whether enough came for `kind`."""
        return self.ended or is_enough(self._utf8[self._at : self._at + MOST])

    def next_line(self) -> TextLine | None:
        """Returns the next line; null while none is whole, and after the last."""
        if self._after_cr and not self._skip_rest_of_end():
            return None
        end = LINE_END.search(self._utf8, max(self._at, self._searched))
        if end is None:
            self._searched = len(self._utf8)
            if not self.ended or self._at == len(self._utf8):
                return None
            line, self._at = self._utf8[self._at :], len(self._utf8)
            return self._decoded(line, has_end=False)
        line, self._at, self._after_cr = self._utf8[self._at : end.start()], end.end(), end[0] == b"\r"
        return self._decoded(line, has_end=True)

    def _decide(self, begin: bytes) -> None:
        """Decides by the first bytes how all are read."""
        name = self._encoding or next((wide for mark, wide in WIDE if begin.startswith(mark)), None)
        if name in ("utf-16", "utf-32") and not any(begin.startswith(mark) for mark, wide in WIDE if wide == name):
            name = f"{name}-le"  # as Windows writes it
        self._recoder = codecs.getincrementaldecoder(name)(_MARK_UNREADABLE) if name else None

    def _add(self, data: bytes) -> None:
        """Adds bytes to what is read as UTF-8."""
        if self._recoder is not None:
            data = self._recoder.decode(data, self.ended).encode("utf-8", "surrogatepass")
        if data and not self._begun:
            self._begun = True
            data = data.removeprefix(codecs.BOM_UTF8)
        self._utf8 = self._utf8[self._at :] + data
        self._searched = max(self._searched - self._at, 0)
        self._at = 0

    def _skip_rest_of_end(self) -> bool:
        """Skips LF, or CR LF, after a CR. Returns whether enough came to tell."""
        rest = self._utf8[self._at : self._at + 2]
        if not self.ended and rest in (b"", b"\r"):
            return False
        self._at += 1 if rest.startswith(b"\n") else 2 if rest == b"\r\n" else 0
        self._searched = self._at
        self._after_cr = False
        return True

    def _decoded(self, line: bytes, *, has_end: bool) -> TextLine:
        try:
            return TextLine(line.decode(), has_end=has_end)
        except UnicodeDecodeError:
            pass
        if self._recoder is None:
            try:
                return TextLine(line.decode(WINDOWS), Reading.WINDOWS_1252, has_end)
            except UnicodeDecodeError:
                pass
        return TextLine("", Reading.UNREADABLE, has_end)


@dataclass(frozen=True, repr=False)
class Text:
    """Decoded text with LF line ends. `windows_1252` are the numbers of the lines that were read as Windows-1252."""

    text: str
    windows_1252: tuple[int, ...] = ()


def decode_text(data: bytes, encoding: str | None = None) -> Text:
    """Decodes words. Raises NotText, which names the line, for what is no text; then nothing of it is taken."""
    lines = Lines(encoding)
    lines.feed(data)
    lines.feed(b"")
    kind = lines.kind()
    if kind and kind is not FileKind.UNREADABLE:  # the line that is, is named below
        raise NotText(kind)
    read = list(_all_lines(lines))
    for number, line in enumerate(read, 1):
        if line.reading is Reading.UNREADABLE:
            raise NotText(FileKind.UNREADABLE, number)
        if "\0" in line.text:
            raise NotText(FileKind.BINARY, number)
    text = "".join(f"{line.text}\n" if line.has_end else line.text for line in read)
    return Text(text, tuple(n for n, line in enumerate(read, 1) if line.reading is Reading.WINDOWS_1252))


def _all_lines(lines: Lines) -> Iterator[TextLine]:
    while (line := lines.next_line()) is not None:
        yield line


def checked_encoding(name: str) -> str:
    """Returns the name of an encoding as Python knows it. Raises NotTaken for what is none."""
    try:
        found = codecs.lookup(name).name
        "a".encode(found)  # raises LookupError for what encodes no text, such as hex
    except (LookupError, ValueError):
        found = ""
    if not found or found in _NO_ENCODINGS:
        raise NotTaken(Untaken.NO_ENCODING)
    return found


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
        if is_invisible(sign) or looks_blank(sign):
            return place, Untypable.INVISIBLE
    return None
