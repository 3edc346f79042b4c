"""Says where the last interview ended, in the client's own words, so that the next one can begin from there."""

from contextlib import suppress
from dataclasses import dataclass

from mi_cli.errors import MiError
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Goal, Plan, Step
from mi_cli.records.reference import RecordRef
from mi_cli.records.session import Reading, SafetyConcern, Session
from mi_cli.records.terms import Kind, Ruler
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore

# How many earlier interviews the next prompt and the recap look at: reading each costs some milliseconds.
LOOKED_BACK = 2

STEPS = 3  # how many of the latest steps of a goal are shown; more would push the first prompt off the screen


@dataclass(frozen=True)
class LastTime:
    """What the last interview left: the next step agreed (or null), readings, and safety concerns still open."""

    session: Session
    agreed: str | None
    readings: tuple[Reading, ...]
    concerns: tuple[SafetyConcern, ...]


@dataclass(frozen=True)
class LastGoal:
    """The goal last worked on: `number` of `of` active goals, from 1, with the steps that have no result yet."""

    goal: Goal
    number: int
    of: int
    steps: tuple[Step, ...]


def notes_before(store: JsonStore, ref: RecordRef) -> list[Notes]:
    """Returns the notes of the last interviews of that client before this one, newest first.

    Notes that cannot be read are passed over: what needs them can do without.
    """
    before = [each for each in store.catalog.sessions([ref.client]) if each.name < ref.name]
    found = []
    for each in before[:LOOKED_BACK]:
        with suppress(MiError):
            found.append(read_notes(store, each))
    return found


def last_time(session: Session, notes: Notes) -> LastTime:
    """Returns what the last interview left, with the latest reading of each ruler."""
    agreed = [entry.words for entry in notes.entries if entry.kind is Kind.NEXT]
    latest = {reading.ruler: reading for reading in session.readings}
    readings = tuple(latest[ruler] for ruler in Ruler if ruler in latest)
    return LastTime(session, agreed[-1] if agreed else None, readings, session.open_concerns)


def last_goal(plan: Plan) -> LastGoal | None:
    """Returns the goal last worked on; null if no goal is active."""
    if not plan.active:
        return None
    touched = [max([goal.from_.at, *(item.at for item in goal.progress)]) for goal in plan.active]
    index = max(range(len(touched)), key=lambda number: (touched[number], number))
    goal = plan.active[index]
    steps = tuple(step for step in goal.steps if step.done_on is None and step.outcome is None)
    return LastGoal(goal, index + 1, len(plan.active), steps[-STEPS:])
