"""Writes a document as PDF: tagged, PDF/UA-1, with its notice at the foot of each page. `document.typ` lays it out."""

from dataclasses import asdict
from importlib.resources import files
from typing import Any

from mi_cli.handoff import typst
from mi_cli.handoff.document import (
    Block,
    Document,
    Facts,
    Table,
    is_long,
    isolate_direction,
    stays_together,
    with_what_follows,
)
from mi_cli.handoff.strings import map_strings


def pdf(document: Document) -> bytes:
    """Returns the document as PDF. Raises Failed."""
    template = (files("mi_cli.handoff") / "document.typ").read_text(encoding="utf-8")
    blocks = [_data(block, sticky) for block, sticky in with_what_follows(document.blocks)]
    data = {**asdict(document), "blocks": blocks, "made_at": None}
    return typst.pdf(template, map_strings(data, isolate_direction), document.made_at)


def _data(block: Block, sticky: bool) -> dict[str, Any]:
    data = {"kind": type(block).__name__, **asdict(block), "sticky": sticky}
    if isinstance(block, Facts | Table):
        data["together"] = stays_together(block)
    if isinstance(block, Table):
        data["rows"] = [[list(map(asdict, cell)) for cell in row] for row in block.lines]
    if isinstance(block, Facts):
        data["rows"] = [
            {"label": row[0], "answers": [list(map(asdict, answer)) for answer in row[1]], "is_long": is_long(row)}
            for row in block.rows
        ]
    return data
