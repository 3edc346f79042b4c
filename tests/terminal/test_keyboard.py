"""A line typed on a keyboard that is a real terminal's: only the keys that edit change what is half typed."""

import errno
import io
import os
import pty
import sys
import threading
import tracemalloc
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.output import DummyOutput

from mi_cli.records.outside_keys import Reading
from mi_cli.terminal.keyboard import Keyboard, KeyboardHooks

# Keys that mi does not name. None of them may do anything to the line.
UNNAMED = {
    **{f"Ctrl-{letter}": chr(ord(letter) - 0x40) for letter in "@GLNOPQRSTVXZ\\]^_"},
    **{f"Alt-{sign}": f"\x1b{sign}" for sign in "#.<>_-0123456789tulcyxae\\?/*"},
    "Alt-Ctrl-]": "\x1b\x1d",
    "Alt-Ctrl-Y": "\x1b\x19",
    "Page Up": "\x1b[5~",
    "Page Down": "\x1b[6~",
    "Insert": "\x1b[2~",
    "Shift-Tab": "\x1b[Z",
    "Ctrl-Up": "\x1b[1;5A",
    "Ctrl-Down": "\x1b[1;5B",
    "Shift-Left": "\x1b[1;2D",
    "Shift-Home": "\x1b[1;2H",
    "Ctrl-Shift-Left": "\x1b[1;6D",
    "Alt-Up": "\x1b[1;3A",
    "F1": "\x1bOP",
    "F12": "\x1b[24~",
    "Ctrl-F8": "\x1b[19;5~",
    "focus": "\x1b[I",
    "C1": "\x9b",
}


@dataclass
class Line:
    """A simple model of an edited line: the text before and after the cursor, and the text that was cut."""

    before: str = ""
    after: str = ""
    cut: str = ""

    def left(self) -> None:
        self.before, self.after = self.before[:-1], self.before[-1:] + self.after

    def right(self) -> None:
        self.before, self.after = self.before + self.after[:1], self.after[1:]

    def home(self) -> None:
        self.before, self.after = "", self.before + self.after

    def end(self) -> None:
        self.before, self.after = self.before + self.after, ""

    def backspace(self) -> None:
        self.before = self.before[:-1]

    def delete(self) -> None:
        self.after = self.after[1:]

    def all_before(self) -> None:
        self.before, self.cut = "", self.before

    def all_after(self) -> None:
        self.after, self.cut = "", self.after

    def put_back(self) -> None:
        self.before += self.cut


EDITS = {
    "\x1b[D": Line.left,
    "\x02": Line.left,
    "\x1b[C": Line.right,
    "\x06": Line.right,
    "\x1b[H": Line.home,
    "\x01": Line.home,
    "\x1b[F": Line.end,
    "\x05": Line.end,
    "\x7f": Line.backspace,
    "\x1b[3~": Line.delete,
    "\x15": Line.all_before,
    "\x0b": Line.all_after,
}


def card_of(shown: list[str]) -> Callable[[], int]:
    """Returns a safety card of no rows, which says that it was shown."""

    def show() -> int:
        shown.append("card")
        return 0

    return show


@contextmanager
def keyboard(*, plain: bool, safety: Callable[[], int] = lambda: 0) -> Iterator[tuple[Keyboard, int]]:
    """Gives a keyboard, and the file descriptor that its keys are written to."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    hooks = KeyboardHooks(lambda _: "", lambda: "› ", lambda _: None, safety, lambda _: (), idle_after=30)
    with os.fdopen(slave, encoding="utf-8") as stdin, pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.stdin", stdin)
        patched.setattr("sys.stdout", io.StringIO())
        patched.setattr("mi_cli.terminal.keyboard._output", DummyOutput)
        try:
            yield Keyboard(hooks, plain=plain), master
        finally:
            os.close(master)


def entered(keys: str, *, plain: bool, hidden: bool = False, question: bool = False) -> str | None:
    """Returns the line that results from pressing the keys, and then Enter."""
    with keyboard(plain=plain) as (listening, master):
        os.write(master, f"{keys}\r".encode())
        return listening.ask("Which?", hidden=hidden) if question or hidden else listening.read_line("").line


styled_and_plain = pytest.mark.parametrize("plain", [False, True], ids=["styled", "plain"])


@styled_and_plain
@pytest.mark.parametrize("name", UNNAMED)
def test_a_key_that_is_not_named_does_nothing(plain: bool, name: str) -> None:
    key = UNNAMED[name]
    assert entered(f"one {key}two{key}{key}", plain=plain) == "one two"


@styled_and_plain
@pytest.mark.parametrize("how", ["question", "hidden"])
def test_nor_at_a_question(plain: bool, how: str) -> None:
    for key in UNNAMED.values():
        said = entered(f"one {key}two{key}", plain=plain, question=True, hidden=how == "hidden")
        assert said == "one two", repr(key)


@styled_and_plain
def test_nor_does_it_bring_back_an_earlier_line(plain: bool) -> None:
    for key in UNNAMED.values():
        with keyboard(plain=plain) as (listening, master):
            os.write(master, f"first said\rhalf {key}typed{key}\r".encode())
            assert [listening.read_line("").line for _ in range(2)] == ["first said", "half typed"], repr(key)


@styled_and_plain
@pytest.mark.parametrize("how", ["line", "question", "hidden"])
def test_the_safety_card_comes_wherever_a_line_is_read(plain: bool, how: str) -> None:
    shown: list[str] = []
    with keyboard(plain=plain, safety=card_of(shown)) as (listening, master):
        os.write(master, b"one \x1b[19~two\r")
        said = listening.read_line("").line if how == "line" else listening.ask("Which?", hidden=how == "hidden")
        assert said == "one two"
        assert shown == ["card"]
        assert isinstance(sys.stdout, io.StringIO)
        assert how != "hidden" or "one" not in sys.stdout.getvalue()


# What a terminal sends that is set to Latin-1 or Windows-1252, and what was typed at it.
BYTES = [
    (b"caf\xe9 au lait", "café au lait"),
    (b"\x93no\x94 \x96 ma\xf1ana", "“no” – mañana"),
    (b"\x1b[200~caf\xe9\xe9\x1b[201~", "caféé"),
    (b"caf\xe9\x7f\xe8", "cafè"),
    (b"\xc3\xa9 and \xe9", "é and é"),
]


@styled_and_plain
@pytest.mark.parametrize(("sent", "typed"), BYTES)
def test_a_terminal_without_utf8_types_what_it_shows(plain: bool, sent: bytes, typed: str) -> None:
    with keyboard(plain=plain) as (listening, master):
        os.write(master, sent + b"\r")
        line = listening.read_line("")
        assert (line.line, line.reading) == (typed, Reading.WINDOWS_1252)
        os.write(master, sent + b"\r")
        assert listening.ask("Which?") == typed
        os.write(master, b"and on\r")
        line = listening.read_line("")
        assert (line.line, line.reading) == ("and on", Reading.AS_WRITTEN)
        assert isinstance(sys.stdout, io.StringIO)
        assert not plain or f"› {typed[:3]}" in sys.stdout.getvalue()


@styled_and_plain
def test_a_secret_is_not_guessed_from_other_bytes(plain: bool) -> None:
    with keyboard(plain=plain) as (listening, master):
        os.write(master, b"caf\xe9\r")
        assert listening.ask("Passphrase:", hidden=True) == "caf\ufffd"


@styled_and_plain
@pytest.mark.parametrize("key", ["\x1b[19~", "x"])
def test_the_safety_card_comes_while_the_screen_is_hidden(plain: bool, key: str) -> None:
    shown: list[str] = []
    with keyboard(plain=plain, safety=card_of(shown)) as (listening, master):
        os.write(master, key.encode())
        assert not listening.wait_for_key()
        assert shown == (["card"] if key != "x" else [])


def test_words_are_moved_over_and_deleted() -> None:
    assert entered("one two\x1b[1;5Dbig ", plain=True) == "one big two"
    assert entered("one two\x1bb\x1bbbig ", plain=True) == "big one two"
    assert entered("one two\x17three", plain=True) == "one three"
    assert entered("one two\x1b\x7fthree", plain=True) == "one three"
    assert entered("one two\x01\x1bdtwo and", plain=True) == "two and two"
    assert entered("one two\x17\x17\x19", plain=True) == "one two"


_WORDS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=["Cc"]), min_size=1)
_PRESSES = st.lists(
    st.one_of(_WORDS, st.sampled_from(sorted(EDITS)), st.sampled_from(sorted(UNNAMED.values())), st.just("\x19")),
    max_size=30,
)


@given(_PRESSES, st.booleans())
def test_no_keys_lose_or_add_a_word_but_by_what_they_mean(presses: list[str], plain: bool) -> None:
    line, last = Line(), ""
    sent: list[str] = []
    for press in presses:
        if press in ("\x15", "\x0b") and (press == last or not (line.before if press == "\x15" else line.after)):
            continue  # The same cut twice adds up, and an empty cut keeps the text of the one before.
        sent.append(press)
        last = press
        if edit := EDITS.get(press):
            edit(line)
        elif press == "\x19":
            line.put_back()
        elif press not in UNNAMED.values():
            line.before += press
    assert entered("".join(sent), plain=plain) == line.before + line.after


def test_memory_for_a_typed_line_grows_with_its_length_and_not_with_each_key() -> None:
    """Letter by letter, with Left and Right between them, since what comes at once is typed at once."""
    typed = "a" * 1_500
    with keyboard(plain=True) as (listening, master):
        sending = threading.Thread(target=os.write, args=(master, f"{typed}\r".replace("a", "a\x02\x06").encode()))
        os.write(master, b"a\r")
        listening.read_line("")  # what a first line loads is not the line's
        tracemalloc.start()
        try:
            sending.start()
            said = listening.read_line("").line
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            sending.join()
    assert said == typed
    assert peak / len(typed) < 1_500


def test_a_terminal_that_is_gone_before_a_key_can_be_read_ends_reading_as_a_closed_one_does() -> None:
    class Gone(DummyOutput):
        def flush(self) -> None:
            raise OSError(errno.EIO, "")

    with keyboard(plain=False) as (listening, _), pytest.MonkeyPatch.context() as patched:
        patched.setattr("mi_cli.terminal.keyboard._output", Gone)
        entered = listening.read_line("half a")
        assert (entered.line, entered.draft, entered.stopped) == (None, "half a", True)
        assert listening.stopped
        assert listening.ask("Which?") is None
