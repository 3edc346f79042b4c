"""Makes PDFs, and pictures for Word, with Typst.

Theory of operation
-------------------
A template (`document.typ`, `form.typ`), below what all have in common (`words.typ`), is compiled with data that it
reads as JSON. Three rules:

1. **Words are data and never markup.** They are passed as an input of the compiler and never put into the source.
2. **Every PDF is tagged and claims PDF/UA-1.** Typst refuses a PDF/UA-1 with a letter that no font has. Such a letter
   is replaced by its name in square brackets, and the page is compiled again.
3. **No message of Typst reaches anybody**, since it repeats the words around the fault. Which letters have no glyph is
   told by that message alone: `_NO_GLYPH` reads it, and a test fails when Typst words it in another way.

Nothing is written to a file. Typst looks for the folder in which the command was typed, and fails where that is gone:
so it is given another one (`_ROOT`), from which no template reads anything.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mi_cli.errors import Failed
from mi_cli.handoff import pdf_text
from mi_cli.handoff.document import UNBROKEN
from mi_cli.handoff.strings import map_strings, strings_in
from mi_cli.records.name_matching import is_invisible
from mi_cli.words.said import said
from mi_cli.words.sharing import sharing_words

if TYPE_CHECKING:
    from typst import Fonts

_NO_GLYPH: Final = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE: Final = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")  # as Rust escapes a string
_ATTEMPTS: Final = 8  # one message of Typst names the letters of about a page
_ROOT: Final = str(Path(__file__).parent)  # text, although its stubs want it to be of the type of the source
_PICTURE: Final = re.compile(r"\bimage\(([^()]|\([^()]*\))*\)")


def pdf(source: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """Returns a tagged PDF of a Typst source, which reads the data as JSON from `sys.inputs.data`. Raises Failed."""
    from typst import TypstError, compile_with_warnings

    source = (files("mi_cli.handoff") / "words.typ").read_text(encoding="utf-8") + source
    if any("alt:" not in call[0] for call in _PICTURE.finditer(source)):
        raise Failed(
            said(sharing_words, lambda words: words.picture_unnamed), said(sharing_words, lambda words: words.report_it)
        )
    for _ in range(_ATTEMPTS):
        letters = pdf_text.letters_with_marks(strings_in(data))
        try:
            document, _warnings = compile_with_warnings(  # type: ignore[call-overload]  # see _ROOT
                source.encode(),
                root=_ROOT,
                format="pdf",
                font_paths=_fonts(),
                sys_inputs={
                    "data": json.dumps(data, ensure_ascii=False),
                    "marked": pdf_text.MARKED,
                    "letters": letters,
                    "unbroken": UNBROKEN.pattern,
                },
                pdf_standards=["ua-1"],
                timestamp=made_at,
            )
        except TypstError as error:
            missing = _letters_without_a_glyph(error.diagnostic)
            if not missing:
                break
            data = map_strings(data, partial(_with_names, missing=missing))
        else:
            return pdf_text.without_doubled_text(bytes(document)) if letters else bytes(document)
    raise Failed(
        said(sharing_words, lambda words: words.no_pdf), said(sharing_words, lambda words: words.other_formats)
    )


def png(svg: str, width_cm: float) -> bytes:
    """Returns an SVG as a PNG of 220 dots per inch, for programs that read no SVG."""
    from typst import compile as compile_

    source = "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
    source += f'#image(bytes(sys.inputs.svg), format: "svg", width: {width_cm}cm, alt: "")'
    picture = compile_(  # type: ignore[call-overload]  # see _ROOT
        source.encode(), root=_ROOT, format="png", font_paths=_fonts(), ppi=220, sys_inputs={"svg": svg}
    )
    return bytes(picture)


@cache
def _fonts() -> "Fonts":
    """Returns the fonts of this package and of the system, looked up once: on some systems there are hundreds."""
    from typst import Fonts

    return Fonts(font_paths=[str(files("mi_cli.handoff") / "fonts")])


def _letters_without_a_glyph(diagnostic: str) -> set[str]:
    """Returns the letters, some of them several in a row, that the message says no font has."""
    return {_unescaped(text) for text in _NO_GLYPH.findall(diagnostic)}


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text)


def _with_names(text: str, missing: set[str]) -> str:
    """Returns the text with the letters that no font has replaced by their names."""
    for letters in sorted(missing, key=len, reverse=True):
        text = text.replace(letters, "".join(map(_name, letters)))
    return text


def _name(letter: str) -> str:
    """Returns the letter's Unicode name in square brackets; nothing for a mark or an invisible character."""
    if unicodedata.category(letter) in ("Mn", "Me") or is_invisible(letter):
        return ""
    return f"[{unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}]"
