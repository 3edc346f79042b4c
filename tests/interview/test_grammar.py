"""A line becomes an action."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.interview.actions import (
    Action,
    AddGoal,
    AddToGoal,
    BeginNote,
    CloseConcerns,
    End,
    GoTo,
    Keep,
    Listing,
    Look,
    NotDone,
    NoteConcern,
    Plain,
    Problem,
    Retype,
    ReviewOn,
    Reword,
    Say,
    Share,
    TakeReading,
    TakeUpGoal,
    UsePrompt,
)
from mi_cli.interview.grammar import MARKS, commands, parse
from mi_cli.records.terms import Concern, Kind, Ruler, Stage, Talk


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("", Plain.MOVE_ON),
        (" \t ", Plain.MOVE_ON),
        ("what I said ", Say("what I said ")),
        ("  + indented", Say("  + indented")),
        ("+ words", Keep(Kind.CHANGE, "words")),
        ("+  words ", Keep(Kind.CHANGE, " words ")),
        ("+d words", Keep(Kind.CHANGE, "words", Talk.DESIRE)),
        ("+a words", Keep(Kind.CHANGE, "words", Talk.ABILITY)),
        ("+ac words", Keep(Kind.CHANGE, "words", Talk.ACTIVATION)),
        ("+Need words", Keep(Kind.CHANGE, "words", Talk.NEED)),
        ("+TAK words", Keep(Kind.CHANGE, "words", Talk.TAKING)),
        ("-c words", Keep(Kind.SUSTAIN, "words", Talk.COMMITMENT)),
        ("+", Keep(Kind.CHANGE, None)),
        ("- ", Keep(Kind.SUSTAIN, None)),
        ("-r", Keep(Kind.SUSTAIN, None, Talk.REASON)),
        ("~", Keep(Kind.DISCORD, None)),
        ("~ look", Keep(Kind.DISCORD, "look")),
        ("= seen", Keep(Kind.OBSERVATION, "seen")),
        ("! strong", Keep(Kind.STRENGTH, "strong")),
        ("? later", Keep(Kind.PARKED, "later")),
        ("-5 kilos", Say("-5 kilos")),
        ("+1 from me", Say("+1 from me")),
        ("-ish", Say("-ish")),
        ("+needs work", Say("+needs work")),
        ("+d\twords", Say("+d\twords")),
        ("!Came", Say("!Came")),
        ("?", Say("?")),
        ("– dash", Say("– dash")),
        ("= ", NotDone(Problem.NEEDS_WORDS)),
        ("\\+1 pint", Say("+1 pint")),
        ("\\\\", Say("\\")),
        ("\\", Say("\\")),
        ("/next", Plain.NEXT),
        ("/n", NotDone(Problem.NO_SUCH_COMMAND, "/next, /note")),
        ("/BACK", Plain.BACK),
        ("/ev", GoTo(Stage.EVOKING)),
        ("/stage foc", GoTo(Stage.FOCUSING)),
        ("/stage nowhere", NotDone(Problem.NO_SUCH_STAGE)),
        ("/stage", Look(Listing.STAGES)),
        ("/use 3", UsePrompt(3)),
        ("/use three", NotDone(Problem.NEEDS_NUMBERS, "/use 3")),
        ("/importance 7 Because.", TakeReading(Ruler.IMPORTANCE, 7, "Because.")),
        ("/confidence 0", TakeReading(Ruler.CONFIDENCE, 0, None)),
        ("/readiness 11", NotDone(Problem.NOT_ON_THE_RULER, "readiness")),
        ("/importance", NotDone(Problem.NOT_ON_THE_RULER, "importance")),
        ("/focus drinking", Keep(Kind.FOCUS, "drinking")),
        ("/value", NotDone(Problem.NEEDS_WORDS)),
        ("/goal Be there", AddGoal("Be there")),
        ("/goal #2", TakeUpGoal(2)),
        ("/goal", Look(Listing.GOALS)),
        ("/reason why: not", AddToGoal("reasons", ("why: not",))),
        ("/step a @ b @ c", AddToGoal("steps", ("a @ b", "c"))),
        ("/step a@b", AddToGoal("steps", ("a@b", None))),
        ("/support A: b: c", AddToGoal("supports", ("A", "b: c"))),
        ("/barrier a -> b -> c", AddToGoal("barriers", ("a", "b -> c"))),
        ("/review 2027-01-31", ReviewOn(date(2027, 1, 31))),
        ("/review 4w", ReviewOn(28)),
        ("/review soon", NotDone(Problem.NOT_A_DATE)),
        ("/share 7 8, 7", Share((7, 8))),
        ("/share", Look(Listing.SHAREABLE)),
        ("/share all", NotDone(Problem.NEEDS_NUMBERS, "/share 7 8")),
        ("/mark 9 +d", Retype(9, Kind.CHANGE, Talk.DESIRE)),
        ("/mark 9 -", Retype(9, Kind.SUSTAIN, None)),
        ("/mark 9 d", NotDone(Problem.NEEDS_TYPE)),
        ("/mark 9 +x", NotDone(Problem.NEEDS_TYPE)),
        ("/mark", NotDone(Problem.NEEDS_NUMBERS, "/mark 9 +d")),
        ("/edit 9 new words", Reword(9, "new words")),
        ("/edit 9", NotDone(Problem.NEEDS_WORDS)),
        ("/note", BeginNote(None)),
        ("/note first", BeginNote("first")),
        ("/recap now", NotDone(Problem.NEEDS_NOTHING)),
        ("/safety", Look(Listing.SAFETY)),
        ("/safety suicide rang Dr A", NoteConcern(Concern.SUICIDE, "rang Dr A")),
        ("/safety harm", NoteConcern(Concern.HARM_TO_OTHERS, None)),
        ("/safety done told B", CloseConcerns("told B")),
        ("/safety what", NotDone(Problem.NO_SUCH_CONCERN)),
        ("/help /goal", Look(Listing.HELP, "goal")),
        ("/end", End(None)),
        ("/end Ring on Friday.", End("Ring on Friday.")),
        ("/", NotDone(Problem.NO_SUCH_COMMAND)),
        ("/she said", NotDone(Problem.NO_SUCH_COMMAND)),
    ],
)
def test_each_row_of_the_grammar(line: str, action: Action) -> None:
    assert parse(line) == action


@given(st.text())
def test_every_line_means_something_and_words_stand_as_typed(line: str) -> None:
    action = parse(line)
    if isinstance(action, Say):
        assert action.words in (line, line[1:])
    if isinstance(action, Keep) and action.words is not None and line[0] in MARKS:
        assert line.endswith(f" {action.words}")


@given(st.text(min_size=1))
def test_a_backslash_keeps_any_line_as_words(line: str) -> None:
    assert parse(f"\\{line}") == Say(line)


def test_an_exact_name_wins_and_every_command_is_reached_by_it() -> None:
    for name in commands():
        action = parse(f"/{name}")
        assert not (isinstance(action, NotDone) and action.problem is Problem.NO_SUCH_COMMAND)
