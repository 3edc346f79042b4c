"""The entries that a client may agree to pass on, and their copies in the plan.

A handoff is made from the plan alone. So an entry is passed on only if the client agreed that a copy of it stands in
the plan (`share_and_withdraw`), in the list for its kind (`LISTS`). Kinds without a list, such as the counselor's
observations, can never be shared; of unmarked talk only the answers to a ruler's follow-up questions can.
`interview.results` is the same for results of goals.
"""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from mi_cli.records.change import Change, RecordPart, ReversibleChange
from mi_cli.records.facts import ReadingFact
from mi_cli.records.notes import Entry, Notes
from mi_cli.records.plan import EntryRef, Plan, Shared
from mi_cli.records.session import Reading
from mi_cli.records.terms import Kind

LISTS: Final[Mapping[Kind, str]] = {
    Kind.PARKED: "parked",
    Kind.FOCUS: "focus",
    Kind.AGENDA: "focus",
    Kind.CHANGE: "talk",
    Kind.SUSTAIN: "talk",
    Kind.AMBIVALENCE: "talk",
    Kind.VALUE: "values",
    Kind.STRENGTH: "strengths",
    Kind.TRIGGER: "triggers",
    Kind.NEXT: "next",
}


Answers = Collection[int]  # the numbers of the entries of an interview that answer a ruler's follow-up question


def answers_in(readings: Iterable[Reading | ReadingFact]) -> Answers:
    """Returns the numbers of the entries that answer the follow-up questions of these readings."""
    return frozenset(n for reading in readings for n in (reading.why, reading.raise_) if n is not None)


def can_be_shared(entry: Entry, answers: Answers = ()) -> bool:
    """Whether the entry has words and is of a kind that the plan has a list for, or is one of these answers."""
    is_answer = entry.kind is Kind.SAID and entry.n in answers
    return entry.words is not None and (entry.kind in LISTS or is_answer)


def list_of(kind: Kind) -> str:
    """Returns the plan's list for a kind; an unmarked answer stands with what was said for and against change."""
    return LISTS.get(kind, "talk")


def shareable(notes: Notes, answers: Answers = ()) -> tuple[Shared, ...]:
    """Returns what could be passed on of an interview; parked matters, which the handoff is for, come first."""
    return _in_order(as_shared(entry, notes.session) for entry in notes.entries if can_be_shared(entry, answers))


def all_shareable(
    plan: Plan, interviews: Iterable[Notes], answers: Mapping[str, Answers] = MappingProxyType({})
) -> tuple[Shared, ...]:
    """Returns what could be passed on of these interviews and what is in the plan already, with the plan's wording.

    `answers` are those of each interview, by its id. An item of the plan is included even when its interview is not: it
    must be possible to remove it.
    """
    of_each = (shareable(notes, answers.get(notes.session, ())) for notes in interviews)
    by_origin = {(item.from_.session, item.from_.n): item for items in of_each for item in items}
    by_origin |= {(item.from_.session, item.from_.n): item for item in plan.shared}
    return _in_order(by_origin.values())


def _in_order(items: Iterable[Shared]) -> tuple[Shared, ...]:
    order = list(LISTS)
    order.insert(order.index(Kind.AMBIVALENCE) + 1, Kind.SAID)  # beneath the same heading as change and sustain talk
    return tuple(sorted(items, key=lambda item: (order.index(item.kind), item.from_.at, item.from_.n)))


def as_shared(entry: Entry, session: str) -> Shared:
    """Returns the copy of an entry for the plan."""
    return Shared(
        words=entry.words or "",
        kind=entry.kind,
        talk=entry.talk,
        from_=EntryRef(session=session, n=entry.n, at=entry.at),
    )


def name(item: Shared) -> str:
    """Returns the name of an item for `mi goals share`: the interview's id and the number of the entry in it."""
    return f"{item.from_.session}:{item.from_.n}"


def as_json(item: Shared, plan: Plan, code: str) -> dict[str, object]:
    """Returns an item of the list of what could be passed on, as JSON. `code` is the client's code."""
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


def share_and_withdraw(agreed: Iterable[Shared], withdrawn: Iterable[Shared], plan: Plan) -> ReversibleChange:
    """Puts into the plan what the client agreed to, if it is not there yet, and removes what was withdrawn."""
    added = [item for item in agreed if plan.copy_of(item.from_.session, item.from_.n) is None]
    copies = [plan.copy_of(item.from_.session, item.from_.n) for item in withdrawn]
    removed = [copy for copy in copies if copy is not None]
    return ReversibleChange(
        (*(_put(item) for item in added), *(_drop(item) for item in removed)),
        (*(_put(item) for item in removed), *(_drop(item) for item in reversed(added))),
    )


def withdrawn(plan: Plan, session: str, n: int) -> ReversibleChange:
    """Removes the copy of entry `n` of that session from the plan, if there is one."""
    copy = plan.copy_of(session, n)
    return ReversibleChange((_drop(copy),), (_put(copy),)) if copy else ReversibleChange()


def reworded(plan: Plan, session: str, entry: Entry, answers: Answers = ()) -> ReversibleChange:
    """Changes the copy of an entry in the plan after the entry itself was changed.

    It stays in its place, moves to the list for its new kind, or is removed if the entry can no longer be shared. No
    copy, no change: what the client never shared, or withdrew, stays out of the plan.
    """
    copy = plan.copy_of(session, entry.n)
    if copy is None:
        return ReversibleChange()
    if not can_be_shared(entry, answers):
        return withdrawn(plan, session, entry.n)
    new_copy = as_shared(entry, session)
    if list_of(copy.kind) != list_of(new_copy.kind):
        return ReversibleChange((_drop(copy), _put(new_copy)), (_drop(new_copy), _put(copy)))
    return ReversibleChange((_swap(copy, new_copy),), (_swap(new_copy, copy),))


def _put(item: Shared) -> Change:
    return Change(where=RecordPart.SHARED, field=list_of(item.kind), put=item.model_dump(mode="json"))


def _drop(item: Shared) -> Change:
    return Change(where=RecordPart.SHARED, field=list_of(item.kind), drop=item.model_dump(mode="json"))


def _swap(old: Shared, new: Shared) -> Change:
    return _put(new).replace(drop=old.model_dump(mode="json"))
