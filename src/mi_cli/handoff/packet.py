"""The packet: what a CBT therapist gets, as one frozen value. Every format is a function of it.

It has only fields that may go out. `collecting.py` copies what is permitted into it. What is not permitted is empty,
just as what was never said: nobody can tell from a packet which of the two it is.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import TypeVar

from pydantic import AwareDatetime, Field

from mi_cli.records import dates
from mi_cli.records.base import Part
from mi_cli.records.plan import Barrier, Objective, Support
from mi_cli.records.terms import (
    Category,
    FactName,
    FactSource,
    GoalStatus,
    Kind,
    Reach,
    Ruler,
    Stage,
    StepStatus,
    Talk,
)

AnyPart = TypeVar("AnyPart", bound=Part)


class Person(Part):
    """The client: the code, and a name and a birth date only if they were noted.

    `family` and `given` are the parts of the name, for programs that keep them apart.
    """

    code: str
    name: str | None = None
    family: str | None = None
    given: str | None = None
    born_on: date | None = None


class PassedStep(Part):
    """What the client will do, or has done; `due` is the day that `when` means, if it is known.

    `outcome` is in the counselor's words, and here only if the client agreed to pass it on.
    """

    words: str
    when: str | None = None
    due: date | None = None
    where: str | None = None
    how: str | None = None
    reach: Reach | None = None
    status: StepStatus = StepStatus.OPEN
    done_on: date | None = None
    outcome: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing is noted of what became of it."""
        return self.status is StepStatus.OPEN and self.outcome is None

    def is_past(self, today: date) -> bool:
        """Whether its day is past, and nothing is noted of what became of it."""
        return self.is_open and self.due is not None and self.due < today

    def when_with_day(self, written: Callable[[date], str]) -> str | None:
        """Returns when it is to be done, as the client said it, with the day that this means, if it is known."""
        if not self.when or not self.due:
            return self.when
        day = dates.day(self.due)
        if day in self.when:
            return self.when.replace(day, written(self.due))
        return f"{self.when}: {written(self.due)}"


class PassedProgress(Part):
    """What came of a goal, and when: in the counselor's words, and here only if the client agreed to pass it on."""

    at: AwareDatetime
    words: str


class PassedGoal(Part):
    """A goal with what belongs to it, in the client's words; what came of it is in the counselor's.

    `status_on` is the day since which it has its status.
    """

    id: str
    words: str
    said_on: date
    objective: Objective | None = None
    reasons: tuple[str, ...] = ()
    steps: tuple[PassedStep, ...] = ()
    supports: tuple[Support, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    signs: tuple[str, ...] = ()
    if_not_working: str | None = None
    importance: int | None = None
    confidence: int | None = None
    review_on: date | None = None
    status: GoalStatus
    status_on: date
    progress: tuple[PassedProgress, ...] = ()

    def next_step(self, today: date) -> PassedStep | None:
        """Returns the latest open step whose day is not past; null if there is none, or the goal is over."""
        still = [step for step in self.steps if step.is_open and not step.is_past(today)]
        return still[-1] if still and self.status is GoalStatus.ACTIVE else None


class Said(Part):
    """Something that was said and that the client chose to pass on, with the day it was said."""

    words: str
    kind: Kind
    talk: Talk | None = None
    on: date


class PassedFact(Part):
    """A client fact that the client agreed to pass on, in words, with the day it was noted and who told it."""

    name: FactName
    words: str
    on: date
    source: FactSource


class PassedReading(Part):
    """One answer on a ruler, from 0 to 10; `goal` is the id of a goal in this packet, or null.

    `target` is the id of the behavior that it is about, or null; `about` its name, if the client agreed to that.
    `interview` is the number of the interview, counted from the first. `why` is the answer to why not a lower number,
    `to_raise` the one to what would raise it: each in the client's words, and only if the client agreed to that one.
    """

    ruler: Ruler
    goal: str | None = None
    target: str | None = None
    about: str | None = None
    interview: int = 1
    value: int = Field(ge=0, le=10)
    at: AwareDatetime
    why: str | None = None
    to_raise: str | None = None


@dataclass(frozen=True)
class Subject:
    """What a line of readings is about: goal number `goal`, or a behavior, whose name is here only if that was agreed.

    `nth` tells subjects apart that would otherwise be called the same; null where there is only one of that name.
    `asked` is the day of the interview, where nobody knows what it was about and several interviews are told apart.
    """

    goal: int | None
    about: str | None
    nth: int | None = None
    asked: date | None = None


class Interview(Part):
    """An interview that took place: its start, its length in minutes, its stages."""

    started_at: AwareDatetime
    minutes: int
    stages: tuple[Stage, ...] = ()


class Packet(Part):
    """What is passed on. `language` is the client's.

    An empty list means that nothing was passed on under that heading: it was not said, or it may not go out.
    """

    id: str
    made_at: AwareDatetime
    made_by: str
    counselor: str
    client: Person
    language: str
    parked: tuple[Said, ...] = ()
    goals: tuple[PassedGoal, ...] = ()
    said: tuple[Said, ...] = ()
    facts: tuple[PassedFact, ...] = ()
    readings: tuple[PassedReading, ...] = ()
    interviews: tuple[Interview, ...] = ()
    safety_raised: tuple[date, ...] = ()

    @property
    def holds(self) -> frozenset[Category]:
        """The categories of which the packet has content. The log records these, not what could have been sent."""
        numbers = any((goal.importance, goal.confidence) != (None, None) for goal in self.goals)
        content = {
            Category.GOAL_PLAN: self.goals,
            Category.READINGS: self.readings or numbers,
            Category.SHARED_WORDS: self.said or self.facts,
            Category.PARKED_MATTERS: self.parked,
            Category.INTERVIEWS: self.interviews,
            Category.SAFETY_RAISED: self.safety_raised,
        }
        return frozenset(category for category, held in content.items() if held)

    @property
    def sha256(self) -> str:
        """The SHA-256 of what it tells, in hex: that of two packets is the same if only their time and id differ."""
        return sha256(self.model_dump_json(exclude={"id", "made_at", "made_by"}).encode()).hexdigest()

    def of(self, *kinds: Kind) -> tuple[Said, ...]:
        """Returns what was said of these kinds, oldest first."""
        return tuple(item for item in self.said if item.kind in kinds)

    def known(self, *names: FactName) -> tuple[PassedFact, ...]:
        """Returns the facts of these names, in the order in which they were agreed to."""
        return tuple(fact for fact in self.facts if fact.name in names)

    @property
    def tells_what_it_is_about(self) -> bool:
        """Whether it names the behavior that the goals are about."""
        return bool(self.of(Kind.FOCUS) or self.known(FactName.TARGET))

    def number(self, goal_id: str | None) -> int | None:
        """Returns a goal's number in the packet, from 1; goals that only readings refer to come last."""
        of_readings = (reading.goal for reading in self.readings if reading.goal)
        ids = dict.fromkeys([*(goal.id for goal in self.goals), *of_readings])
        return next((number for number, each in enumerate(ids, 1) if each == goal_id), None)

    def series(self) -> Mapping[tuple[Subject, Ruler], tuple[PassedReading, ...]]:
        """Returns the readings by subject and ruler: those about no goal first, each series oldest first.

        Readings of different behaviors are never one series, whatever goal they are about. Those of which nobody knows
        what they are about are one series only within an interview.
        """
        subjects = self._subjects()
        order = {subject: place for place, subject in enumerate(subjects.values())}
        series: dict[tuple[Subject, Ruler], list[PassedReading]] = {}
        for reading in self.readings:
            series.setdefault((subjects[_about(reading)], reading.ruler), []).append(reading)
        ordered = sorted(series.items(), key=lambda item: (order[item[0][0]], list(Ruler).index(item[0][1])))
        return {key: tuple(sorted(answers, key=lambda reading: reading.at)) for key, answers in ordered}

    def _subjects(self) -> Mapping[tuple[str | None, str | int | None], Subject]:
        """Returns the subjects of the readings, in the order in which they are shown."""
        found: dict[tuple[str | None, str | int | None], Subject] = {}
        days: dict[tuple[str | None, str | int | None], date] = {}
        for reading in sorted(self.readings, key=lambda reading: (self.number(reading.goal) or 0, reading.at)):
            found.setdefault(_about(reading), Subject(self.number(reading.goal), reading.about))
            if reading.goal is None and reading.target is None:
                days.setdefault(_about(reading), reading.at.date())
        alike = Counter(found.values())
        seen: Counter[Subject] = Counter()
        for key, subject in found.items():
            if alike[subject] > 1:
                seen[subject] += 1
                found[key] = replace(subject, nth=seen[subject], asked=days.get(key))
        return found


def _about(reading: PassedReading) -> tuple[str | None, str | int | None]:
    """Returns what a reading is about: the goal, and the behavior; of neither, the interview that it belongs to."""
    return reading.goal, reading.target or (None if reading.goal else reading.interview)
