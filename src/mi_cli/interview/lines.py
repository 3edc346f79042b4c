"""What each line of an interview does. Pure: it never saves, prints, or reads the clock.

Theory of operation
===================

A line goes through two steps. `read_line` turns it into an action (a closed set of types, `interview.actions`); `apply`
turns the action into an `Outcome`: the next state, a reply for the counselor, and what else the screen has to do.
Both are total: every line is some action, and every action has an outcome. One that cannot be done is `Rejected`.

The rules:

1. *What a line can be.* While a note is open every line is a line of that note, whatever it looks like; a dot alone
   ends it. While a ruler's number is asked for, a number and nothing else is the answer. Otherwise `interview.grammar`
   decides.
2. *A follow-up question in view takes an unmarked line as its answer*, and an empty line passes it by. Words leave a
   question for a number in view. Any other action that is not rejected closes the question.
3. *A line that changes a record is a turn* (`interview.outcome`, `interview.turns`). Moving among prompts, and to
   another stage, are no turns: they cannot be undone.

The lines of each subject have a module of their own, which this one alone knows.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from mi_cli.interview import (
    actions,
    concern_lines,
    entry_lines,
    fact_lines,
    goal_lines,
    grammar,
    moving,
    reading_lines,
    rulers,
    share_lines,
)
from mi_cli.interview.actions import Action, Overview, Rejected, Show, SimpleAction
from mi_cli.interview.outcome import Applied, Effect, Leaving, Outcome
from mi_cli.interview.rulers import RulerQuestion
from mi_cli.interview.state import InterviewState, OpenNote
from mi_cli.records.terms import Kind


def read_line(state: InterviewState, line: str) -> Action:
    """Returns what the line (without its end) means. In an open note it is a line of the note."""
    if state.open_note is None:
        return reading_lines.bare_reading(state, line) or grammar.parse(line, state.session.language)
    return SimpleAction.CLOSE_NOTE if line == actions.NOTE_END else actions.AddNoteLine(line)


def apply(state: InterviewState, action: Action, at: datetime, new_id: Callable[[], str]) -> Outcome:
    """Returns what the action comes to when it is done at `at`. `new_id` gives an id for a new goal, step or target."""
    question = state.question
    if action is SimpleAction.MOVE_ON and question:
        following = rulers.next_question(question) if isinstance(question, RulerQuestion) else None
        return Outcome(replace(state, question=following), show_view=True)
    if isinstance(action, actions.Say) and isinstance(question, RulerQuestion):
        return _with_look_alike(reading_lines.answer(state, question, action.words, at), action)
    stays = isinstance(action, Rejected | actions.Say) or action is SimpleAction.AGAIN
    return _dispatch(state if stays else replace(state, question=None), action, at, new_id)


def _dispatch(state: InterviewState, action: Action, at: datetime, new_id: Callable[[], str]) -> Outcome:
    match action:
        case Rejected():
            return Outcome(state, action)
        case Show():
            return _show(state, action)
        case SimpleAction.AGAIN:
            return Outcome(state, show_view=True)
        case SimpleAction.MOVE_ON | SimpleAction.NEXT:
            return moving.move_on(state)
        case SimpleAction.BACK:
            return moving.move_back(state)
        case actions.UsePrompt(number):
            return moving.use_prompt(state, number)
        case actions.GoToStage(stage):
            return moving.go_to_stage(state, stage, at)
        case SimpleAction.HIDE:
            return Outcome(state, hide=True)
        case SimpleAction.PAUSE:
            return Outcome(moving.paused(state, at), leaving=Leaving.PAUSED)
        case actions.End(words):
            return moving.end(state, words, at)
        case actions.Say():
            return _with_look_alike(entry_lines.add(state, actions.AddEntry(Kind.SAID, action.words), at), action)
        case actions.AddEntry(Kind.FOCUS, str(words)):
            return entry_lines.add_focus(state, words, at, new_id)
        case actions.AddEntry():
            return entry_lines.add(state, action, at)
        case actions.BeginNote(first):
            state = replace(state, open_note=OpenNote())
            if first is None:
                return Outcome(state, Applied(Effect.NOTE_OPEN))
            return _dispatch(state, read_line(state, first), at, new_id)
        case actions.AddNoteLine(words):
            return entry_lines.add_note_line(state, words, at)
        case SimpleAction.CLOSE_NOTE:
            return Outcome(replace(state, open_note=None), show_view=True)
        case actions.Star():
            return entry_lines.star(state, action, at)
        case actions.SetEntryType() | actions.EditEntry() | actions.UndoEntry():
            return entry_lines.change(state, action, at)
        case SimpleAction.UNDO:
            return entry_lines.undo(state, at)
        case actions.AskRuler(ruler, target):
            return reading_lines.ask(state, ruler, target)
        case actions.AddReading():
            return reading_lines.add(state, action, at, new_id)
        case actions.AddGoal(words):
            return goal_lines.add(state, words, at, new_id)
        case actions.AddGoalFromEntry() | actions.AddGoalPartFromEntry():
            return goal_lines.from_entry(state, action, at, new_id)
        case actions.SelectGoal(number):
            return goal_lines.select(state, number)
        case actions.AddGoalPart() | actions.ReviewOn():
            return goal_lines.add_part(state, action, at, new_id)
        case actions.SettleStep() | actions.ReplaceStep():
            return goal_lines.settle_step(state, action, at, new_id)
        case actions.Share():
            return share_lines.share(state, action, at)
        case actions.SetMandate(by):
            return fact_lines.set_mandate(state, by, at)
        case actions.SetFact(name, words):
            return fact_lines.set_fact(state, name, words, at, new_id)
        case actions.NoteConcern(concern, words):
            return concern_lines.note(state, concern, words, at)
        case actions.CloseConcerns(words):
            return concern_lines.close(state, words, at)


def _show(state: InterviewState, action: Show) -> Outcome:
    match action.overview:
        case Overview.RECAP:  # one with something in it ends with the key question; what comes after that is silence
            given = state.notes.last_turn if state.situation.all_change else state.recap_turn
            return Outcome(replace(state, recap_turn=given), action)
        case Overview.SAFETY:  # whom to reach is to stand next to the line that is typed on
            return Outcome(state, action)
        case _:
            return Outcome(state, action, show_view=True)


def _with_look_alike(outcome: Outcome, said: actions.Say) -> Outcome:
    """Returns the outcome of words with a note of what they look like, if that is a mark or a command."""
    if said.look_alike is None or not isinstance(outcome.reply, Applied):
        return outcome
    return replace(outcome, reply=replace(outcome.reply, look_alike=said.look_alike, hint=said.hint))
