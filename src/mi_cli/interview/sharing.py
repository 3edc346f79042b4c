"""What a client may agree to pass on, and where it stands in the plan. Observations are never among it."""

from collections.abc import Iterable, Mapping
from typing import Final

from mi_cli.records.change import Change, Made, Where
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


def shareable(notes: Notes) -> tuple[Entry, ...]:
    """What could be passed on; the parked matters, which the handoff is for, first."""
    order = list(LISTS)
    return tuple(sorted(filter(can_be_shared, notes.entries), key=lambda entry: (order.index(entry.kind), entry.n)))


def as_shared(entry: Entry, session: str) -> Shared:
    """The copy of an entry that stands in the plan."""
    return Shared(
        words=entry.words or "",
        kind=entry.kind,
        talk=entry.talk,
        from_=EntryRef(session=session, n=entry.n, at=entry.at),
    )


def agreed(plan: Plan, items: Iterable[Shared]) -> Made:
    """The client agrees to these; what stands in the plan already stays as it is."""
    fresh = [item for item in items if plan.copy_of(item.from_.session, item.from_.n) is None]
    return Made(tuple(_put_in(item) for item in fresh), tuple(_take_out(item) for item in reversed(fresh)))


def taken_out(items: Iterable[Shared]) -> Made:
    """The client no longer agrees to these, which stand in the plan."""
    gone = tuple(items)
    return Made(tuple(_take_out(item) for item in gone), tuple(_put_in(item) for item in gone))


def reworded(plan: Plan, session: str, entry: Entry) -> Made:
    """An entry was changed: its copy in the plan changes with it, in its place, if the client had agreed to it.

    Only if it is still there: what was taken out of the plan meanwhile stays out.
    """
    copy = plan.copy_of(session, entry.n)
    if copy is None:
        return Made()
    fresh = as_shared(entry, session)
    return Made((_in_place_of(copy, fresh),), (_in_place_of(fresh, copy),))


def _put_in(item: Shared) -> Change:
    return Change(where=Where.SHARED, field=LISTS[item.kind], put=item.model_dump(mode="json"))


def _take_out(item: Shared) -> Change:
    return Change(where=Where.SHARED, field=LISTS[item.kind], drop=item.model_dump(mode="json"))


def _in_place_of(old: Shared, new: Shared) -> Change:
    return _put_in(new).but(drop=old.model_dump(mode="json"))
