"""What a command waits for is said on standard error once it takes longer than half a second, and is gone when done.

It is the one place for that. What takes its time may say how much of it is done, which is then shown as a percentage.
Whoever reads a pipe sees nothing of it. In plain text, where nothing is erased, it is one line that stays.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Timer
from typing import Final

_DELAY: Final = 0.5  # Seconds before anything is said.
_ERASED: Final = "\r\x1b[K"


@contextmanager
def progress(what: str, *, plain: bool) -> Iterator[Callable[[int, int], None]]:
    """Gives a callback that takes how much is done, and of how much; it need not be called.

    `what` is being done meanwhile, such as `Opening the records`.
    """
    notice = _Notice(what, plain)
    cancel = _after(_DELAY, notice.show) if sys.stderr.isatty() else None
    try:
        yield notice.step
    finally:
        if cancel:
            cancel()
        notice.end()


def _after(seconds: float, call: Callable[[], None]) -> Callable[[], None]:
    """Has a function called after so many seconds. Returns what cancels that."""
    timer = Timer(seconds, call)
    timer.daemon = True
    timer.start()
    return timer.cancel


@dataclass
class _Notice:
    what: str
    plain: bool
    _percent: int | None = None
    _is_shown: bool = False
    _is_done: bool = False
    _lock: Lock = field(default_factory=Lock)

    def step(self, done: int, of: int) -> None:
        percent = 100 * done // of if of else None
        with self._lock:
            if percent != self._percent:
                self._percent = percent
                if self._is_shown and not self.plain:
                    self._write()

    def show(self) -> None:
        with self._lock:
            if not self._is_done:  # It may end just as it is to be shown.
                self._is_shown = True
                self._write()

    def end(self) -> None:
        with self._lock:
            self._is_done = True
            if self._is_shown and not self.plain:
                _put(_ERASED)

    def _write(self) -> None:
        if self.plain:
            _put(f"{self.what} …\n")
            return
        percent = "" if self._percent is None else f" {self._percent}%"
        # One row at most: what is longer could not be erased whole.
        _put(_ERASED + f"{self.what} …{percent}"[: shutil.get_terminal_size().columns - 1])


def _put(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):  # Nobody is there to read it any more; what is being done goes on.
        return
