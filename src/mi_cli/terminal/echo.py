"""The line as plain text: what is typed is repeated as a teletype would, fit for a screen reader and for TERM=dumb.

There is no color and no cursor movement but the backspace. What is added at the end is written; what is deleted at the
end is rubbed out; after any other change the whole line is written anew, on a row of its own.
"""

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
        self._shown = sanitized(buffer.text)
        self._begun = False
        buffer.on_text_changed += self._write_change

    def begin(self) -> None:
        """Writes the prompt and what was typed ahead. Called once the terminal is being read."""
        if not self._begun:
            self._begun = True
            write(self._prompt + self._shown)

    def _write_change(self, buffer: Buffer) -> None:
        before, now = self._shown, sanitized(buffer.text)
        self._shown = now
        if not self._begun:
            return
        if now.startswith(before):
            write(now[len(before) :])
        elif before.startswith(now) and "\n" not in before[len(now) :] and (now or len(before) == 1):
            write("\b \b" * get_cwidth(before[len(now) :]))
        else:
            write(f"\n{self._prompt}{now}")
