"""Collects a packet: copies what is permitted out of the records.

Theory of operation
-------------------
Nothing but what `packet_of` copies can go out, for three reasons:

1. **The sources are few.** It is given the plan, the client and `SessionFacts` (dates, minutes, readings), never notes
   or sessions; an import contract in `pyproject.toml` keeps this room from importing those.
2. **A packet has only fields that may go out.** Each part is copied field by field, so that all else in the records
   (history, entry numbers, fields that another version wrote) stays behind.
3. **Each field belongs to a part of a category** (`scope.KINDS`, `scope.GOAL_FIELDS`, `scope.FACTS`), and is copied
   only if the permit has that part. A goal's field that the table does not name raises KeyError, and a kind of thing
   said or a client fact that the table does not name is never copied.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, Final, TypeVar

from pydantic import AwareDatetime

from mi_cli.handoff.packet import (
    Interview,
    Packet,
    PassedFact,
    PassedGoal,
    PassedProgress,
    PassedReading,
    PassedStep,
    Person,
    Said,
)
from mi_cli.handoff.scope import FACTS, GOAL_FIELDS, KINDS
from mi_cli.records.base import Part
from mi_cli.records.client import Identity
from mi_cli.records.client_facts import Facts
from mi_cli.records.facts import SessionFacts
from mi_cli.records.name_matching import same_name
from mi_cli.records.permit import Permit
from mi_cli.records.plan import Barrier, Goal, Objective, Plan, Shared, Step, Support
from mi_cli.records.terms import Category, FactName, HandoffPart, Kind, StepStatus

AnyPart = TypeVar("AnyPart", bound=Part)

_COPIED_FIELDS: Final = (
    "id", "words", "reasons", "signs", "if_not_working", "importance", "confidence", "review_on", "status",
)  # fmt: skip


def person_in(permit: Permit, code: str, identity: Identity | None) -> Person:
    """Returns the client as the document names them. The client's own copy, which may lie about, has no name."""
    if identity is None or permit.recipient is None:
        return Person(code=code)
    return Person(code=code, name=identity.name, family=identity.family, given=identity.given, born_on=identity.born_on)


def needs_facts(permit: Permit) -> bool:
    """Returns whether anything permitted comes from the interviews; else they need not be read."""
    return bool(permit.categories & {Category.READINGS, Category.INTERVIEWS, Category.SAFETY_RAISED})


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
    interviews = sorted(facts, key=lambda fact: fact.started_at)
    chosen = [goal for goal in plan.goals if goal.id in goals] if HandoffPart.GOALS in permitted else []
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
        facts=tuple(
            PassedFact(name=fact.name, words=fact.words, on=fact.on, source=fact.source)
            for fact in plan.facts
            if FACTS.get(fact.name) in permitted
        ),
        readings=_tuple_if(HandoffPart.READINGS in permitted, _readings(interviews, goals, plan, known, permitted)),
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


def _readings(
    interviews: Sequence[SessionFacts], goals: Set[str], plan: Plan, known: Facts | None, permitted: Set[HandoffPart]
) -> list[PassedReading]:
    """Returns the readings about one of the goals or about none, oldest first."""
    names = _agreed_names(plan, known) if HandoffPart.FOCUS in permitted else {}
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
    return sorted(readings, key=lambda reading: reading.at)


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


def _known_fields(kind: type[AnyPart], part: AnyPart) -> AnyPart:
    """Returns the part without the fields that another version added to it."""
    return kind(**{field: getattr(part, field) for field in kind.model_fields})
