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

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, Final, TypeVar

from pydantic import AwareDatetime, Field

from mi_cli.handoff.scope import GOAL_FIELDS, KINDS
from mi_cli.records import dates
from mi_cli.records.base import Part
from mi_cli.records.client import Identity
from mi_cli.records.client_facts import Facts
from mi_cli.records.facts import SessionFacts
from mi_cli.records.name_matching import same_name
from mi_cli.records.permit import Permit
from mi_cli.records.plan import Barrier, Goal, Objective, Plan, Shared, Step, Support
from mi_cli.records.terms import (
    Category,
    FactName,
    FactSource,
    GoalStatus,
    HandoffPart,
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


def person_in(permit: Permit, code: str, identity: Identity | None) -> Person:
    """Returns the client as the document names them. The client's own copy, which may lie about, has no name."""
    if identity is None or permit.recipient is None:
        return Person(code=code)
    return Person(code=code, name=identity.name, family=identity.family, given=identity.given, born_on=identity.born_on)


def needs_facts(permit: Permit) -> bool:
    """Returns whether anything permitted comes from the interviews; else they need not be read."""
    return bool(permit.categories & {Category.READINGS, Category.INTERVIEWS, Category.SAFETY_RAISED})


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
    known: Facts | None = None,
) -> Packet:
    """Returns the packet: of the goals those with an id in `goals`, and of everything only the permitted parts.

    `known` are the client facts, which name the behaviors that readings are about.
    """
    names = _agreed_names(plan, known) if HandoffPart.FOCUS in permitted else {}
    interviews = sorted(facts, key=lambda fact: fact.started_at)
    chosen = [goal for goal in plan.goals if goal.id in goals] if HandoffPart.GOALS in permitted else []
    readings = [
        PassedReading(
            ruler=reading.ruler,
            goal=reading.goal,
            target=reading.target,
            about=names.get(reading.target or ""),
            interview=number,
            value=reading.value,
            at=reading.at,
            why=_answer(plan, fact.id, reading.why, permitted),
            to_raise=_answer(plan, fact.id, reading.raise_, permitted),
        )
        for number, fact in enumerate(interviews, 1)
        for reading in fact.readings
        if reading.goal is None or reading.goal in goals
    ]
    beside = _beside_numbers(interviews, goals) if HandoffPart.ANSWERS in permitted else frozenset()
    shared = [
        item
        for item in plan.shared
        if KINDS.get(item.kind) in permitted and (item.from_.session, item.from_.n) not in beside
    ]
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
        facts=_tuple_if(
            HandoffPart.FACTS in permitted,
            (PassedFact(name=fact.name, words=fact.words, on=fact.on, source=fact.source) for fact in plan.facts),
        ),
        readings=_tuple_if(
            HandoffPart.READINGS in permitted,
            sorted(readings, key=lambda reading: reading.at),
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
        "status_on": max([goal.from_.at, *(before.at for before in goal.history if before.field == "status")]).date(),
        "objective": _known_fields(Objective, goal.objective) if goal.objective else None,
        "steps": tuple(_step(step, permitted) for step in goal.steps if _may_go(step, permitted)),
        "supports": tuple(_known_fields(Support, support) for support in goal.supports),
        "barriers": tuple(_known_fields(Barrier, barrier) for barrier in goal.barriers),
        "progress": tuple(PassedProgress(at=line.at, words=line.words) for line in goal.progress if line.shared),
    }
    return PassedGoal(**{field: value for field, value in fields.items() if GOAL_FIELDS[field] in permitted})


def _may_go(step: Step, permitted: Set[HandoffPart]) -> bool:
    """Whether a step is handed on: one that is open or done; another only with the outcome that the client agreed to.

    That a step was not done, or only partly, is what came of it, and is passed on only by the client's agreement.
    """
    settled = step.status not in (StepStatus.OPEN, StepStatus.DONE)
    return not settled or bool(step.outcome_shared and HandoffPart.PROGRESS in permitted)


def _agreed_names(plan: Plan, known: Facts | None) -> Mapping[str, str]:
    """Returns the names of the targets by id, if the client agreed to pass the name on, as a focus or a fact."""
    agreed = [item.words for item in plan.focus if item.kind is Kind.FOCUS]
    agreed += [fact.words for fact in plan.facts if fact.name is FactName.TARGET]
    targets = known.targets if known else ()
    return {target.id: target.name for target in targets if any(same_name(target.name, words) for words in agreed)}


def _answer(plan: Plan, session: str, n: int | None, permitted: Set[HandoffPart]) -> str | None:
    """Returns the answer to a ruler's question, if the client agreed to pass it on; it stands beside the number."""
    copy = plan.copy_of(session, n) if n is not None and HandoffPart.ANSWERS in permitted else None
    return copy.words if copy else None


def _beside_numbers(interviews: Iterable[SessionFacts], goals: Set[str]) -> frozenset[tuple[str, int]]:
    """Returns the entries, by interview and number, that stand beside a number that goes out, and so nowhere else."""
    return frozenset(
        (fact.id, n)
        for fact in interviews
        for reading in fact.readings
        if reading.goal is None or reading.goal in goals
        for n in (reading.why, reading.raise_)
        if n is not None
    )


def _about(reading: PassedReading) -> tuple[str | None, str | int | None]:
    """Returns what a reading is about: the goal, and the behavior; of neither, the interview that it belongs to."""
    return reading.goal, reading.target or (None if reading.goal else reading.interview)


def _step(step: Step, permitted: Set[HandoffPart]) -> PassedStep:
    agreed = step.outcome_shared and HandoffPart.PROGRESS in permitted
    return PassedStep(
        words=step.words,
        when=step.when,
        due=step.due,
        where=step.where,
        how=step.how,
        reach=step.reach,
        status=step.status,
        done_on=step.done_on,
        outcome=step.outcome if agreed else None,
    )


_COPIED_FIELDS: Final = (
    "id", "words", "reasons", "signs", "if_not_working", "importance", "confidence", "review_on", "status",
)  # fmt: skip


def _known_fields(kind: type[AnyPart], part: AnyPart) -> AnyPart:
    """Returns the part without the fields that another version added to it."""
    return kind(**{field: getattr(part, field) for field in kind.model_fields})
