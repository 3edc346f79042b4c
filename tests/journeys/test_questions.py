"""At a terminal a wrong answer is asked again, what is done is named before, and Ctrl-C says what is kept."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.records import make_store, plan, run_mi, session
from tests.journeys.terminal import BAR, CTRL_C, CTRL_D, ENTER, Terminal

At = Callable[..., Terminal]
GOALS = b"/goal Sleep\n/step Alarm\n/step Bed\n/goal Run\n/goal Sing\n"
NUMBER = "Please type a number from 1 to 3."
YES_OR_NO = "Please answer y for yes or n for no."


def with_goals(home: Path, lines: bytes = GOALS, language: str = "en") -> None:
    make_store(home)
    run_mi(home, "client", "add", "J-014", "--lang", language)
    assert run_mi(home, "session", "start", "J-014", stdin=lines).returncode == 0


def statuses(home: Path) -> list[str]:
    return [goal["status"] for goal in plan(home)["goals"]]


def answer(mi: Terminal, text: str, then: str) -> None:
    """Answers a question, and waits for what comes after it."""
    seen = mi.text.count(then)
    mi.send(text + ENTER)
    mi.wait_until(lambda: mi.text.count(then) > seen, repr(then))


@pytest.mark.parametrize("wrong", ["4", "0", "q", "yes", "-1", "99999999"])
@pytest.mark.parametrize(
    ("command", "asked", "status"),
    [(("drop",), "Drop this goal? “Run”", "dropped"), (("progress", "--met"), "Is this goal met? “Run”", "met")],
    ids=["drop", "met"],
)
def test_a_goal_is_chosen_named_and_confirmed(
    at_terminal: At, home: Path, command: tuple[str, ...], asked: str, status: str, wrong: str
) -> None:
    with_goals(home)
    mi = at_terminal("goals", command[0], "J-014", *command[1:])
    mi.wait_for("Which goal?")
    answer(mi, wrong, NUMBER)
    answer(mi, "2", asked)
    answer(mi, wrong if wrong != "yes" else "perhaps", YES_OR_NO)
    mi.send("y" + ENTER)
    assert mi.wait_for_exit() == 0
    assert statuses(home) == ["active", status, "active"]


@pytest.mark.parametrize("last", [ENTER, "n" + ENTER])
def test_the_only_goal_is_named_as_well_and_without_a_yes_it_stays(at_terminal: At, home: Path, last: str) -> None:
    with_goals(home, b"/goal Sleep\n")
    mi = at_terminal("goals", "drop", "J-014")
    mi.wait_for("Drop this goal? “Sleep”")
    mi.send(last)
    assert mi.wait_for_exit() == 1
    assert "Nothing was changed." in mi.text
    assert statuses(home) == ["active"]


def test_a_yes_given_before_is_enough(at_terminal: At, home: Path) -> None:
    with_goals(home, b"/goal Sleep\n")
    mi = at_terminal("goals", "drop", "J-014", "--yes")
    assert mi.wait_for_exit() == 0
    assert statuses(home) == ["dropped"]


def test_in_spanish_too(at_terminal: At, home: Path) -> None:
    with_goals(home, language="es")
    mi = at_terminal("goals", "drop", "J-014")
    mi.wait_for("¿Qué meta?")
    answer(mi, "7", "Escriba un número del 1 al 3.")
    answer(mi, "3", "¿Dejar esta meta? “Sing”")
    answer(mi, "quizá", "Responda s para sí o n para no.")
    mi.send("sí" + ENTER)
    assert mi.wait_for_exit() == 0
    assert statuses(home) == ["active", "active", "dropped"]


def test_what_is_to_be_edited_is_asked_again(at_terminal: At, home: Path) -> None:
    with_goals(home, b"/goal Sleep\n/reason Rest\n")
    mi = at_terminal("goals", "edit", "J-014")
    mi.wait_for("A number, or Enter to leave it as it is:")
    answer(mi, "99", "Please type a number from 1 to")
    answer(mi, "words", "Please type a number from 1 to")
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    assert "Nothing was changed." in mi.text


def test_which_step_was_done_is_asked_again(at_terminal: At, home: Path) -> None:
    with_goals(home)
    mi = at_terminal("goals", "progress", "J-014", plan(home)["goals"][0]["id"])
    mi.wait_for("What came of it?")
    answer(mi, "", "Is there something new about one of them?")
    answer(mi, "3", "Please type a number from 1 to 2.")
    answer(mi, "2", "What became of it?")
    answer(mi, "5", "Please type a number from 1 to 4.")
    answer(mi, "1", "How did it go?")
    answer(mi, "", "Is there something new about one of them?")
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    assert [step["status"] == "done" for step in plan(home)["goals"][0]["steps"]] == [False, True]


def test_how_it_sounds_is_asked_again_and_the_words_are_kept(at_terminal: At, home: Path) -> None:
    with_goals(home, b"said\n")
    mi = at_terminal("goals", "add", "J-014")
    mi.wait_for("In the client's words:")
    answer(mi, "Client will attend", "Is this how the client put it?")
    answer(mi, "maybe", YES_OR_NO)
    answer(mi, "", "What are the most important reasons")
    assert plan(home)["goals"][-1]["words"] == "Client will attend"


@pytest.mark.parametrize("wrong", ["x", "4", "0", "33"])
def test_how_a_store_is_protected_is_asked_again(at_terminal: At, home: Path, wrong: str) -> None:
    mi = at_terminal("store", "init", MI_STORE=str(home / "mine"))
    mi.wait_for("1, 2 or 3 (Enter takes 1):")
    answer(mi, wrong, NUMBER)
    assert not (home / "mine" / "store.json").exists()
    mi.send("3" + ENTER)
    assert mi.wait_for_exit() == 0
    assert (home / "mine" / "store.json").exists()


def test_whether_it_goes_on_is_asked_again(at_terminal: At, home: Path) -> None:
    with_goals(home, b"said\n")
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for("is still open. Enter goes on with it")
    answer(mi, "now", YES_OR_NO)
    answer(mi, "no", BAR)
    assert "still open" in mi.text
    assert len(list((home / "store").glob("clients/*/sessions/*.json"))) == 2


def test_after_an_interview_only_a_yes_or_a_no_counts(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("+d want", then="saved 1")
    mi.enter("/end Ring", then="May this stand in your plan?")
    mi.press_enter("Lines that could be shared")
    answer(mi, "Meet on Tuesday", YES_OR_NO)
    answer(mi, "y", "Numbers the client agrees to")
    answer(mi, "", "Clear the screen")
    answer(mi, "never", YES_OR_NO)
    mi.send("n" + ENTER)
    assert mi.wait_for_exit() == 0
    assert session(home)["status"] == "closed"


def test_what_is_purged_is_named(at_terminal: At, home: Path) -> None:
    with_goals(home, b"said\n/end\n")
    assert run_mi(home, "session", "delete", "last", "--yes").returncode == 0
    assert run_mi(home, "client", "delete", "J-014", "--yes").returncode == 0
    mi = at_terminal("store", "trash", "purge")
    mi.wait_for("y/N:")
    assert "2 deleted items will be destroyed for good" in mi.text
    assert "client J-014, deleted" in mi.text
    assert "with J-014, deleted" in mi.text
    answer(mi, "what", YES_OR_NO)
    mi.send(ENTER)
    assert mi.wait_for_exit() == 1
    assert len(json.loads(run_mi(home, "store", "trash", "list", "--json").stdout)["items"]) == 2


NOTHING = "Interrupted. Nothing was saved."
ASKED: dict[str, tuple[tuple[str, ...], str]] = {
    "code": (("session", "start"), "Client code"),
    "which goal": (("goals", "drop", "J-014"), "Which goal?"),
    "edit": (("goals", "edit", "J-014", "--field", "status"), "Which goal?"),
    "new goal": (("goals", "add", "J-014"), "In the client's words:"),
    "yes": (("client", "delete", "J-014"), "y/N:"),
    "consent": (("consent", "add", "J-014"), "The client's name"),
}


@pytest.mark.parametrize("keys", [CTRL_C, CTRL_D], ids=["ctrl-c", "ctrl-d"])
@pytest.mark.parametrize("name", ASKED)
def test_before_anything_was_saved_that_is_said(at_terminal: At, home: Path, name: str, keys: str) -> None:
    with_goals(home)
    before = {path: path.read_bytes() for path in (home / "store").rglob("*.json")}
    arguments, asked = ASKED[name]
    mi = at_terminal(*arguments)
    mi.wait_for(asked)
    mi.wait_until(lambda: mi.line.rstrip().endswith((":", "›")), "the place for the answer")
    mi.send(keys)
    assert mi.wait_for_exit() == 130
    assert NOTHING in mi.text
    assert before == {path: path.read_bytes() for path in (home / "store").rglob("*.json")}


def test_a_store_that_was_made_is_said_to_be_made(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", MI_STORE=str(home / "mine"))
    mi.wait_for("1, 2 or 3 (Enter takes 1):")
    answer(mi, "3", "Client code")
    mi.send(CTRL_C)
    assert mi.wait_for_exit() == 130
    assert "Interrupted. The store is made. Nothing else was saved." in mi.text
    assert (home / "mine" / "store.json").exists()


def test_a_plan_that_was_gone_into_says_what_is_kept(at_terminal: At, home: Path) -> None:
    with_goals(home, b"/goal Sleep\n")
    mi = at_terminal("goals", "plan", "J-014")
    mi.wait_for("most important reasons")
    mi.send(CTRL_C)
    assert mi.wait_for_exit() == 130
    assert NOTHING in mi.text
    again = at_terminal("goals", "plan", "J-014")
    again.wait_for("most important reasons")
    answer(again, "Rest", "What else makes it matter?")
    again.send(CTRL_C)
    assert again.wait_for_exit() == 130
    assert "What was answered before is saved; this answer is not." in again.text


def test_a_passphrase_that_was_not_typed_to_its_end_saves_nothing(at_terminal: At, home: Path) -> None:
    mi = at_terminal("store", "init", MI_STORE=str(home / "mine"))
    mi.wait_for("1, 2 or 3 (Enter takes 1):")
    answer(mi, "2", "New passphrase")
    mi.wait_until(lambda: mi.line.endswith(":"), "the place for it")
    mi.send(CTRL_C)
    assert mi.wait_for_exit() == 130
    assert NOTHING in mi.text
    assert not (home / "mine" / "store.json").exists()
