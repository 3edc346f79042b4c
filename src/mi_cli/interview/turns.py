"""How one typed line changes the records, how it is undone, and how an interview is repaired after a crash.

Theory of operation
===================

A *turn* is one line that changed a record. Turns are numbered from 1; `Notes.last_turn` is the highest number given
out, and a number is never used twice. A turn writes what it does as a `ReversibleChange` (`records.change`): a list of
changes, and the list of changes that takes them back. Nothing else in the program edits a record during an interview.
So undo and crash repair are one mechanism: both only apply changes that were stored as data.

Where each part of a turn is kept:

- A new entry is appended to `Notes.entries`, a new reading to `Session.readings`. Both carry the turn's number, so
  nothing else is needed to undo them.
- `Notes.undo` holds, for each turn that changed something which stood there before, the inverse changes.
- `Notes.pending` holds the changes that a turn makes to the session, to the client facts and to the plan. The notes are
  saved first, so `pending` is on the disk before any of the others is written. It is emptied when all are saved.
- `Session.turn`, `Facts.turns[session id]` and `Plan.turns[session id]` tell the last turn that this copy of the
  session, of the facts or of the plan contains.

The rules:

1. *Undo* takes back the highest turn that is still there: its entries and readings are removed, its inverse changes
   are applied, and its record leaves `Notes.undo`. Undo is itself a turn with a new number, so it is saved, and
   repaired after a crash, like any other; it cannot be undone. Taking back one older entry (`remove_entry`) is a turn
   that can: its inverse puts the entry back, with the turn that made it.
2. *Repair*: when an interview is opened, each pending turn that is newer than `Session.turn` is applied to the session
   (`repaired_session`), and each one newer than `Plan.turns[session id]` is applied to the plan
   (`pending_plan_changes`), and likewise to the facts (`pending_fact_changes`). A turn that reached the disk before the
   crash is therefore not applied again.
3. A change to the plan or to the facts is applied *twice by design*: once to the record in memory, so that the screen
   is right at once, and once to the record as it is then on the disk, because another process may have changed it
   (`plan_with_pending`, `facts_with_pending`). The second result counts; it replaces the one in memory.

These are pure functions. `interview.lines` says what each line does; `interview.recorder` saves.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime

from mi_cli.records.change import IN_FACTS, IN_PLAN, IN_SESSION, NO_CHANGE, Change, RecordPart, ReversibleChange
from mi_cli.records.client_facts import Facts
from mi_cli.records.notes import Entry, Notes, Pending, Turn
from mi_cli.records.plan import Plan
from mi_cli.records.session import Reading, Session


@dataclass(frozen=True)
class Records:
    """The four records that an interview changes, as they are in memory."""

    session: Session
    notes: Notes
    facts: Facts
    plan: Plan


def make_turn(
    records: Records, at: datetime, *, entry: Entry | None = None, change: ReversibleChange = NO_CHANGE
) -> Records:
    """Returns the records after a turn, made at `at`: with a new entry, if there is one, and with the change applied.

    The session is the same object when the change does not touch it.
    """
    turn = records.notes.last_turn + 1
    notes = records.notes.replace(last_turn=turn, revision=records.notes.revision + 1, updated_at=at)
    if entry:
        notes = notes.with_entry(entry)
    if change.inverse:
        notes = notes.replace(undo=(*notes.undo, Turn(turn=turn, back=change.inverse)))
    for each in change.changes:
        notes = notes.with_change(each)
    pending = tuple(each for each in change.changes if each.where is not RecordPart.ENTRY)
    if pending:
        notes = notes.replace(pending=(*notes.pending, Pending(turn=turn, changes=pending)))
    return Records(
        _session_with(records.session, turn, pending),
        notes,
        records.facts.with_changes(*pending),
        records.plan.with_changes(*pending),
    )


@dataclass(frozen=True)
class Undone:
    """The records after an undo, and the entry and the reading that were removed, if the turn had made them."""

    records: Records
    entry: Entry | None
    reading: Reading | None = None


def undo_last_turn(records: Records, at: datetime) -> Undone | None:
    """Takes back the highest turn that is still there. Returns null when there is none."""
    session, notes = records.session, records.notes
    made = [entry.turn for entry in notes.entries] + [reading.turn for reading in session.readings]
    last = max([*made, *(turn.turn for turn in notes.undo)], default=0)
    if last == 0:
        return None
    removed = [entry for entry in notes.entries if entry.turn == last]
    taken_back = next((reading for reading in session.readings if reading.turn == last), None)
    removed_numbers = {entry.n for entry in removed}
    changes = [Change(where=RecordPart.ENTRY, key=str(entry.n)) for entry in removed]
    for reading in session.readings:
        if reading.turn == last:
            changes.append(Change(where=RecordPart.READING, key=str(last)))
        elif removed_numbers & {reading.why, reading.raise_}:
            changes.append(put_reading(_without_answers(reading, removed_numbers)))
    for turn in notes.undo:
        if turn.turn == last:
            changes.extend(turn.back)
    left = notes.replace(undo=tuple(turn for turn in notes.undo if turn.turn != last))
    after = make_turn(replace(records, notes=left), at, change=ReversibleChange(tuple(changes)))
    return Undone(after, removed[0] if removed else None, taken_back)


def repaired_session(session: Session, notes: Notes) -> Session:
    """Returns the session with the changes that a crash kept from it; the same session if it has them all."""
    for pending in notes.pending:
        if session.turn < pending.turn:
            session = _session_with(session, pending.turn, pending.changes)
    return session


def pending_plan_changes(notes: Notes, plan: Plan) -> tuple[Change, ...]:
    """Returns the changes of this interview that the plan does not contain yet; none if it has them all."""
    return _pending_changes(notes, plan.turns, IN_PLAN)


def pending_fact_changes(notes: Notes, facts: Facts) -> tuple[Change, ...]:
    """Returns the changes of this interview that the facts do not contain yet; none if they have them all."""
    return _pending_changes(notes, facts.turns, IN_FACTS)


def _pending_changes(notes: Notes, turns: Mapping[str, int], where: Set[RecordPart]) -> tuple[Change, ...]:
    last = turns.get(notes.session, 0)
    return tuple(
        change
        for pending in notes.pending
        if pending.turn > last
        for change in pending.changes
        if change.where in where
    )


def plan_with_pending(plan: Plan, notes: Notes) -> Plan:
    """Returns the plan with `pending_plan_changes` applied, and with the turn that it then contains."""
    changed = plan.with_changes(*pending_plan_changes(notes, plan))
    return changed.replace(turns={**plan.turns, notes.session: notes.last_turn})


def facts_with_pending(facts: Facts, notes: Notes) -> Facts:
    """Returns the facts with `pending_fact_changes` applied, and with the turn that they then contain."""
    changed = facts.with_changes(*pending_fact_changes(notes, facts))
    return changed.replace(turns={**facts.turns, notes.session: notes.last_turn})


def put_entry(entry: Entry) -> Change:
    """Returns the change that puts an entry in the place of the one with its number."""
    return Change(where=RecordPart.ENTRY, key=str(entry.n), put=entry.model_dump(mode="json"))


def remove_entry(records: Records, entry: Entry) -> ReversibleChange:
    """Removes an older entry, and from the readings the reference to it as an answer."""
    answered = [reading for reading in records.session.readings if entry.n in (reading.why, reading.raise_)]
    remove = Change(where=RecordPart.ENTRY, key=str(entry.n))
    return ReversibleChange(
        (remove, *(put_reading(_without_answers(reading, {entry.n})) for reading in answered)),
        (put_entry(entry), *(put_reading(reading) for reading in answered)),
    )


def put_reading(reading: Reading) -> Change:
    """Returns the change that adds a reading, or replaces the one of the same turn."""
    return Change(where=RecordPart.READING, key=str(reading.turn), put=reading.model_dump(mode="json"))


def _session_with(session: Session, turn: int, changes: tuple[Change, ...]) -> Session:
    """Returns the session with those of the changes that are to it; the same session if none is."""
    if not any(change.where in IN_SESSION for change in changes):
        return session
    for change in changes:
        session = session.with_change(change)
    return session.replace(turn=turn)


def _without_answers(reading: Reading, removed: set[int]) -> Reading:
    """Returns the reading without references to entries that were removed."""
    return reading.replace(
        why=None if reading.why in removed else reading.why,
        raise_=None if reading.raise_ in removed else reading.raise_,
    )
