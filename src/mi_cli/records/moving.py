"""What goes along when an interview is moved to another client. Pure functions on the records of both.

Theory of operation. An interview was begun under a wrong code. What came from it is what names it as its source: in the
plan, each goal and each copy of an entry or a client fact that the client agreed to pass on. It is taken out of the one
plan and put into the other, at the place that its time gives it. The order within each plan is kept, so that moved
there and back it is as before; only the copies of facts have no more than a day.

A client fact that was told in the interview goes along, unless the other client has one of that name: that one is not
overwritten, and the fact stays. What was known before of a fact that goes along is not known any more.

Targets are needed besides: readings, entries and goals name them by id. A target is copied. It leaves the client whom
the interview leaves only if nothing there names it any more, and if it was first told in the interview or the other
client has it just so.

Undo takes back what stood in a client's records before. So of the turns that can be undone, all that concerns client
facts, or goals that do not go along, is left out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any, TypeVar

from mi_cli.records.change import IN_FACTS, IN_PLAN, Change, RecordPart
from mi_cli.records.client_facts import Fact, Facts, Mandate, Target
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.matters import delivered
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan, Shared, SharedFact
from mi_cli.records.session import Session
from mi_cli.records.terms import Category, FactName, Kind

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
        name: _merged(getattr(rest, name), items, _time)
        for name, items in _lists(taken, lambda item: _source(item) == session).items()
    }
    return rest.replace(**{name: items for name, items in lists.items() if items}, turns={**rest.turns, **taken.turns})


def goals_of(plan: Plan, session: str) -> frozenset[str]:
    """Returns the ids of the goals that came from that interview."""
    return frozenset(goal.id for goal in plan.goals if goal.from_.session == session)


def shared_of(plan: Plan, session: str) -> tuple[Shared | SharedFact, ...]:
    """Returns the copies of that interview's entries, and of the client facts that were told in it."""
    copies: tuple[Shared | SharedFact, ...] = (*plan.shared, *plan.facts)
    return tuple(item for item in copies if _source(item) == session)


def targets_of(session: Session, notes: Notes, facts: Facts, plan: Plan) -> frozenset[str]:
    """Returns the ids of the targets that the interview, or a goal that came from it, names or that were told in it."""
    told = (target.id for target in facts.targets if target.session == session.id)
    goals = (goal.target for goal in plan.goals if goal.from_.session == session.id)
    read, said = (item.target for item in session.readings), (entry.target for entry in notes.entries)
    return _ids((*read, *said, *goals, *told))


def targets_that_leave(
    named: AbstractSet[str],
    elsewhere: AbstractSet[str],
    source: Facts,
    target: Facts,
    session: str,
) -> frozenset[str]:
    """Returns which of the `named` targets the client of `source` no longer needs.

    `elsewhere` are those that the client's other interviews and goals name, `target` the facts of the other client.
    """
    return frozenset(
        one.id
        for one in source.targets
        if one.id in named - elsewhere and _may_leave(one, target.target(one.id), session)
    )


def told_in(facts: Facts, other: Facts, session: str) -> Mapping[str, Fact | Mandate]:
    """Returns, by field, the facts that go along to the client of `other`: those that this client has none of."""
    known = {field for field, part in other.single.items() if part.session != session}
    return {field: part for field, part in facts.single.items() if part.session == session and field not in known}


def facts_with(facts: Facts, other: Facts, named: AbstractSet[str], session: str) -> Facts:
    """Returns the facts with what was told in that interview, and those `named` targets of the other client's."""
    coming = tuple(one for one in other.targets if one.id in named and facts.target(one.id) is None)
    turns = {**facts.turns, **_turns_of(other, session)}
    told = told_in(other, facts, session)
    return facts.replace(targets=_merged(facts.targets, coming, lambda one: one.on), turns=turns, **told)


def facts_without(facts: Facts, other: Facts, leaving: AbstractSet[str], session: str) -> Facts:
    """Returns the facts without the targets that leave, what `other` has of that interview, and its mark."""
    targets = tuple(one for one in facts.targets if one.id not in leaving)
    told = told_in(facts, other, session)
    gone = dict.fromkeys(field for field, part in told.items() if part == other.single.get(field))
    turns = {name: n for name, n in facts.turns.items() if name != session}
    return facts.replace(targets=targets, turns=turns, **gone)


def facts_that_go(facts: Facts, other: Facts, session: str) -> frozenset[FactName]:
    """Returns the names of the facts that go along to the client of `other`."""
    targets = {FactName.TARGET for one in facts.targets if one.session == session}
    return frozenset(targets | {_name(field) for field in told_in(facts, other, session)})


def facts_that_stay(facts: Facts, other: Facts, plan: Plan, session: Session) -> frozenset[FactName]:
    """Returns the names of the facts that a person should look at: they stay, and may be of the interview.

    These were told in it, and the client of `other` has one already; or they were noted, or agreed to, on its days.
    """
    first, last = _days(session)
    going = told_in(facts, other, session.id)
    names = {
        _name(field)
        for field, part in facts.single.items()
        if field not in going and (part.session == session.id or first <= part.on <= last)
    }
    names |= {
        FactName.DIRECTION
        for one in facts.targets
        if one.session != session.id and one.direction is not None and first <= one.on <= last
    }
    names |= {copy.name for copy in plan.facts if copy.session != session.id and first <= copy.shared <= last}
    return frozenset(names)


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
    held |= {_category(item) for item in shared}
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
    source: str | None = item.session if isinstance(item, SharedFact) else item.from_.session
    return source


def _time(item: Any) -> Any:
    """Returns when an item of a plan was said, or, of a client fact, agreed to."""
    return item.shared if isinstance(item, SharedFact) else item.from_.at


def _category(item: Shared | SharedFact) -> Category:
    parked = isinstance(item, Shared) and item.kind is Kind.PARKED
    return Category.PARKED_MATTERS if parked else Category.SHARED_WORDS


def _name(field: str) -> FactName:
    return FactName(field.replace("_", "-"))


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


def _may_leave(one: Target, other: Target | None, session: str) -> bool:
    return one == other if other is not None else one.session == session


def _goes(change: Change, goals: AbstractSet[str]) -> bool:
    of_facts = change.where in IN_FACTS or (change.where is RecordPart.SHARED and change.field == "facts")
    in_goal = change.where in (RecordPart.GOAL, RecordPart.GOAL_FIELD, RecordPart.GOAL_LIST)
    return not of_facts and (not in_goal or change.key in goals)
