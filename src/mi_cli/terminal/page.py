"""What is shown, as data, and the one place that shows it.

A page is a sequence of lines, each with a role. `Screen.show` is the one place that writes pages: plain text in a pipe,
plain text in rows on a plain terminal, and styled rows with Rich elsewhere. There control characters are made visible.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TextIO

from mi_cli.records.text import sanitized
from mi_cli.terminal.rows import MAX_WIDTH, in_rows, width_here
from mi_cli.terminal.typeable import typeable, typeable_command

if TYPE_CHECKING:
    from rich.console import Console


class Role(StrEnum):
    """What a piece of text is for. A `Look` says how it looks."""

    TEXT = "text"
    TITLE = "title"
    SAY = "say"
    DIM = "dim"
    WARN = "warn"


Look = Mapping[Role, str]

# Each color is one of the 256 that terminals without true color have, so that it is not replaced by another one.
# `background` chooses among these; a test measures the contrast of each.
UNDIMMED: Final[Look] = {Role.TEXT: "", Role.TITLE: "bold", Role.SAY: "bold", Role.DIM: "", Role.WARN: "bold"}
ON_DARK: Final[Look] = {**UNDIMMED, Role.TITLE: "bold #5faf87", Role.DIM: "#949494", Role.WARN: "bold #d78787"}
ON_LIGHT: Final[Look] = {**UNDIMMED, Role.TITLE: "bold #005f5f", Role.DIM: "#626262", Role.WARN: "bold #af0000"}


@dataclass(frozen=True)
class Line:
    """A paragraph. `lead` stands before its first row; the other rows are indented by its width.

    `title` opens the first row, in the look of a title. In a `grid` three blanks or more are between two columns; where
    the row has no room for them, a dot is.
    """

    text: str = ""
    role: Role = Role.TEXT
    lead: str = ""
    title: str = ""
    grid: bool = False

    @property
    def whole(self) -> str:
        """The title and the text, as they are read."""
        return f"{self.title} {self.text}" if self.title else self.text


Page = Sequence[Line]
BLANK: Final = Line()
_COLUMN_GAP: Final = re.compile(" {3,}")
_FIRST_COLUMN: Final = 14  # characters, of a grid


_ERASE: Final = "\x1b[H\x1b[2J\x1b[3J"  # the screen, and what can be scrolled back to


class Screen:
    """Standard output, plain or styled. Once writing has failed (a closed terminal), nothing more is written.

    `look` is how styled text looks: undimmed, until it is known which colors can be read on the background.
    """

    def __init__(self, out: TextIO, *, plain: bool) -> None:
        self.plain = plain
        self.look = UNDIMMED
        self._out = out
        self._console: Console | None = None
        self._gone = False

    def show(self, page: Iterable[Line]) -> None:
        """Writes the lines. Control characters in them are made visible here."""
        if self._gone:
            return
        with self._noticing_failure():
            if self.plain:
                width = width_here() if self._out.isatty() else None
                self._out.write("".join(f"{_plain(line, width)}\n" for line in page))
            else:
                self._show_styled(page)

    def split(self, page: Page, rows: int) -> tuple[Page, Page]:
        """Returns as much of the page as has room in so many rows, at least one line, and the rest."""
        width, taken = width_here(), 0
        for number, line in enumerate(page):
            taken += _row_count(line, width)
            if taken > rows and number:
                return page[:number], page[number:]
        return page, ()

    def clear(self) -> None:
        """Clears the screen and the scrollback. Does nothing in plain text, which has no cursor movement."""
        if self.plain or self._gone:
            return
        with self._noticing_failure():
            self._out.write(_ERASE)

    def erase_secret(self) -> bool:
        """Clears the screen and the scrollback on any terminal that can, a plain one too. Returns whether it can."""
        if self._gone or not self._out.isatty() or os.environ.get("TERM") in (None, "", "dumb", "unknown"):
            return False
        with self._noticing_failure():
            self._out.write(_ERASE)
        return not self._gone

    @contextmanager
    def _noticing_failure(self) -> Iterator[None]:
        """Flushes what the context has written, and remembers if that failed."""
        try:
            yield
            self._out.flush()
        except (OSError, ValueError):
            self._gone = True
            with suppress(OSError, ValueError):
                self._out.write(
                    "\n"
                )  # Stays in the buffer: the final flush in cli/app.py fails, and the command exits 1.

    def _show_styled(self, page: Iterable[Line]) -> None:
        from rich.text import Text

        console = self._console = self._console or self._new_console()
        width = min(console.width, MAX_WIDTH)
        for line in (_fitted(line, width) for line in page):
            lead = sanitized(line.lead)
            text = Text(sanitized(typeable(line.whole)), self.look[line.role])
            text.stylize(self.look[Role.TITLE], 0, len(sanitized(line.title)))
            rows = text.wrap(console, max(width - len(lead), 20)) if line.whole else [text]
            for number, row in enumerate(rows):
                row.rstrip()
                before = lead if number == 0 else " " * len(lead)
                console.print(
                    Text.assemble((before, self.look[Role.DIM]), row), no_wrap=True, overflow="ignore", crop=False
                )

    def _new_console(self) -> "Console":
        from rich.console import Console

        return Console(file=self._out, force_terminal=True, highlight=False, markup=False, emoji=False)


def command_lines(commands: Sequence[tuple[str, str]]) -> list[Line]:
    """Returns for each command, which begins with `mi`, how it is typed and what it does.

    They stand side by side; where the terminal has no room for that, one beneath the other.
    """
    typed = [typeable_command(command) for command, _ in commands]
    column = max(map(len, typed))
    if 3 + column + 2 + max(len(does) for _, does in commands) <= width_here():
        leads = [f"   {command:<{column}}  " for command in typed]
        return [Line(does, lead=lead) for lead, (_, does) in zip(leads, commands, strict=True)]
    pairs = zip(typed, commands, strict=True)
    return [line for command, (_, does) in pairs for line in (Line(command, lead="   "), Line(does, lead="      "))]


def row_count(page: Page) -> int:
    """Returns how many rows of the terminal the page takes."""
    return sum(_row_count(line, width_here()) for line in page)


def _row_count(line: Line, width: int) -> int:
    return _plain(line, width).count("\n") + 1


def _fitted(line: Line, width: int) -> Line:
    """Returns the row of a grid as it fits into the width: with its columns, or one after the other."""
    if not line.grid or len(line.text) <= width:
        return line
    first, *others = _COLUMN_GAP.split(line.text.rstrip())
    if len(first) >= _FIRST_COLUMN:
        return Line(" · ".join((first, *others)), line.role)
    return Line(" · ".join(others), line.role, f"{first:<{_FIRST_COLUMN}}")


def _plain(line: Line, width: int | None) -> str:
    """Returns the line as plain text: as it is for a pipe (width None), or in rows that end between two words."""
    line = _fitted(line, width) if width else line
    lead = line.lead
    rows = sanitized(typeable(line.whole)).split("\n")
    if width:
        rows = [part for row in rows for part in in_rows(row, max(width - len(lead), 20))]
    return (lead + f"\n{' ' * len(lead)}".join(rows)).rstrip()


def is_plain(*, asked: bool, out: TextIO) -> bool:
    """Returns whether to write text without color, boxes or cursor movement."""
    return asked or not out.isatty() or os.environ.get("TERM") == "dumb" or os.environ.get("MI_ACCESSIBLE") == "1"
