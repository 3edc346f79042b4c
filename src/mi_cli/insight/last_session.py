"""Where the last interview ended, in the client's own words: what the next one can begin from."""

from dataclasses import dataclass

from mi_cli.records.notes import Notes
from mi_cli.records.plan import Goal, Plan, Step
from mi_cli.records.session import Reading, SafetyConcern, Session
from mi_cli.records.terms import Kind, Ruler

STEPS = 3  # of a goal, the latest: the first prompt must stay on the screen


@dataclass(frozen=True)
class LastTime:
    """What the last interview left: the next step agreed (or null), the readings, concerns that were left open."""

    session: Session
    agreed: str | None
    readings: tuple[Reading, ...]
    concerns: tuple[SafetyConcern, ...]


@dataclass(frozen=True)
class LastGoal:
    """The goal last worked on: its number among the active ones, of how many, and the steps nothing came of yet."""

    goal: Goal
    number: int
    of: int
    steps: tuple[Step, ...]


def last_time(session: Session, notes: Notes) -> LastTime:
    """From the records of the last interview; of each ruler the latest reading."""
    agreed = [entry.words for entry in notes.entries if entry.kind is Kind.NEXT]
    latest = {reading.ruler: reading for reading in session.readings}
    readings = tuple(latest[ruler] for ruler in Ruler if ruler in latest)
    return LastTime(session, agreed[-1] if agreed else None, readings, session.open_concerns)


def last_goal(plan: Plan) -> LastGoal | None:
    """From the plan; null without an active goal."""
    if not plan.active:
        return None
    touched = [max([goal.from_.at, *(item.at for item in goal.progress)]) for goal in plan.active]
    place = max(range(len(touched)), key=lambda number: (touched[number], number))
    goal = plan.active[place]
    steps = tuple(step for step in goal.steps if step.done_on is None and step.outcome is None)
    return LastGoal(goal, place + 1, len(plan.active), steps[-STEPS:])
