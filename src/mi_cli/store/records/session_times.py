"""Corrects when an interview was. The former times stay in the record, with the reason, and the log tells of it.

Theory of operation. The visits are what the minutes and a note are made from, so they are corrected with the start and
the end: each is cut to the new times, the first begins and the last ends with them, and pauses between stay. Where no
visit is within the new times (another day), all are moved by as much as the start first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mi_cli.errors import Damaged, Failed, WrongUsage
from mi_cli.records.event_type import EventType
from mi_cli.records.reference import RecordRef
from mi_cli.records.session import Correction, Session, Visit
from mi_cli.records.terms import Status
from mi_cli.store.records.json_store import SHORT_WAIT, JsonStore
from mi_cli.words.note.model import NoteWords


@dataclass(frozen=True)
class Times:
    """The times that are right; null for one that stays, and why they are corrected."""

    start: datetime | None
    end: datetime | None
    reason: str


def correct_times(store: JsonStore, ref: RecordRef, times: Times, words: NoteWords) -> Session:
    """Correct the times of a closed interview. Returns the session, the same one if they are right already.

    Raises WrongUsage for times that cannot be, Failed for an interview that is not closed; Damaged, InUse, SaveFailed.
    """
    with store.locked(ref.id, SHORT_WAIT):
        store.require_client(ref.client)
        store.compare(store.layout.session(ref))
        present = store.session(ref)
        if present.status is not Status.CLOSED or present.ended_at is None:
            raise Failed(words.times_not_closed, words.times_not_closed_how)
        start, end = times.start or present.started_at, times.end or present.ended_at
        if (start, end) == (present.started_at, present.ended_at):
            return present
        if end <= start:
            raise WrongUsage(words.times_end_first)
        if end > store.now():
            raise WrongUsage(words.times_future)
        _refuse_overlap(store, ref, start, end, words)
        former = Correction(
            at=store.now(),
            by=store.who,
            reason=times.reason,
            started_at=present.started_at,
            ended_at=present.ended_at,
            visits=present.visits,
        )
        visits = _within(present.visits, start, end)
        corrections = (*present.corrections, former)
        changed = present.replace(started_at=start, ended_at=end, visits=visits, corrections=corrections)
        changed = store.next_revision(changed)
        store.save(store.layout.session(ref), changed)
        store.log_event(EventType.TIMES_CORRECTED, ref.client, ref.id)
        return changed


def _refuse_overlap(store: JsonStore, ref: RecordRef, start: datetime, end: datetime, words: NoteWords) -> None:
    for other in store.catalog.heads(store.catalog.sessions([ref.client], damaged=[])):
        if isinstance(other, Damaged) or other.id == ref.id:
            continue
        ended = other.ended_at or other.started_at
        if start < ended and other.started_at < end:
            raise WrongUsage(words.times_overlap.format(id=other.id))


def _within(visits: tuple[Visit, ...], start: datetime, end: datetime) -> tuple[Visit, ...]:
    """Returns the visits within these times: the first begins with them, and the last ends with them."""
    if not visits:
        return ()
    cut = _cut(visits, start, end)
    if not cut:
        cut = _cut(tuple(_moved(visit, start - visits[0].from_) for visit in visits), start, end) or visits[:1]
    first, last = cut[0].replace(from_=start), cut[-1].replace(to=end)
    return (last.replace(from_=start),) if len(cut) == 1 else (first, *cut[1:-1], last)


def _cut(visits: tuple[Visit, ...], start: datetime, end: datetime) -> tuple[Visit, ...]:
    return tuple(
        visit.replace(from_=max(visit.from_, start), to=min(visit.to or end, end))
        for visit in visits
        if visit.from_ < end and (visit.to or end) > start
    )


def _moved(visit: Visit, by: timedelta) -> Visit:
    return visit.replace(from_=visit.from_ + by, to=visit.to + by if visit.to else None)
