"""Writes a document as one HTML file: no script, nothing fetched, WCAG 2.2 AA.

It is laid out for light and dark screens from 320 pixels on, and for paper; `document.css` says how.
"""

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from importlib.resources import files

from mi_cli.handoff.document import COMPACT, Block, Document, Heading, Paper, Table
from mi_cli.handoff.html_blocks import HtmlBlocks

# The Content-Security-Policy tells the browser that the page loads and runs nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def html(document: Document) -> bytes:
    """Returns the document as HTML; the notice stands under every heading, and at the foot of every printed page."""
    style = (files("mi_cli.handoff") / "document.css").read_text(encoding="utf-8")
    style += f":root {{ --screen: {document.size / 10:.2f}rem; --print: {document.size}pt }}\n"
    if document.size > COMPACT:  # a day in words can be wider there than a narrow screen
        style += "@media screen and (max-width: 34rem) { .unbroken { white-space: normal } }\n"
    if document.paper is Paper.A4:
        style += "@page { size: A4 }\n"
    if document.notice:
        style += f"@page {{ @bottom-left {{ content: {_css_string(document.notice)} }} }}\n"
    if document.mark:
        page = f'{_css_string(f"{document.mark} · ")} counter(page) " / " counter(pages)'
        style += f"@page {{ @bottom-right {{ content: {page} }} }}\n"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{style}</style>\n</head>\n"
        "<body>\n<main>\n"
        f"<h1>{escape(document.title)}</h1>\n"
        f"{''.join(_blocks(document))}</main>\n</body>\n</html>\n"
    ).encode()


def _blocks(document: Document) -> Iterable[str]:
    """Yields the blocks as HTML; each heading of level 2 is followed by the notice."""
    language = f' lang="{escape(document.notice_language)}"' if document.notice_language else ""
    notice = f'<p class="notice"{language}>{escape(document.notice)}</p>\n' if document.notice else ""
    if notice and not isinstance(document.blocks[0], Heading):
        yield notice
    writer = HtmlBlocks(document.spoken, document.language)
    for above, block in zip((None, *document.blocks), document.blocks, strict=False):
        shown: Block = block
        if isinstance(block, Table) and isinstance(above, Heading) and block.caption == above.text:
            shown = replace(block, caption="")  # it is not said twice
        yield f"{writer.block(shown)}\n"
        if isinstance(block, Heading) and block.level == 2:
            yield notice


def _css_string(text: str) -> str:
    """Returns the text as a string for a style sheet: all but letters, digits and blanks by their code points."""
    return '"' + "".join(char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in text) + '"'
