"""Decides what is due: the one place that does, for `mi today`, `mi`, `mi doctor`, `mi client show`, `mi note check`.

Theory of operation. `due_with` says of one client, from what may be open (`records.matters`), what is due on a day:

| what | when |
|---|---|
| a safety concern | it is open, also in an interview that is closed |
| a progress note | it is not signed; its days count from the service |
| a plan | the requirements say how often it is to be changed, and it was not: after so many interviews and weeks |
| a review | the day on which an active goal was to be looked at again has come |
| a step | it is open, its goal is active, and its day has passed |
| an appointment | its day is today |
| a consent that ends | its last day is within 30 days, it was not taken back, and no other holds longer for the same |
| a consent that was taken back | within 30 days, as a whole or for one, who has a document that went out under it |
| a client not seen | for 30 days, or as many as the settings say, there was neither an interview nor a contact |
| an interview | it is not closed |
| a backup | there are interviews, and none was made for more than 7 days |

The order is that of `DueKind`, the worst first; of one kind, what has waited longest. Days are counted by the calendar
of the place where the program runs. Nothing here judges a client, and nothing holds words of one.
"""

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from mi_cli.records.matters import BackedUp, Matters, PlanAge
from mi_cli.records.terms import Status
from mi_cli.records.text_keys import DueKind

NOT_SEEN_DAYS: Final = 30
_CONSENT_DAYS: Final = 30


@dataclass(frozen=True)
class PlanEvery:
    """How often a plan is to be changed: after so many interviews or weeks, whichever takes longer."""

    interviews: int
    weeks: int


@dataclass(frozen=True)
class DueRules:
    """What the settings and the requirements say: after how many days without anything, and how often the plan."""

    not_seen_days: int = NOT_SEEN_DAYS
    plan: PlanEvery | None = None


@dataclass(frozen=True)
class Due:
    """One thing that is due. `client` and `record` are ids; `number` is that of a step in its goal.

    `on` is the day since which it is due, or the last day of a consent; null for a backup. `days` is how long ago that
    is, and negative for a day that is still to come. `closed` is whether the interview that it is about is closed, and
    `never` whether no backup was ever made.
    """

    kind: DueKind
    client: str | None = None
    record: str | None = None
    on: date | None = None
    days: int = 0
    number: int | None = None
    closed: bool = False
    never: bool = False

    def command(self, code: str, file: str = "FILE") -> str:
        """Returns the command that deals with it; `code` is the client's, `file` what stands for a file's name."""
        code = shlex.quote(code)
        match self.kind:
            case DueKind.SAFETY if self.closed:
                return f"mi session settle {self.record}"
            case DueKind.SAFETY | DueKind.PAUSED:
                return f"mi session resume {self.record}"
            case DueKind.NOTE:
                return f"mi note sign {self.record}"
            case DueKind.PLAN:
                return f"mi goals plan {code}"
            case DueKind.REVIEW:
                return f"mi goals edit {code} {self.record} --field review_on"
            case DueKind.STEP:
                return f"mi goals progress {code} {self.record} --step {self.number}"
            case DueKind.APPOINTMENT:
                return f"mi session start {code}"
            case DueKind.CONSENT_ENDS:
                return f"mi consent add {code}"
            case DueKind.CONSENT_TAKEN_BACK:
                return f"mi disclosures list {code}"
            case DueKind.NOT_SEEN:
                return f"mi contact add {code}"
            case DueKind.BACKUP:
                return f"mi store backup {file}"


def due_with(matters: Matters, now: datetime, rules: DueRules = DueRules()) -> list[Due]:
    """Returns what is due with one client at that time, the worst first."""
    return worst_first(_with(matters, now, rules))


def review_is_due(on: date, now: datetime) -> bool:
    """Whether the day has come on which a goal was to be looked at again."""
    return on <= now.date()


def plan_due_on(plan: PlanAge, every: PlanEvery, now: datetime) -> date | None:
    """Returns since which day the plan is to be changed again; null where that is not due."""
    if len(plan.interviews) < every.interviews:
        return None
    last = plan.interviews[every.interviews - 1] if every.interviews else plan.changed_at
    day = max(day_here(last, now), day_here(plan.changed_at, now) + timedelta(weeks=every.weeks))
    return day if day <= now.date() else None


def day_here(time: datetime, now: datetime) -> date:
    """Returns the day of a time by the calendar of the place where it is `now`."""
    return time.astimezone(now.tzinfo).date()


def due_of_store(backed_up: BackedUp) -> list[Due]:
    """Returns what is due with a store that holds interviews."""
    return [] if backed_up is BackedUp.LATELY else [Due(DueKind.BACKUP, never=backed_up is BackedUp.NEVER)]


def worst_first(items: Iterable[Due]) -> list[Due]:
    """Returns the items in the order in which they are shown."""
    kinds = list(DueKind)
    return sorted(items, key=lambda due: (kinds.index(due.kind), -due.days, due.client or "", due.record or ""))


def _with(matters: Matters, now: datetime, rules: DueRules) -> Iterator[Due]:
    today = now.date()

    def day(time: datetime) -> date:
        return day_here(time, now)

    def due(kind: DueKind, record: str | None, on: date, number: int | None = None, *, closed: bool = False) -> Due:
        return Due(kind, matters.client, record, on, (today - on).days, number, closed)

    for session in matters.sessions:
        closed = session.status is Status.CLOSED
        if session.concerns:
            yield due(DueKind.SAFETY, session.id, day(min(session.concerns)), closed=closed)
        if not closed:
            yield due(DueKind.PAUSED, session.id, day(session.started_at))
    yield from (due(DueKind.NOTE, note.id, day(note.since)) for note in matters.notes)
    if matters.plan and rules.plan and (since := plan_due_on(matters.plan, rules.plan, now)):
        yield due(DueKind.PLAN, None, since)
    yield from (
        due(DueKind.REVIEW, review.goal, review.on) for review in matters.reviews if review_is_due(review.on, now)
    )
    yield from (due(DueKind.STEP, step.goal, step.due, step.number) for step in matters.steps if step.due < today)
    if matters.appointment == today:
        yield due(DueKind.APPOINTMENT, None, today)
    for consent in matters.consents:
        ends = consent.ends_on if consent.revoked_at is None else None
        if ends and 0 <= (ends - today).days <= _CONSENT_DAYS and not any(map(consent.is_renewed_by, matters.consents)):
            yield due(DueKind.CONSENT_ENDS, consent.id, ends)
        taken_back = consent.taken_back_at
        if taken_back and (today - day(taken_back)).days <= _CONSENT_DAYS:
            yield due(DueKind.CONSENT_TAKEN_BACK, consent.id, day(taken_back))
    times = [time for time in (matters.last_seen, matters.last_contact) if time]
    last = max(times) if times else matters.since
    if last and (today - day(last)).days >= rules.not_seen_days:
        yield due(DueKind.NOT_SEEN, None, day(last))
