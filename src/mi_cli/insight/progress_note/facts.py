"""What a progress note is made from, as values: facts, the plan, counts, and the lines that were picked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mi_cli.records.facts import ReadingFact
from mi_cli.records.plan import Plan
from mi_cli.records.progress_note import Served
from mi_cli.records.terms import Act, Kind, Stage


@dataclass(frozen=True)
class Stay:
    """A stay in a stage; `n` is the number of the visit in the session, from 1."""

    n: int
    stage: Stage
    from_: datetime
    to: datetime


@dataclass(frozen=True)
class Picked:
    """A line of the interview that the counselor moves into the client's record: its number, kind and words."""

    n: int
    kind: Kind
    words: str


@dataclass(frozen=True)
class Passed:
    """A document that was passed on that day: its number in the log, and whether it was the client's own copy."""

    seq: int
    to_client: bool


@dataclass(frozen=True)
class NoteFacts:
    """What is recorded of one interview, or of one contact, and of the client.

    `since` is when the interview before this one ended, null for none; `earlier` are the readings of those before, the
    latest first. `targets` are the names of behaviors by their ids. `marked` counts the parts of the counselor that
    were marked with `>`, by act. `contact_kind` and `contact_lines` are those of a contact, else null and empty.
    """

    session: str | None
    plan: Plan
    day: datetime
    stays: tuple[Stay, ...] = ()
    readings: tuple[ReadingFact, ...] = ()
    earlier: tuple[ReadingFact, ...] = ()
    since: datetime | None = None
    targets: Mapping[str, str] = field(default_factory=dict)
    marked: Mapping[Act | None, int] = field(default_factory=dict)
    passed: tuple[Passed, ...] = ()
    safety: tuple[datetime, ...] = ()
    contact: str | None = None
    contact_kind: str | None = None
    contact_lines: tuple[str, ...] = ()

    @property
    def served(self) -> tuple[Served, ...]:
        """The intervals of the service."""
        return served_in(self.stays)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in the order in which they were first entered.

        One that was only passed through, for less than a minute in all, was not held, unless none was.
        """
        entered = tuple(dict.fromkeys(stay.stage for stay in self.stays))
        return tuple(stage for stage in entered if self.minutes_in(stage)) or entered

    def minutes_in(self, stage: Stage) -> int:
        """Returns the whole minutes of all stays in a stage."""
        return int(sum((stay.to - stay.from_).total_seconds() for stay in self.stays if stay.stage is stage) // 60)


def served_in(stays: Iterable[Stay]) -> tuple[Served, ...]:
    """Returns the intervals of a service: the stays, joined where one follows on the other. A pause parts them.

    One of no length is left out, unless there is no other.
    """
    joined: list[tuple[datetime, datetime]] = []
    for stay in stays:
        if joined and stay.from_ <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], stay.to))
        else:
            joined.append((stay.from_, stay.to))
    lasting = [(start, end) for start, end in joined if end > start]
    return tuple(Served(from_=start, to=end) for start, end in lasting or joined[:1])
