"""The text layer of a PDF: what is copied out of it, or read aloud, is the text that was put in.

Theory of operation
-------------------
Typst goes wrong with a letter that has a combining mark for which Unicode has no letter of its own (Yoruba, Lakota,
Salish, Navajo …; https://github.com/typst/typst/issues/8767). Letter and mark are two glyphs, and Typst says of each
that it means both, so that `x̣` is read as `x̣x̣`. If they are in two fonts, the letter is not even drawn. Three rules:

1. **Letter and mark come from one font.** `words.typ` sets each word that matches `MARKED` in a font with such marks.
2. **A glyph means what it means alone.** A glyph keeps the meaning that it had when it was first drawn. So each letter
   and mark (`letters_with_marks`) is first drawn by itself, as the pattern of an area outside of the page: no program
   reads the text of a pattern.
3. **A letter with its marks is told once.** Typst then gives letter and mark, each in a span of its own, the text of
   both (`/ActualText`); `without_doubled_text` leaves it to the first of these spans and empties it in the others.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

# Combining marks, and the blocks of Latin letters that a font for English and Spanish does not have.
_WITH_MARKS: Final = r"[\u0180-\u036f\u1ab0-\u1aff\u1dc0-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\ufe20-\ufe2f]"
MARKED: Final = re.sub(r"\\u(\w{4})", lambda code: chr(int(code[1], 16)), rf"\S*{_WITH_MARKS}\S*")

_CONTENT: Final = re.compile(rb"<</Length \d+/Filter/FlateDecode>>\nstream\n(.*)\nendstream", re.DOTALL)
_SPAN: Final = re.compile(
    rb"/Span<</ActualText<FEFF(?P<text>[0-9A-F]+)>>>BDC[^(]*\((?P<glyphs>(?:\\.|[^\\)])*)", re.DOTALL
)
_DRAWN: Final = re.compile(rb"T[jJ]")
_OFFSET: Final = re.compile(rb"(\d{10}) 00000 n")


def letters_with_marks(texts: Iterable[str]) -> str:
    """Returns every letter and mark of the words that match `MARKED`, once: first taken apart, then put together.

    With them come i and j without a dot, which are drawn below a mark in place of those with one.
    """
    words = "".join(word for text in texts for word in re.findall(MARKED, text))
    letters = unicodedata.normalize("NFD", words) + unicodedata.normalize("NFC", words)
    return "".join(dict.fromkeys(letters + "ıȷ")) if words else ""


def without_doubled_text(document: bytes) -> bytes:
    """Returns a PDF of Typst's in which a letter with marks is told once.

    The objects are copied one by one, and the table of their places in the file is written anew.
    """
    table = document.rindex(b"xref\n", 0, document.rindex(b"startxref"))
    places = sorted(int(place) for place in _OFFSET.findall(document, table))
    new = bytearray(document[: places[0]])
    moved = {}
    for place, end in pairwise([*places, table]):
        moved[place] = len(new)
        new += _CONTENT.sub(_told_once_in, document[place:end])
    start = len(new)
    trailer = document[table:].replace(b"startxref\n%d\n" % table, b"startxref\n%d\n" % start)
    new += _OFFSET.sub(lambda entry: b"%010d 00000 n" % moved[int(entry[1])], trailer)
    return bytes(new)


def _told_once_in(stream: re.Match[bytes]) -> bytes:
    before = zlib.decompress(stream[1])
    after = _told_once(before)
    if after == before:
        return stream[0]
    packed = zlib.compress(after)
    return b"<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (len(packed), packed)


def _told_once(content: bytes) -> bytes:
    """Returns the content of a page in which only the first of the spans of a letter with its marks has their text.

    A span belongs to the one before if it has the same text and nothing is drawn between them; but if it begins with
    the same glyphs, it is the same letter once more.
    """
    new, copied, letter, glyphs = bytearray(), 0, b"", b""
    for span in _SPAN.finditer(content):
        between = content[copied : span.start()]
        text, drawn = span["text"], span["glyphs"]
        is_letter = re.fullmatch(MARKED, bytes.fromhex(text.decode()).decode("utf-16-be"))
        goes_on = is_letter and text == letter and drawn != glyphs and not _DRAWN.search(between.partition(b"EMC")[2])
        new += between + (span[0].replace(text, b"") if goes_on else span[0])
        copied = span.end()
        if not goes_on:
            letter, glyphs = text, drawn
    return bytes(new + content[copied:])
