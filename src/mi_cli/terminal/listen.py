"""Where the lines of an interview come from: a pipe, a file, a script or a terminal (see `keyboard`).

All of them give an `InputLine`, so that one loop serves them all. An `InputLine` without a `line` says why there is
none: the input ended, it is broken, somebody asked the program to stop, or (at a terminal) a key such as F9.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from mi_cli.terminal.page import Line, Screen


@dataclass(frozen=True)
class InputLine:
    """A line that was read, or the reason why there is none.

    `number` counts the lines from 1. `replaced` says that the line had bytes that are not UTF-8, now U+FFFD.
    Without a `line`: `draft` is what was typed so far, `hide` asks to hide the screen, `idle` says that no key was
    pressed for long, `broken` is the errno with which reading failed, and `stopped` says that the program is to stop.
    """

    line: str | None
    number: int = 0
    replaced: bool = False
    draft: str = ""
    hide: bool = False
    idle: bool = False
    broken: int | None = None
    stopped: bool = False


class StopReading(BaseException):
    """Raised by a signal handler to leave a read that blocks."""


class PipeReader:
    """Reads lines from a pipe or a file.

    A line ends at LF, and one CR before it is dropped. Bytes that are not UTF-8 become U+FFFD.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._number = 0
        self._reading = False
        self._stopped = False

    def read_line(self, _draft: str = "") -> InputLine:
        """Returns the next line. A pipe has no draft, so that argument is ignored."""
        try:
            self._reading = True
            raw = b"" if self._stopped else self._source.readline()
        except StopReading:
            raw = b""
        except OSError as error:
            return InputLine(None, self._number + 1, broken=error.errno or 0)
        finally:
            self._reading = False
        if not raw:
            return InputLine(None, self._number, stopped=self._stopped)
        self._number += 1
        raw = raw.removesuffix(b"\n").removesuffix(b"\r") if raw.endswith(b"\n") else raw
        try:
            return InputLine(raw.decode(), self._number)
        except UnicodeDecodeError:
            return InputLine(raw.decode(errors="replace"), self._number, replaced=True)

    def stop(self) -> None:
        """Leaves a read that blocks; between two reads, makes the next one end. Called by a signal handler."""
        self._stopped = True
        if self._reading:
            raise StopReading

    def count_unread(self) -> int:
        """Reads to the end, and returns how many lines that are not blank were left."""
        return sum(1 for line in self._source if line.strip())


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
