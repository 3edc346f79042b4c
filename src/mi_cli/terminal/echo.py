"""The line as plain text: what is typed is repeated as a teletype would, fit for a screen reader and for TERM=dumb.

There is no color and no cursor movement but the backspace. What is added at the end is written; what is deleted at the
end is rubbed out, where that leaves on the screen what is left of the line (`_can_be_rubbed_out`); after any other
change the whole line is written anew, on a row of its own.
"""

import shutil
import sys
from contextlib import suppress

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.utils import get_cwidth

from mi_cli.records.text import sanitized


def write(text: str) -> None:
    """Writes to standard output, unless the terminal is gone: what is typed must be kept even then."""
    with suppress(OSError):
        sys.stdout.write(text)
        sys.stdout.flush()


class Echo:
    """Writes what changes in a buffer, with control characters made visible."""

    def __init__(self, prompt: str, buffer: Buffer) -> None:
        self._prompt = prompt
        self._shown = buffer.text
        self._begun = False
        buffer.on_text_changed += self._write_change

    def begin(self) -> None:
        """Writes the prompt and what was typed ahead. Called once the terminal is being read."""
        if not self._begun:
            self._begun = True
            write(self._prompt + sanitized(self._shown))

    def _write_change(self, buffer: Buffer) -> None:
        before, now = self._shown, buffer.text
        self._shown = now
        if not self._begun:
            return
        added = now[len(before) :]
        if now.startswith(before) and "\t" not in added:  # how wide a tab is depends on its place
            write(sanitized(added))
        elif before.startswith(now) and _can_be_rubbed_out(sanitized(now), sanitized(before), self._prompt):
            write("\b \b" * get_cwidth(sanitized(before)[len(sanitized(now)) :]))
        else:
            write(f"\n{self._prompt}{sanitized(now)}")


def _can_be_rubbed_out(left: str, whole: str, prompt: str) -> bool:
    """Returns whether going back over the end of `whole`, and writing blanks over it, leaves `left` on the screen.

    It does not where a sign is drawn together with the one before (a separate accent, a flag, half of a letter of
    Hindi), and where it stands in another row: a backspace does not go up.
    """
    gone = whole[len(left) :]
    if not whole.startswith(left) or "\n" in gone or any(map(_joins, whole[-len(gone) - 1 :])):
        return False
    if not left and len(gone) > 1:
        return False
    row = (prompt + whole).rpartition("\n")[2]
    width, columns = get_cwidth(row), shutil.get_terminal_size().columns
    return width < columns or (row.isascii() and len(gone) < width % columns)


def _joins(sign: str) -> bool:
    """Returns whether a sign may change how the one before it is drawn, or be changed by the one after it."""
    is_flag_or_skin = "\U0001f1e6" <= sign <= "\U0001f1ff" or "\U0001f3fb" <= sign <= "\U0001f3ff"
    return get_cwidth(sign) == 0 or is_flag_or_skin
