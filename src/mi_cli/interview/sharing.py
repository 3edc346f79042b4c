"""What a client may agree to pass on, and where it stands in the plan. Observations are never among it."""

from collections.abc import Mapping
from typing import Final

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


def shared_copy(plan: Plan, session: str, n: int) -> Shared | None:
    """The copy in the plan of entry `n` of that session."""
    return next((item for item in plan.shared if (item.from_.session, item.from_.n) == (session, n)), None)
