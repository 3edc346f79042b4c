"""PDF, and pictures for Word, by Typst. Words go in as data, never as markup, and nothing is written to a file.

A PDF is tagged and claims PDF/UA-1. Typst refuses one with a letter that no font has, and a message about it holds the
words around it: such letters are put as their names in square brackets, and the message goes nowhere.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from mi_cli.errors import Failed

if TYPE_CHECKING:
    from typst import Fonts

_NO_GLYPH: Final = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE: Final = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_TRIES: Final = 8  # Typst names the letters it lacks a page or so at a time
_PICTURE: Final = re.compile(r"\bimage\(([^()]|\([^()]*\))*\)")


def pdf(source: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """A tagged PDF of a Typst source, which finds the data in `sys.inputs.data` as JSON. Raises Failed."""
    from typst import TypstError, compile_with_warnings

    if any("alt:" not in call[0] for call in _PICTURE.finditer(source)):
        raise Failed("A picture in a document has no description.", "Please report it.")
    for _ in range(_TRIES):
        try:
            made, _warnings = compile_with_warnings(
                source.encode(),
                format="pdf",
                font_paths=_fonts(),
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                pdf_standards=["ua-1"],
                timestamp=made_at,
            )
        except TypstError as error:
            missing = {_unescaped(found) for found in _NO_GLYPH.findall(error.diagnostic)}
            if not missing:
                break
            data = _named(data, missing)
        else:
            return bytes(made)
    raise Failed("The PDF could not be made.", "The other formats may work: .docx, .html, .md.")


def png(svg: str, width_cm: float) -> bytes:
    """A picture of an SVG, for programs that take no SVG; sharp when printed."""
    from typst import compile as compile_

    source = "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
    source += f'#image(bytes(sys.inputs.svg), format: "svg", width: {width_cm}cm, alt: "")'
    return bytes(compile_(source.encode(), format="png", font_paths=_fonts(), ppi=220, sys_inputs={"svg": svg}))


@cache
def _fonts() -> "Fonts":
    """The fonts, looked up once: on some systems there are hundreds."""
    from typst import Fonts

    return Fonts(font_paths=[str(files("fontpkg_atkinson_hyperlegible") / "files")])


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)


def _named(value: Any, missing: set[str]) -> Any:
    """The data with the letters that no font has put as their names."""
    match value:
        case str():
            for letters in sorted(missing, key=len, reverse=True):
                value = value.replace(letters, "".join(map(_name, letters)))
            return value
        case Mapping():
            return {key: _named(item, missing) for key, item in value.items()}
        case list() | tuple():
            return [_named(item, missing) for item in value]
        case _:
            return value


def _name(letter: str) -> str:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return ""
    return f"[{unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}]"
