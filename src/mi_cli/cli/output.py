"""Data out: JSON for programs, a table or a page for people. Warnings go to standard error."""

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

from mi_cli.cli.language import language_here
from mi_cli.errors import Damaged
from mi_cli.records.text import json_text, sanitized
from mi_cli.terminal.page import in_rows
from mi_cli.terminal.streams import print_message
from mi_cli.words.told import told

T = TypeVar("T")
_LINE_END: Final = "␊"
_LAST_COLUMN: Final = 24  # characters that the last column needs to be read in its place
_INDENT: Final = " " * 4


def show_json(value: Any) -> None:
    """Writes one JSON document to standard output."""
    sys.stdout.write(json_text(value) + "\n")


def show_list_json(items: Sequence[dict[str, Any]], damaged: Iterable[Damaged]) -> None:
    """Writes a list as the JSON document `mi.list/1`, with the records that could not be read beside the items."""
    unreadable = [{"record": error.what, "why": error.why} for error in damaged]
    show_json({"schema": "mi.list/1", "items": list(items), "damaged": unreadable})


def show_list(
    items: Sequence[T],
    damaged: Sequence[Damaged],
    *,
    as_json: bool,
    json_item: Callable[[T], dict[str, Any]],
    header: Sequence[str],
    row: Callable[[T], Sequence[str]],
    empty: str,
) -> None:
    """Shows a list as JSON or as a table, and says what could not be read.

    `json_item` and `row` give an item as an object of `mi.list/1` and as the cells below `header`. `empty` is said
    instead of a table without rows; an empty text says nothing.
    """
    if as_json:
        show_list_json([json_item(item) for item in items], damaged)
        return
    if items:
        show_table(header, [row(item) for item in items])
    elif empty:
        print_message(empty)
    warn_damaged(damaged)


def show_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Writes columns, two blanks apart; the last one is not padded. It needs no library: a list must be light.

    A row is one line, whatever its cells hold: a line end in a name would show as a row that nobody wrote. On a
    terminal that is too narrow for it, it goes on further in, and no word is cut.
    """
    cells = [tuple(header), *(tuple(sanitized(cell).replace("\n", _LINE_END) for cell in row) for row in rows)]
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    for row in cells:
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        whole = "  ".join(padded).rstrip()
        parts = [whole] if columns is None or len(whole) <= columns else _in_parts(padded, columns)
        sys.stdout.write("".join(f"{part}\n" for part in parts))


def _in_parts(padded: Sequence[str], columns: int) -> list[str]:
    """Returns a row of a table as rows that fit: the last cell in its own column, or one cell after the other."""
    *others, last = padded
    before = "".join(f"{cell}  " for cell in others)
    if columns - len(before) >= _LAST_COLUMN:
        first, *more = in_rows(last.rstrip(), columns - len(before))
        return [before + first, *(" " * len(before) + part for part in more)]
    parts = [padded[0]]
    for cell in padded[1:]:
        longer = f"{parts[-1]}  {cell}"
        if len(longer.rstrip()) <= columns:
            parts[-1] = longer
        else:
            parts += [f"{_INDENT}{piece}" for piece in in_rows(cell.rstrip(), columns - len(_INDENT))]
    return [part.rstrip() for part in parts]


def warn_damaged(damaged: Sequence[Damaged]) -> None:
    """Names each record that could not be read, on standard error. The rest of a list is shown all the same."""
    messages = [told(error, language_here()) for error in damaged]
    print_message(*(message for message, _ in messages), *(hint for _, hint in messages[:1]))
