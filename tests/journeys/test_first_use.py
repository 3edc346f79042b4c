"""A store that was made where nobody could be asked: the first use on a terminal asks, once."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.records import run_mi, session
from tests.journeys.terminal import BAR, CTRL_C, ENTER, Terminal, environment
from tests.journeys.test_protection import OWN, pause, tells_words_or_client, type_hidden

At = Callable[..., Terminal]
ASKED = "1, 2 or 3 (Enter takes 1):"
WORDS = b"+d Mirabelle\n/end\n"


@pytest.fixture
def home_with_store(home: Path) -> Path:
    """Returns a home with a store that a command without a terminal has made."""
    assert run_mi(home, "session", "start", "J-014", stdin=WORDS).returncode == 0
    return home


def was_asked(home: Path) -> object:
    """Returns whether the store remembers that somebody was asked about a passphrase."""
    return json.loads((home / "store" / "store.json").read_bytes()).get("protection_asked", True)


def test_the_readmes_first_command_works_with_nothing_at_all(home: Path) -> None:
    ran = run_mi(home, "session", "start")
    assert ran.returncode == 0
    assert session(home)["status"] == "paused"
    assert json.loads(run_mi(home, "client", "list", "--json").stdout)["items"][0]["sessions"] == 1


@pytest.mark.parametrize("command", [("session", "start", "J-014"), ("session", "list"), ("goals", "list")])
def test_a_passphrase_is_chosen_and_everything_is_sealed(
    at_terminal: At, home_with_store: Path, command: tuple[str, ...]
) -> None:
    mi = at_terminal(*command)
    mi.wait_for(ASKED)
    assert "nobody could be asked when the store was made" in mi.text.replace("\n", " ")
    mi.enter("2", then="New passphrase")
    type_hidden(mi, OWN, then="Type it again")
    type_hidden(mi, OWN, then=BAR if "start" in command else "Protected.")
    if "start" in command:
        pause(mi)
    else:
        assert mi.wait_for_exit() == 0
    assert not tells_words_or_client(home_with_store / "store")
    assert run_mi(home_with_store, "session", "list").returncode == 4
    (home_with_store / "secret").write_text(OWN, encoding="utf-8")
    shown = run_mi(home_with_store, "session", "show", "J-014", MI_PASSWORD_FILE=str(home_with_store / "secret"))
    assert shown.returncode == 0


def test_none_is_remembered_and_nobody_is_asked_again(at_terminal: At, home_with_store: Path) -> None:
    mi = at_terminal("session", "list")
    mi.wait_for(ASKED)
    mi.enter("3", then="J-014")
    assert mi.wait_for_exit() == 0
    assert was_asked(home_with_store) is True
    again = at_terminal("session", "list")
    assert again.wait_for_exit() == 0
    assert ASKED not in again.text
    assert b"unprotected" not in run_mi(home_with_store, "doctor").stdout


def test_whoever_does_not_answer_is_asked_again(at_terminal: At, home_with_store: Path) -> None:
    mi = at_terminal("session", "list")
    mi.wait_for(ASKED)
    mi.send(CTRL_C)
    assert mi.wait_for_exit() == 130
    assert was_asked(home_with_store) is False
    again = at_terminal("session", "list")
    again.wait_for(ASKED)


def test_a_pipe_is_never_asked_and_the_doctor_only_looks(at_terminal: At, home_with_store: Path) -> None:
    assert run_mi(home_with_store, "session", "start", "J-014", stdin=WORDS).returncode == 0
    mi = at_terminal("doctor")
    assert mi.wait_for_exit() == 0
    assert "The store is unprotected" in mi.text.replace("\n", " ")
    assert ASKED not in mi.text
    assert was_asked(home_with_store) is False


def test_on_a_terminal_it_is_asked_before_the_first_client_is_set_up(at_terminal: At, home: Path) -> None:
    mi = at_terminal("client", "add", "J-014", MI_STORE=str(home / "mine"))
    mi.wait_for(ASKED)
    mi.enter("2", then="New passphrase")
    type_hidden(mi, OWN, then="Type it again")
    type_hidden(mi, OWN, then="Set up.")
    assert mi.wait_for_exit() == 0
    assert mi.text.count("passphrase (it does not show") == 1
    assert run_mi(home, "client", "list", MI_STORE=str(home / "mine")).returncode == 4


def test_while_an_interview_goes_on_the_list_is_shown_and_the_question_comes_again(
    at_terminal: At, home_with_store: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "mi_cli", "session", "start", "K-2"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(home_with_store),
    ) as going_on:  # fmt: skip
        assert going_on.stdin is not None
        assert going_on.stdout is not None
        going_on.stdin.write(b"one\n")
        going_on.stdin.flush()
        while b"saved" not in going_on.stdout.readline():
            assert going_on.poll() is None
        mi = at_terminal("session", "list")
        mi.wait_for(ASKED)
        mi.enter("2", then="New passphrase")
        type_hidden(mi, OWN, then="Type it again")
        type_hidden(mi, OWN, then="cannot be protected at the moment")
        assert mi.wait_for_exit() == 0
        assert "J-014" in mi.text
        going_on.stdin.close()
        assert going_on.wait() == 0
    assert was_asked(home_with_store) is False


def test_a_character_that_nobody_can_type_is_refused_at_the_terminal_too(at_terminal: At, home: Path) -> None:
    mi = at_terminal("client", "add", "J-014", MI_STORE=str(home / "mine"))
    mi.wait_for(ASKED)
    mi.enter("2", then="New passphrase")
    type_hidden(mi, f"{OWN[:9]}\u200b{OWN[9:]}", then="character 10 is an invisible character")
    type_hidden(mi, OWN, then="Type it again")
    type_hidden(mi, OWN, then="Set up.")
    assert mi.wait_for_exit() == 0
    assert OWN not in mi.text


def test_the_first_hour_asks_for_protection_the_name_the_credentials_and_the_code_once(
    at_terminal: At, home: Path
) -> None:
    mi = at_terminal("session", "start", MI_STORE=str(home / "mine"), asks_who=True)
    mi.wait_for(ASKED)
    mi.send("x" + ENTER)
    mi.wait_for("Please type a number from 1 to 3.")
    mi.wait_until(lambda: mi.text.count(ASKED) == 2, "the question once more")
    mi.send("3" + ENTER)
    mi.wait_for("Your name, as it should stand")
    mi.send("Alx Doe" + ENTER)
    mi.wait_for("Your credentials")
    mi.send("b" + ENTER)
    mi.wait_until(lambda: mi.text.count("Your name, as it should stand") == 2, "the name once more")
    mi.send("Alex Doe" + ENTER)
    mi.wait_until(lambda: mi.text.count("Your credentials") == 2, "the credentials once more")
    mi.send("LADC" + ENTER)
    mi.wait_for("Client code")
    mi.send("J-014" + ENTER)
    mi.wait_for(BAR)
    pause(mi)
    assert tomllib.loads((home / "config/mi/config.toml").read_text(encoding="utf-8")) == {
        "counselor": "Alex Doe",
        "credentials": "LADC",
    }
    listed = json.loads(run_mi(home, "session", "list", "--json", MI_STORE=str(home / "mine")).stdout)
    assert listed["items"][0]["counselor"] == "Alex Doe"
    again = at_terminal("session", "start", MI_STORE=str(home / "mine"), asks_who=True)
    again.wait_for("Client code")
    assert "Your name" not in again.text


def test_whoever_gives_no_name_is_the_login_and_is_not_asked_again(at_terminal: At, home: Path) -> None:
    mi = at_terminal("client", "add", "J-014", MI_STORE=str(home / "mine"), asks_who=True)
    mi.wait_for(ASKED)
    mi.send("3" + ENTER)
    mi.wait_for("(Enter: counselor)")
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    assert not (home / "config" / "mi" / "config.toml").exists()


def test_an_interruption_at_the_name_says_that_the_store_is_made(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", MI_STORE=str(home / "mine"), asks_who=True)
    mi.wait_for(ASKED)
    mi.send("3" + ENTER)
    mi.wait_for("Your name")
    mi.send(CTRL_C)
    assert mi.wait_for_exit() == 130
    assert "The store is made. Nothing else was saved." in mi.text
