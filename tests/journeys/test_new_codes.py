"""At a terminal a new code that is easily confused with one that exists is asked about."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.records import make_store, run_mi
from tests.journeys.terminal import BAR, CTRL_C, CTRL_D, ENTER, Terminal

At = Callable[..., Terminal]
ASKED = "There is a client J-014, and nobody has the code J-O14."


def codes(home: Path) -> list[str]:
    return [item["client"] for item in json.loads(run_mi(home, "client", "list", "--json").stdout)["items"]]


@pytest.fixture
def one_client(home: Path) -> Path:
    make_store(home)
    assert run_mi(home, "client", "add", "J-014").returncode == 0
    return home


COMMANDS = [("session", "start", "J-O14"), ("client", "add", "J-O14"), ("client", "edit", "K-200", "--code", "J-O14")]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("answer", [ENTER, "n" + ENTER])
def test_without_a_yes_nothing_is_set_up(
    at_terminal: At, one_client: Path, command: tuple[str, ...], answer: str
) -> None:
    run_mi(one_client, "client", "add", "K-200")
    mi = at_terminal(*command)
    mi.wait_for(ASKED)
    mi.send("perhaps" + ENTER)
    mi.wait_for("Please answer y for yes or n for no.")
    mi.send(answer)
    assert mi.wait_for_exit() == 1
    assert "J-O14 was not set up. The client who is on file is J-014." in mi.text
    assert codes(one_client) == ["J-014", "K-200"]


@pytest.mark.parametrize("command", COMMANDS[1:])
def test_with_a_yes_it_is_another_client(at_terminal: At, one_client: Path, command: tuple[str, ...]) -> None:
    run_mi(one_client, "client", "add", "K-200")
    mi = at_terminal(*command)
    mi.wait_for(ASKED)
    mi.send("y" + ENTER)
    assert mi.wait_for_exit() == 0
    assert {"J-014", "J-O14"} <= set(codes(one_client))


def test_a_code_that_was_asked_for_is_asked_for_again(at_terminal: At, one_client: Path) -> None:
    mi = at_terminal("session", "start")
    mi.wait_for("Client code")
    mi.send("J-O14" + ENTER)
    mi.wait_for(ASKED)
    mi.send("n" + ENTER)
    mi.wait_until(lambda: mi.text.count("Client code") == 2, "the question once more")
    mi.send("J-014" + ENTER)
    mi.wait_for(BAR)
    mi.send(CTRL_D)
    mi.wait_for("Clear the screen")
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    assert codes(one_client) == ["J-014"]


def test_another_digit_and_new_are_not_asked_about(at_terminal: At, one_client: Path) -> None:
    for words in (("J-015",), ("J-O14", "--new")):
        mi = at_terminal("client", "add", *words)
        assert mi.wait_for_exit() == 0
        assert ASKED not in mi.text
    assert codes(one_client) == ["J-014", "J-015", "J-O14"]


def test_ctrl_c_sets_nothing_up(at_terminal: At, one_client: Path) -> None:
    mi = at_terminal("client", "add", "J-O14")
    mi.wait_for(ASKED)
    mi.send(CTRL_C)
    assert mi.wait_for_exit() == 130
    assert codes(one_client) == ["J-014"]
