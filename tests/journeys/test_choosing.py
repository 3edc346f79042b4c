"""At a terminal a command that needs a client or an interview offers the latest; text filters them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.records import make_store, run_mi
from tests.journeys.terminal import CTRL_C, ENTER, Terminal

At = Callable[..., Terminal]
CLIENT = "Which client? A number, or a part of the code:"
INTERVIEW = "Which interview? A number, or a part of the line:"


@pytest.fixture
def three(home: Path) -> Path:
    make_store(home)
    for code in ("A-100", "B-200", "C-300"):
        lines = f"+ Words of {code}\n/goal Goal of {code}\n/end\n".encode()
        assert run_mi(home, "session", "start", code, stdin=lines).returncode == 0
    return home


def test_a_client_is_chosen_by_number_the_latest_first(at_terminal: At, three: Path) -> None:
    mi = at_terminal("goals", "show")
    mi.wait_for(CLIENT)
    assert [row.split() for row in mi.rows if row.strip()[:1].isdigit()] == [
        ["1", "C-300"],
        ["2", "B-200"],
        ["3", "A-100"],
    ]
    mi.send("2" + ENTER)
    assert mi.wait_for_exit() == 0
    assert "Goal of B-200" in mi.text


def test_text_filters_and_a_wrong_number_is_no_choice(at_terminal: At, three: Path) -> None:
    mi = at_terminal("goals", "show")
    mi.wait_for(CLIENT)
    mi.send("9" + ENTER)
    mi.wait_until(lambda: mi.text.count(CLIENT) == 2, "the question once more")
    mi.send("zzz" + ENTER)
    mi.wait_until(lambda: mi.text.count(CLIENT) == 3, "the question once more")
    assert "None of them has that." in mi.text
    mi.send("a-1" + ENTER)
    mi.wait_until(lambda: mi.text.count(CLIENT) == 4, "the question once more")
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    assert "Goal of A-100" in mi.text


@pytest.mark.parametrize("answer", ["b-200", "B-2"])
def test_an_interview_is_chosen_too(at_terminal: At, three: Path, answer: str) -> None:
    mi = at_terminal("session", "show")
    mi.wait_for(INTERVIEW)
    mi.send(answer + ENTER)
    mi.wait_until(lambda: mi.text.count(INTERVIEW) == 2, "the question once more")
    mi.send("1" + ENTER)
    assert mi.wait_for_exit() == 0
    assert "Words of B-200" in mi.text


def test_with_a_short_name_and_options_it_works_as_well(at_terminal: At, three: Path) -> None:
    mi = at_terminal("show", "--plain")
    mi.wait_for(INTERVIEW)
    mi.send("3" + ENTER)
    assert mi.wait_for_exit() == 0
    assert "Words of A-100" in mi.text


def test_where_a_new_code_is_needed_no_client_who_is_there_is_offered(at_terminal: At, three: Path) -> None:
    mi = at_terminal("client", "add")
    assert mi.wait_for_exit() == 2
    assert CLIENT not in mi.text


def test_the_client_is_chosen_to_whom_an_interview_is_moved(at_terminal: At, three: Path) -> None:
    mi = at_terminal("session", "move", "A-100")
    mi.wait_for(CLIENT)
    mi.send("b-200" + ENTER)
    assert mi.wait_for_exit() == 0
    assert "The interview belongs to B-200 now." in mi.text


def test_ctrl_c_leaves_and_nothing_is_done(at_terminal: At, three: Path) -> None:
    mi = at_terminal("client", "delete", "--yes")
    mi.wait_for(CLIENT)
    mi.send(CTRL_C)
    assert mi.wait_for_exit() == 130


def test_where_there_is_nothing_to_choose_that_is_said(at_terminal: At, home: Path) -> None:
    make_store(home)
    for words, said in ((("goals", "show"), "There are no clients yet."), (("show",), "There are no interviews yet.")):
        mi = at_terminal(*words)
        assert mi.wait_for_exit() == 1
        assert said in mi.text


def test_it_asks_in_spanish(at_terminal: At, three: Path) -> None:
    run_mi(three, "config", "set", "language", "es")
    mi = at_terminal("goals", "show")
    mi.wait_for("¿Qué cliente? Un número, o una parte del código:")
    mi.send(CTRL_C)
    assert mi.wait_for_exit() == 130
