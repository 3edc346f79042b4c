"""Prompt sets on a terminal: the system's language, one's own sets, the safety card, and files that mean no good."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.terminal import ENTER, F8, Terminal

At = Callable[..., Terminal]


@pytest.fixture
def own_sets(home: Path) -> Path:
    """Returns the folder for the user's own sets."""
    folder = home / "config" / "mi" / "prompts"
    folder.mkdir(parents=True)
    return folder


def run(terminal: Terminal) -> str:
    """Waits until the command has succeeded, and returns what it shows."""
    assert terminal.wait_for_exit() == 0
    return terminal.text


@pytest.mark.parametrize(
    ("language", "stage", "title", "last"),
    [
        ("en_US.UTF-8", "Engaging ·", "Safety card", "not validated."),
        ("es_MX.UTF-8", "Vinculación ·", "Tarjeta de seguridad", "está validada."),
    ],
)
def test_the_card_fits_the_screen_and_keeps_the_line(
    at_terminal: At, language: str, stage: str, title: str, last: str
) -> None:
    run(at_terminal("config", "set", "safety.contacts", "On call 555-0100; Ms. Vega 555-0101"))
    terminal = at_terminal("session", "start", "J-014", LANG=language)
    terminal.wait_for(stage)
    terminal.wait_for_prompt()
    terminal.send("half a li")
    terminal.wait_for_line("› half a li")
    terminal.send(F8)
    terminal.wait_for(last)
    terminal.wait_for_line("› half a li")
    assert terminal.rows[0].strip() == title
    assert "On call 555-0100; Ms. Vega 555-0101" in terminal.screen
    assert re.search(r"\b911\b", terminal.screen)
    assert re.search(r"\b988\b", terminal.screen)


def test_a_set_of_ones_own_from_writing_it_to_the_interview(at_terminal: At, own_sets: Path) -> None:
    run(at_terminal("prompts", "new", "ours"))
    file = own_sets / "ours" / "engaging.toml"
    as_comment = '# [[prompt]]\n# id = "opening-role"\n# say = "'
    text = file.read_text(encoding="utf-8")
    assert as_comment in text
    file.write_text(text.replace(as_comment, '[[prompt]]\nid = "opening-role"\nsay = "Welcome. '), encoding="utf-8")
    lines = '[[line]]\ncountry = "GB"\nname = "Emergency line"\nreach = "call 999"\n'
    (own_sets / "ours" / "safety.toml").write_text(lines, encoding="utf-8")
    assert "Nothing to correct: ours" in run(at_terminal("prompts", "check"))
    terminal = at_terminal("session", "start", "J-014", "--set", "ours")
    terminal.wait_for("Welcome. ")
    terminal.wait_for_prompt()
    terminal.send(F8)
    terminal.wait_for("GB · Emergency line: call 999")
    terminal.wait_for_prompt()  # beneath the card, which stands there whole
    assert not re.search(r"\b(?:911|988)\b", terminal.screen)


@pytest.mark.parametrize("name", ["ours", "en"])
def test_a_broken_set_that_was_not_named_lets_the_interview_begin(at_terminal: At, own_sets: Path, name: str) -> None:
    run(at_terminal("config", "set", "prompt_set", name))
    (own_sets / name).mkdir()
    (own_sets / name / "set.toml").write_text('extends = "en"\n', encoding="utf-8")
    (own_sets / name / "focusing.toml").write_text('aim = "x"\n[[prompt]]\nid = 5\n', encoding="utf-8")
    terminal = at_terminal("session", "start", "J-014")
    terminal.wait_for("a counselor here. We have")
    assert "this interview has the shipped ones" in terminal.text
    assert f"{name}/focusing.toml, line 3, prompt number 1, id:" in terminal.text
    terminal.close()
    named = at_terminal("session", "start", "J-015", "--set", name)
    assert named.wait_for_exit() == 1
    assert f"{name}/focusing.toml, line 3" in named.text


def test_what_stands_in_a_prompt_file_does_nothing_on_a_terminal(at_terminal: At, own_sets: Path) -> None:
    (own_sets / "odd").mkdir()
    (own_sets / "odd" / "set.toml").write_text('extends = "en"\ntitle = "[red]\\u001b[2J"\n', encoding="utf-8")
    say = "[bold red]Hi[/] {name} %s \\u001b]0;gone\\u0007\\u001b[2J\\u202eabc \\rX"
    text = f'[[prompt]]\nid = "opening-role"\nsay = "{say}"\nlisten_for = "{say}"\nnote = "{say}"\n'
    (own_sets / "odd" / "engaging.toml").write_text(f'aim = "{say}"\ntraps = ["{say}"]\n{text}', encoding="utf-8")
    terminal = at_terminal("session", "start", "J-014", "--set", "odd")
    terminal.wait_for("[bold red]Hi[/] {name} %s ␛]0;gone␇␛[2J‹202E›abc ␍X")
    terminal.wait_for_prompt()
    terminal.say("hello")
    terminal.enter("/checks", then="[bold red]Hi[/]")
    terminal.enter("/end", then="?")
    terminal.send(ENTER)
    terminal.wait_for_exit()
    shown = at_terminal("session", "show", "last")
    assert "opening-role · [bold red]Hi[/]" in run(shown)
    for raw in (terminal.raw, shown.raw):
        assert b"\x1b]0;gone" not in raw
        assert "\u202e".encode() not in raw
