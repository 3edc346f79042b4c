"""The lines that move in an interview: among the prompts of a stage, to another stage, and out of it. Pure functions.

None of them is a turn. `/pause` and `/end` close the current visit and write the tally. An end also empties the list of
what can be undone: a closed interview is not edited any more.
"""

from dataclasses import replace
from datetime import datetime

from mi_cli.interview import choice, entry_lines
from mi_cli.interview.actions import AddEntry
from mi_cli.interview.outcome import Leaving, Outcome, rejected
from mi_cli.interview.state import InterviewState
from mi_cli.records.session import PromptPosition, Visit
from mi_cli.records.terms import Kind, Stage, Status
from mi_cli.records.text_keys import Problem


def move_on(state: InterviewState) -> Outcome:
    """Goes on to what the rules of the choice bring next."""
    chosen = choice.next_prompt(state.positions[state.stage], state.situation)
    return _move_to(replace(state, offered=chosen.offered), chosen.position)


def move_back(state: InterviewState) -> Outcome:
    """Goes back to the prompt before."""
    return _move_to(state, choice.previous_prompt(state.positions[state.stage]))


def use_prompt(state: InterviewState, number: int) -> Outcome:
    """Brings a prompt of this stage into view, by its number, counted from 1."""
    if not 1 <= number <= len(state.guide.prompts):
        return rejected(state, Problem.NO_SUCH_PROMPT)
    return _move_to(state, choice.use_prompt(state.positions[state.stage], state.guide.prompts[number - 1]))


def go_to_stage(state: InterviewState, stage: Stage, at: datetime) -> Outcome:
    """Goes to a stage: a new visit, which begins where the last one to that stage ended."""
    if stage is state.stage:
        return Outcome(state, show_view=True)
    visits = (*close_last_visit(state.session.visits, at), Visit(stage=stage, from_=at))
    entered = choice.enter_stage(state.positions.get(stage), replace(state.situation, stage=stage))
    positions = {**state.positions, stage: entered.position}
    session = state.session.replace(visits=visits)
    state = replace(state, positions=positions, offered=entered.offered, moved_turn=state.notes.last_turn)
    return Outcome(state.with_session(session, at), show_view=True)


def paused(state: InterviewState, at: datetime) -> InterviewState:
    """Returns the state after a pause; a note or a question that was open is closed."""
    session = state.session.replace(
        status=Status.PAUSED, visits=close_last_visit(state.session.visits, at), tally=state.notes.tally
    )
    return replace(state, question=None, open_note=None).with_session(session, at)


def end(state: InterviewState, words: str | None, at: datetime) -> Outcome:
    """Closes the interview; the words are the next step that was agreed."""
    if words is not None:
        state = entry_lines.add(state, AddEntry(Kind.NEXT, words), at).state
    notes = state.notes.replace(undo=(), revision=state.notes.revision + 1, updated_at=at)
    session = state.session.replace(
        status=Status.CLOSED, ended_at=at, visits=close_last_visit(state.session.visits, at), tally=notes.tally
    )
    return Outcome(replace(state, notes=notes).with_session(session, at), leaving=Leaving.ENDED)


def close_last_visit(visits: tuple[Visit, ...], at: datetime) -> tuple[Visit, ...]:
    """Returns the visits with the last one closed at `at`, or when it began if the clock was set back since."""
    if not visits or visits[-1].to is not None:
        return visits
    return (*visits[:-1], visits[-1].replace(to=max(at, visits[-1].from_)))


def _move_to(state: InterviewState, position: PromptPosition) -> Outcome:
    positions = {**state.positions, state.stage: position}
    return Outcome(replace(state, positions=positions, moved_turn=state.notes.last_turn), show_view=True)
