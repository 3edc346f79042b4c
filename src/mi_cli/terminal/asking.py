"""Questions to a person at a terminal: yes or no, a number, a text, or a text that does not show.

Everything that asks uses an `Asker`: the interview, the dialogs about a plan, and the commands. Three rules hold:

- A wrong answer never counts as an answer: the question is asked again, with a line that says what would be one.
- Enter counts only as what the question says that it counts as.
- Where no answer can be had (Ctrl-C, the end of the input, a closed terminal) the reader gives None. In an interview
  that is a no; a command ends there.

How a line is read is the business of the `LineReader` that an asker is made with. There are four: `read_line` (light,
for a short answer), `read_edited_line` (keys move within the line, and a paste may have several lines), `read_hidden`,
and within an interview `Keyboard.ask`.
"""

import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from mi_cli.records.answers import number_from, yes_or_no
from mi_cli.records.text import sanitized
from mi_cli.records.utf8 import typed_text
from mi_cli.terminal.rows import question_rows

if TYPE_CHECKING:
    from mi_cli.words.answers.model import AnswerWords

BACK: Final = "b"  # goes back to the question before


class LineReader(Protocol):
    """Shows a question and reads one line."""

    def __call__(self, question: str, *, hidden: bool = False) -> str | None:
        """Returns the line, trimmed, or None if there is nobody to answer. A `hidden` line does not show."""
        ...


class GoBack(Exception):
    """Somebody typed `b` in a series of questions: the one before is asked again."""


def with_back(read: LineReader) -> LineReader:
    """Returns the reader for a series of questions. It raises GoBack for `b`."""

    def reading(question: str, *, hidden: bool = False) -> str | None:
        answer = read(question, hidden=hidden)
        if not hidden and answer is not None and answer.lower() == BACK:
            raise GoBack
        return answer

    return reading


def ask_in_turn(questions: Sequence[Callable[[], object]], at: int = 0, *, leaves: bool = False) -> None:
    """Asks one question after the other, from that one on; where one raises GoBack, the one before is asked again.

    At the first it is asked again itself; where something can be gone back to there (`leaves`), GoBack is raised.
    """
    while at < len(questions):
        try:
            questions[at]()
        except GoBack:
            if leaves and at == 0:
                raise
            at = max(at - 1, 0)
        else:
            at += 1


class KeepingReader(Protocol):
    """Shows a question and reads one line, which is kept on the disk while it is typed."""

    def __call__(self, question: str, begun: str, keep: Callable[[str], None], /) -> str:
        """Returns the line, trimmed. It begins with `begun`, and `keep` keeps it."""
        ...


@dataclass(frozen=True)
class Asker:
    """Asks a question until the answer is one that the question allows. `tell` shows what would be an answer."""

    read: LineReader
    tell: Callable[[str], object]
    words: "AnswerWords"

    def text(self, question: str) -> str | None:
        """Returns the answer, trimmed and empty for Enter, or None if there is nobody to answer."""
        return self.read(question)

    def hidden(self, question: str) -> str | None:
        """Returns an answer that did not show while it was typed, or None if there is nobody to answer."""
        return self.read(question, hidden=True)

    @property
    def with_back(self) -> "Asker":
        """What asks a series of questions: `b` raises GoBack."""
        return replace(self, read=with_back(self.read))

    def yes(self, question: str, *, enter: bool) -> bool:
        """Returns whether the answer is yes. Enter counts as `enter`; if there is nobody to answer, it is a no."""
        answer, somebody_is_there = self._yes_or_no(question)
        return (enter and somebody_is_there) if answer is None else answer

    def yes_or_later(self, question: str) -> bool | None:
        """Returns whether the answer is yes, or None for Enter and if there is nobody to answer."""
        return self._yes_or_no(question)[0]

    def number(self, question: str, choices: Collection[int], *, enter: int | None = None) -> int | None:
        """Returns one of the numbers in `choices`. Enter counts as `enter`; None if there is nobody to answer."""
        while answer := self.read(question):
            number = number_from(answer)
            if number in choices:
                return number
            self.tell(self._allowed_numbers(choices))
        return enter if answer is not None else None

    def _yes_or_no(self, question: str) -> tuple[bool | None, bool]:
        """Returns the answer, which is None for Enter, and whether there is somebody to answer."""
        while line := self.read(question):
            answer = yes_or_no(line)
            if answer is not None:
                return answer, True
            self.tell(self.words.yes_or_no)
        return None, line is not None

    def _allowed_numbers(self, choices: Collection[int]) -> str:
        first, last = min(choices), max(choices)
        if last - first + 1 == len(choices):
            return self.words.number.format(first=first, last=last)
        return self.words.numbers.format(numbers=", ".join(map(str, sorted(choices))))


# -- how a line is read outside an interview --------------------------------------------------------------------------


def read_line(question: str) -> str | None:
    """Returns a short answer, trimmed, or None on Ctrl-C and where the input ends. Loads no library."""
    rows = question_rows(sanitized(question))
    try:  # The question is part of it: as soon as it is seen, Ctrl-C is an answer to it.
        sys.stdout.write("\n".join(rows) + " ")
        sys.stdout.flush()
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        line = ""
    if not line:
        sys.stdout.write("\n")  # What follows must not stand behind the half-typed line.
        return None
    return typed_text(line.strip())


def read_edited_line(
    question: str,
    *,
    plain: bool,
    idle_after: float = 0,
    lock: Callable[[], None] | None = None,
    begun: str = "",
    keep: Callable[[str], None] | None = None,
) -> str | None:
    """Returns an answer in words, trimmed, or None on Ctrl-C and where the input ends.

    The line can be corrected while it is typed. If several lines are pasted at once, all of them are the answer. After
    `idle_after` seconds without a key `lock` is called, and then the question is asked again. The line begins with
    `begun`; `keep` puts a half-typed answer on the disk, shortly after a key and in whatever way the reading ends.
    """
    from mi_cli.terminal.keyboard import Keyboard, KeyboardHooks

    hooks = KeyboardHooks(lambda _: "", str, keep or (lambda _: None), lambda: 0, lambda _: (), idle_after, lock)
    try:
        return Keyboard(hooks, plain=plain).ask(question, begun=begun, keeps=keep is not None)
    except KeyboardInterrupt:  # Ctrl-C while the keyboard was made ready.
        return None


def read_hidden(question: str) -> str | None:
    """Returns a secret that does not show while it is typed, untrimmed, or None on Ctrl-C and where the input ends.

    It is read from the terminal itself, also while standard input is a file.
    """
    import getpass

    try:
        return getpass.getpass(question)
    except (KeyboardInterrupt, EOFError):
        sys.stderr.write("\n")
        return None
