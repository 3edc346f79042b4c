"""Writes a document as PDF: tagged, PDF/UA-1, with its notice at the foot of each page. `document.typ` lays it out."""

from dataclasses import asdict
from importlib.resources import files

from mi_cli.handoff import typst
from mi_cli.handoff.document import Document, isolate_direction
from mi_cli.handoff.strings import map_strings


def pdf(document: Document) -> bytes:
    """Returns the document as PDF. Raises Failed."""
    template = (files("mi_cli.handoff") / "document.typ").read_text(encoding="utf-8")
    blocks = [{"kind": type(block).__name__, **asdict(block)} for block in document.blocks]
    data = {**asdict(document), "blocks": blocks, "made_at": None}
    return typst.pdf(template, map_strings(data, isolate_direction), document.made_at)
