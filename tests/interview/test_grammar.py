"""A line becomes an action."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.interview.actions import (
    Action,
    AddEntry,
    AddGoal,
    AddGoalPart,
    AddReading,
    BeginNote,
    CloseConcerns,
    EditEntry,
    End,
    GoToStage,
    NoteConcern,
    Overview,
    Rejected,
    ReviewOn,
    Say,
    SelectGoal,
    SetEntryType,
    Share,
    Show,
    SimpleAction,
    UsePrompt,
)
from mi_cli.interview.grammar import MARKS, commands, parse
from mi_cli.records.terms import Concern, Kind, Ruler, Stage, Talk
from mi_cli.records.text_keys import Problem


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("", SimpleAction.MOVE_ON),
        (" \t ", SimpleAction.MOVE_ON),
        ("what I said ", Say("what I said ")),
        ("  + indented", Say("  + indented")),
        ("+ words", AddEntry(Kind.CHANGE, "words")),
        ("+  words ", AddEntry(Kind.CHANGE, " words ")),
        ("+d words", AddEntry(Kind.CHANGE, "words", Talk.DESIRE)),
        ("+a words", AddEntry(Kind.CHANGE, "words", Talk.ABILITY)),
        ("+ac words", AddEntry(Kind.CHANGE, "words", Talk.ACTIVATION)),
        ("+Need words", AddEntry(Kind.CHANGE, "words", Talk.NEED)),
        ("+TAK words", AddEntry(Kind.CHANGE, "words", Talk.TAKING_STEPS)),
        ("-c words", AddEntry(Kind.SUSTAIN, "words", Talk.COMMITMENT)),
        ("+", AddEntry(Kind.CHANGE, None)),
        ("- ", AddEntry(Kind.SUSTAIN, None)),
        ("-r", AddEntry(Kind.SUSTAIN, None, Talk.REASON)),
        ("~", AddEntry(Kind.DISCORD, None)),
        ("~ look", AddEntry(Kind.DISCORD, "look")),
        ("= seen", AddEntry(Kind.OBSERVATION, "seen")),
        ("! strong", AddEntry(Kind.STRENGTH, "strong")),
        ("? later", AddEntry(Kind.PARKED, "later")),
        ("-5 kilos", Say("-5 kilos")),
        ("+1 from me", Say("+1 from me")),
        ("-ish", Say("-ish")),
        ("+needs work", Say("+needs work")),
        ("+d\twords", Say("+d\twords")),
        ("!Came", Say("!Came")),
        ("?", Say("?")),
        ("– dash", Say("– dash")),
        ("= ", Rejected(Problem.NEEDS_WORDS)),
        ("\\+1 pint", Say("+1 pint")),
        ("\\\\", Say("\\")),
        ("\\", Say("\\")),
        ("/next", SimpleAction.NEXT),
        ("/n", Rejected(Problem.NO_SUCH_COMMAND, "/next, /note")),
        ("/BACK", SimpleAction.BACK),
        ("/ev", GoToStage(Stage.EVOKING)),
        ("/stage foc", GoToStage(Stage.FOCUSING)),
        ("/stage nowhere", Rejected(Problem.NO_SUCH_STAGE)),
        ("/stage", Show(Overview.STAGES)),
        ("/use 3", UsePrompt(3)),
        ("/use three", Rejected(Problem.NEEDS_NUMBERS, "/use 3")),
        ("/importance 7 Because.", AddReading(Ruler.IMPORTANCE, 7, "Because.")),
        ("/confidence 0", AddReading(Ruler.CONFIDENCE, 0, None)),
        ("/readiness 11", Rejected(Problem.NOT_ON_THE_RULER, "readiness")),
        ("/importance", Rejected(Problem.NOT_ON_THE_RULER, "importance")),
        ("/focus drinking", AddEntry(Kind.FOCUS, "drinking")),
        ("/value", Rejected(Problem.NEEDS_WORDS)),
        ("/goal Be there", AddGoal("Be there")),
        ("/goal #2", SelectGoal(2)),
        ("/goal", Show(Overview.GOALS)),
        ("/reason why: not", AddGoalPart("reasons", ("why: not",))),
        ("/step a @ b @ c", AddGoalPart("steps", ("a @ b", "c"))),
        ("/step a@b", AddGoalPart("steps", ("a@b", None))),
        ("/support A: b: c", AddGoalPart("supports", ("A", "b: c"))),
        ("/barrier a -> b -> c", AddGoalPart("barriers", ("a", "b -> c"))),
        ("/review 2027-01-31", ReviewOn(date(2027, 1, 31))),
        ("/review 4w", ReviewOn(28)),
        ("/review soon", Rejected(Problem.NOT_A_DATE)),
        ("/share 7 8, 7", Share((7, 8))),
        ("/share", Show(Overview.SHAREABLE)),
        ("/share all", Rejected(Problem.NEEDS_NUMBERS, "/share 7 8")),
        ("/mark 9 +d", SetEntryType(9, Kind.CHANGE, Talk.DESIRE)),
        ("/mark 9 -", SetEntryType(9, Kind.SUSTAIN, None)),
        ("/mark 9 d", Rejected(Problem.NEEDS_TYPE)),
        ("/mark 9 +x", Rejected(Problem.NEEDS_TYPE)),
        ("/mark", Rejected(Problem.NEEDS_NUMBERS, "/mark 9 +d")),
        ("/edit 9 new words", EditEntry(9, "new words")),
        ("/edit 9", Rejected(Problem.NEEDS_WORDS)),
        ("/note", BeginNote(None)),
        ("/note first", BeginNote("first")),
        ("/recap now", Rejected(Problem.NEEDS_NOTHING)),
        ("/safety", Show(Overview.SAFETY)),
        ("/safety suicide rang Dr A", NoteConcern(Concern.SUICIDE, "rang Dr A")),
        ("/safety harm", NoteConcern(Concern.HARM_TO_OTHERS, None)),
        ("/safety done told B", CloseConcerns("told B")),
        ("/safety what", Rejected(Problem.NO_SUCH_CONCERN)),
        ("/help /goal", Show(Overview.HELP, "goal")),
        ("/end", End(None)),
        ("/end Ring on Friday.", End("Ring on Friday.")),
        ("/", Rejected(Problem.NO_SUCH_COMMAND)),
        ("/she said", Rejected(Problem.NO_SUCH_COMMAND)),
    ],
)
def test_each_row_of_the_grammar(line: str, action: Action) -> None:
    assert parse(line) == action


@given(st.text())
def test_every_line_means_something_and_words_stand_as_typed(line: str) -> None:
    action = parse(line)
    if isinstance(action, Say):
        assert action.words in (line, line[1:])
    if isinstance(action, AddEntry) and action.words is not None and line[0] in MARKS:
        assert line.endswith(f" {action.words}")


@given(st.text(min_size=1))
def test_a_backslash_keeps_any_line_as_words(line: str) -> None:
    assert parse(f"\\{line}") == Say(line)


def test_an_exact_name_wins_and_every_command_is_reached_by_it() -> None:
    for name in commands():
        action = parse(f"/{name}")
        assert not (isinstance(action, Rejected) and action.problem is Problem.NO_SUCH_COMMAND)
