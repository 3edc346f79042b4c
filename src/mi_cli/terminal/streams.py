"""Writing to standard output and standard error when nobody reads them any more, or when the disk is full.

Two rules: a message to people that cannot be written is dropped, and changes nothing else. Data on standard output that
cannot be written makes the command fail (exit code 1), unless the reader has left on purpose (`| head`, or a closed
terminal).
"""

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TextIO

from mi_cli.terminal.rows import rows_for
from mi_cli.terminal.system import is_character_device
from mi_cli.terminal.typeable import typeable

# What write(2) names, also for a pipe and a socket. ENOENT, for one, comes from a folder that is gone.
_OF_WRITING: Final = frozenset(
    number
    for name in ("EPIPE", "EIO", "ENOSPC", "EDQUOT", "EFBIG", "EBADF", "EAGAIN", "EINVAL", "EPERM", "ENXIO", "ESTALE")
    if (number := getattr(errno, name, None)) is not None
)


def print_message(*lines: str) -> None:
    """Writes the lines to standard error, on a terminal in rows that cut no word.

    If that is not possible, the lines are lost and nothing is raised.
    """
    try:
        rows = (row for line in lines for row in rows_for(typeable(line), sys.stderr))
        sys.stderr.write("".join(f"{row}\n" for row in rows))
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # Nobody reads it, its disk is full, it is closed, or it is None.
        _redirect_to_null(sys.stderr)


def flush_output(code: int, lost: Callable[[], str]) -> int:
    """Flushes standard output. Returns `code`, or 1 if not all of the output could be written: `lost` says that."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        return output_failed(error, code, lost)
    return code


def is_of_writing(error: OSError) -> bool:
    """Whether this is how writing to a stream fails: other calls raise errors that name no file as well."""
    return error.filename is None and error.errno in _OF_WRITING


def output_failed(error: OSError, code: int, lost: Callable[[], str]) -> int:
    """Returns the exit code after writing to standard output has failed with `error`.

    It is `code` if the reader has seen enough (`| head`) or has closed the terminal; else what `lost` returns is said
    on standard error, and the exit code is 1.
    """
    reader_left = error.errno == errno.EPIPE or (error.errno == errno.EIO and is_character_device(sys.stdout))
    _redirect_to_null(sys.stdout)
    if reader_left:
        return code
    print_message(lost(), f"{os.strerror(error.errno or 0)}.")
    return 1


def _redirect_to_null(stream: TextIO | None) -> None:
    """Points the stream at the null device: what is still in its buffer would fail again when the program ends."""
    with suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        # Without a stream this raises AttributeError, which is suppressed.
        os.dup2(null, stream.fileno())  # type: ignore[union-attr]  # without a stream: see above
        os.close(null)
