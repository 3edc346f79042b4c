"""Calls to the system about the terminal that differ between POSIX and Windows."""

import sys
from typing import TextIO


def is_terminal(stream: TextIO | None) -> bool:
    """Whether there is a person at the other end."""
    if stream is None or not stream.isatty():
        return False
    if sys.platform != "win32":
        return True
    import ctypes  # `NUL` passes for a terminal there; only a console has a mode
    import msvcrt

    handle = msvcrt.get_osfhandle(stream.fileno())
    return bool(ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(ctypes.c_ulong())))
