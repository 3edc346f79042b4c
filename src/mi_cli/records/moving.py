"""What goes along when an interview is moved to another client. Pure functions on the records of both.

Theory of operation. An interview was begun under a wrong code. What came from it is what names it as its source: in the
plan, each goal and each copy of an entry that the client agreed to pass on. It is taken out of the one plan and put
into the other, at the place that its time gives it. The order within each plan is kept, so that moved there and back
it is as before.

Of the client facts only targets are needed: readings, entries and goals name them by id. A target is copied. It leaves
the client whom the interview leaves only if nothing there names it any more, and if it was first noted in the interview
or the other client has it just so. All other facts say nothing of the interview that they were noted in, and stay.

Undo takes back what stood in a client's records before. So of the turns that can be undone, all that concerns client
facts, or goals that do not go along, is left out.
"""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any, TypeVar

from mi_cli.records.change import IN_FACTS, IN_PLAN, Change, RecordPart
from mi_cli.records.client_facts import Facts, Target
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.matters import delivered
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan, Shared
from mi_cli.records.session import Session
from mi_cli.records.terms import Category, Kind

_Item = TypeVar("_Item")


def plan_of(plan: Plan, session: str) -> Plan:
    """Returns the part of a plan that came from that interview."""
    return plan.replace(**_lists(plan, lambda item: _source(item) == session), turns=_turns_of(plan, session))


def plan_without(plan: Plan, session: str) -> Plan:
    """Returns the plan without what came from that interview."""
    turns = {other: turn for other, turn in plan.turns.items() if other != session}
    return plan.replace(**_lists(plan, lambda item: _source(item) != session), turns=turns)


def plan_with(plan: Plan, taken: Plan, session: str) -> Plan:
    """Returns the plan with what `plan_of` took of another one, in the place of what it has of that interview."""
    rest = plan_without(plan, session)
    lists = {
        name: _merged(getattr(rest, name), items, lambda item: item.from_.at)
        for name, items in _lists(taken, lambda item: _source(item) == session).items()
    }
    return rest.replace(**{name: items for name, items in lists.items() if items}, turns={**rest.turns, **taken.turns})


def goals_of(plan: Plan, session: str) -> frozenset[str]:
    """Returns the ids of the goals that came from that interview."""
    return frozenset(goal.id for goal in plan.goals if goal.from_.session == session)


def shared_of(plan: Plan, session: str) -> tuple[Shared, ...]:
    """Returns the copies of that interview's entries."""
    return tuple(item for item in plan.shared if item.from_.session == session)


def targets_of(session: Session, notes: Notes, plan: Plan) -> frozenset[str]:
    """Returns the ids of the targets that the interview names, and the goals that came from it."""
    goals = (goal.target for goal in plan.goals if goal.from_.session == session.id)
    return _ids((*(item.target for item in session.readings), *(entry.target for entry in notes.entries), *goals))


def targets_that_leave(
    named: AbstractSet[str],
    elsewhere: AbstractSet[str],
    source: Facts,
    target: Facts,
    session: Session,
) -> frozenset[str]:
    """Returns which of the `named` targets the client of `source` no longer needs.

    `elsewhere` are those that the client's other interviews and goals name, `target` the facts of the other client.
    """
    days = _days(session)
    return frozenset(
        one.id for one in source.targets if one.id in named - elsewhere and _may_leave(one, target.target(one.id), days)
    )


def facts_with(facts: Facts, other: Facts, named: AbstractSet[str], session: str) -> Facts:
    """Returns the facts with those `named` targets of the other client's that they lack."""
    coming = tuple(one for one in other.targets if one.id in named and facts.target(one.id) is None)
    turns = {**facts.turns, **_turns_of(other, session)}
    return facts.replace(targets=_merged(facts.targets, coming, lambda one: one.on), turns=turns)


def facts_without(facts: Facts, leaving: AbstractSet[str], session: str) -> Facts:
    """Returns the facts without the targets that leave, and without the mark of that interview."""
    targets = tuple(one for one in facts.targets if one.id not in leaving)
    return facts.replace(targets=targets, turns={name: n for name, n in facts.turns.items() if name != session})


def noted_meanwhile(facts: Facts, session: Session) -> bool:
    """Whether facts other than targets were noted on a day of the interview, perhaps in it."""
    days = _days(session)
    words = (facts.medicines, facts.safer_use, facts.reach, facts.appointment, facts.limits, facts.helped)
    others = (facts.mandate, *words)
    return any(fact is not None and days[0] <= fact.on <= days[1] for fact in others)


def notes_to_move(notes: Notes, goals: AbstractSet[str]) -> Notes:
    """Returns the notes as they go along with these goals: undo concerns nothing that stays."""
    undo = (turn.replace(back=tuple(each for each in turn.back if _goes(each, goals))) for turn in notes.undo)
    return notes.replace(undo=tuple(turn for turn in undo if turn.back), pending=())


def is_behind(notes: Notes, session: Session, facts: Facts, plan: Plan) -> bool:
    """Whether a change of the interview did not reach the session, the facts or the plan."""
    reached = ((IN_PLAN, plan.turns.get(notes.session, 0)), (IN_FACTS, facts.turns.get(notes.session, 0)))
    for pending in notes.pending:
        for change in pending.changes:
            in_session = not any(change.where in where for where, _ in reached)
            if in_session and session.turn < pending.turn:
                return True
            if any(change.where in where and turn < pending.turn for where, turn in reached):
                return True
    return False


def passed_on(log: Iterable[Disclosure], session: Session, plan: Plan) -> list[Disclosure]:
    """Returns what was passed on and may have something of the interview in it."""
    goals, shared = goals_of(plan, session.id), shared_of(plan, session.id)
    held = {Category.INTERVIEWS, Category.PROGRESS_NOTES}
    held |= {Category.READINGS} if session.readings else set()
    held |= {Category.SAFETY_RAISED} if session.safety else set()
    held |= {Category.PARKED_MATTERS if item.kind is Kind.PARKED else Category.SHARED_WORDS for item in shared}
    return [
        entry
        for entry in delivered(log)
        if goals & {*entry.goals} or (held & {*entry.what} and entry.created_at >= session.created_at)
    ]


def _lists(plan: Plan, wanted: Callable[[Any], bool]) -> dict[str, tuple[Any, ...]]:
    """Returns each list of a plan with the wanted items alone."""
    lists = {name: getattr(plan, name) for name in type(plan).model_fields}
    return {name: tuple(filter(wanted, items)) for name, items in lists.items() if isinstance(items, tuple)}


def _source(item: Any) -> str | None:
    """Returns the id of the interview that an item of a plan came from."""
    return getattr(getattr(item, "from_", None), "session", None)


def _merged(there: Sequence[_Item], coming: Sequence[_Item], time: Callable[[_Item], Any]) -> tuple[_Item, ...]:
    """Returns both as one list, the earlier first. The order within each is kept, whatever the times are."""
    merged: list[_Item] = []
    rest = list(there)
    for item in coming:
        while rest and time(rest[0]) <= time(item):
            merged.append(rest.pop(0))
        merged.append(item)
    return (*merged, *rest)


def _turns_of(record: Plan | Facts, session: str) -> dict[str, int]:
    return {name: turn for name, turn in record.turns.items() if name == session}


def _ids(targets: Iterable[str | None]) -> frozenset[str]:
    return frozenset(target for target in targets if target is not None)


def _days(session: Session) -> tuple[date, date]:
    """Returns the first and the last day of an interview."""
    times = [session.started_at, *(visit.to for visit in session.visits if visit.to is not None)]
    return session.started_at.date(), max(times).date()


def _may_leave(one: Target, other: Target | None, days: tuple[date, date]) -> bool:
    return one == other if other is not None else days[0] <= one.on <= days[1]


def _goes(change: Change, goals: AbstractSet[str]) -> bool:
    in_goal = change.where in (RecordPart.GOAL, RecordPart.GOAL_FIELD, RecordPart.GOAL_LIST)
    return change.where not in IN_FACTS and (not in_goal or change.key in goals)
