"""What is shown, as data: lines with a role each. One place puts them on a terminal or into a pipe."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TextIO

from mi_cli.records.text import sanitized

if TYPE_CHECKING:
    from rich.console import Console


class Role(StrEnum):
    """What a piece of text is; the theme says how it looks."""

    TEXT = "text"
    TITLE = "title"
    SAY = "say"
    DIM = "dim"
    WARN = "warn"


# Each colour has a contrast of at least 4.5:1 on white and on black alike (WCAG 2.2, 1.4.3), and is one of the 256 that
# terminals without true colour have, so that none is put in its place; a test measures it.
THEME: Final = {
    Role.TEXT: "",
    Role.TITLE: "bold #00875f",
    Role.SAY: "bold",
    Role.DIM: "#767676",
    Role.WARN: "bold #af5f5f",
}


@dataclass(frozen=True)
class Line:
    """A paragraph. `lead` stands before its first row, and as many blanks before the others."""

    text: str = ""
    role: Role = Role.TEXT
    lead: str = ""


Page = Sequence[Line]
BLANK: Final = Line()
MAX_WIDTH: Final = 88


class Screen:
    """Standard output, plain or styled. Once it is gone (a closed terminal), what is shown goes nowhere."""

    def __init__(self, out: TextIO, *, plain: bool) -> None:
        self.plain = plain
        self._out = out
        self._console: Console | None = None
        self._gone = False

    def show(self, page: Iterable[Line]) -> None:
        """Show the lines; words in them are disarmed here, and nowhere else."""
        if self._gone:
            return
        with self._while_there():
            if self.plain:
                width = _width() if self._out.isatty() else None
                self._out.write("".join(f"{_plain(line, width)}\n" for line in page))
            else:
                self._show_styled(page)

    def clear(self) -> None:
        """Clear screen and scrollback. Plain text cannot."""
        if self.plain or self._gone:
            return
        with self._while_there():
            self._out.write("\x1b[H\x1b[2J\x1b[3J")

    @contextmanager
    def _while_there(self) -> Iterator[None]:
        try:
            yield
            self._out.flush()
        except (OSError, ValueError):
            self._gone = True
            with suppress(OSError, ValueError):
                self._out.write("\n")  # stays behind, so that the end of the command notices what was not written

    def _show_styled(self, page: Iterable[Line]) -> None:
        from rich.text import Text

        console = self._console = self._console or self._new_console()
        width = min(console.width, MAX_WIDTH)
        for line in page:
            lead = sanitized(line.lead)
            text = Text(sanitized(line.text), THEME[line.role])
            rows = text.wrap(console, max(width - len(lead), 20)) if line.text else [text]
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
    """The text in rows that end between two words."""
    import textwrap

    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False, replace_whitespace=False) or [""]


def _plain(line: Line, width: int | None) -> str:
    """The line as it stands in a pipe, or in rows for a terminal, which would break them in the middle of a word."""
    lead = line.lead
    rows = sanitized(line.text).split("\n")
    if width:
        rows = [part for row in rows for part in in_rows(row, max(width - len(lead), 20))]
    return (lead + f"\n{' ' * len(lead)}".join(rows)).rstrip()


def _width() -> int:
    return min(shutil.get_terminal_size().columns, MAX_WIDTH)


def is_plain(*, asked: bool, out: TextIO) -> bool:
    """Whether to write text with no colour, boxes or cursor movement."""
    return asked or not out.isatty() or os.environ.get("TERM") == "dumb" or os.environ.get("MI_ACCESSIBLE") == "1"


def utf8_streams() -> None:
    """Have the standard streams be UTF-8 whatever the locale, and replace what is not. A closed one leads nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  # open to the end
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
