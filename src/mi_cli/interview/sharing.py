"""What a client may agree to pass on, and where it stands in the plan. Observations are never among it."""

from collections.abc import Iterable, Mapping
from typing import Final

from mi_cli.records.change import Change, RecordPart, ReversibleChange
from mi_cli.records.notes import Entry, Notes
from mi_cli.records.plan import EntryRef, Plan, Shared
from mi_cli.records.terms import Kind

LISTS: Final[Mapping[Kind, str]] = {
    Kind.PARKED: "parked",
    Kind.FOCUS: "focus",
    Kind.AGENDA: "focus",
    Kind.CHANGE: "talk",
    Kind.SUSTAIN: "talk",
    Kind.VALUE: "values",
    Kind.STRENGTH: "strengths",
    Kind.TRIGGER: "triggers",
    Kind.NEXT: "next",
}


def can_be_shared(entry: Entry) -> bool:
    """Whether it has words and is of a kind that the plan has a place for."""
    return entry.words is not None and entry.kind in LISTS


def shareable(notes: Notes) -> tuple[Shared, ...]:
    """What could be passed on of an interview; the parked matters, which the handoff is for, first."""
    return _in_order(as_shared(entry, notes.session) for entry in notes.entries if can_be_shared(entry))


def gathered(plan: Plan, interviews: Iterable[Notes]) -> tuple[Shared, ...]:
    """What could be passed on of all these interviews, and what is in the plan already, in the words it stands there.

    What is in the plan is among it even when its interview is not: it must be possible to take it out.
    """
    found = {(item.from_.session, item.from_.n): item for notes in interviews for item in shareable(notes)}
    found |= {(item.from_.session, item.from_.n): item for item in plan.shared}
    return _in_order(found.values())


def _in_order(items: Iterable[Shared]) -> tuple[Shared, ...]:
    order = list(LISTS)
    return tuple(sorted(items, key=lambda item: (order.index(item.kind), item.from_.at, item.from_.n)))


def as_shared(entry: Entry, session: str) -> Shared:
    """The copy of an entry that stands in the plan."""
    return Shared(
        words=entry.words or "",
        kind=entry.kind,
        talk=entry.talk,
        from_=EntryRef(session=session, n=entry.n, at=entry.at),
    )


def name(item: Shared) -> str:
    """What `mi goals share` calls it: the interview's id, and the number of the entry in it."""
    return f"{item.from_.session}:{item.from_.n}"


def as_json(item: Shared, plan: Plan, code: str) -> dict[str, object]:
    """An item of the list of what could be passed on, for programs."""
    origin = item.from_
    return {
        "name": name(item),
        "client": code,
        "session": origin.session,
        "n": origin.n,
        "goal": None,
        "at": origin.at.isoformat(),
        "kind": item.kind,
        "talk": item.talk,
        "words": item.words,
        "in_plan": plan.copy_of(origin.session, origin.n) is not None,
    }


def decided(agreed: Iterable[Shared], withdrawn: Iterable[Shared], plan: Plan) -> ReversibleChange:
    """What the client agreed to stands in the plan, once; and what of the rest is there is taken out."""
    fresh = [item for item in agreed if plan.copy_of(item.from_.session, item.from_.n) is None]
    copies = [plan.copy_of(item.from_.session, item.from_.n) for item in withdrawn]
    gone = [copy for copy in copies if copy is not None]
    return ReversibleChange(
        (*(_put_in(item) for item in fresh), *(_take_out(item) for item in gone)),
        (*(_put_in(item) for item in gone), *(_take_out(item) for item in reversed(fresh))),
    )


def reworded(plan: Plan, session: str, entry: Entry) -> ReversibleChange:
    """An entry was changed: its copy in the plan changes with it, in its place, if the client had agreed to it.

    Only if it is still there: what was taken out of the plan meanwhile stays out.
    """
    copy = plan.copy_of(session, entry.n)
    if copy is None:
        return ReversibleChange()
    fresh = as_shared(entry, session)
    return ReversibleChange((_in_place_of(copy, fresh),), (_in_place_of(fresh, copy),))


def _put_in(item: Shared) -> Change:
    return Change(where=RecordPart.SHARED, field=LISTS[item.kind], put=item.model_dump(mode="json"))


def _take_out(item: Shared) -> Change:
    return Change(where=RecordPart.SHARED, field=LISTS[item.kind], drop=item.model_dump(mode="json"))


def _in_place_of(old: Shared, new: Shared) -> Change:
    return _put_in(new).replace(drop=old.model_dump(mode="json"))
