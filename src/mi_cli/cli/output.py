"""Data out: JSON for programs, a table or a page for people. Warnings go to standard error."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from mi_cli.errors import Damaged
from mi_cli.records.text import json_text, sanitized
from mi_cli.terminal.streams import print_message


def show_json(value: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json_text(value) + "\n")


def show_list_json(items: Sequence[dict[str, Any]], damaged: Iterable[Damaged]) -> None:
    """`mi.list/1`."""
    named = [{"record": item.what, "why": item.why} for item in damaged]
    show_json({"schema": "mi.list/1", "items": list(items), "damaged": named})


def show_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns, two blanks apart; the last one is not padded. No library: a list must be light."""
    cells = [tuple(header), *(tuple(sanitized(cell) for cell in row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    for row in cells:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write("  ".join(padded).rstrip() + "\n")


def warn_damaged(damaged: Sequence[Damaged]) -> None:
    """Name what could not be read; the rest was shown."""
    for item in damaged:
        print_message(item.message)
    if damaged:
        print_message(damaged[0].hint)
