"""The lines of `/safety`: that a concern came up, and that it was dealt with. Facts only; nothing is scored."""

from datetime import datetime

from mi_cli.interview.outcome import Applied, Effect, Outcome, make_turn, rejected
from mi_cli.interview.state import InterviewState
from mi_cli.records.change import Change, RecordPart, ReversibleChange
from mi_cli.records.session import SafetyConcern
from mi_cli.records.terms import Concern, Kind
from mi_cli.records.text_keys import Problem


def note(state: InterviewState, concern: Concern, words: str | None, at: datetime) -> Outcome:
    """Notes that a concern came up."""
    raised = SafetyConcern(at=at, concern=concern, turn=state.notes.last_turn + 1)
    change = ReversibleChange((_put(raised),), (Change(where=RecordPart.SAFETY, key=str(raised.turn)),))
    return _with_facts(state, Effect.CONCERN, change, words, at, concern.value)


def close(state: InterviewState, words: str | None, at: datetime) -> Outcome:
    """Notes that the open concerns were dealt with."""
    still_open = state.session.open_concerns
    if not still_open:
        return rejected(state, Problem.NO_OPEN_CONCERN)
    closed = tuple(_put(concern.replace(closed_at=at)) for concern in still_open)
    change = ReversibleChange(closed, tuple(_put(concern) for concern in still_open))
    return _with_facts(state, Effect.CONCERNS_CLOSED, change, words, at)


def _with_facts(
    state: InterviewState, effect: Effect, change: ReversibleChange, words: str | None, at: datetime, name: str = ""
) -> Outcome:
    """Makes the change, and an entry of the words, if there are any: what was done, who was told."""
    entry = state.new_entry(Kind.SAFETY, words, at) if words is not None else None
    return make_turn(state, at, Applied(effect, entry, name=name), entry=entry, change=change)


def _put(concern: SafetyConcern) -> Change:
    return Change(where=RecordPart.SAFETY, key=str(concern.turn), put=concern.model_dump(mode="json"))
