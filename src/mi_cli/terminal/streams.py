"""Standard output and standard error, also where nobody reads them any more, or where the disk is full."""

import errno
import os
import stat
import sys
from contextlib import suppress
from typing import TextIO


def print_message(*lines: str) -> None:
    """Tell people something on standard error. Where that cannot be written it is lost, and nothing else is."""
    try:
        sys.stderr.write("".join(f"{line}\n" for line in lines))
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # nobody reads it; it is full; it is closed; there is none
        _lead_nowhere(sys.stderr)


def flush_output(code: int) -> int:
    """Have standard output written; the exit code."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        return output_failed(error, code)
    return code


def output_failed(error: OSError, code: int) -> int:
    """Output failed. No failure is it that whoever read has seen enough (`| head`) or has closed the terminal."""
    gone = error.errno == errno.EPIPE or (error.errno == errno.EIO and _is_terminal(sys.stdout))
    _lead_nowhere(sys.stdout)
    if gone:
        return code
    print_message("Not all of the output could be written.", f"{os.strerror(error.errno or 0)}.")
    return 1


def _is_terminal(stream: TextIO) -> bool:
    return stat.S_ISCHR(os.fstat(stream.fileno()).st_mode)


def _lead_nowhere(stream: TextIO | None) -> None:
    """Nothing is written to it any more: what is still in its buffer would fail again when the program ends."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[union-attr]  # there is none: AttributeError
        os.close(nowhere)
