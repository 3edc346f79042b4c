"""The lines that note a client fact. `interview.client_facts` has the rules, which `mi client facts` follows too."""

from collections.abc import Callable
from datetime import datetime

from mi_cli.interview import client_facts
from mi_cli.interview.likeness import value_named
from mi_cli.interview.outcome import Applied, Effect, Outcome, make_turn, rejected
from mi_cli.interview.state import InterviewState
from mi_cli.records.change import ReversibleChange
from mi_cli.records.terms import Direction, FactName
from mi_cli.records.text_keys import Problem
from mi_cli.words.typed_names import typed_names


def set_mandate(state: InterviewState, by: str | None, at: datetime) -> Outcome:
    """Notes that somebody has sent the client."""
    change = client_facts.with_mandate(state.facts, by, at, session=state.session.id)
    return _noted(state, FactName.MANDATE, change, at, words=by is not None)


def set_fact(state: InterviewState, name: FactName, words: str, at: datetime, new_id: Callable[[], str]) -> Outcome:
    """Notes a fact in words. A direction is that of the target of the focus, else of the only target there is."""
    if name is not FactName.DIRECTION:
        change = client_facts.with_fact(state.facts, name, words, at, new_id, session=state.session.id)
        return _noted(state, name, change, at, words=True)
    direction = value_named(words, Direction, typed_names(state.session.language))
    if direction is None:
        return rejected(state, Problem.NO_SUCH_DIRECTION)
    only = state.facts.targets[0] if len(state.facts.targets) == 1 else None
    target = state.facts.target(state.target) or only
    if target is None:
        return rejected(state, Problem.WHICH_TARGET)
    change = client_facts.with_direction(state.facts, target, direction, at)
    return _noted(state, name, change, at, words=False)


def _noted(state: InterviewState, name: FactName, change: ReversibleChange, at: datetime, *, words: bool) -> Outcome:
    """Changes the client facts; `words`: words of the interview are now in them, outside the notes."""
    reply = Applied(Effect.FACT, name=name.value, in_facts=words and bool(change.changes))
    return make_turn(state, at, reply, change=change)
