"""Where the lines of an interview come from: a pipe, a file, a script or a terminal (see `keyboard`).

All of them give an `InputLine`, so that one loop serves them all. An `InputLine` without a `line` says why there is
none: the input ended, it is broken, somebody asked the program to stop, or (at a terminal) a key such as F9.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from mi_cli.records.decoding import Lines, TextLine
from mi_cli.records.outside_keys import Reading
from mi_cli.records.utf8 import NotText
from mi_cli.terminal.page import Line, Screen

_CHUNK: Final = 1 << 16


@dataclass(frozen=True)
class InputLine:
    """A line that was read, or the reason why there is none.

    `number` counts the lines from 1. `reading` says how the bytes of the line were read.
    Without a `line`: `draft` is what was typed so far, `hide` asks to hide the screen, `idle` says that no key was
    pressed for long, `broken` is the errno with which reading failed, and `stopped` says that the program is to stop.
    """

    line: str | None
    number: int = 0
    reading: Reading = Reading.AS_WRITTEN
    draft: str = ""
    hide: bool = False
    idle: bool = False
    broken: int | None = None
    stopped: bool = False


class StopReading(BaseException):
    """Raised by a signal handler to leave a read that blocks."""


class PipeReader:
    """Reads lines from a pipe or a file, each as soon as it is there, as `records.decoding` reads text.

    `encoding` is one that `checked_encoding` has returned, or null.
    """

    def __init__(self, source: BinaryIO, encoding: str | None = None) -> None:
        self._source = source
        self._lines = Lines(encoding)
        self._next: TextLine | None = None  # a line that came with those before it
        self._number = 0
        self._reading = False
        self._stopped = False

    def require_interview(self) -> None:
        """Waits for the first line. Raises NotText for what is no text or no interview, OSError."""
        while not self._lines.is_decided:
            self._lines.feed(self._read())
        if kind := self._lines.kind():
            raise NotText(kind)

    def read_line(self, _draft: str = "") -> InputLine:
        """Returns the next line. A pipe has no draft, so that argument is ignored."""
        try:
            line = None if self._stopped else self._next_line()
        except StopReading:
            line = None
        except OSError as error:
            return InputLine(None, self._number + 1, broken=error.errno or 0)
        if line is None:
            return InputLine(None, self._number, stopped=self._stopped)
        self._number += 1
        return InputLine(line.text, self._number, reading=line.reading)

    @property
    def has_line(self) -> bool:
        """Whether the next line has come already, so that `read_line` does not wait for it."""
        self._next = self._next or self._lines.next_line()
        return self._next is not None and not self._stopped

    def _next_line(self) -> TextLine | None:
        if self.has_line:
            line, self._next = self._next, None
            return line
        while (line := self._lines.next_line()) is None and not self._lines.ended:
            self._lines.feed(self._read())
        return line

    def _read(self) -> bytes:
        """Returns the bytes that have come, or waits for some; none at the end. Raises StopReading when stopped."""
        try:
            self._reading = True
            if self._stopped:
                raise StopReading
            source = self._source
            return source.read1(_CHUNK) if isinstance(source, io.BufferedReader) else source.readline()
        finally:
            self._reading = False

    def stop(self) -> None:
        """Leaves a read that blocks; between two reads, makes the next one end. Called by a signal handler."""
        self._stopped = True
        if self._reading:
            raise StopReading

    def count_unread(self) -> int:
        """Reads to the end, and returns how many lines that are not blank were left."""
        left = 0
        while (line := self._next_line()) is not None:
            left += line.reading is Reading.UNREADABLE or bool(line.text.strip())
        return left


class ScriptReader(PipeReader):
    """Reads the lines of a script, and shows each as it is read."""

    def __init__(self, script: Sequence[str], screen: Screen) -> None:
        super().__init__(io.BytesIO("".join(f"{line}\n" for line in script).encode()))
        self._screen = screen

    def read_line(self, _draft: str = "") -> InputLine:
        """Returns the next line."""
        entered = super().read_line()
        if entered.line is not None:
            self._screen.show([Line(entered.line, lead="> ")])
        return entered
