"""Where lines come from: a pipe or file, or a terminal. Both give the same `InputLine` to the same loop."""

import contextlib
import io
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import BinaryIO

from mi_cli.terminal.page import Line, Screen


@dataclass(frozen=True)
class InputLine:
    """A line, or why there is none: `broken` is the system's number of why the input could not be read on.

    `number` counts lines from 1; `replaced` when bytes were not UTF-8; `idle` when there was no key for long.
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
    """Raised out of a blocking read by a signal."""


class PipeListener:
    """Lines from a pipe or a file. They end at LF; one CR before it is dropped; what is not UTF-8 becomes U+FFFD."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._number = 0
        self._reading = False
        self._stopped = False

    def hear(self, _draft: str = "") -> InputLine:
        """The next line. There is no draft in a pipe."""
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
        """Break out of a read; between reads, stop before the next one."""
        self._stopped = True
        if self._reading:
            raise StopReading

    def rest(self) -> int:
        """How many lines with something in them are left unread."""
        return sum(1 for line in self._source if line.strip())


class Recited(PipeListener):
    """The lines of a script, each shown as it is heard."""

    def __init__(self, script: Sequence[str], screen: Screen) -> None:
        super().__init__(io.BytesIO("".join(f"{line}\n" for line in script).encode()))
        self._screen = screen

    def hear(self, _draft: str = "") -> InputLine:
        """The next line."""
        heard = super().hear()
        if heard.line is not None:
            self._screen.show([Line(heard.line, lead="> ")])
        return heard


@contextmanager
def stopping(stop: Callable[[], None], *, interrupt: bool) -> Iterator[None]:
    """While it lasts, SIGTERM and SIGHUP (a closed terminal) call `stop`.

    SIGINT does so too if `interrupt`; else it does nothing: Ctrl-C between two lines must not end an interview.
    """
    numbers = [signal.SIGTERM, getattr(signal, "SIGHUP", None), signal.SIGINT]
    before = {}

    def handler(number: int, _frame: FrameType | None) -> None:
        if interrupt or number != signal.SIGINT:
            stop()

    for number in numbers:
        if number is not None:
            before[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, old in before.items():
            with contextlib.suppress(ValueError, OSError):
                signal.signal(number, old)


@contextmanager
def unechoed() -> Iterator[None]:
    """While it lasts, the terminal hands on what is typed, as it is, also between two lines.

    By itself it would echo it, so that it stood there twice, and keep a Ctrl-D.
    """
    if sys.platform == "win32":  # where it does not
        yield
        return
    import termios

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    quiet = list(before)
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(terminal, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        with contextlib.suppress(termios.error, OSError):  # the terminal is gone
            termios.tcsetattr(terminal, termios.TCSANOW, before)
