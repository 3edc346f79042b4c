"""A terminal with a person at it: `mi` runs on a pty, and what it writes is drawn by pyte as a screen would draw it."""

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

PATIENCE: Final = 90.0  # seconds; a test waits for an event, so this is only ever used up by a test that fails

BAR: Final = "F8 safety\n"  # ends the bottom bar: once it is there, the keyboard is listened to

ENTER: Final = "\r"
TAB: Final = "\t"
BACKSPACE: Final = "\x7f"
CTRL_C: Final = "\x03"
CTRL_D: Final = "\x04"
F8: Final = "\x1b[19~"
F9: Final = "\x1b[20~"
UP: Final = "\x1b[A"

# Makes the pty the controlling terminal, so that closing it sends SIGHUP, and Ctrl-C what it is for a person, whatever
# started the tests; then becomes `mi`.
_LAUNCH: Final = (
    "import fcntl,os,signal,sys,termios; fcntl.ioctl(0,termios.TIOCSCTTY,0); "
    "signal.signal(signal.SIGINT,signal.SIG_DFL); os.execv(sys.argv[1],sys.argv[1:])"
)


def environment(home: Path, **more: str) -> dict[str, str]:
    """Nothing of the machine's own but how to find programs, and what measures coverage."""
    kept = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COV")}
    return kept | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "MI_STORE": str(home / "store"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "LOGNAME": "counselor",
        **more,
    }


class Terminal:
    """`mi` on a terminal of its own. What the person sees is `screen`; with what scrolled away it is `text`."""

    def __init__(self, arguments: Sequence[str], env: Mapping[str, str], *, columns: int = 80, rows: int = 24) -> None:
        self.raw = b""
        self._display = pyte.HistoryScreen(columns, rows, history=5000, ratio=0.5)
        self._stream = pyte.ByteStream(self._display)
        self._master, slave = pty.openpty()
        self._set_size(columns, rows)
        self.process = subprocess.Popen(
            [sys.executable, "-S", "-E", "-c", _LAUNCH, sys.executable, "-m", "mi_cli", *arguments],
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
        """The rows on the screen now."""
        return [row.rstrip() for row in self._display.display]

    @property
    def screen(self) -> str:
        """What is on the screen now, each row with its end."""
        return "\n".join(self.rows) + "\n"

    @property
    def columns(self) -> int:
        """How wide the screen is."""
        return int(self._display.columns)

    @property
    def cells(self) -> list[list[pyte.screens.Char]]:
        """What is on the screen now, with its colours."""
        return [[self._display.buffer[y][x] for x in range(self.columns)] for y in range(self._display.lines)]

    @property
    def text(self) -> str:
        """What can be scrolled back to, then the screen."""
        width = self._display.columns
        rows = ("".join(line[x].data for x in range(width)).rstrip() for line in self._display.history.top)
        return "\n".join([*rows, self.screen])

    @property
    def cursor(self) -> tuple[int, int]:
        """The cursor's column and row."""
        return self._display.cursor.x, self._display.cursor.y

    @property
    def line(self) -> str:
        """The row that the cursor is in: what is being typed."""
        return self.rows[self.cursor[1]]

    @property
    def drawn(self) -> bool:
        """Whether a line is listened for, and all around it is drawn: prompt_toolkit shows the cursor last.

        What writes no sequences (plain text, a question outside an interview) is drawn when it is there.
        """
        return not self._styled or (self._listened and self.raw.rfind(b"\x1b[?25h") > self.raw.rfind(b"\x1b[?25l"))

    @property
    def _asked(self) -> bool:
        """Whether a question stands there to the end, and its answer can be typed."""
        return self.drawn and self.line.endswith(":")

    @property
    def _styled(self) -> bool:
        return b"\x1b[?2004h" in self.raw

    @property
    def _listened(self) -> bool:
        return self.raw.rfind(b"\x1b[?2004h") > self.raw.rfind(b"\x1b[?2004l")

    @property
    def _typed(self) -> str:
        """The end of what is being typed, over two rows."""
        row = self.cursor[1]
        return "".join(self.rows[max(row - 1, 0) : row + 1])

    # -- what is done ---------------------------------------------------------------------------------------------

    def send(self, keys: str | bytes) -> None:
        """Press keys."""
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            self._read(0.0)
            data = data[os.write(self._master, data[:1024]) :]

    def press(self, keys: str) -> None:
        """Press what enters a line, and wait until the line has been taken: what then stands there came after it."""
        seen, end = len(self.raw), b"\x1b[?2004l" if self._listened else b"\n"
        self.send(keys)
        self.wait_until(lambda: end in self.raw[seen:], "the line to be taken")

    def enter(self, line: str, then: str | None = None) -> None:
        """Type a line, see it stand there, press Enter, and wait until `then` is on the screen."""
        self.send(line)
        self.wait_until(lambda: line[-20:].strip() in self._typed, f"the echo of {line!r}")
        self.press(ENTER)
        if then is not None:
            self.wait_for(then)

    def say(self, line: str) -> None:
        """Enter a line, and wait until the next one can be typed."""
        self.enter(line)
        self.wait_for_prompt()

    def press_enter(self, then: str) -> None:
        """Press Enter on what stands there, and wait for `then`."""
        self.press(ENTER)
        self.wait_for(then)

    def pass_by(self) -> None:
        """Press Enter on the question that is asked, and wait until the next one is."""
        self.wait_until(lambda: self._asked, "a question")
        self.press(ENTER)
        self.wait_until(lambda: self._asked, "the next question")

    def paste(self, text: str) -> None:
        """Paste, as a terminal with bracketed paste does."""
        self.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size, as xterm does: rows leave at the top only if the cursor would leave below."""
        screen = self._display
        column, row = screen.cursor.x, screen.cursor.y
        gone = max(row - rows + 1, 0)
        if rows < screen.lines:  # pyte drops rows at the top; let it find blank ones there
            screen.cursor_position()
            screen.insert_lines(screen.lines - rows - gone)
        screen.resize(rows, columns)
        screen.cursor.x, screen.cursor.y = min(column, columns - 1), row - gone
        self._set_size(columns, rows)

    def close(self) -> None:
        """Close the window, as a person does who has enough."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    # -- what is waited for ---------------------------------------------------------------------------------------

    def wait_for(self, text: str) -> None:
        """Wait until the screen shows the text."""
        self.wait_until(lambda: text in self.screen, repr(text))

    def wait_for_line(self, text: str) -> None:
        """Wait until the line being typed is this one, prompt and all."""
        self.wait_until(lambda: self.drawn and self.line == text, f"the line {text!r}")

    def wait_for_prompt(self) -> None:
        """Wait until an empty line can be typed in."""
        self.wait_until(lambda: self.drawn and self.line in ("›", "…", ">", "note>"), "an empty line")

    def wait_until(self, there: Callable[[], bool], what: str) -> None:
        """Wait for something, drawing what comes meanwhile. Fails when it never comes."""
        deadline = time.monotonic() + PATIENCE
        while not there():
            if time.monotonic() > deadline or not self._read(0.05):
                if there():
                    return
                raise AssertionError(f"{what} was waited for in vain; on the screen:\n{self.text}")

    def wait_for_exit(self) -> int:
        """Wait until the command is over; its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._master >= 0 and self._read(0.05):
            if time.monotonic() > deadline:
                raise AssertionError(f"it did not end; on the screen:\n{self.text}")
        return self.process.wait(PATIENCE)

    # -- the pty --------------------------------------------------------------------------------------------------

    def _read(self, wait: float) -> bool:
        """Draw what there is; False once the terminal has nobody at its other end."""
        if self._master < 0:
            return self.process.poll() is None
        ready, _, _ = select.select([self._master], [], [], wait)
        if not ready:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:  # EIO: the program is gone
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def _set_size(self, columns: int, rows: int) -> None:
        with contextlib.suppress(OSError):
            fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
