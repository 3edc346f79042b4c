"""Pages come and go: the safety card with F8, a long list a part at a time, and what is in view beneath them."""

import json
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from mi_cli.records.text_keys import LookAlike, Problem
from mi_cli.words.days import day_in_words
from mi_cli.words.interview import interview_words
from tests.journeys.records import kept, make_store, plan, run_mi
from tests.journeys.terminal import CTRL_D, ENTER, F8, Terminal

At = Callable[..., Terminal]
WORDS = interview_words("en")
MORE = WORDS.more.split("(")[0]
sizes = pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20), (120, 50)])


@sizes
def test_f8_takes_the_card_away_as_it_brings_it(at_terminal: At, columns: int, rows: int) -> None:
    mi = at_terminal("session", "start", "J-014", columns=columns, rows=rows)
    mi.wait_for_prompt()
    prompt = next(row for row in mi.rows[mi.rows.index(" Engaging") + 1 :] if row)
    mi.say("+d one")
    mi.send("half a li")
    for _ in range(3):
        mi.send(F8)
        mi.wait_for("988")
        mi.wait_for_line("› half a li")
        assert "911" in mi.screen
        mi.send(F8)
        mi.wait_until(lambda: "988" not in mi.screen, "the card to go")
        mi.wait_for_line("› half a li")
        assert prompt in mi.screen
    mi.send("ne")
    mi.press(ENTER)
    mi.wait_for("saved 2 said")


@sizes
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_first_page_stands_whole_on_the_screen(at_terminal: At, columns: int, rows: int, language: str) -> None:
    words = interview_words(language)
    mi = at_terminal("session", "start", "J-014", "--lang", language, columns=columns, rows=rows)
    mi.wait_for_prompt()
    shown = " ".join(mi.screen.split())
    for text in (words.first_interview.format(code="J-014"), *words.first_time):
        assert text in shown
    assert len(shown.rpartition(words.first_time[-1])[2].partition("›")[0]) > 60  # what to say stands beneath


def test_f8_shows_the_card_anew_after_a_line(at_terminal: At) -> None:
    mi = at_terminal("session", "start", "J-014", rows=60)
    mi.wait_for_prompt()
    mi.send(F8)
    mi.wait_for("988")
    mi.say("words")
    mi.send(F8)
    mi.wait_until(lambda: mi.screen.count("988") > 1, "the card once more")


@pytest.mark.parametrize(("columns", "rows"), [(80, 60), (80, 24), (30, 24), (30, 60)])
@pytest.mark.parametrize("plain", [[], ["--plain"]], ids=["styled", "plain"])
def test_f8_goes_and_comes_at_a_question(at_terminal: At, columns: int, rows: int, plain: list[str]) -> None:
    mi = at_terminal(*plain, "session", "start", "J-014", columns=columns, rows=rows)
    mi.wait_for_prompt()
    mi.say("/goal zzz")
    question = WORDS.ask_end.split()
    mi.enter("/end", then=question[-1])
    for _ in range(2):
        before = mi.text.count("988")
        mi.send(F8)
        mi.wait_until(lambda before=before: mi.text.count("988") > before, "the card")  # type: ignore[misc]
        mi.send(F8)
        if plain:
            mi.wait_until(lambda: question[0] in mi.text.rpartition("988")[2], "the question, beneath the card")
        else:
            mi.wait_until(lambda: "988" not in mi.screen, "the card to go")
            mi.wait_until(lambda: mi.line.strip().endswith(question[-1]), "the question")
            assert " ".join(mi.screen.split()).count(" ".join(question)) == 1


def test_f8_on_a_plain_terminal_shows_what_is_in_view_after_the_card(at_terminal: At) -> None:
    mi = at_terminal("--plain", "session", "start", "J-014", rows=60)
    mi.wait_for_prompt()
    prompt = mi.rows[mi.rows.index(" Engaging") + 2].strip()
    mi.send(F8)
    mi.wait_for("988")
    mi.send(F8)
    mi.wait_until(lambda: mi.text.rpartition("988")[2].count(prompt) == 1, "what is in view")


@sizes
@pytest.mark.parametrize("plain", [[], ["--plain"]], ids=["styled", "plain"])
def test_a_long_list_is_read_from_its_beginning(at_terminal: At, columns: int, rows: int, plain: list[str]) -> None:
    mi = at_terminal(*plain, "session", "start", "J-014", columns=columns, rows=rows)
    mi.wait_for_prompt()
    prompt = mi.rows[mi.rows.index(" Engaging") + 2].strip()[:30]
    mi.say("/prompts")
    first = WORDS.prompts_title.format(stage="Engaging")
    assert first in mi.screen
    assert MORE in mi.screen
    for parts in count(1):
        if MORE not in "\n".join(mi.rows[-8:]):
            break
        assert parts < 30
        mi.press(ENTER)
        mi.wait_for_prompt()
    assert any(prompt in row for row in mi.rows[-9:])
    assert mi.text.count(first) == 1
    shown = mi.text
    for number in range(1, 11):
        assert f" {number:>3}  " in shown


def test_what_is_typed_under_a_part_of_a_list_is_an_ordinary_line(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for_prompt()
    mi.send("/prompts\r/prompts\rwords\r/prompts\rq\r/prompts\r/use 3\r/goal zzz\r")
    mi.wait_for("saved goal 1")
    assert [words for _, _, words in kept(home)] == ["words"]


def test_a_pipe_gets_a_list_whole(home: Path) -> None:
    make_store(home)
    out = run_mi(home, "session", "start", "J-014", stdin=b"/prompts\n/pause\n").stdout.decode()
    assert MORE not in out
    assert WORDS.prompts_title.format(stage="Engaging") in out


@pytest.mark.parametrize("how", ["/end", CTRL_D])
def test_how_it_was_left_stays_after_the_screen_is_cleared(at_terminal: At, how: str) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for_prompt()
    mi.send(how if how == CTRL_D else f"{how}\r")
    mi.wait_for(WORDS.ask_clear[:20])
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    assert mi.screen.lstrip().startswith("Closed:" if how == "/end" else "Paused:")
    assert "mi session" in mi.screen
    assert WORDS.ask_clear[:20] not in mi.screen


def test_help_is_whole_at_60_columns(at_terminal: At) -> None:
    mi = at_terminal("session", "start", "J-014", columns=60, rows=60)
    mi.wait_for_prompt()
    mi.say("/help")
    for text in ("words         what the client said", "/share 7 8    the client agrees; -7 out"):
        assert text in mi.screen
    assert all(len(row) <= 60 for row in mi.rows)
    for row in WORDS.help_page.split("\n"):
        for word in row.split():
            assert word in mi.screen


PASTED = "+d I want to\n- not today\n/end\nplain words\n-\n7"


@pytest.mark.parametrize("plain", [[], ["--plain"]], ids=["styled", "plain"])
@pytest.mark.parametrize("asked", [False, True], ids=["alone", "while a number is asked for"])
def test_pasted_lines_become_entries_when_asked_to(at_terminal: At, home: Path, plain: list[str], asked: bool) -> None:
    mi = at_terminal(*plain, "session", "start", "J-014")
    mi.wait_for_prompt()
    if asked:
        mi.say("/importance")
    mi.paste(PASTED)
    mi.wait_until(lambda: mi.line.endswith("7"), "the paste")
    mi.press(ENTER)
    mi.wait_until(lambda: "6 lines." in mi.screen and mi.line.strip().endswith(":"), "the question")
    for part in ("1 change talk", "2 sustain talk", "3 said"):
        assert part in " ".join(mi.screen.split())
    assert not list((home / "store").glob("clients/*/notes/*.json")) or not kept(home)
    mi.press(f"e{ENTER}")
    mi.wait_for("entries saved: 6")
    assert kept(home) == [
        ("change", "desire", "I want to"),
        ("sustain", None, "not today"),
        ("said", None, "/end"),
        ("said", None, "plain words"),
        ("sustain", None, None),
        ("said", None, "7"),
    ]
    mi.say("/undo")
    assert len(kept(home)) == 5


def test_pasted_lines_are_one_note_or_go_back_as_before(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for_prompt()
    mi.paste(PASTED)
    mi.wait_until(lambda: mi.line.endswith("7"), "the paste")
    mi.press(ENTER)
    mi.wait_for("6 lines.")
    mi.press(f"n{ENTER}")
    mi.wait_until(lambda: mi.drawn and mi.line.endswith("7"), "the paste in the line")
    mi.press(ENTER)
    mi.wait_until(lambda: mi.line.strip().endswith(":"), "the question")
    mi.press(ENTER)
    mi.wait_for("saved 1 said")
    assert kept(home) == [("said", None, PASTED)]


def test_the_list_counts_what_stands_in_an_interview_that_is_open(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for_prompt()
    for line in ("+d one", "+", "- two", "~"):
        mi.say(line)
    listed = run_mi(home, "session", "list", "--json")
    [item] = json.loads(listed.stdout)["items"]
    assert (item["status"], item["change"], item["sustain"]) == ("open", 2, 1)


def test_two_terminals_number_the_goals_alike(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for_prompt()
    mi.say("/goal one")
    assert run_mi(home, "goals", "add", "J-014", "-", stdin=b"elsewhere\n").returncode == 0
    mi.say("/goal three")
    assert "saved goal 3" in mi.screen
    mi.say("/goal")
    assert "#3   “three”" in mi.screen
    mi.say("/progress #2 looked at")
    [_, second, third] = plan(home)["goals"]
    assert [line["words"] for line in second["progress"]] == ["looked at"]
    assert third["progress"] == []
    mi.say("/progress #4 none")
    assert WORDS.problems[Problem.NO_SUCH_GOAL] in mi.screen


def test_a_review_in_weeks_says_the_day(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for_prompt()
    mi.say("/goal one")
    mi.say("/review 4w")
    [goal] = plan(home)["goals"]
    assert f"saved review date: {day_in_words(date.fromisoformat(goal['review_on']), 'en')}" in mi.screen
    mi.say("/undo 16")
    assert "/undo entry 16 takes back entry 16" in mi.screen


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_word_that_looks_like_a_command_is_kept_and_what_would_have_worked_is_said(
    at_terminal: At, home: Path, language: str
) -> None:
    words, asks = interview_words(language), {"en": ("help", "quit", "exit"), "es": ("ayuda", "salir", "exit")}
    helps, *leaves = asks[language]
    mi = at_terminal("session", "start", "J-014", "--lang", language, columns=140, rows=60)
    mi.wait_for_prompt()
    typed = [
        (helps, words.look_alikes[LookAlike.COMMAND].format(hint=helps)),
        ("?", words.look_alikes[LookAlike.MARK]),
        *((word, words.look_alikes[LookAlike.LEAVING]) for word in leaves),
        ("+x words", words.look_alikes[LookAlike.TYPE]),
        (f"/{helps[:2]}{helps[3]}{helps[2]}{helps[4:]}", words.nearest_command.format(nearest=f"/{helps}")),
        ("/quit", words.problems[Problem.LEAVING]),
    ]
    for line, told in typed:
        mi.enter(line, then=told[:60])
        mi.wait_for_prompt()
    assert [entry for *_, entry in kept(home)] == [helps, "?", *leaves, "+x words"]


def test_a_later_interview_begins_with_the_active_goals_and_their_open_steps(at_terminal: At, home: Path) -> None:
    make_store(home)
    lines = (
        "/goal Breakfast\n/step Tell Dave @ Wednesday\n/step Two alarms\n/done #2\n/goal Sleep\n/step Lie down\n/end\n"
    )
    run_mi(home, "session", "start", "J-014", stdin=lines.encode())
    mi = at_terminal("session", "start", "J-014", rows=40)
    mi.wait_for_prompt()
    for shown in ("goal #1: “Breakfast”", "step #1: “Tell Dave”, Wednesday", "goal #2: “Sleep”", "step #1: “Lie down”"):
        assert shown in mi.screen
    assert "Two alarms" not in mi.screen
