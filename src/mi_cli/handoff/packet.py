"""The packet: what a CBT therapist gets, as one frozen value. Every format is a function of it.

Theory of operation
-------------------
`packet_of` copies what is permitted out of the records. Nothing else can go out, for three reasons:

1. **The sources are few.** It is given the plan, the client and `SessionFacts` (dates, minutes, readings), never notes
   or sessions; an import contract in `pyproject.toml` keeps this room from importing those.
2. **A packet has only fields that may go out.** Each part is copied field by field, so that all else in the records
   (history, entry numbers, fields that another version wrote) stays behind.
3. **Each field belongs to a part of a category** (`scope.KINDS`, `scope.GOAL_FIELDS`), and is copied only if the permit
   has that part. A goal's field that the table does not name raises KeyError, and a kind of thing said that the table
   does not name is never copied.

What is not permitted is empty, just as what was never said: nobody can tell from a packet which of the two it is.
"""

from collections.abc import Iterable, Mapping, Set
from datetime import date
from itertools import groupby
from typing import Any, Final, TypeVar

from pydantic import AwareDatetime, Field

from mi_cli.handoff.scope import GOAL_FIELDS, KINDS
from mi_cli.records.base import Part
from mi_cli.records.client import Identity
from mi_cli.records.facts import SessionFacts
from mi_cli.records.permit import Permit
from mi_cli.records.plan import Barrier, Goal, Objective, Plan, Shared, Step, Support
from mi_cli.records.terms import Category, GoalStatus, HandoffPart, Kind, Reach, Ruler, Stage, Talk

AnyPart = TypeVar("AnyPart", bound=Part)


class Person(Part):
    """The client: the code, and a name and a birth date only if they were noted."""

    code: str
    name: str | None = None
    born_on: date | None = None


def person_in(permit: Permit, code: str, identity: Identity | None) -> Person:
    """Returns the client as the document names them. The client's own copy, which may lie about, has no name."""
    if identity is None or permit.recipient is None:
        return Person(code=code)
    return Person(code=code, name=identity.name, born_on=identity.born_on)


def needs_facts(permit: Permit) -> bool:
    """Returns whether anything permitted comes from the interviews; else they need not be read."""
    return bool(permit.categories & {Category.READINGS, Category.INTERVIEWS, Category.SAFETY_RAISED})


class PassedStep(Part):
    """What the client will do.

    `outcome` is in the counselor's words, and here only if the client agreed to pass it on.
    """

    words: str
    when: str | None = None
    where: str | None = None
    how: str | None = None
    reach: Reach | None = None
    done_on: date | None = None
    outcome: str | None = None


class PassedProgress(Part):
    """What came of a goal, and when: in the counselor's words, and here only if the client agreed to pass it on."""

    at: AwareDatetime
    words: str


class PassedGoal(Part):
    """A goal with what belongs to it, in the client's words; what came of it is in the counselor's."""

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
    progress: tuple[PassedProgress, ...] = ()


class Said(Part):
    """Something that was said and that the client chose to pass on, with the day it was said."""

    words: str
    kind: Kind
    talk: Talk | None = None
    on: date


class PassedReading(Part):
    """One answer on a ruler, from 0 to 10; `goal` is the id of a goal in this packet, or null."""

    ruler: Ruler
    goal: str | None = None
    value: int = Field(ge=0, le=10)
    at: AwareDatetime


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
            Category.SHARED_WORDS: self.said,
            Category.PARKED_MATTERS: self.parked,
            Category.INTERVIEWS: self.interviews,
            Category.SAFETY_RAISED: self.safety_raised,
        }
        return frozenset(category for category, held in content.items() if held)

    def of(self, *kinds: Kind) -> tuple[Said, ...]:
        """Returns what was said of these kinds, oldest first."""
        return tuple(item for item in self.said if item.kind in kinds)

    def number(self, goal_id: str | None) -> int | None:
        """Returns a goal's number in the packet, from 1; goals that only readings refer to come last."""
        of_readings = (reading.goal for reading in self.readings if reading.goal)
        ids = dict.fromkeys([*(goal.id for goal in self.goals), *of_readings])
        return next((number for number, each in enumerate(ids, 1) if each == goal_id), None)

    def series(self) -> Mapping[tuple[int | None, Ruler], tuple[PassedReading, ...]]:
        """Returns the readings by goal number and ruler: those about no goal first, each series oldest first."""

        def key(reading: PassedReading) -> tuple[int, int]:
            return self.number(reading.goal) or 0, list(Ruler).index(reading.ruler)

        grouped = groupby(sorted(self.readings, key=key), key)
        return {(number or None, list(Ruler)[ruler]): tuple(items) for (number, ruler), items in grouped}


def packet_of(
    *,
    packet_id: str,
    client: Person,
    language: str,
    plan: Plan,
    facts: Iterable[SessionFacts],
    permitted: Set[HandoffPart],
    goals: Set[str],
    counselor: str,
    made_at: AwareDatetime,
    made_by: str,
) -> Packet:
    """Returns the packet: of the goals those with an id in `goals`, and of everything only the permitted parts."""
    interviews = sorted(facts, key=lambda fact: fact.started_at)
    chosen = [goal for goal in plan.goals if goal.id in goals] if HandoffPart.GOALS in permitted else []
    readings = [
        reading for fact in interviews for reading in fact.readings if reading.goal is None or reading.goal in goals
    ]
    shared = [item for item in plan.shared if KINDS.get(item.kind) in permitted]
    said = sorted(map(_said, shared), key=lambda item: item.on)
    return Packet(
        id=packet_id,
        made_at=made_at,
        made_by=made_by,
        counselor=counselor,
        client=client,
        language=language,
        goals=tuple(_goal(goal, permitted) for goal in chosen),
        parked=tuple(item for item in said if item.kind is Kind.PARKED),
        said=tuple(item for item in said if item.kind is not Kind.PARKED),
        readings=_tuple_if(
            HandoffPart.READINGS in permitted,
            (
                PassedReading(ruler=reading.ruler, goal=reading.goal, value=reading.value, at=reading.at)
                for reading in sorted(readings, key=lambda reading: reading.at)
            ),
        ),
        interviews=_tuple_if(
            HandoffPart.INTERVIEWS in permitted,
            (Interview(started_at=fact.started_at, minutes=fact.minutes, stages=fact.stages) for fact in interviews),
        ),
        safety_raised=_tuple_if(
            HandoffPart.SAFETY in permitted,
            sorted({at.date() for fact in interviews for at in fact.safety_raised}),
        ),
    )


def _tuple_if(permitted: bool, items: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(items) if permitted else ()


def _said(item: Shared) -> Said:
    return Said(words=item.words, kind=item.kind, talk=item.talk, on=item.from_.at.date())


def _goal(goal: Goal, permitted: Set[HandoffPart]) -> PassedGoal:
    fields: dict[str, Any] = {
        **{field: getattr(goal, field) for field in _COPIED_FIELDS},
        "said_on": goal.from_.at.date(),
        "objective": _known_fields(Objective, goal.objective) if goal.objective else None,
        "steps": tuple(_step(step, permitted) for step in goal.steps),
        "supports": tuple(_known_fields(Support, support) for support in goal.supports),
        "barriers": tuple(_known_fields(Barrier, barrier) for barrier in goal.barriers),
        "progress": tuple(PassedProgress(at=line.at, words=line.words) for line in goal.progress if line.shared),
    }
    return PassedGoal(**{field: value for field, value in fields.items() if GOAL_FIELDS[field] in permitted})


def _step(step: Step, permitted: Set[HandoffPart]) -> PassedStep:
    agreed = step.outcome_shared and HandoffPart.PROGRESS in permitted
    return PassedStep(
        words=step.words,
        when=step.when,
        where=step.where,
        how=step.how,
        reach=step.reach,
        done_on=step.done_on,
        outcome=step.outcome if agreed else None,
    )


_COPIED_FIELDS: Final = (
    "id", "words", "reasons", "signs", "if_not_working", "importance", "confidence", "review_on", "status",
)  # fmt: skip


def _known_fields(kind: type[AnyPart], part: AnyPart) -> AnyPart:
    """Returns the part without the fields that another version added to it."""
    return kind(**{field: getattr(part, field) for field in kind.model_fields})
