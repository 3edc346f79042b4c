"""A terminal for tests: `mi` runs on a pty, and pyte draws what it writes as a screen would.

A test types (`send`, `enter`, `press_enter` …) and waits for what the screen then shows (`wait_for` …).
Before a key is sent, the line must be ready for it: `wait_for_prompt` waits until all of the screen is drawn.
"""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyte

PATIENCE: Final = 90.0  # Seconds. Tests wait for events, so only a test that fails waits that long.

BAR: Final = "F8 safety\n"  # The end of the bottom bar. Once it is drawn, the keyboard is read.

ENTER: Final = "\r"
TAB: Final = "\t"
BACKSPACE: Final = "\x7f"
CTRL_C: Final = "\x03"
CTRL_D: Final = "\x04"
F8: Final = "\x1b[19~"
F9: Final = "\x1b[20~"
UP: Final = "\x1b[A"
ASKS_BACKGROUND: Final = b"\x1b]11;?\x1b\\"
ASKS_WHAT_IT_IS: Final = b"\x1b[c"

# Makes the pty the controlling terminal, so that closing it sends SIGHUP. Restores the default action of Ctrl-C, which
# whatever started the tests may have changed. Then becomes `mi`.
_LAUNCH: Final = (
    "import fcntl,os,signal,sys,termios; fcntl.ioctl(0,termios.TIOCSCTTY,0); "
    "signal.signal(signal.SIGINT,signal.SIG_DFL); os.execv(sys.argv[1],sys.argv[1:])"
)

# Becomes `mi`, where it is another time than now: the first argument says which.
_AT: Final = (
    "import sys, time; from datetime import datetime, timedelta; from mi_cli.cli import surroundings; "
    "then, began = surroundings.here(datetime.fromisoformat(sys.argv.pop(1))), time.monotonic(); "
    "surroundings.moment = lambda: then + timedelta(seconds=time.monotonic() - began); "
    "from mi_cli.__main__ import main; sys.exit(main())"
)


def program(now: str | None) -> list[str]:
    """Returns the arguments of Python with which it becomes `mi`, at that time if one is given."""
    return ["-c", _AT, now] if now else ["-m", "mi_cli"]


def environment(home: Path, **more: str) -> dict[str, str]:
    """Returns an environment with nothing of this machine but PATH and the variables that measure coverage."""
    kept = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COV")}
    return kept | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "MI_STORE": str(home / "store"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "LOGNAME": "counselor",
        **more,
    }


READS: Final = b"\x1b[?2004h"  # what the program writes when it begins to read a line


class Terminal:
    """`mi` on a terminal of its own. `screen` is what a person sees, and `text` has what scrolled away too.

    `answers` are what the terminal answers to questions about itself, each once; without them it answers nothing.
    `now` is the time that it takes it to be, as RFC 3339 writes it; without an offset it is local.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        env: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
        answers: Mapping[bytes, bytes] | None = None,
        now: str | None = None,
    ) -> None:
        self.raw = b""
        self._answers = dict(answers or {})
        self._display = pyte.HistoryScreen(columns, rows, history=5000, ratio=0.5)
        self._stream = pyte.ByteStream(self._display)
        self._master, slave = pty.openpty()
        self._set_size(columns, rows)
        self.process = subprocess.Popen(
            [sys.executable, "-S", "-E", "-c", _LAUNCH, sys.executable, *program(now), *arguments],
            stdin=slave, stdout=slave, stderr=slave, env=dict(env), start_new_session=True, close_fds=True,
        )  # fmt: skip
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)

    # -- what is seen ---------------------------------------------------------------------------------------------

    @property
    def rows(self) -> list[str]:
        """The rows on the screen now, without blanks at their ends."""
        return [row.rstrip() for row in self._display.display]

    @property
    def screen(self) -> str:
        """The rows on the screen now, each with its line end."""
        return "\n".join(self.rows) + "\n"

    @property
    def columns(self) -> int:
        """The width of the screen in characters."""
        return int(self._display.columns)

    @property
    def cells(self) -> list[list[pyte.screens.Char]]:
        """The characters on the screen now, row by row, with their colors."""
        return [[self._display.buffer[y][x] for x in range(self.columns)] for y in range(self._display.lines)]

    @property
    def text(self) -> str:
        """The rows that scrolled away, then the screen."""
        width = self._display.columns
        rows = ("".join(line[x].data for x in range(width)).rstrip() for line in self._display.history.top)
        return "\n".join([*rows, self.screen])

    @property
    def cursor(self) -> tuple[int, int]:
        """The column and the row of the cursor, counted from 0."""
        return self._display.cursor.x, self._display.cursor.y

    @property
    def line(self) -> str:
        """The row of the cursor, where the line is typed."""
        return self.rows[self.cursor[1]]

    @property
    def drawn(self) -> bool:
        """Whether a line is being read and all of it is drawn: prompt_toolkit shows the cursor last.

        Plain text and questions outside an interview have no such sequence; they count as drawn at once.
        """
        return not self._styled or (self._is_reading and self.raw.rfind(b"\x1b[?25h") > self.raw.rfind(b"\x1b[?25l"))

    @property
    def _asked(self) -> bool:
        """Whether the end of a question stands before the cursor, or above it, so that its answer can be typed."""
        return self.drawn and (self.line or self.rows[self.cursor[1] - 1]).endswith(":")

    @property
    def _styled(self) -> bool:
        return READS in self.raw

    @property
    def _is_reading(self) -> bool:
        return self.raw.rfind(READS) > self.raw.rfind(b"\x1b[?2004l")

    @property
    def _typed(self) -> str:
        """The row of the cursor and the row above it, joined: the end of a line that may be wrapped."""
        row = self.cursor[1]
        return "".join(self.rows[max(row - 1, 0) : row + 1])

    # -- what is done ---------------------------------------------------------------------------------------------

    def send(self, keys: str | bytes) -> None:
        """Sends keys to the program."""
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            self._read(0.0)
            data = data[os.write(self._master, data[:1024]) :]

    def press(self, keys: str) -> None:
        """Sends keys that enter a line, and waits until the line was read: what is written later comes after it."""
        seen, end = len(self.raw), b"\x1b[?2004l" if self._is_reading else b"\n"
        self.send(keys)
        self.wait_until(lambda: end in self.raw[seen:], "the line to be taken")

    def enter(self, line: str, then: str | None = None) -> None:
        """Types a line, waits for its echo, presses Enter, and waits until `then` is on the screen."""
        self.send(line)
        self.wait_until(lambda: line[-20:].strip() in self._typed, f"the echo of {line!r}")
        self.press(ENTER)
        if then is not None:
            self.wait_for(then)

    def say(self, line: str) -> None:
        """Enters a line, and waits until the next one can be typed."""
        self.enter(line)
        self.wait_for_prompt()

    def press_enter(self, then: str) -> None:
        """Presses Enter on the line as it stands, and waits until `then` is on the screen."""
        self.press(ENTER)
        self.wait_for(then)

    def pass_by(self) -> None:
        """Passes over a question with Enter, and waits until the next one is asked."""
        self.wait_until(lambda: self._asked, "a question")
        asked = self.raw.count(READS)
        self.press(ENTER)
        self.wait_until(lambda: self.raw.count(READS) > asked and self._asked, "the next question")

    def paste(self, text: str) -> None:
        """Pastes the text, as a terminal with bracketed paste does."""
        self.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """Changes the size of the window as xterm does: rows go at the top only if the cursor would go below."""
        screen = self._display
        column, row = screen.cursor.x, screen.cursor.y
        gone = max(row - rows + 1, 0)
        if rows < screen.lines:  # pyte drops rows at the top, so blank ones are put there first.
            screen.cursor_position()
            screen.insert_lines(screen.lines - rows - gone)
        screen.resize(rows, columns)
        screen.cursor.x, screen.cursor.y = min(column, columns - 1), row - gone
        self._set_size(columns, rows)

    def close(self) -> None:
        """Closes the window."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Sends a signal to the program."""
        self.process.send_signal(number)

    # -- what is waited for ---------------------------------------------------------------------------------------

    def wait_for(self, text: str) -> None:
        """Waits until the screen shows the text."""
        self.wait_until(lambda: text in self.screen, repr(text))

    def wait_for_line(self, text: str) -> None:
        """Waits until the row of the cursor is the text, with its prompt."""
        self.wait_until(lambda: self.drawn and self.line == text, f"the line {text!r}")

    def wait_for_prompt(self) -> None:
        """Waits until a line can be typed, and nothing stands in it."""
        self.wait_until(lambda: self.drawn and self.line in ("›", "…", ">", "note>"), "an empty line")

    def wait_until(self, happened: Callable[[], bool], what: str) -> None:
        """Draws what the program writes until `happened` is true. Raises AssertionError when that never comes."""
        deadline = time.monotonic() + PATIENCE
        while not happened():
            if time.monotonic() > deadline or not self._read(0.05):
                if happened():
                    return
                raise AssertionError(f"{what} was waited for in vain; on the screen:\n{self.text}")

    def wait_for_exit(self) -> int:
        """Waits until the command has ended, and returns its exit code, after Ctrl-C as a shell gives it.

        Where Ctrl-C interrupts Python while it makes a class, Python ends by the signal, although `mi` dealt with it
        and gave 130. A shell shows 130 for both.
        """
        deadline = time.monotonic() + PATIENCE
        while self._master >= 0 and self._read(0.05):
            if time.monotonic() > deadline:
                raise AssertionError(f"it did not end; on the screen:\n{self.text}")
        code = self.process.wait(PATIENCE)
        if code == -signal.SIGINT:
            assert "Traceback" not in self.text, self.text
            return 128 + signal.SIGINT
        return code

    # -- the pty --------------------------------------------------------------------------------------------------

    def _read(self, wait: float) -> bool:
        """Draws what the program has written. Returns False once the program has closed the terminal."""
        if self._master < 0:
            return self.process.poll() is None
        ready, _, _ = select.select([self._master], [], [], wait)
        if not ready:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:  # EIO: the program has ended.
            return False
        self.raw += data
        self._stream.feed(data)
        for question in [question for question in self._answers if question in self.raw]:
            os.write(self._master, self._answers.pop(question))
        return bool(data)

    def _set_size(self, columns: int, rows: int) -> None:
        with contextlib.suppress(OSError):
            fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
