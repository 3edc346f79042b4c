"""The lines that are kept as entries of the notes, and those that change or take back an entry. Pure functions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from mi_cli.interview import actions, client_facts, sharing, turns
from mi_cli.interview.marks import TALLIED
from mi_cli.interview.outcome import Applied, Effect, Outcome, make_turn, rejected
from mi_cli.interview.state import InterviewState, OpenNote
from mi_cli.records.change import NO_CHANGE, ReversibleChange
from mi_cli.records.notes import Entry
from mi_cli.records.terms import CLIENTS_WORDS, Kind
from mi_cli.records.text_keys import Problem

# What can be starred for the recap: the client's words, and a strength, whoever worded it.
_STARRABLE: Final = CLIENTS_WORDS | {Kind.STRENGTH}
_COUNSELORS: Final = frozenset({Kind.OBSERVATION, Kind.MINE})  # the counselor's words: `/mark 9 said` makes them others
_TALK: Final = frozenset({Kind.CHANGE, Kind.SUSTAIN, Kind.AMBIVALENCE})
_FIXED_KINDS: Final = frozenset({Kind.SAFETY, Kind.AMENDMENT})  # `/mark` gives these no other kind


def add(state: InterviewState, action: actions.AddEntry, at: datetime) -> Outcome:
    """Adds an entry."""
    entry = state.new_entry(action.kind, action.words, at, action.talk, action.act)
    return make_turn(state, at, Applied(Effect.ENTRY, entry), entry=entry)


def add_focus(state: InterviewState, words: str, at: datetime, new_id: Callable[[], str]) -> Outcome:
    """Adds the focus. Its words name a target among the client facts: one that is known, or a new one."""
    target, change = client_facts.with_target(state.facts, words, new_id, at, session=state.session.id)
    entry = state.new_entry(Kind.FOCUS, words, at).replace(target=target.id)
    reply = Applied(Effect.ENTRY, entry, in_facts=bool(change.changes))
    return make_turn(state, at, reply, entry=entry, change=change)


def add_note_line(state: InterviewState, line: str, at: datetime) -> Outcome:
    """Adds a line of a note to its entry at once, so that a crash loses none of it."""
    entry = state.notes.entry(state.open_note.n) if state.open_note and state.open_note.n is not None else None
    if entry is None:  # the first line; or another process removed the entry: a new one keeps the line
        outcome = add(state, actions.AddEntry(Kind.SAID, line), at)
        return replace(outcome, state=replace(outcome.state, open_note=OpenNote(outcome.state.notes.last_n)))
    entry = entry.replace(words=f"{entry.words}\n{line}")
    notes = state.notes.with_change(turns.put_entry(entry))
    notes = notes.replace(revision=state.notes.revision + 1, updated_at=at)
    return Outcome(replace(state, notes=notes), Applied(Effect.ENTRY, entry))


def star(state: InterviewState, action: actions.Star, at: datetime) -> Outcome:
    """Marks an entry as a strong one, or takes that off: the one that was named, else the latest that can be."""
    named = state.notes.entry(action.number) if action.number is not None else None
    if action.number is not None and named is None:
        return rejected(state, Problem.NO_SUCH_ENTRY)
    entry = next(
        (each for each in ([named] if named else reversed(state.notes.entries)) if _can_be_starred(each)), None
    )
    if entry is None:
        return rejected(state, Problem.NOTHING_TO_STAR)
    starred = entry.replace(star=action.on)
    change = NO_CHANGE if starred == entry else _put(entry, starred)
    return make_turn(state, at, Applied(Effect.STARRED, starred), change=change)


def change(
    state: InterviewState, action: actions.SetEntryType | actions.EditEntry | actions.UndoEntry, at: datetime
) -> Outcome:
    """Changes an entry, or takes it back."""
    entry = state.notes.entry(action.number)
    if entry is None:
        return rejected(state, Problem.NO_SUCH_ENTRY)
    match action:
        case actions.SetEntryType():
            return _set_type(state, entry, action, at)
        case actions.EditEntry():
            return _replace(state, entry, entry.replace(words=action.words), at)
        case actions.UndoEntry():
            return _take_back(state, entry, at)


def undo(state: InterviewState, at: datetime) -> Outcome:
    """Takes back the last turn, whatever it changed."""
    undone = turns.undo_last_turn(state.records, at)
    if undone is None:
        return rejected(state, Problem.NOTHING_TO_UNDO)
    reading = undone.reading
    n, name = (reading.value, reading.ruler.value) if reading else (0, "")
    return Outcome(state.with_records(undone.records, at), Applied(Effect.UNDONE, undone.entry, n, name))


def _can_be_starred(entry: Entry) -> bool:
    return entry.words is not None and entry.kind in _STARRABLE


def _set_type(state: InterviewState, entry: Entry, action: actions.SetEntryType, at: datetime) -> Outcome:
    if entry.kind in _FIXED_KINDS:
        return rejected(state, Problem.CANNOT_BE_MARKED)
    if entry.kind in _COUNSELORS and action.kind in _TALK:
        return rejected(state, Problem.HAS_NO_TALK)
    if entry.words is None and action.kind not in TALLIED:
        return rejected(state, Problem.NEEDS_WORDS)
    star = entry.star and action.kind in _STARRABLE
    return _replace(state, entry, entry.replace(kind=action.kind, talk=action.talk, act=action.act, star=star), at)


def _replace(state: InterviewState, old: Entry, new: Entry, at: datetime) -> Outcome:
    """Changes an entry afterwards; its copy in the plan, if the client shared it, changes with it."""
    answers = sharing.answers_in(state.session.readings)
    shared = sharing.reworded(state.plan, state.session.id, new, answers)
    unshared = bool(shared.changes) and not sharing.can_be_shared(new, answers)
    reply = Applied(Effect.ENTRY_CHANGED, new, unshared=unshared)
    return make_turn(state, at, reply, change=_put(old, new) + shared)


def _take_back(state: InterviewState, entry: Entry, at: datetime) -> Outcome:
    """Takes back an older entry, with its copy in the plan, and as the answer to a ruler's question."""
    if any((goal.from_.session, goal.from_.entry) == (state.session.id, entry.n) for goal in state.plan.goals):
        return rejected(state, Problem.GOAL_CAME_FROM_IT, str(entry.n))
    shared = sharing.withdrawn(state.plan, state.session.id, entry.n)
    reply = Applied(Effect.ENTRY_TAKEN_BACK, entry, unshared=bool(shared.changes))
    return make_turn(state, at, reply, change=turns.remove_entry(state.records, entry) + shared)


def _put(old: Entry, new: Entry) -> ReversibleChange:
    return ReversibleChange((turns.put_entry(new),), (turns.put_entry(old),))
