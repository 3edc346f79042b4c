"""A document as PDF: tagged, PDF/UA-1, with its notice at the foot of each page."""

from dataclasses import asdict
from importlib.resources import files
from typing import Any

from mi_cli.handoff import typst
from mi_cli.handoff.document import Document, isolated
from mi_cli.records.text import sanitized


def pdf(document: Document) -> bytes:
    """The document as PDF. Raises Failed."""
    source = (files("mi_cli.handoff") / "document.typ").read_text(encoding="utf-8")
    return typst.pdf(source, _prepared(document), document.made_at)


def _prepared(document: Document) -> dict[str, Any]:
    """As the template reads it."""
    blocks = [{"kind": type(block).__name__, **_disarmed(asdict(block))} for block in document.blocks]
    return {**_disarmed(asdict(document)), "blocks": blocks, "made_at": None}


def _disarmed(value: Any) -> Any:
    match value:
        case str():
            return isolated(sanitized(value))
        case dict():
            return {key: _disarmed(item) for key, item in value.items()}
        case tuple() | list():
            return [_disarmed(item) for item in value]
        case _:
            return value
