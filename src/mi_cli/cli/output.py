"""Data out: JSON for programs, a table or a page for people. Warnings go to standard error."""

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

from mi_cli.cli.language import language_here
from mi_cli.errors import Damaged
from mi_cli.records.text import json_text, sanitized
from mi_cli.terminal.rows import in_rows
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
    instead of a table without rows, if every record could be read; an empty text says nothing.
    """
    if as_json:
        show_list_json([json_item(item) for item in items], damaged)
        return
    if items:
        show_table(header, [row(item) for item in items])
    elif empty and not damaged:  # what could not be read may be what was looked for
        print_message(empty)
    warn_damaged(damaged)


def show_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Writes columns, two blanks apart; the last one is not padded. It needs no library: a list must be light.

    A row is one line, whatever its cells hold: a line end in a name would show as a row that nobody wrote. On a
    terminal that is too narrow for one of them, all go on in the same way, and no word is cut: the last cell in its
    column, where that has room, else beneath the others.
    """
    cells = [tuple(header), *(tuple(sanitized(cell).replace("\n", _LINE_END) for cell in row) for row in rows)]
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    before = sum(width + 2 for width in widths[:-1])
    fits = columns is None or before + widths[-1] <= columns
    least = max([_LAST_COLUMN, *(len(word) for row in cells for word in row[-1].split())])
    for row in cells:
        whole = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        if fits or columns is None:
            parts = [whole]
        elif columns - before >= least:
            first, *more = in_rows(row[-1], columns - before)
            parts = [(whole[:before] + first).rstrip(), *(" " * before + part for part in more)]
        else:
            parts = _stacked(row, columns)
        sys.stdout.write("".join(f"{part}\n" for part in parts))


def _stacked(row: Sequence[str], columns: int) -> list[str]:
    """Returns a row of a table for a narrow terminal: the last cell beneath the others, further in."""
    *others, last = [cell for cell in row if cell] or [""]
    above = in_rows("  ".join(others), columns) if others else []
    return [*above, *(f"{_INDENT}{part}" for part in in_rows(last, columns - len(_INDENT)))]


def warn_damaged(damaged: Sequence[Damaged]) -> None:
    """Names each record that could not be read, on standard error. The rest of a list is shown all the same."""
    messages = [told(error, language_here()) for error in damaged]
    print_message(*(message for message, _ in messages), *(hint for _, hint in messages[:1]))
