"""A document's sections as FHIR narrative: the XHTML that FHIR allows, which is HTML 4 without style or script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from mi_cli.handoff.document import (
    CLOSE,
    OPEN,
    Block,
    Document,
    Facts,
    Heading,
    Inline,
    Items,
    Paragraph,
    Run,
    Table,
    Tone,
    right_to_left,
)
from mi_cli.records.text import sanitized


@dataclass(frozen=True)
class Section:
    """What stands under a heading, as XHTML."""

    title: str
    div: str


def sections(document: Document) -> list[Section]:
    """The sections of a document, each with its notice. The drawing is left out: its numbers stand in a table."""
    found: list[tuple[str, list[Block]]] = []
    for block in document.blocks:
        match block:
            case Heading(title, 2):
                found.append((title, []))
            case _:
                found[-1][1].append(block)
    return [Section(title, div(blocks, document)) for title, blocks in found]


def div(blocks: Sequence[Block], document: Document) -> str:
    """The blocks as one narrative."""
    notice = f"<p>{_run(Run(document.notice, language=document.notice_language), '')}</p>" if document.notice else ""
    inner = "".join(_block(block, document.spoken) for block in blocks)
    lang = escape(document.language)
    return f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{lang}" xml:lang="{lang}">{notice}{inner}</div>'


def _block(block: Block, spoken: str) -> str:
    match block:
        case Heading(words, level):
            return f"<h{level}>{_escaped(words)}</h{level}>"
        case Paragraph(runs):
            return f"<p>{_inline(runs, spoken)}</p>"
        case Items(items):
            return _list(items, spoken)
        case Facts(rows):
            cells = (f"<tr><th>{_escaped(label)}</th><td>{_list(items, spoken)}</td></tr>" for label, items in rows)
            return f"<table><tbody>{''.join(cells)}</tbody></table>"
        case Table(caption, header, rows):
            head = "".join(f"<th>{_escaped(cell)}</th>" for cell in header)
            body = "".join(f"<tr>{''.join(f'<td>{_escaped(cell)}</td>' for cell in row)}</tr>" for row in rows)
            caption = f"<caption>{_escaped(caption)}</caption>"
            return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        case _:
            return ""


def _list(items: Iterable[Inline], spoken: str) -> str:
    return f"<ul>{''.join(f'<li>{_inline(item, spoken)}</li>' for item in items)}</ul>"


def _inline(runs: Inline, spoken: str) -> str:
    return "".join(_run(run, spoken) for run in runs)


def _run(run: Run, spoken: str) -> str:
    words = _escaped(run.text)
    if right_to_left(run.text):
        words = f'<span dir="rtl">{words}</span>'
    match run.tone:
        case Tone.QUOTE:
            return f"{OPEN}{_in_language(words, spoken)}{CLOSE}"
        case Tone.STRONG:
            return f"<b>{words}</b>"
        case _:
            return _in_language(words, run.language) if run.language else words


def _in_language(words: str, language: str) -> str:
    return f'<span lang="{escape(language)}" xml:lang="{escape(language)}">{words}</span>'


def _escaped(words: str) -> str:
    return escape(sanitized(words)).replace("\n", "<br/>")
