"""The recovery sheet: one HTML page to print, with the supervisor's private key as words and as a QR code.

The page loads nothing from elsewhere, so that the key stays on this computer and on the paper.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from mi_cli.records.terms import Jurisdiction
from mi_cli.store.keys.supervisor import short_id
from mi_cli.words.protection.model import ProtectionWords

_WORDS_IN_A_ROW: Final = 3
_STYLE: Final = (
    "body{font:12pt/1.5 sans-serif;max-width:17cm;margin:1.5cm auto;color:#000;background:#fff}"
    "h1{font-size:20pt}td{padding:.2em 1.4em .2em 0;font:13pt monospace}td b{color:#595959;font-weight:normal}"
    "svg{width:6cm;height:6cm}"
)


@dataclass(frozen=True)
class Sheet:
    """What stands on the sheet.

    `words` are the private key as words, and `jwk` is the same key (RFC 7517). `folder` is the store's, `day` the day
    on which the sheet was made. `opens_notes` says whether the key opens the notes too, or the records alone. The paper
    is the one that is used where the jurisdiction is.
    """

    words: Sequence[str]
    jwk: Mapping[str, str]
    folder: str
    day: str
    opens_notes: bool
    jurisdiction: Jurisdiction = Jurisdiction.US_PART2


def html(sheet: Sheet, words: ProtectionWords, language: str) -> str:
    """Returns the page. `language` is its BCP 47 tag."""
    import segno

    qr_code = segno.make(json.dumps(dict(sheet.jwk), separators=(",", ":")), error="m", micro=False)
    svg = qr_code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    made = words.sheet_made.format(day=sheet.day, folder=sheet.folder, key=short_id(sheet.jwk))
    opens = words.sheet_opens_all if sheet.opens_notes else words.sheet_opens_records
    texts = "".join(f"<p>{escape(text)}</p>" for text in (made, opens, words.sheet_use))
    paper = "letter" if sheet.jurisdiction is Jurisdiction.US_PART2 else "A4"
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(words.sheet_title)}</title><style>{_STYLE}@page{{size:{paper};margin:1.5cm}}</style></head><body>"
        f"<h1>{escape(words.sheet_title)}</h1>{texts}<table>{_rows(sheet.words)}</table>"
        f'<p role="img" aria-label="QR">{svg}</p><p><strong>{escape(words.sheet_keep)}</strong></p></body></html>\n'
    )


def _rows(words: Sequence[str]) -> str:
    cells = [f"<td><b>{number}</b> {escape(word)}</td>" for number, word in enumerate(words, start=1)]
    rows = (cells[start : start + _WORDS_IN_A_ROW] for start in range(0, len(cells), _WORDS_IN_A_ROW))
    return "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
