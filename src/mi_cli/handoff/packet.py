"""What a CBT therapist gets, as one frozen value. Every format is a function of it.

It is made from the plan, the client and `SessionFacts`, never from notes or sessions. Each part is copied field by
field, so that what the records hold besides (history, entry numbers, fields from elsewhere) stays behind. What is not
permitted is empty, as what was never said is: nothing here tells which.
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
    """Whom it is about: the code, and a name only if one was noted."""

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
    """What the client will do. `outcome` is the counselor's wording, and here only if the client agreed to that."""

    words: str
    when: str | None = None
    where: str | None = None
    how: str | None = None
    reach: Reach | None = None
    done_on: date | None = None
    outcome: str | None = None


class PassedProgress(Part):
    """What came of a goal, dated: the counselor's wording, and here only if the client agreed to that."""

    at: AwareDatetime
    words: str


class PassedGoal(Part):
    """A goal with what belongs to it, in the client's words but for what came of it, and the day it was said."""

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
    """One thing said that the client chose to pass on, and the day it was said."""

    words: str
    kind: Kind
    talk: Talk | None = None
    on: date


class PassedReading(Part):
    """One answer on a ruler, 0-10; `goal` is the id of a goal in this packet, or null."""

    ruler: Ruler
    goal: str | None = None
    value: int = Field(ge=0, le=10)
    at: AwareDatetime


class Interview(Part):
    """An interview that was held."""

    started_at: AwareDatetime
    minutes: int
    stages: tuple[Stage, ...] = ()


class Packet(Part):
    """`language` is the client's. An empty list means that nothing was passed on under that heading, and no more."""

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
        """What there is in it. The log says this, and not what could have been in it."""
        numbers = any((goal.importance, goal.confidence) != (None, None) for goal in self.goals)
        there = {
            Category.GOAL_PLAN: self.goals,
            Category.READINGS: self.readings or numbers,
            Category.SHARED_WORDS: self.said,
            Category.PARKED_MATTERS: self.parked,
            Category.INTERVIEWS: self.interviews,
            Category.SAFETY_RAISED: self.safety_raised,
        }
        return frozenset(category for category, held in there.items() if held)

    def of(self, *kinds: Kind) -> tuple[Said, ...]:
        """What was said of these kinds, oldest first."""
        return tuple(item for item in self.said if item.kind in kinds)

    def number(self, goal_id: str | None) -> int | None:
        """A goal's place in the packet, from 1; goals that only readings tell of come last."""
        ids = dict.fromkeys([*(goal.id for goal in self.goals), *(one.goal for one in self.readings if one.goal)])
        return next((place for place, known in enumerate(ids, 1) if known == goal_id), None)

    def series(self) -> Mapping[tuple[int | None, Ruler], tuple[PassedReading, ...]]:
        """The readings by goal number and ruler: those about no goal first, each oldest first."""

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
    """The packet with the goals of these ids, and otherwise what is permitted."""
    held = sorted(facts, key=lambda fact: fact.started_at)
    chosen = [goal for goal in plan.goals if goal.id in goals] if HandoffPart.GOALS in permitted else []
    readings = [reading for fact in held for reading in fact.readings if reading.goal is None or reading.goal in goals]
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
        readings=_if(
            HandoffPart.READINGS in permitted,
            (
                PassedReading(ruler=one.ruler, goal=one.goal, value=one.value, at=one.at)
                for one in sorted(readings, key=lambda one: one.at)
            ),
        ),
        interviews=_if(
            HandoffPart.INTERVIEWS in permitted,
            (Interview(started_at=fact.started_at, minutes=fact.minutes, stages=fact.stages) for fact in held),
        ),
        safety_raised=_if(
            HandoffPart.SAFETY in permitted,
            sorted({at.date() for fact in held for at in fact.safety_raised}),
        ),
    )


def _if(permitted: bool, items: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(items) if permitted else ()


def _said(item: Shared) -> Said:
    return Said(words=item.words, kind=item.kind, talk=item.talk, on=item.from_.at.date())


def _goal(goal: Goal, permitted: Set[HandoffPart]) -> PassedGoal:
    whole: dict[str, Any] = {
        **{field: getattr(goal, field) for field in _PLAIN_FIELDS},
        "said_on": goal.from_.at.date(),
        "objective": _only(Objective, goal.objective) if goal.objective else None,
        "steps": tuple(_step(step, permitted) for step in goal.steps),
        "supports": tuple(_only(Support, support) for support in goal.supports),
        "barriers": tuple(_only(Barrier, barrier) for barrier in goal.barriers),
        "progress": tuple(PassedProgress(at=line.at, words=line.words) for line in goal.progress if line.shared),
    }
    return PassedGoal(**{field: value for field, value in whole.items() if GOAL_FIELDS[field] in permitted})


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


_PLAIN_FIELDS: Final = (
    "id", "words", "reasons", "signs", "if_not_working", "importance", "confidence", "review_on", "status",
)  # fmt: skip


def _only(kind: type[AnyPart], part: AnyPart) -> AnyPart:
    """The part without fields that this version does not know."""
    return kind(**{field: getattr(part, field) for field in kind.model_fields})
