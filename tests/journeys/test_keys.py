"""Keys on a real terminal: what mi does not name does nothing, and a paste whose end got lost takes no key away."""

import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.journeys.records import draft, kept, make_store, run_mi, session
from tests.journeys.terminal import BAR, CTRL_C, CTRL_D, ENTER, F8, F9, PATIENCE, UP, Terminal

At = Callable[..., Terminal]

PASTE = "\x1b[200~"
CTRL_O, CTRL_SPACE, PAGE_UP, ALT_HASH = "\x0f", "\x00", "\x1b[5~", "\x1b#"

styled_and_plain = pytest.mark.parametrize("plain", [False, True], ids=["styled", "plain"])


def start_interview(at_terminal: At, plain: bool) -> tuple[Terminal, str]:
    """Starts an interview. Returns the terminal and the prompt sign of the line."""
    mi = at_terminal(*(["--plain"] if plain else []), "session", "start", "J-014")
    mi.wait_for_prompt()
    return mi, ">" if plain else "›"


@styled_and_plain
def test_a_half_typed_line_survives_keys_that_are_not_named(at_terminal: At, home: Path, plain: bool) -> None:
    mi, sign = start_interview(at_terminal, plain)
    mi.say("first said")
    for key in (CTRL_O, ALT_HASH, CTRL_SPACE, "\x1d", PAGE_UP, "\x1b.", "\x18", "\x14", "\x1a", "\x13", "\x12"):
        mi.send("half")
        mi.wait_until(lambda: draft(home) == "half", "the draft on the disk")
        mi.send(f"{key} a line")
        mi.wait_for_line(f"{sign} half a line")
        mi.wait_until(lambda: draft(home) == "half a line", "the draft on the disk")
        mi.send(CTRL_C)
        mi.wait_for_prompt()
    mi.send("half" + CTRL_O + " a line" + ENTER)
    mi.wait_for("saved 2 said")
    assert [words for _, _, words in kept(home)] == ["first said", "half a line"]


@styled_and_plain
def test_an_earlier_line_comes_back_and_so_does_the_half_typed_one(at_terminal: At, home: Path, plain: bool) -> None:
    mi, sign = start_interview(at_terminal, plain)
    mi.say("first said")
    mi.send("half")
    mi.wait_for_line(f"{sign} half")
    mi.send(UP)
    mi.wait_for_line(f"{sign} first said")
    mi.send("\x1b[B")
    mi.wait_for_line(f"{sign} half")


@styled_and_plain
def test_after_a_paste_without_an_end_keys_are_keys(at_terminal: At, home: Path, plain: bool) -> None:
    mi, sign = start_interview(at_terminal, plain)
    mi.send(f"{PASTE}words of the client")
    mi.wait_for_line(f"{sign} words of the client")
    mi.send(F8)
    mi.wait_for("988")
    mi.wait_for_line(f"{sign} words of the client")
    mi.send(" and more" + ENTER)
    mi.wait_for("saved 1 said")
    mi.wait_for_prompt()
    mi.send(f"{PASTE}dropped")
    mi.wait_for_line(f"{sign} dropped")
    mi.send(CTRL_C)
    mi.wait_for_prompt()
    mi.send(f"{PASTE}kept")
    mi.wait_for_line(f"{sign} kept")
    mi.send(CTRL_D)
    mi.wait_for("Paused" if plain else "Clear the screen")
    assert [words for _, _, words in kept(home)] == ["words of the client and more"]
    assert draft(home) == "kept"


@styled_and_plain
def test_lines_of_a_paste_without_an_end_are_asked_about(at_terminal: At, home: Path, plain: bool) -> None:
    mi, _ = start_interview(at_terminal, plain)
    mi.send(f"{PASTE}one\r\rtwo")
    mi.wait_until(lambda: draft(home) == "one\n\ntwo", "the draft on the disk")
    mi.press_enter("3 lines. Keep them as one note?")
    mi.send("y" + ENTER)
    mi.wait_for("saved 1 said")
    assert [words for _, _, words in kept(home)] == ["one\n\ntwo"]


def test_a_paste_begun_with_the_enter_before_it_ends_too(at_terminal: At, home: Path) -> None:
    mi, sign = start_interview(at_terminal, plain=False)
    mi.send(f"one{ENTER}{PASTE}two")
    mi.wait_for_line(f"{sign} two")
    mi.send(ENTER)
    mi.wait_for("saved 2 said")
    assert [words for _, _, words in kept(home)] == ["one", "two"]


def test_the_late_end_of_a_paste_is_no_text(at_terminal: At, home: Path) -> None:
    mi, sign = start_interview(at_terminal, plain=False)
    mi.send(f"{PASTE}one ")
    mi.wait_until(lambda: draft(home) == "one ", "the draft on the disk")
    mi.send("two\x1b[201~")
    mi.wait_for_line(f"{sign} one two")
    mi.send(ENTER)
    mi.wait_for("saved 1 said")
    assert [words for _, _, words in kept(home)] == ["one two"]


@styled_and_plain
@pytest.mark.parametrize("how", ["closed", "stopped"])
def test_what_was_pasted_is_kept_when_the_end_never_comes(at_terminal: At, home: Path, plain: bool, how: str) -> None:
    mi, sign = start_interview(at_terminal, plain)
    mi.send(f"half and{PASTE} pasted")  # read in one go: once the first words stand there, so are the pasted ones
    mi.wait_until(lambda: mi.line.startswith(f"{sign} half and"), "the half-typed line")
    if how == "closed":
        mi.close()
    else:
        mi.kill(signal.SIGTERM)
        mi.wait_for_exit()
    assert mi.process.wait(PATIENCE) == 0
    assert session(home)["status"] == "paused"
    assert draft(home) == "half and pasted"


def test_a_paste_without_an_end_at_a_question(at_terminal: At, home: Path) -> None:
    make_store(home)
    run_mi(home, "session", "start", "J-014", stdin=b"one\n/end\n")
    mi = at_terminal("session", "amend", "last")
    mi.wait_for("What do you want to add?")
    mi.send(f"{PASTE}It was{CTRL_O} Tuesday")
    mi.wait_until(lambda: mi.line.endswith("Tuesday"), "the paste")
    mi.press_enter("Added to interview")
    assert mi.wait_for_exit() == 0


def test_while_it_is_hidden_any_key_shows_it_and_a_report_is_no_key(at_terminal: At, home: Path) -> None:
    mi, sign = start_interview(at_terminal, plain=False)
    mi.send("half")
    mi.wait_for_line(f"{sign} half")
    for key in ("x", PAGE_UP, CTRL_O, "\x1b"):
        mi.send(F9)
        mi.wait_until(lambda: mi.screen.strip() == "", "an empty screen")
        mi.send(f"\x1b[I{key}")
        mi.wait_for(BAR)
        mi.wait_for_line(f"{sign} half")
    mi.send(" a line" + ENTER)
    mi.wait_for("saved 1 said")
    assert [words for _, _, words in kept(home)] == ["half a line"]


SENT = {  # what terminals send by themselves, one of each kind
    "focus": b"\x1b[I",
    "a key, CSI-u": b"\x1b[13;2u",
    "a key, modifyOtherKeys": b"\x1b[27;2;13~",
    "an old mouse report": b"\x1b[M !!",
    "a mouse report": b"\x1b[<64;126;33M",
    "the background": b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    "a setting": b"\x1bP1$r0m\x1b\\",
    "a picture": b"\x1b_Gi=31;OK\x1b\\",
    "what tmux passes on": b"\x1bPtmux;\x1b\x1b]11;rgb:1e1e/1e1e/1e1e\x07\x1b\\",
    "eight bits, UTF-8": "\x9b?62;22c".encode(),
    "eight bits": b"\x9b?62;22c",
}


@styled_and_plain
def test_nothing_that_a_terminal_sends_gets_into_the_words(at_terminal: At, home: Path, plain: bool) -> None:
    mi, sign = start_interview(at_terminal, plain)
    for number, sent in enumerate(SENT.values(), 1):
        mi.send("one")
        mi.wait_for_line(f"{sign} one")
        mi.send(sent[: number % len(sent)])
        time.sleep(0.05)
        mi.send(sent[number % len(sent) :] + b" two\r")
        mi.wait_for(f"saved {number} said")
        mi.wait_for_prompt()
    assert [words for _, _, words in kept(home)] == ["one two"] * len(SENT)


def shown_times(mi: Terminal, number: int) -> bool:
    return mi.raw.count(b"call 911") == number


@styled_and_plain
def test_the_safety_card_comes_at_any_moment(at_terminal: At, home: Path, plain: bool) -> None:
    mi, sign = start_interview(at_terminal, plain)
    for number, before in enumerate(("\x1b]11;rgb:1e", "\x1b[13;", "\x1b", f"{PASTE} and pasted"), 1):
        mi.send("half" + before + F8)
        mi.wait_until(partial(shown_times, mi, number), "the card")
        mi.wait_until(lambda: mi.drawn and mi.line.startswith(f"{sign} half"), "the line")
        mi.send("!" + ENTER)
        mi.wait_for(f"saved {number} said")
        mi.wait_for_prompt()
    assert [words for _, _, words in kept(home)] == ["half!"] * 3 + ["half and pasted!"]


@styled_and_plain
def test_the_safety_card_comes_while_the_screen_is_hidden(at_terminal: At, plain: bool) -> None:
    mi, sign = start_interview(at_terminal, plain)
    mi.send("half")
    mi.wait_for_line(f"{sign} half")
    mi.send(F9)
    mi.wait_until(lambda: "Engaging" not in mi.screen, "the hidden screen")
    mi.send(F8)
    mi.wait_for("call 911")
    mi.wait_for_line(f"{sign} half")


@styled_and_plain
def test_ctrl_c_on_an_empty_line_says_how_to_leave(at_terminal: At, home: Path, plain: bool) -> None:
    mi, sign = start_interview(at_terminal, plain)
    mi.send("half")
    mi.wait_for_line(f"{sign} half")
    mi.send(CTRL_C)
    mi.wait_for_prompt()
    assert "The line is empty." not in mi.screen
    mi.send(CTRL_C)
    mi.wait_for("The line is empty. Ctrl-D pauses the interview, and /end closes it.")
    mi.wait_for_prompt()
    mi.say("go on")
    assert [words for _, _, words in kept(home)] == ["go on"]
