"""Whole interviews at a terminal: what the counselor sees, and what is on the disk afterwards."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.journeys.records import draft, kept, make_store, notes, plan, run_mi, session
from tests.journeys.terminal import BAR, CTRL_C, CTRL_D, ENTER, F8, F9, TAB, UP, Terminal

At = Callable[..., Terminal]


def test_the_very_first_command_makes_the_store_asks_for_a_code_and_begins(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", MI_STORE="")
    mi.wait_for("1, 2 or 3 (Enter takes 1):")
    assert "Records are kept in" in mi.text
    mi.enter("3", then="Client code (Enter makes one up):")
    mi.enter("J-014", then=BAR)
    assert "J-014 · first interview" in mi.screen
    assert "a counselor here. We have" in mi.screen
    assert "listen for: " in mi.screen
    mi.wait_for_line("›")
    assert (home / "data/mi/store/store.json").is_file()


def test_a_code_is_made_up_on_enter(at_terminal: At) -> None:
    mi = at_terminal("session", "start")
    mi.wait_for("Enter makes one up")
    mi.press_enter(BAR)
    assert " · first interview" in mi.screen


def test_what_cannot_be_a_code_is_asked_for_again(at_terminal: At, home: Path) -> None:
    make_store(home)
    mi = at_terminal("session", "start")
    for code in ("Jane Doe", "../x", "last"):
        mi.wait_until(lambda: mi.line == "Client code (Enter makes one up):", "the question")
        mi.enter(code)
        mi.wait_for("cannot be")
    mi.wait_until(lambda: mi.line == "Client code (Enter makes one up):", "the question")
    mi.enter("J-014", then=BAR)
    assert list(json.loads((home / "store/clients.json").read_bytes())["clients"]) == ["J-014"]


def test_a_whole_interview_through_the_four_stages(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("My wife said it was this or the spare room.", then="saved 1 said")
    mi.press_enter("write down some of your own words")
    mi.enter("! Came on his own", then="saved 2 strength")
    mi.enter("/focusing", then="With all that was going on")
    mi.enter("/focus The drinking after night shifts", then="saved 3 focus")
    mi.enter("/evoking", then="So this is what you'd like to work on")
    mi.enter("+d I'd like to be there for breakfast", then="saved 4 change talk, desire")
    mi.enter("-", then="saved 5 sustain talk, one more")
    mi.enter("+ She is embarrassed when I pick her up", then="saved 6 change talk")
    mi.enter("/importance 7", then="Why 7, and not a lower number?")
    mi.press_enter("What would help it go up a little?")
    mi.press_enter("So this is what you'd like to work on")
    mi.enter("/planning", then="Planning · ")
    mi.enter("/goal Be at Saturday breakfast", then="saved goal 1")
    mi.enter("/step Tell Dave @ Wednesday", then="saved step")
    mi.enter("/share 4", then="shared: 1")
    mi.enter("/end Ring on Friday", then="Change talk without a type")
    mi.wait_for("6  “She is embarrassed when I pick her up”")
    mi.send("6 r" + ENTER)
    mi.wait_for("May this stand in your plan?")
    assert "saved 6, now change talk, reason" in mi.screen
    assert "“Be at Saturday breakfast”" in mi.screen
    assert "step: Tell Dave @ Wednesday" in mi.screen
    assert "next step: Ring on Friday" in mi.screen

    mi.send("n" + ENTER)
    mi.wait_for_line("› /end Ring on Friday")
    assert session(home)["status"] == "open"
    mi.send(ENTER)
    mi.wait_until(lambda: mi.text.count("May this stand in your plan?") == 2, "the question again")
    mi.press_enter(
        "Lines that could be shared if the client agrees: 4."
    )  # four entries; the target is one with the focus
    mi.send("y" + ENTER)
    mi.wait_for("Numbers the client agrees to")
    assert "4  “I'd like to be there for breakfast”  (change talk, desire, in the plan)" in mi.screen
    assert "f1  what it is about" not in mi.screen
    mi.send("3 7" + ENTER)
    mi.wait_for("in the plan: 3, 4, 7")
    mi.press_enter("Clear the screen")
    assert " min, 7 entries." in mi.screen
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    [ended] = mi.text.strip().splitlines()  # how to see it, or to go on with it, and nothing that was said
    assert ended.startswith("Closed: ")

    assert kept(home) == [
        ("said", None, "My wife said it was this or the spare room."),
        ("strength", None, "Came on his own"),
        ("focus", None, "The drinking after night shifts"),
        ("change", "desire", "I'd like to be there for breakfast"),
        ("sustain", None, None),
        ("change", "reason", "She is embarrassed when I pick her up"),
        ("next", None, "Ring on Friday"),
    ]
    record = session(home)
    assert record["status"] == "closed"
    assert [visit["stage"] for visit in record["visits"]] == ["engaging", "focusing", "evoking", "planning"]
    assert record["tally"] == {"change": 2, "sustain": 1}
    [reading] = record["readings"]
    assert (reading["ruler"], reading["value"], reading["why"], reading["raise"]) == ("importance", 7, None, None)
    assert [goal["words"] for goal in plan(home)["goals"]] == ["Be at Saturday breakfast"]
    agreed = {field: [item["words"] for item in plan(home)[field]] for field in ("focus", "talk", "next", "strengths")}
    assert agreed == {
        "focus": ["The drinking after night shifts"],
        "talk": ["I'd like to be there for breakfast"],
        "next": ["Ring on Friday"],
        "strengths": [],
    }


def test_the_screen_can_be_left_as_it_is(at_terminal: At) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("Here I am", then="saved 1")
    mi.send(CTRL_D)
    mi.wait_for("Clear the screen")
    mi.send("n" + ENTER)
    assert mi.wait_for_exit() == 0
    assert "› Here I am" in mi.text
    assert "mi session resume" in mi.text


def test_a_mistake_gets_one_line_and_loses_nothing(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    for line, answer in (
        ("/nonsense", "There is no such command."),
        ("/confidence 11", "The ruler goes from 0 to 10"),
        ("/stage cooking", "The stages are"),
        ("/step Ring Dave", "There is no goal yet."),
    ):
        mi.say(line)
        assert answer in mi.screen
    mi.enter("still here", then="saved 1 said")
    assert len(notes(home)["entries"]) == 1


def test_the_window_changes_its_size_in_the_middle(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("before", then="saved 1")
    mi.send("half a line")
    mi.wait_for_line("› half a line")
    mi.resize(200, 50)
    mi.wait_until(
        lambda: any(len(row) > 190 and row.endswith(BAR.strip()) for row in mi.rows), "the bar at its new width"
    )
    mi.wait_for_line("› half a line")
    mi.resize(60, 20)

    def bars() -> list[str]:
        return [row for row in mi.rows if " min · saved 1 said" in row]

    mi.wait_until(
        lambda: mi.line == "› half a line" and any(row.endswith(BAR.strip()) for row in bars()), "the line, the bar"
    )
    mi.send(" and its end")
    mi.wait_for_line("› half a line and its end")
    assert len(bars()) == 1
    mi.send(ENTER)
    mi.wait_for("saved 2")
    mi.enter("/evoking", then="What would you like to be different")
    assert all(len(row) <= 60 for row in mi.rows)
    assert [words for _, _, words in kept(home)] == ["before", "half a line and its end"]


def test_several_pasted_lines_are_one_note_if_that_is_wanted(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.paste("/end first\r\n+d second\rthird")
    mi.wait_for("  third")
    mi.press_enter("3 lines. Keep them as one note?")
    assert draft(home) == "/end first\n+d second\nthird"
    mi.send("n" + ENTER)
    mi.wait_for_line("  third")
    assert notes(home)["entries"] == []
    mi.send(ENTER)
    mi.wait_until(lambda: mi.text.count("Keep them as one note?") == 2, "the question again")
    mi.press_enter("saved 1 said")
    assert kept(home) == [("said", None, "/end first\n+d second\nthird")]
    assert session(home)["status"] == "open"


def test_a_line_typed_where_a_paste_is_asked_about_is_put_back_and_not_lost(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.paste("first\nsecond")
    mi.wait_for("  second")
    mi.press_enter("2 lines. Keep them as one note?")
    mi.send("/safety suicide" + ENTER)
    mi.wait_for_line("› /safety suicide")
    assert draft(home) == "/safety suicide"
    mi.press_enter("noted: suicide, open")
    assert kept(home)[0] == ("said", None, "first\nsecond")


def test_words_typed_where_the_end_is_asked_about_go_back_to_the_interview(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("/goal Be at Saturday breakfast", then="saved goal 1")
    mi.enter("/end Ring on Friday", then="n goes back:")
    mi.send("+c I'll tell him tonight" + ENTER)
    mi.wait_for_line("› +c I'll tell him tonight")
    mi.press_enter("saved 1 change talk, commitment")
    assert session(home)["status"] == "open"


def test_a_no_where_a_safety_concern_is_asked_about_leaves_it_open(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("/safety suicide", then="noted: suicide, open")
    mi.enter("/end", then="leaves it open:")
    mi.send("n" + ENTER)
    mi.wait_for("Closed: ")
    assert [concern["closed_at"] for concern in session(home)["safety"]] == [None]


def test_one_line_pasted_with_its_end_is_a_line(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.paste("+n I have to\n")
    mi.wait_for("I have to")
    mi.press_enter("saved 1 change talk, need")
    assert kept(home) == [("change", "need", "I have to")]


def test_what_is_pasted_after_the_end_of_a_note_waits_to_be_looked_at(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("/note", then="A note: ")
    mi.paste("one\ntwo\n.\n/end three")
    mi.wait_for("/end three")
    mi.send(ENTER)
    mi.wait_for_line("› /end three")
    assert kept(home) == [("said", None, "one\ntwo")]
    assert session(home)["status"] == "open"


def test_ctrl_c_drops_the_half_typed_line_and_stays(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.send("not what I meant")
    mi.wait_for_line("› not what I meant")
    mi.wait_until(lambda: draft(home) == "not what I meant", "the draft")
    mi.send(CTRL_C)
    mi.wait_for_line("›")
    mi.wait_until(lambda: draft(home) is None, "the draft to go")
    mi.enter("this instead", then="saved 1 said")
    assert kept(home) == [("said", None, "this instead")]


def test_ctrl_d_pauses_and_keeps_the_half_typed_line(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("whole", then="saved 1")
    mi.send("half")
    mi.wait_for_line("› half")
    mi.send(CTRL_D)
    mi.wait_for("Clear the screen")
    assert " min, 1 entry." in mi.screen
    mi.send(ENTER)
    assert mi.wait_for_exit() == 0
    ended, going_on = mi.text.strip().splitlines()
    assert ended.startswith("Paused: ")
    assert going_on.startswith("mi session resume ")
    assert session(home)["status"] == "paused"
    assert draft(home) == "half"

    again = at_terminal("session", "resume")
    again.wait_for_line("› half")
    assert "The half-typed line is back." in again.screen
    again.send(" and whole" + ENTER)
    again.wait_for("saved 2 said")
    assert [words for _, _, words in kept(home)] == ["whole", "half and whole"]
    again.wait_until(lambda: draft(home) is None, "the draft to go")


def test_bytes_that_are_not_utf8_are_read_as_windows_1252_and_a_line_says_so(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.send(b"caf\xe9 au lait")
    mi.wait_for("café au lait")
    mi.press_enter("saved 1 said")
    mi.wait_for("read as Windows-1252")
    mi.enter("and on", then="saved 2 said")
    assert [words for _, _, words in kept(home)] == ["café au lait", "and on"]


def test_the_safety_card_comes_at_once_and_the_half_typed_line_stays(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014", rows=50)
    mi.wait_for(BAR)
    mi.send("half")
    mi.wait_for_line("› half")
    mi.send(F8)
    mi.wait_for("988")
    mi.wait_for_line("› half")
    mi.wait_for(BAR)
    mi.send(" a line" + ENTER)
    mi.wait_for("saved 1 said")
    assert kept(home) == [("said", None, "half a line")]


def test_the_safety_card_comes_in_the_middle_of_a_question_too(at_terminal: At) -> None:
    mi = at_terminal("session", "start", "J-014", rows=60)
    mi.wait_for(BAR)
    mi.enter("/end Ring", then="May this stand in your plan?")
    mi.send(F8)
    mi.wait_for("988")
    mi.wait_until(
        lambda: mi.screen.count("May this stand in your plan?") >= 1 and "May this" in mi.line, "the question"
    )
    mi.press_enter("Lines that could be shared")
    mi.press_enter("Closed:")


def test_a_ruler_asks_for_its_number_and_a_page_leaves_the_prompt_beneath_it(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("/help", then="help share")
    mi.wait_for("counselor here")
    assert mi.screen.index("words         what the client said") < mi.screen.index("counselor here")
    mi.enter("/confidence", then="A number from 0 to 10 answers.")
    mi.enter("11", then="The ruler goes from 0 to 10")
    mi.enter("7", then="Why 7, and not a lower number?")
    mi.enter("I did it before.", then="saved 1 change talk, ability")
    assert kept(home) == [("change", "ability", "I did it before.")]


def test_hide_shows_nothing_until_a_key(at_terminal: At, home: Path) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("private words", then="saved 1")
    mi.send("half")
    mi.wait_for_line("› half")
    mi.send(F9)
    mi.wait_until(lambda: mi.screen.strip() == "", "an empty screen")
    assert draft(home) == "half"
    mi.send("x")
    mi.wait_for(BAR)
    mi.wait_for_line("› half")
    mi.send(CTRL_C)
    mi.wait_for_prompt()
    mi.send("/hide" + ENTER)
    mi.wait_until(lambda: mi.screen.strip() == "", "an empty screen")
    mi.send(" ")
    mi.wait_for(BAR)
    assert [words for _, _, words in kept(home)] == ["private words"]


def test_tab_completes_commands_stages_and_types(at_terminal: At) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    for typed, line in (
        ("/conf", "› /confidence"),
        ("/stage pl", "› /stage planning"),
        ("+com", "› +commitment"),
        ("-N", "› -Need"),
        ("words with ", "› words with"),
    ):
        mi.send(typed + TAB)
        mi.wait_for_line(line)
        mi.send(CTRL_C)
        mi.wait_for_prompt()
    mi.send("/e" + TAB)
    mi.wait_for("/engaging  /evoking  /edit  /entries  /end")
    mi.wait_for_line("› /e")
    mi.send(CTRL_C)
    mi.wait_for_prompt()
    mi.send("/" + TAB)
    mi.wait_for("/engaging  /")
    mi.wait_for_line("› /")
    assert all(not row.startswith(("anning", "nning", "ning")) for row in mi.rows), "a name is broken in two"


def test_lines_typed_before_can_be_had_again(at_terminal: At) -> None:
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    mi.enter("once more", then="saved 1")
    mi.send(UP)
    mi.wait_for_line("› once more")


def test_an_open_interview_is_offered_to_go_on_with(at_terminal: At, home: Path) -> None:
    make_store(home)
    run_mi(home, "session", "start", "J-014", stdin=b"the first words\n/evoking\n")
    mi = at_terminal("session", "start", "j-014")
    mi.wait_for("is still open. Enter goes on with it")
    mi.press_enter("What would you like to be different")
    mi.wait_for(BAR)
    assert "goes on from" in mi.screen
    mi.enter("more", then="saved 2 said")
    mi.send(CTRL_D)
    mi.wait_for("Clear the screen")
    mi.send(ENTER)
    mi.wait_for_exit()
    assert [words for _, _, words in kept(home)] == ["the first words", "more"]

    another = at_terminal("session", "start", "J-014")
    another.wait_for("is still open.")
    another.send("n" + ENTER)
    another.wait_for("interview 2")
    another.wait_for("Engaging · ")
    assert len(list((home / "store").glob("clients/*/sessions/*.json"))) == 2


def test_the_way_in_shows_the_last_next_step_as_it_was_said(at_terminal: At, home: Path) -> None:
    make_store(home)
    words = "Thursday, 9 o'clock – [bold]doctor[/]. I call"
    run_mi(home, "session", "start", "J-014", stdin=f"/goal Be awake\n/end {words}\n".encode())
    mi = at_terminal("session", "start", "J-014")
    mi.wait_for(BAR)
    assert "J-014 · interview 2" in mi.screen
    shown = " ".join(mi.screen.split())  # without quotation marks: they are for the client's own words alone
    assert f": {words} goal" in shown
    assert "agreed last time, " in mi.screen
