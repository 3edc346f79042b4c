"""The lines that belong to a ruler: its question, a number, and the answer to a follow-up question. Pure functions.

`interview.rulers` has the questions; a reading is about the target that was named, else about that of the focus, and
in planning also about the goal in hand.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from mi_cli.interview import arguments, client_facts, goals, rulers, turns
from mi_cli.interview.actions import AddReading, Rejected
from mi_cli.interview.outcome import Applied, Effect, Outcome, make_turn
from mi_cli.interview.rulers import NumberQuestion, RulerQuestion
from mi_cli.interview.state import InterviewState
from mi_cli.records.change import NO_CHANGE, ReversibleChange
from mi_cli.records.notes import Entry
from mi_cli.records.plan import Goal
from mi_cli.records.session import Reading
from mi_cli.records.terms import Ruler, Stage


def bare_reading(state: InterviewState, line: str) -> AddReading | Rejected | None:
    """Returns the answer that a line is to the number that is asked for, if it is a number and nothing else."""
    if isinstance(state.question, NumberQuestion):
        return arguments.bare_reading(line, state.question.ruler, state.question.target)
    prompt = state.prompt if state.question is None else None
    ruler = rulers.ruler_asked_by(prompt) if prompt else None
    if ruler is None:
        return None
    goal = _goal_asked_about(state)
    about = (ruler, goal.id if goal else None, state.target)
    answered = any((each.ruler, each.goal, each.target) == about for each in state.session.readings)
    return None if answered else arguments.bare_reading(line, ruler)


def ask(state: InterviewState, ruler: Ruler, target: str | None) -> Outcome:
    """Brings a ruler's own question into view: a prompt of this stage, else of another, else of the companion."""
    here_first = sorted(state.prompts.stages, key=lambda stage: stage is not state.stage)
    asking = (rulers.ruler_prompt(state.prompts.stages[stage].prompts, ruler) for stage in here_first)
    prompt = next((prompt for prompt in asking if prompt), None)
    return Outcome(replace(state, question=NumberQuestion(ruler, target, prompt)), show_view=True)


def add(state: InterviewState, action: AddReading, at: datetime, new_id: Callable[[], str]) -> Outcome:
    """Adds a reading; words after the number answer its first follow-up question, else that comes into view."""
    target, change = state.target, NO_CHANGE
    if action.target is not None:
        named, change = client_facts.with_target(state.facts, action.target, new_id, at, session=state.session.id)
        target = named.id
    goal = _goal_asked_about(state) if action.target is None else None
    new_target = bool(change.changes)
    reading = Reading(
        ruler=action.ruler,
        goal=goal.id if goal else None,
        target=target,
        value=action.value,
        at=at,
        turn=state.notes.last_turn + 1,
    )
    question: RulerQuestion | None = rulers.first_question(reading)
    entry = None
    if action.words is not None and question:
        entry = _new_answer(replace(state, question=question), question, action.words, at)
        reading = rulers.answered(question, entry.n)
        question = rulers.next_question(RulerQuestion(reading, question.follow_up))
    reply = Applied(Effect.READING, entry, n=reading.value, name=reading.ruler.value, in_facts=new_target)
    change += ReversibleChange((turns.put_reading(reading),))
    if goal:
        change += goals.from_reading(reading.ruler, reading.value, goal, at)
    outcome = make_turn(state, at, reply, entry=entry, change=change)
    return replace(outcome, state=replace(outcome.state, question=question), show_view=True)


def answer(state: InterviewState, question: RulerQuestion, words: str, at: datetime) -> Outcome:
    """Adds the answer to the follow-up question in view, and brings the next one into view."""
    entry = _new_answer(state, question, words, at)
    reading = rulers.answered(question, entry.n)
    change = ReversibleChange((turns.put_reading(reading),))
    outcome = make_turn(state, at, Applied(Effect.ENTRY, entry), entry=entry, change=change)
    following = rulers.next_question(RulerQuestion(reading, question.follow_up))
    return replace(outcome, state=replace(outcome.state, question=following), show_view=True)


def _new_answer(state: InterviewState, question: RulerQuestion, words: str, at: datetime) -> Entry:
    """Returns the entry that answers a follow-up question; it is about the same behavior as the reading."""
    entry = state.new_entry(question.answer_kind, words, at, question.answer_talk)
    return entry.replace(target=question.reading.target)


def _goal_asked_about(state: InterviewState) -> Goal | None:
    return state.goal_in_hand if state.stage is Stage.PLANNING else None
