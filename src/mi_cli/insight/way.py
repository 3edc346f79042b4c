"""The way so far with one client, for `mi trend` and its copy for the client.

Theory of operation. `way_of` puts what was recorded side by side, visit by visit, for each *subject*: a target; a goal,
for what names the goal alone; or one interview, for what names neither. Readings of different subjects are never one
line, so that what names nothing is joined within its interview alone.

Nothing is added to it: a ruler that was not asked is a gap and stays one, 0 is an answer, and there is no forecast, no
score and no judgment. Marks are counts. A share of them says almost nothing below twenty (6 of 8 lies between 41 % and
93 %), so that there is one only from twenty on, with its 95 % interval (Wilson 1927).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import sqrt
from typing import Final

from mi_cli.records.contact import Contact
from mi_cli.records.notes import Entry, Notes, tally_of
from mi_cli.records.plan import Plan
from mi_cli.records.session import Session
from mi_cli.records.terms import ContactKind, Kind, Ruler, StepStatus

MARKS_FOR_A_SHARE: Final = 20
_Z: Final = 1.959964  # of the normal distribution, for 95 %


@dataclass(frozen=True)
class Subject:
    """What a line is about: a target, else a goal, else one interview alone, each by its id."""

    target: str | None = None
    goal: str | None = None
    session: str | None = None


@dataclass(frozen=True)
class Share:
    """The share of change talk among the marks, with the ends of its 95 % interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Marks:
    """How many marks of change and of sustain talk there were."""

    change: int = 0
    sustain: int = 0

    @property
    def share(self) -> Share | None:
        """The share of change talk; null where there are too few marks to say anything."""
        marks = self.change + self.sustain
        return wilson(self.change, marks) if marks >= MARKS_FOR_A_SHARE else None


@dataclass(frozen=True)
class AtVisit:
    """What was recorded about a subject at one visit.

    `readings` has the answers to each ruler in their order; one that was not asked is not in it. `marks` is null where
    the notes cannot be read. `steps_done` counts the steps done since the visit before, up to the day of this one.
    """

    readings: Mapping[Ruler, tuple[int, ...]] = field(default_factory=dict)
    marks: Marks | None = None
    steps_done: int = 0

    @property
    def says_something(self) -> bool:
        """Whether anything was recorded."""
        return bool(self.readings or self.steps_done or (self.marks and self.marks != Marks()))


@dataclass(frozen=True)
class Course:
    """What was recorded about one subject: as many visits as the way has, in the same order."""

    subject: Subject
    visits: tuple[AtVisit, ...]


@dataclass(frozen=True)
class Visit:
    """An interview. `lapses` is how many were told in it."""

    session: str
    at: datetime
    lapses: int = 0


@dataclass(frozen=True)
class Way:
    """The way so far: the visits and the contacts, oldest first, and a course for each subject."""

    visits: tuple[Visit, ...]
    courses: tuple[Course, ...]
    contacts: tuple[tuple[datetime, ContactKind], ...]


def way_of(
    sessions: Iterable[Session], notes: Mapping[str, Notes], plan: Plan, contacts: Iterable[Contact] = ()
) -> Way:
    """Returns the way so far. `notes` are those that can be read, by the id of their session."""
    in_order = sorted(sessions, key=lambda session: (session.started_at, session.created_at))
    visits = tuple(Visit(each.id, each.started_at, _lapses(notes.get(each.id))) for each in in_order)
    days = [visit.at.date() for visit in visits]
    cells = [_at_visit(session, notes.get(session.id), plan) for session in in_order]
    done = _steps_done(plan, days)
    subjects = dict.fromkeys([*(subject for cell in cells for subject in cell), *done])
    nothing = [AtVisit(marks=Marks() if session.id in notes else None) for session in in_order]
    courses = []
    for subject in sorted(subjects, key=_order):
        at_visits = [cell.get(subject, empty) for cell, empty in zip(cells, nothing, strict=True)]
        counts = done.get(subject, [0] * len(days))
        courses.append(
            Course(
                subject,
                tuple(AtVisit(each.readings, each.marks, count) for each, count in zip(at_visits, counts, strict=True)),
            )
        )
    told = tuple(sorted((contact.at, contact.kind) for contact in contacts))
    return Way(visits, tuple(each for each in courses if any(cell.says_something for cell in each.visits)), told)


def wilson(part: int, whole: int) -> Share:
    """Returns a share with its 95 % interval (Wilson 1927)."""
    share, spread = part / whole, _Z**2 / whole
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * sqrt(share * (1 - share) / whole + spread / (4 * whole))
    return Share(share, max(0.0, middle - half), min(1.0, middle + half))


def _order(subject: Subject) -> int:
    """Targets first, then goals, then what belongs to one interview alone; within these as they came up."""
    return 0 if subject.target else 1 if subject.goal else 2


def _at_visit(session: Session, notes: Notes | None, plan: Plan) -> dict[Subject, AtVisit]:
    readings: dict[Subject, dict[Ruler, tuple[int, ...]]] = {}
    for reading in sorted(session.readings, key=lambda reading: reading.at):
        answers = readings.setdefault(_subject(reading.target, reading.goal, session.id, plan), {})
        answers[reading.ruler] = (*answers.get(reading.ruler, ()), reading.value)
    counts: dict[Subject, list[Entry]] = {}
    for entry in notes.entries if notes else ():
        counts.setdefault(_subject(entry.target, None, session.id, plan), []).append(entry)
    return {
        subject: AtVisit(readings.get(subject, {}), None if notes is None else _marks(counts.get(subject, ())))
        for subject in [*readings, *(each for each in counts if each not in readings)]
    }


def _subject(target: str | None, goal: str | None, session: str, plan: Plan) -> Subject:
    of_goal = plan.goal(goal)
    if found := target or (of_goal.target if of_goal else None):
        return Subject(target=found)
    return Subject(goal=goal) if goal else Subject(session=session)


def _marks(entries: Iterable[Entry]) -> Marks:
    tally = tally_of(entries)
    return Marks(tally.change, tally.sustain)


def _lapses(notes: Notes | None) -> int:
    return sum(entry.kind is Kind.LAPSE for entry in notes.entries) if notes else 0


def _steps_done(plan: Plan, days: Sequence[date]) -> dict[Subject, list[int]]:
    """Returns for each subject how many steps were done up to each of these days, after the one before.

    What was done after the last visit counts at the next one.
    """
    counts: dict[Subject, list[int]] = {}
    for goal in plan.goals:
        subject = Subject(target=goal.target) if goal.target else Subject(goal=goal.id)
        for step in goal.steps:
            place = next((number for number, day in enumerate(days) if step.on and step.on <= day), None)
            if step.status is StepStatus.DONE and place is not None:
                counts.setdefault(subject, [0] * len(days))[place] += 1
    return counts
