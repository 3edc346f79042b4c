"""What is dimmed can be read on the terminal's background, and a terminal that says nothing loses nothing."""

import os
import pty
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color, ColorSystem

from mi_cli.terminal import background
from mi_cli.terminal.background import ask_look, look_on
from mi_cli.terminal.page import ON_DARK, ON_LIGHT, UNDIMMED, Look, Role

BACKGROUNDS = {
    "black": ("#000000", ON_DARK),
    "#1e1e1e": ("#1e1e1e", ON_DARK),
    "Solarized dark": ("#002b36", ON_DARK),
    "Solarized light": ("#fdf6e3", ON_LIGHT),
    "white": ("#ffffff", ON_LIGHT),
    "GNOME dark": ("#300a24", ON_DARK),
    "Nord": ("#2e3440", UNDIMMED),
    "cream": ("#eee8d5", ON_LIGHT),
    "gray": ("#808080", UNDIMMED),
    "red": ("#cc0000", UNDIMMED),
}
sets = pytest.mark.parametrize("look", [ON_DARK, ON_LIGHT], ids=["dark", "light"])


def luminance(color: str) -> float:
    parts = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def colors(look: Look) -> list[str]:
    return [style.split()[-1] for style in look.values() if "#" in style]


def contrasts(look: Look, on: str) -> list[float]:
    pairs = (sorted((luminance(color), luminance(on))) for color in colors(look))
    return [(lighter + 0.05) / (darker + 0.05) for darker, lighter in pairs]


@pytest.mark.parametrize(("color", "look"), BACKGROUNDS.values(), ids=BACKGROUNDS)
def test_every_color_can_be_read_on_the_background_it_is_chosen_for(color: str, look: Look) -> None:
    assert look_on(luminance(color)) is look
    assert all(contrast >= 4.5 for contrast in contrasts(look, color))


@given(st.integers(0, 0xFFFFFF))
def test_it_can_be_read_on_any_background(color: int) -> None:
    on = f"#{color:06x}"
    assert all(contrast >= 4.5 for contrast in contrasts(look_on(luminance(on)), on))


@sets
def test_the_sets_have_colors_to_compute_and_dim_by_nothing_else(look: Look) -> None:
    assert len(colors(look)) >= 3
    assert not any("dim" in style.split() for style in (*look.values(), *UNDIMMED.values()))


def test_undimmed_text_has_the_color_of_the_terminal() -> None:
    assert colors(UNDIMMED) == []
    assert UNDIMMED.keys() == ON_DARK.keys() == ON_LIGHT.keys() == set(Role)


@sets
def test_a_terminal_of_256_colors_has_each_color_as_it_is(look: Look) -> None:
    for name in colors(look):
        color = Color.parse(name)
        assert color.downgrade(ColorSystem.EIGHT_BIT).get_truecolor() == color.triplet


@contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Gives the other end of a terminal that echoes nothing, and that is standard input and output meanwhile."""
    master, slave = pty.openpty()
    mode = termios.tcgetattr(slave)
    mode[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(slave, termios.TCSANOW, mode)
    with (
        os.fdopen(slave, encoding="utf-8") as stdin,
        os.fdopen(os.dup(slave), "w", encoding="utf-8") as stdout,
        monkeypatch.context() as patched,
    ):
        patched.setattr("sys.stdin", stdin)
        patched.setattr("sys.stdout", stdout)
        yield master
    os.close(master)


IS_A_TERMINAL = b"\x1b[?62;22c"
ANSWERS = {
    "xterm": (b"\x1b]11;rgb:0000/2b2b/3636\x1b\\", ON_DARK),
    "with a bell": (b"\x1b]11;rgb:fdfd/f6f6/e3e3\x07", ON_LIGHT),
    "two digits": (b"\x1b]11;rgb:ff/FF/ff\x07", ON_LIGHT),
    "one digit": (b"\x1b]11;rgb:0/0/0\x07", ON_DARK),
    "with transparency": (b"\x1b]11;rgba:1e1e/1e1e/1e1e/c0c0\x1b\\", ON_DARK),
    "another color": (b"\x1b]10;rgb:ffff/ffff/ffff\x07", UNDIMMED),
    "cut off": (b"\x1b]11;rgb:00", UNDIMMED),
    "nonsense": (b"\x1b]11;rgb:////\x07", UNDIMMED),
    "nothing": (b"", UNDIMMED),
}


@pytest.mark.parametrize(("answer", "look"), ANSWERS.values(), ids=ANSWERS)
def test_the_answer_decides_and_what_was_typed_is_handed_on(
    monkeypatch: pytest.MonkeyPatch, answer: bytes, look: Look
) -> None:
    monkeypatch.setattr(background, "_PATIENCE", 20)
    with terminal(monkeypatch) as other_end:
        os.write(other_end, b"before" + answer + "é".encode() + IS_A_TERMINAL)
        assert ask_look() == (look, f"before{answer.decode()}é{IS_A_TERMINAL.decode()}")
        assert os.read(other_end, 100) == b"\x1b]11;?\x1b\\\x1b[c"


def test_a_terminal_that_says_nothing_is_waited_for_only_shortly(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch) as other_end:
        os.write(other_end, b"typed ahead")
        began = time.monotonic()
        assert ask_look() == (UNDIMMED, "typed ahead")
        assert time.monotonic() - began < 5


def test_an_answer_in_pieces_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_PATIENCE", 20)
    with terminal(monkeypatch) as other_end:

        def answer() -> None:
            for piece in (b"\x1b]11;rgb:00", b"00/0000/0000\x1b", b"\\\x1b[?6", b"2c"):
                os.write(other_end, piece)
                time.sleep(0.01)

        thread = threading.Thread(target=answer)
        thread.start()
        assert ask_look()[0] is ON_DARK
        thread.join()
