"""In plain text, what stands on the screen is what is in the line, whatever is typed and deleted."""

import os

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document

from mi_cli.records.text import sanitized
from mi_cli.terminal import echo
from mi_cli.terminal.echo import Echo

COLUMNS = 12
TYPED = [
    "a",
    "b",
    " ",
    "\t",
    "é",
    "e\u0301",
    "क",
    "\u094d",
    "ष",
    "日",
    "本",
    "🇩",
    "🇪",
    "👍",
    "\U0001f3fd",
    "\u200d",
    "\ufe0f",
    "\x1b",
    "\n",
]


def screen_of(text: str) -> list[str]:
    """Returns the rows of a terminal to which the text was written, without blank ones at the end."""
    screen = pyte.Screen(COLUMNS, 200)
    stream = pyte.Stream(screen)
    for sign in text.replace("\n", "\r\n"):  # pyte drops what comes in one piece after a sign that has no width
        stream.feed(sign)
    return "\n".join(row.rstrip() for row in screen.display).rstrip().split("\n")


def written(edits: list[str]) -> tuple[str, str]:
    """Returns what was written while these signs were typed, and an empty one deleted the last; and the line."""
    parts: list[str] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(echo, "write", parts.append)
        patched.setattr("mi_cli.terminal.echo.shutil.get_terminal_size", lambda: os.terminal_size((COLUMNS, 24)))
        buffer = Buffer()
        Echo("> ", buffer).begin()
        for edit in edits:
            text = buffer.text + edit if edit else buffer.text[:-1]
            buffer.document = Document(text)
    return "".join(parts), buffer.text


@given(st.lists(st.sampled_from([*TYPED, "", "", "", "", ""]), max_size=60))
def test_the_end_of_the_screen_is_the_line(edits: list[str]) -> None:
    wrote, line = written(edits)
    shown, wanted = screen_of(wrote), screen_of(f"> {sanitized(line)}")
    assert shown[-len(wanted) :] == wanted


@pytest.mark.parametrize("typed", ["cafe\u0301", "क\u094dष", "🇩🇪", "👍\U0001f3fd", "👩\u200d👧", "❤\ufe0f"])
def test_what_is_drawn_with_the_sign_before_is_written_anew(typed: str) -> None:
    wrote, line = written([*typed, ""])
    assert line == typed[:-1]
    assert wrote.endswith(f"\n> {typed[:-1]}")


@pytest.mark.parametrize("typed", ["cafés", "日本", "two words", "a" * 14])
def test_what_stands_alone_is_rubbed_out(typed: str) -> None:
    wrote, _ = written([*typed, ""])
    assert wrote.endswith("\b \b")
