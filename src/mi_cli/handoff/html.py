"""A document as one HTML file: no script, nothing fetched, light and dark, from 320 pixels to paper (WCAG 2.2 AA)."""

from collections.abc import Iterable
from html import escape
from importlib.resources import files

from mi_cli.handoff.document import (
    CLOSE,
    OPEN,
    Block,
    Document,
    Facts,
    Heading,
    Inline,
    Items,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Table,
    Tone,
    right_to_left,
)
from mi_cli.records.text import sanitized

# What a page may load or run, said to the browser itself: nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def html(document: Document) -> bytes:
    """The document as HTML; the notice stands under every heading, and at the foot of every printed page."""
    style = (files("mi_cli.handoff") / "document.css").read_text(encoding="utf-8")
    style += f":root {{ --screen: {document.size / 10:.2f}rem; --print: {document.size}pt }}\n"
    if document.notice:
        style += f"@page {{ @bottom-left {{ content: {_css_text(document.notice)} }} }}\n"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{_escaped(document.title)}</title>\n<style>\n{style}</style>\n</head>\n"
        "<body>\n<main>\n"
        f"<h1>{_escaped(document.title)}</h1>\n"
        f"{''.join(_sections(document))}</main>\n</body>\n</html>\n"
    ).encode()


def _sections(document: Document) -> Iterable[str]:
    """The blocks; each heading of level 2 is followed by the notice."""
    lang = f' lang="{escape(document.notice_language)}"' if document.notice_language else ""
    notice = f'<p class="notice"{lang}>{_escaped(document.notice)}</p>\n' if document.notice else ""
    if notice and not isinstance(document.blocks[0], Heading):
        yield notice
    for block in document.blocks:
        yield f"{_block(block, document.spoken)}\n"
        if isinstance(block, Heading) and block.level == 2:
            yield notice


def _block(block: Block, spoken: str) -> str:
    match block:
        case Heading(words, level):
            return f"<h{level}>{_escaped(words)}</h{level}>"
        case Paragraph(runs, lead):
            return f"<p{' class=lead' if lead else ''}>{_inline(runs, spoken)}</p>"
        case Items(items):
            return _list(items, spoken)
        case Facts(rows, glance):
            answers = "".join(
                f"<div><dt>{_escaped(label)}</dt><dd>{_answers(items, spoken)}</dd></div>\n" for label, items in rows
            )
            return f"<dl{' class=glance' if glance else ''}>\n{answers}</dl>"
        case Table(caption, header, rows):
            head = "".join(f'<th scope="col">{_escaped(cell)}</th>' for cell in header)
            body = "".join(f"<tr>{''.join(f'<td>{_escaped(cell)}</td>' for cell in row)}</tr>\n" for row in rows)
            return (
                f"<table>\n<caption>{_escaped(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
                f"<tbody>\n{body}</tbody>\n</table>"
            )
        case Picture(svg):
            return f"<figure>{svg}</figure>"
        case NewPage():
            return '<hr class="new-page">'


def _answers(items: tuple[Inline, ...], spoken: str) -> str:
    return _inline(items[0], spoken) if len(items) == 1 else _list(items, spoken)


def _list(items: Iterable[Inline], spoken: str) -> str:
    return f"<ul>\n{''.join(f'<li>{_inline(item, spoken)}</li>' + chr(10) for item in items)}</ul>"


def _inline(runs: Inline, spoken: str) -> str:
    return "".join(_run(run, spoken) for run in runs)


def _run(run: Run, spoken: str) -> str:
    words = _escaped(run.text).replace("\n", "<br>")
    if right_to_left(run.text) and run.tone is not Tone.QUOTE:
        words = f"<bdi>{words}</bdi>"
    match run.tone:
        case Tone.QUOTE:  # isolated: the direction of somebody's words does not turn what stands beside them
            return f'{OPEN}<bdi lang="{escape(spoken)}">{words}</bdi>{CLOSE}'
        case Tone.STRONG:
            return f"<strong>{words}</strong>"
        case Tone.QUIET:
            return f'<span class="quiet">{words}</span>'
        case _:
            return f'<span lang="{escape(run.language)}">{words}</span>' if run.language else words


def _escaped(words: str) -> str:
    return escape(sanitized(words))


def _css_text(words: str) -> str:
    """As a string in a style sheet inside HTML: everything that is no letter, digit or blank as its number."""
    return '"' + "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in sanitized(words)) + '"'
