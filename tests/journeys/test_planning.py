"""A change plan at a terminal: what counselor and client see together, and what is on the disk afterwards."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.records import make_store, plan, run_mi
from tests.journeys.terminal import BAR, CTRL_C, ENTER, Terminal

At = Callable[..., Terminal]
LEFT = "\x1b[D"


def with_client(home: Path, lines: bytes = b"", language: str = "en") -> None:
    make_store(home)
    run_mi(home, "client", "add", "J-014", "--lang", language)
    if lines:
        assert run_mi(home, "session", "start", "J-014", stdin=lines).returncode == 0


def goal(home: Path) -> Any:
    return plan(home)["goals"][-1]


def answer(mi: Terminal, text: str, then: str) -> None:
    """Answers a question, and waits for what comes after it, since the echo may be anywhere."""
    seen = mi.text.count(then)
    mi.send(text + ENTER)
    mi.wait_until(lambda: mi.text.count(then) > seen, repr(then))


@pytest.mark.parametrize("before", [(), ("--plain",)], ids=["styled", "plain"])
def test_a_goal_and_what_belongs_to_it(at_terminal: At, home: Path, before: tuple[str, ...]) -> None:
    with_client(home)
    mi = at_terminal(*before, "goals", "add", "J-014", "--review", "2027-01-31")
    mi.wait_for("In the client's words:")
    answer(mi, "Client will attend breakfast", "Is this how the client put it?")
    answer(mi, "n", "In the client's words:")
    answer(mi, "Be at Saturday breakfast", "What are the most important reasons for you to do this?")
    answer(mi, "My own kid", "What else makes it matter?")
    answer(mi, "", "How important is it to you, from 0 to 10?")
    answer(mi, "11", "Please type a number from 0 to 10.")
    answer(mi, "8", "What is a step you could take?")
    answer(mi, "Tell Dave @ Wednesday", "Where?")
    answer(mi, "at work", "How will you go about it?")
    answer(mi, "", "Is it a step on the way there (1), or the change itself (2)?")
    answer(mi, "1", "Is there another step?")
    answer(mi, "", "Who could help you with it?")
    answer(mi, "Maria", "How could they help?")
    answer(mi, "drives me", "Who else?")
    answer(mi, "", "What could get in the way?")
    answer(mi, "Empty house at six", "And what would you do then?")
    answer(mi, "Ring my brother", "What else could get in the way?")
    answer(mi, "", "How will you know that it is working?")
    answer(mi, "", "What will you do if it is not working?")
    answer(mi, "Ring you", "How confident are you that you can do it, from 0 to 10?")
    assert "Confidence · 8 of 8" in mi.text, "the date was given"
    answer(mi, "5", "The plan stands as far as you took it.")
    assert mi.wait_for_exit() == 0
    made = goal(home)
    assert (made["words"], made["reasons"], made["review_on"]) == (
        "Be at Saturday breakfast",
        ["My own kid"],
        "2027-01-31",
    )
    [step] = made["steps"]
    assert [step[part] for part in ("words", "when", "where", "how", "reach")] == [
        "Tell Dave", "Wednesday", "at work", None, "proximal",
    ]  # fmt: skip
    assert (made["supports"], made["barriers"]) == (
        [{"who": "Maria", "how": "drives me"}],
        [{"what": "Empty house at six", "response": "Ring my brother"}],
    )
    assert (made["importance"], made["confidence"], made["if_not_working"]) == (8, 5, "Ring you")
    assert (b"\x1b" in mi.raw) is not bool(before)


def test_what_was_answered_before_ctrl_c_is_kept_and_shown_the_next_time(at_terminal: At, home: Path) -> None:
    with_client(home, b"/goal Be there\n")
    mi = at_terminal("goals", "plan", "J-014")
    mi.wait_for("most important reasons")
    answer(mi, "My own kid", "What else makes it matter?")
    mi.send("half an ans" + CTRL_C)
    assert mi.wait_for_exit() == 130
    assert "Interrupted. What was answered before is saved; this answer is not." in mi.text
    assert goal(home)["reasons"] == ["My own kid"]
    again = at_terminal("goals", "plan", "J-014")
    again.wait_for("so far: My own kid")
    assert "“Be there”" in again.screen


def test_an_answer_can_be_mended_before_it_is_given(at_terminal: At, home: Path) -> None:
    with_client(home, b"/goal Be there\n")
    mi = at_terminal("goals", "plan", "J-014", LC_ALL="C")
    mi.wait_for("most important reasons")
    answer(mi, "señr" + LEFT + "o", "What else makes it matter?")
    assert goal(home)["reasons"] == ["señor"]


def test_a_plan_in_spanish(at_terminal: At, home: Path) -> None:
    with_client(home, language="es")
    mi = at_terminal("goals", "plan", "J-014")
    mi.wait_for("¿Qué quiere usted?")
    answer(mi, "El cliente asistirá al grupo", "¿Lo dijo así el cliente?")
    answer(mi, "", "¿Cuáles son las razones más importantes para usted?")
    answer(mi, "", "¿Qué importancia tiene para usted, de 0 a 10?")
    answer(mi, "7", "¿Qué paso podría dar?")
    answer(mi, "Llamar a mi hermano", "¿Cuándo lo hará?")
    assert "guardado: paso" in mi.screen
    mi.send(CTRL_C)
    assert mi.wait_for_exit() == 130
    assert (goal(home)["words"], goal(home)["importance"]) == ("El cliente asistirá al grupo", 7)


def test_one_thing_is_changed_and_what_was_there_can_be_seen(at_terminal: At, home: Path) -> None:
    with_client(home, b"/goal Be there\n/step Tell Dave @ Wednesday\n/importance 6\n")
    mi = at_terminal("goals", "edit", "J-014")
    mi.wait_for("A number, or Enter to leave it as it is:")
    assert "4  step: Tell Dave @ Wednesday" in mi.screen
    answer(mi, "4", "what: the new text")
    answer(mi, "", "when: the new text")
    answer(mi, "Friday", "where: the new text")
    answer(mi, "", "how: the new text")
    answer(mi, "", "reach (proximal, distal): the new text")
    answer(mi, "prox", "done on: the new text")
    answer(mi, "yesterday", "A date such as")
    answer(mi, "", "came of it: the new text")
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    assert "Changed." in mi.text
    assert (goal(home)["steps"][0]["when"], goal(home)["steps"][0]["reach"]) == ("Friday", "proximal")
    shown = at_terminal("goals", "show", "J-014", "--history")
    assert shown.wait_for_exit() == 0
    assert "step before: Tell Dave @ Wednesday" in " ".join(shown.text.split())
    text = " ".join(shown.text.split())
    assert re.search(r"step: Tell Dave @ Friday( \(that is \w+ \d+, \d+\))? · on the way", text)  # none on a Friday
    assert re.search(r"said \w+ \d+, 20", text)
    assert ", engaging" in shown.text
    assert "Importance: ▅ 6" in shown.text  # a bar, which plain text does not have


def test_what_came_of_it_and_a_step_that_was_done(at_terminal: At, home: Path) -> None:
    with_client(home, b"/goal Be there\n/step Tell Dave\n/step Ring\n/goal Sleep\n")
    mi = at_terminal("goals", "progress", "J-014")
    mi.wait_for("Which goal?")
    answer(mi, "1", "What came of it?")
    answer(mi, "He picked up", "Is there something new about one of them?")
    answer(mi, "2", "What became of it?")
    answer(mi, "2", "How did it go?")
    answer(mi, "laughed", "Is there something new about one of them?")
    answer(mi, "1", "What became of it?")
    answer(mi, "4", "What is a step you could take?")
    answer(mi, "Write to Dave @ 2026-12-01", "Is there something new about one of them?")
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    first = plan(home)["goals"][0]
    assert first["progress"][0]["words"] == "He picked up"
    assert [(step["words"], step["status"], step["outcome"]) for step in first["steps"]] == [
        ("Tell Dave", "replaced", None), ("Ring", "partly", "laughed"), ("Write to Dave", "open", None),
    ]  # fmt: skip
    assert first["steps"][2]["due"] == "2026-12-01"


def test_the_change_plan_begins_with_what_became_of_the_open_steps(at_terminal: At, home: Path) -> None:
    with_client(home, b"/goal Be there\n/step Tell Dave\n/step Ring\n")
    mi = at_terminal("goals", "plan", "J-014")
    mi.wait_for("Is there something new about one of them?")
    answer(mi, "1", "What became of it?")
    answer(mi, "3", "How did it go?")
    answer(mi, "", "Is there something new about one of them?")
    answer(mi, "", "What are the most important reasons")
    assert [step["status"] for step in plan(home)["goals"][0]["steps"]] == ["not", "open"]


@pytest.mark.parametrize("before", [(), ("--plain",)], ids=["styled", "plain"])
@pytest.mark.parametrize(
    ("language", "title", "asked", "now"),
    [
        ("en", "Parked for the therapist: as told, not analyzed", "Numbers the client agrees to", "in the plan: "),
        (
            "es",
            "Apartado para la terapia: tal como se contó, sin analizar",
            "Números que el cliente acepta",
            "en el plan: ",
        ),
    ],
)
def test_counselor_and_client_go_through_what_may_be_passed_on(
    at_terminal: At, home: Path, before: tuple[str, ...], language: str, title: str, asked: str, now: str
) -> None:
    with_client(home, b"+d want\n= seen by me\n? his father\n/end Ring.\n", language)
    run_mi(home, "session", "start", "J-014", stdin=b"! came\n")
    mi = at_terminal(*before, "goals", "share", "J-014")
    mi.wait_for(asked)
    assert title in mi.screen
    assert "seen by me" not in mi.screen
    assert mi.screen.index("his father") < mi.screen.index("“want”") < mi.screen.index("Ring.")
    answer(mi, "1 2 3", f"{now}1, 2, 3")
    answer(mi, "-2", f"{now}1, 3")
    answer(mi, "9", "-7")
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    agreed = {field: [item["words"] for item in plan(home)[field]] for field in ("parked", "talk", "strengths", "next")}
    assert agreed == {"parked": ["his father"], "talk": [], "strengths": ["came"], "next": []}


def test_a_step_that_does_not_sound_like_the_client_is_asked_about_in_an_interview(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("/goal Patient will comply with the plan", then="Is this how the client put it?")
    mi.wait_for("saved goal 1")
    mi.enter("/undo", then="taken back")
    mi.enter("/goal I must be there", then="saved goal 1")
    assert mi.text.count("Is this how the client put it?") == 1
    assert [made["words"] for made in plan(home)["goals"]] == ["I must be there"]


def test_b_goes_back_in_the_change_plan_and_what_was_answered_stays(at_terminal: At, home: Path) -> None:
    with_client(home)
    mi = at_terminal("goals", "add", "J-014")
    mi.wait_for("In the client's words:")
    reasons, importance = "What are the most important reasons", "How important is it to you, from 0 to 10?"
    answer(mi, "Be at Saturday breakfast", reasons)
    mi.wait_for("b goes back")
    answer(mi, "b", "goal: the new text (Enter keeps it):")
    answer(mi, "Be at Sunday breakfast", reasons)
    answer(mi, "My own kid", "What else makes it matter?")
    answer(mi, "", importance)
    answer(mi, "B", reasons)
    mi.wait_until(lambda: "so far: My own kid" in mi.text.rpartition(reasons)[2], "what was answered")
    answer(mi, "And my wif", "What else makes it matter?")
    answer(mi, "b", "why: the new text")
    answer(mi, "And my wife", "What else makes it matter?")
    answer(mi, "", importance)
    answer(mi, "7", "What is a step you could take?")
    answer(mi, "b", importance)
    mi.send(CTRL_C)
    assert mi.wait_for_exit() == 130
    assert goal(home)["words"] == "Be at Sunday breakfast"
    assert goal(home)["reasons"] == ["My own kid", "And my wife"]
    assert goal(home)["importance"] == 7
