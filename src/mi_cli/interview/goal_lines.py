"""The lines about goals and their steps. `interview.goals` has the rules, which `mi goals` follows too.

The goal that a line was about is the one in hand afterwards.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from mi_cli.interview import abrupt_stop, actions, client_voice, goals
from mi_cli.interview.outcome import Applied, Effect, Outcome, make_turn, rejected
from mi_cli.interview.state import InterviewState
from mi_cli.records.change import ReversibleChange
from mi_cli.records.plan import GoalFrom
from mi_cli.records.terms import CLIENTS_WORDS, Kind, StepStatus
from mi_cli.records.text_keys import Problem


def add(
    state: InterviewState, words: str, at: datetime, new_id: Callable[[], str], entry: int | None = None
) -> Outcome:
    """Adds a goal; `entry` is the number of the entry that has these words, if it was made from one."""
    goal_id = new_id()
    origin = GoalFrom(session=state.session.id, stage=state.stage, at=at, n=state.notes.last_n or None, entry=entry)
    reply = Applied(
        Effect.GOAL,
        n=len(state.plan.active) + 1,
        ask_voice=client_voice.sounds_like_the_institution(words),
        medical_review=_needs_medical_review(state, words),
    )
    return _about(goal_id, state, at, reply, goals.new_goal(goal_id, words, origin, target=state.target))


def from_entry(
    state: InterviewState,
    action: actions.AddGoalFromEntry | actions.AddGoalPartFromEntry,
    at: datetime,
    new_id: Callable[[], str],
) -> Outcome:
    """Adds a goal, or a part of one, that has the words of an entry, which must be the client's."""
    entry = state.notes.entry(action.number)
    if entry is None:
        return rejected(state, Problem.NO_SUCH_ENTRY)
    if entry.words is None or entry.kind not in CLIENTS_WORDS:
        return rejected(state, Problem.NOT_THEIR_WORDS)
    if isinstance(action, actions.AddGoalFromEntry):
        return add(state, entry.words, at, new_id, entry=entry.n)
    return add_part(state, actions.AddGoalPart(action.field, (entry.words,), action.goal), at, new_id)


def select(state: InterviewState, number: int) -> Outcome:
    """Makes active goal `number` the one in hand."""
    goal = goals.active_goal(state.plan, number)
    if goal is None:
        return rejected(state, Problem.NO_SUCH_GOAL)
    return Outcome(replace(state, goal=goal.id), Applied(Effect.GOAL_SELECTED, n=number))


def add_part(
    state: InterviewState, action: actions.AddGoalPart | actions.ReviewOn, at: datetime, new_id: Callable[[], str]
) -> Outcome:
    """Adds something to the goal that was named, else to the one in hand."""
    goal = state.goal_in_hand if action.goal is None else goals.active_goal(state.plan, action.goal)
    if goal is None:
        which = Problem.WHICH_GOAL if state.plan.active else Problem.NO_GOAL_YET
        return rejected(state, which if action.goal is None else Problem.NO_SUCH_GOAL)
    step = action.parts[0] if isinstance(action, actions.AddGoalPart) and action.field == "steps" else None
    reply = Applied(
        Effect.GOAL_PART,
        name="review_on" if isinstance(action, actions.ReviewOn) else action.field,
        ask_voice=client_voice.needs_voice_question(action),
        medical_review=_needs_medical_review(state, step, goal.words) if step else False,
        on=goals.resolved(action.on, at.date()) if isinstance(action, actions.ReviewOn) else None,
    )
    return _about(goal.id, state, at, reply, goals.from_line(action, goal, at, new_id))


def settle_step(
    state: InterviewState, action: actions.SettleStep | actions.ReplaceStep, at: datetime, new_id: Callable[[], str]
) -> Outcome:
    """Notes what became of a step, perhaps with another in its place."""
    found = goals.step_meant(state.plan, state.goal_in_hand, action.number)
    if isinstance(found, Problem):
        return rejected(state, found)
    goal, number = found
    replacing = action.words if isinstance(action, actions.ReplaceStep) else None
    reply = Applied(
        Effect.STEP,
        n=number,
        name=(StepStatus.REPLACED if isinstance(action, actions.ReplaceStep) else action.status).value,
        ask_voice=client_voice.needs_voice_question(action),
        medical_review=_needs_medical_review(state, replacing, goal.words) if replacing is not None else False,
    )
    return _about(goal.id, state, at, reply, goals.from_step_line(action, goal, number, at, new_id))


def _about(goal_id: str, state: InterviewState, at: datetime, reply: Applied, change: ReversibleChange) -> Outcome:
    """Makes the change to the goal, which is then the one in hand."""
    outcome = make_turn(state, at, reply, change=change)
    return replace(outcome, state=replace(outcome.state, goal=goal_id))


def _needs_medical_review(state: InterviewState, words: str, *context: str) -> bool:
    about = [entry.words for entry in state.notes.entries if entry.kind in (Kind.FOCUS, Kind.AGENDA) and entry.words]
    return abrupt_stop.needs_medical_review(words, (*about, *context), state.prompts)
