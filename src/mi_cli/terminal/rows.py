"""Text in rows that end between two words: a terminal itself would break it within one."""

import shutil
from typing import Final, TextIO

MAX_WIDTH: Final = 88  # characters of a row: longer ones are hard to read
_ANSWER: Final = 12  # characters, such as a short name: without room for them the answer begins on the next row


def width_here() -> int:
    """Returns how many characters a row of a page has on this terminal."""
    return min(shutil.get_terminal_size().columns, MAX_WIDTH)


def in_rows(text: str, width: int) -> list[str]:
    """Returns the text in rows of at most `width` characters that end between two words; a longer word stays whole."""
    import textwrap

    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False, replace_whitespace=False) or [""]


def rows_for(text: str, out: TextIO) -> list[str]:
    """Returns the text as it is for a pipe; for a terminal in rows that end between two words."""
    lines = text.split("\n")
    return [row for line in lines for row in in_rows(line, width_here())] if out.isatty() else lines


def question_rows(question: str) -> list[str]:
    """Returns a question in rows, the last of which the answer is typed behind: one that leaves room for it."""
    columns = shutil.get_terminal_size().columns
    rows = in_rows(question.rstrip(" "), columns - 1)
    return rows if columns - len(rows[-1]) > _ANSWER or columns <= _ANSWER else [*rows, ""]
