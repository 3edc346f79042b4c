"""What is shown, as data, and the one place that shows it.

A page is a sequence of lines, each with a role. `Screen.show` is the one place that writes pages: plain text in a pipe,
plain text in rows on a plain terminal, and styled rows with Rich elsewhere. There control characters are made visible.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TextIO

from mi_cli.records.text import sanitized

if TYPE_CHECKING:
    from rich.console import Console


class Role(StrEnum):
    """What a piece of text is for. `THEME` says how it looks."""

    TEXT = "text"
    TITLE = "title"
    SAY = "say"
    DIM = "dim"
    WARN = "warn"


# Each color has a contrast of at least 4.5:1 both on white and on black (WCAG 2.2, 1.4.3). Each is one of the 256 that
# terminals without true color have, so that it is not replaced by another one. A test measures both.
THEME: Final = {
    Role.TEXT: "",
    Role.TITLE: "bold #00875f",
    Role.SAY: "bold",
    Role.DIM: "#767676",
    Role.WARN: "bold #af5f5f",
}


@dataclass(frozen=True)
class Line:
    """A paragraph. `lead` stands before its first row; the other rows are indented by its width.

    `title` opens the first row, in the look of a title.
    """

    text: str = ""
    role: Role = Role.TEXT
    lead: str = ""
    title: str = ""

    @property
    def whole(self) -> str:
        """The title and the text, as they are read."""
        return f"{self.title} {self.text}" if self.title else self.text


Page = Sequence[Line]
BLANK: Final = Line()
MAX_WIDTH: Final = 88


class Screen:
    """Standard output, plain or styled. Once writing has failed (a closed terminal), nothing more is written."""

    def __init__(self, out: TextIO, *, plain: bool) -> None:
        self.plain = plain
        self._out = out
        self._console: Console | None = None
        self._gone = False

    def show(self, page: Iterable[Line]) -> None:
        """Writes the lines. Control characters in them are made visible here."""
        if self._gone:
            return
        with self._noticing_failure():
            if self.plain:
                width = _width() if self._out.isatty() else None
                self._out.write("".join(f"{_plain(line, width)}\n" for line in page))
            else:
                self._show_styled(page)

    def clear(self) -> None:
        """Clears the screen and the scrollback. Does nothing in plain text, which has no cursor movement."""
        if self.plain or self._gone:
            return
        with self._noticing_failure():
            self._out.write("\x1b[H\x1b[2J\x1b[3J")

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
        for line in page:
            lead = sanitized(line.lead)
            text = Text(sanitized(line.whole), THEME[line.role])
            text.stylize(THEME[Role.TITLE], 0, len(sanitized(line.title)))
            rows = text.wrap(console, max(width - len(lead), 20)) if line.whole else [text]
            for number, row in enumerate(rows):
                row.rstrip()
                before = lead if number == 0 else " " * len(lead)
                console.print(
                    Text.assemble((before, THEME[Role.DIM]), row), no_wrap=True, overflow="ignore", crop=False
                )

    def _new_console(self) -> "Console":
        from rich.console import Console

        return Console(file=self._out, force_terminal=True, highlight=False, markup=False, emoji=False)


def in_rows(text: str, width: int) -> list[str]:
    """Returns the text in rows of at most `width` characters that end between two words; a longer word stays whole."""
    import textwrap

    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False, replace_whitespace=False) or [""]


def _plain(line: Line, width: int | None) -> str:
    """Returns the line as plain text: as it is for a pipe (width None), or in rows that end between two words."""
    lead = line.lead
    rows = sanitized(line.whole).split("\n")
    if width:
        rows = [part for row in rows for part in in_rows(row, max(width - len(lead), 20))]
    return (lead + f"\n{' ' * len(lead)}".join(rows)).rstrip()


def _width() -> int:
    return min(shutil.get_terminal_size().columns, MAX_WIDTH)


def is_plain(*, asked: bool, out: TextIO) -> bool:
    """Returns whether to write text without color, boxes or cursor movement."""
    return asked or not out.isatty() or os.environ.get("TERM") == "dumb" or os.environ.get("MI_ACCESSIBLE") == "1"
