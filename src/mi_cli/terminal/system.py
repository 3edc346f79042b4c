"""Calls to the operating system about the terminal: the one module of this room where POSIX and Windows differ.

Five things differ, and each function here gives the same result on both systems:

- whether a stream is a terminal (`is_terminal`): on Windows the device `NUL` says that it is one,
- what a terminal answers about itself (`ask_terminal`): on Windows it is not asked,
- whether the terminal repeats what is typed between two lines (`without_echo`): on Windows it does not,
- which signals ask a program to stop (`stopping`): Windows has no SIGHUP,
- whether other programs can read the memory (`hide_memory`): only Linux needs to be asked,
- how the standard streams are encoded (`utf8_streams`): by the locale on POSIX, by the code page on Windows.
"""

import contextlib
import os
import re
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType
from typing import Final, TextIO

_PR_SET_DUMPABLE: Final = 4


def is_terminal(stream: TextIO | None) -> bool:
    """Returns whether the stream is a terminal, so that a person may be reading or typing there."""
    if stream is None or not stream.isatty():
        return False
    if sys.platform != "win32":
        return True
    import ctypes  # `NUL` says that it is a terminal on Windows, but only a console has a mode.
    import msvcrt

    handle = msvcrt.get_osfhandle(stream.fileno())
    return bool(ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(ctypes.c_ulong())))


def hide_memory() -> None:
    """Has no other program of the same account read this one's memory, on Linux (prctl(2), core(5)).

    Nor does a program get it that is given core dumps in place of a file, which no limit on core files holds back. It
    is called before a passphrase or a client's words come into memory: a list of a plain store does without.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def is_character_device(stream: TextIO) -> bool:
    """Returns whether the stream leads to a terminal, even to one that is closed and no longer says that it is one."""
    return stat.S_ISCHR(os.fstat(stream.fileno()).st_mode)


def utf8_streams() -> None:
    """Switches the standard streams to UTF-8, whatever the locale is.

    A byte that is not UTF-8 is replaced. A stream that was closed before the start is opened on the null device.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # The stream stays open until the process ends; `sys` holds text streams, which `open` gives in one call.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  # see above
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def end_on_signals() -> None:
    """Has SIGTERM and SIGHUP end the process as an exception does, so that temporary files are deleted on the way.

    Without this they end it at once. A signal that is ignored (`nohup`) stays ignored. The exit code is 128 and the
    number of the signal, as a shell gives it.
    """

    def end(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)  # a second one must not cut the clearing up short
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)):
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


@contextmanager
def stop_on_signals(stop: Callable[[], None], *, interrupt: bool) -> Iterator[None]:
    """Calls `stop` on SIGTERM and on SIGHUP (the terminal was closed) while the context lasts.

    SIGINT calls `stop` too if `interrupt` is true. Otherwise it does nothing: Ctrl-C between two lines must not end an
    interview.
    """
    numbers = [signal.SIGTERM, getattr(signal, "SIGHUP", None), signal.SIGINT]
    handlers_before = {}

    def handler(number: int, _frame: FrameType | None) -> None:
        if interrupt or number != signal.SIGINT:
            stop()

    for number in numbers:
        if number is not None:
            handlers_before[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, handler_before in handlers_before.items():
            with contextlib.suppress(ValueError, OSError):
                signal.signal(number, handler_before)


@contextmanager
def without_echo() -> Iterator[None]:
    """Switches off the terminal's own echo and line editing while the context lasts, also between two lines.

    Otherwise the terminal would show what is typed ahead before it is read, so that it stood there twice, and would
    take a Ctrl-D as the end of the input instead of handing it on.
    """
    if sys.platform == "win32":  # A console there echoes nothing between two lines.
        yield
        return
    import termios

    terminal = sys.stdin.fileno()
    mode_before = termios.tcgetattr(terminal)
    mode = list(mode_before)
    mode[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(terminal, termios.TCSANOW, mode)
    try:
        yield
    finally:
        with contextlib.suppress(termios.error, OSError):  # The terminal is gone.
            termios.tcsetattr(terminal, termios.TCSANOW, mode_before)


def ask_terminal(question: bytes, last: re.Pattern[bytes], seconds: float) -> bytes:
    """Asks the terminal about itself, and returns what was read until the `last` answer, or for so many seconds.

    What was typed meanwhile is among it. To be called while the terminal echoes nothing (`without_echo`). On Windows
    nothing is asked.
    """
    if sys.platform == "win32":
        return b""
    import select

    read = b""
    sys.stdout.flush()
    with contextlib.suppress(OSError):
        os.write(sys.stdout.fileno(), question)
        until = monotonic() + seconds
        terminal = sys.stdin.fileno()
        while not last.search(read) and select.select([terminal], [], [], max(until - monotonic(), 0))[0]:
            more = os.read(terminal, 4096)
            if not more:
                break
            read += more
    return read
