"""Plain text for screen readers and dumb terminals; no color on demand; words that try to act on a terminal."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.records import kept, make_store, plan, run_mi, session
from tests.journeys.terminal import ASKS_BACKGROUND, BACKSPACE, BAR, CTRL_C, CTRL_D, ENTER, F8, TAB, Terminal

At = Callable[..., Terminal]


@pytest.mark.parametrize("how", ["--plain", "TERM=dumb", "MI_ACCESSIBLE=1"])
def test_a_whole_interview_in_plain_text(at_terminal: At, home: Path, how: str) -> None:
    name, _, value = how.partition("=")
    arguments, env = (["--plain"], {}) if not value else ([], {name: value})
    mi = at_terminal(*arguments, "session", "start", rows=100, **env)
    mi.wait_for("Client code")
    mi.send("J-014" + ENTER)
    mi.wait_for_prompt()
    assert "a counselor here. We have" in mi.screen
    mi.send("My wife saidd")
    mi.wait_for_line("> My wife saidd")
    mi.send(BACKSPACE)
    mi.wait_for_line("> My wife said")
    mi.send(ENTER)
    mi.wait_for("saved 1 said")
    mi.wait_for_prompt()
    mi.send("dropped")
    mi.wait_for_line("> dropped")
    mi.send(CTRL_C)
    mi.wait_for_prompt()
    mi.send("+d I'd like")
    mi.wait_for_line("> +d I'd like")
    mi.send(F8)
    mi.wait_for("988")
    mi.wait_for_line("> +d I'd like")
    mi.send(" to" + ENTER)
    mi.wait_for("saved 2 change talk, desire")
    mi.wait_for_prompt()
    mi.send("/hide" + ENTER)
    mi.wait_for("Hidden. Any key shows it again.")
    assert "My wife" not in "\n".join(mi.rows[-50:])
    mi.send("x")
    mi.wait_for_prompt()
    mi.send("/e" + TAB)
    mi.wait_for("/engaging  /evoking  /edit  /entries  /end")
    mi.wait_for_line("> /e")
    mi.send(CTRL_C)
    mi.wait_for_prompt()
    mi.send("/note" + ENTER)
    mi.wait_for_line("note>")
    mi.send("one" + ENTER + "two" + ENTER + "." + ENTER)
    mi.wait_for("saved 3 said")
    mi.wait_for_line(">")
    mi.send("/goal Breakfast" + ENTER)
    mi.wait_for("saved goal 1")
    mi.wait_for_prompt()
    mi.send("/end Ring" + ENTER)
    mi.wait_for("May this stand in your plan?")
    mi.press_enter("Lines that could be shared if the client agrees: 2.")
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    assert " min, 4 entries." in mi.text
    assert b"\x1b" not in mi.raw
    assert [words for _, _, words in kept(home)] == ["My wife said", "I'd like to", "one\ntwo", "Ring"]
    assert session(home)["status"] == "closed"


def test_what_is_pasted_into_plain_text_cannot_act_on_the_terminal(at_terminal: At, home: Path) -> None:
    mi = at_terminal("--plain", "session", "start", "J-014")
    mi.wait_for_prompt()
    mi.paste("red \x1b[31m and \x1b]0;title\x07 or \u202e")
    mi.wait_for("or ")
    mi.send(ENTER)
    mi.wait_for("saved 1 said")
    mi.wait_for_prompt()
    mi.send("\x1b[31mplain" + ENTER)  # without bracketed paste the codes are keys, and none of ours
    mi.wait_for("saved 2 said")
    mi.wait_for_prompt()
    assert b"\x1b" not in mi.raw
    assert "\u202e".encode() not in mi.raw
    assert [words for _, _, words in kept(home)] == ["red \x1b[31m and \x1b]0;title\x07 or \u202e", "plain"]


def test_no_color_takes_away_color_alone(at_terminal: At) -> None:
    mi = at_terminal("session", "start", "J-014", NO_COLOR="1")
    mi.wait_for(BAR)
    mi.enter("/checks", then="Am I reflecting more than I am asking?")
    mi.send(CTRL_D)
    mi.wait_for("Clear the screen")
    codes = [code for found in re.findall(rb"\x1b\[([0-9;]*)m", mi.raw) for code in found.split(b";") if code]
    assert codes, "bold and the like stay"
    assert not [code for code in codes if 30 <= int(code) <= 49 or 90 <= int(code) <= 107]


NASTY = {
    "markup": "[bold]x[/] [link=file:///etc/passwd]y[/link] :warning:",
    "color": "red \x1b[35mpurple\x1b[0m",
    "title": "\x1b]0;owned\x07 \x1b]52;c;aGk=\x07",
    "c1": "\x9b31m \x85",
    "bidi": "abc \u202egnp.exe\u2066 \u200f",
    "braces": "{0} {client} %s $HOME `id`",
}


def test_words_that_try_to_act_are_kept_as_typed_and_shown_harmless(at_terminal: At, home: Path) -> None:
    make_store(home)
    lines = [f"+d {words}\n/goal {words}\n" for words in NASTY.values()]
    done = run_mi(home, "session", "start", "J-014", stdin="".join(lines).encode())
    assert done.returncode == 0
    assert [words for _, _, words in kept(home)] == list(NASTY.values())
    assert [goal["words"] for goal in plan(home)["goals"]] == list(NASTY.values())

    mi = at_terminal("session", "resume", rows=60)
    mi.wait_for(BAR)
    mi.say("/entries")
    mi.say("/recap")
    mi.say("/goal")
    mi.send(CTRL_D)
    mi.wait_for("Clear the screen")
    mi.send("n" + ENTER)
    mi.wait_for_exit()
    shown = [mi]
    for arguments in (
        ["session", "show", "last"],
        ["session", "recap", "J-014"],
        ["goals", "show", "J-014"],
        ["goals", "list"],
    ):
        other = at_terminal(*arguments, rows=60)
        assert other.wait_for_exit() == 0
        shown.append(other)
    recap = shown[2]
    for terminal in shown:
        text = "".join(terminal.text.split())  # rows end where the window does
        if terminal is not recap:  # a recap chooses the latest five
            assert "[bold]x[/][link=file:///etc/passwd]y[/link]:warning:" in text
            assert "red␛[35mpurple␛[0m" in text
        assert "␛]0;owned␇␛]52;c;aGk=␇" in text
        assert "‹202E›gnp.exe‹2066›" in text
        assert "{0}{client}%s$HOME`id`" in text
        without_question = terminal.raw.replace(ASKS_BACKGROUND, b"")  # what mi asks the terminal for itself
        assert not re.search(rb"\x1b\]|\x1b\[35m|\x07", without_question)
        assert not re.search("[\x80-\x9f\u200f\u202a-\u202e\u2066-\u2069]", terminal.raw.decode())
