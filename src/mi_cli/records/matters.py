"""What may be open with a client, read from the JSON of the records: light, without pydantic.

Theory of operation. `mi today` looks at every client of the store, and must not read interviews that are over. So a
client's record lists where an open matter may stand (`Client.open`): `sessions/<name>.json` of an interview that is not
closed, or has a safety concern that is not dealt with, and `progress-notes/<name>.json` of a note that is not signed.
That list says only where to look. `is_open` decides, by the record itself, and it alone: for the list, for
`mi today`, and for `mi store check`.

What is *due* is decided in `insight.due`, from the `Matters` of each client.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import Enum, auto
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from mi_cli.records.name_matching import fold_name
from mi_cli.records.terms import Event, GoalStatus, NoteState, Status, StepStatus

SESSIONS: Final = "sessions"
NOTES: Final = "progress-notes"
BACKUP_AGE: Final = timedelta(days=7)  # after which one is missing
FOLDERS: Final = (SESSIONS, NOTES)  # where something can be open


class BackedUp(Enum):
    """Whether there was a backup within `BACKUP_AGE`. `NEVER` is known only of a store that is younger than that."""

    LATELY = auto()
    NOT_LATELY = auto()
    NEVER = auto()


class OpenSession(NamedTuple):
    """An interview that is not closed, or that has a concern which is not dealt with; `concerns` are when they came."""

    id: str
    status: Status
    started_at: datetime
    concerns: tuple[datetime, ...] = ()


class DraftNote(NamedTuple):
    """A progress note that is not signed. `since` is when the service ended; without times, when it was begun."""

    id: str
    since: datetime


class OpenStep(NamedTuple):
    """An open step with a day, of an active goal; `number` counts the goal's steps from 1."""

    goal: str
    number: int
    due: date


class GoalReview(NamedTuple):
    """An active goal with a day on which it is to be looked at again."""

    goal: str
    on: date


class PlanAge(NamedTuple):
    """When the plan was last changed, or without one the client set up, and when interviews began since then."""

    changed_at: datetime
    interviews: tuple[datetime, ...] = ()


class ConsentHead(NamedTuple):
    """A consent: its last day, if it names one; when it was taken back; and who has what went out under it.

    `taken_back` is when it was taken back for one recipient only, and for whom. `names` are all whom it names, `what`
    the categories. `holds` is whether it was signed and has not ended. `out_to` are names in the form that is compared.
    """

    id: str
    ends_on: date | None
    revoked_at: datetime | None
    out_to: frozenset[str] = frozenset()
    taken_back: tuple[tuple[datetime, str], ...] = ()
    names: tuple[str, ...] = ()
    what: frozenset[str] = frozenset()
    holds: bool = True

    def with_delivered(self, delivered: Iterable[tuple[str | None, str | None]]) -> "ConsentHead":
        """Returns it with who has what went out under it, of pairs of a consent and a recipient."""
        own = (name for consent, name in delivered if consent == self.id)
        return self._replace(out_to=frozenset(fold_name(name or "") for name in own))

    @property
    def taken_back_at(self) -> datetime | None:
        """When it was last taken back from somebody who has a document; null for never."""
        times = [at for at, name in self.taken_back if fold_name(name) in self.out_to]
        return max([*times, *([self.revoked_at] if self.revoked_at and self.out_to else [])], default=None)

    def is_renewed_by(self, other: "ConsentHead") -> bool:
        """Whether another consent holds longer, for the same recipients and categories at least."""
        longer = other.ends_on is None or (self.ends_on is not None and other.ends_on > self.ends_on)
        holds = other.holds and other.revoked_at is None
        return holds and longer and self.what <= other.what and self._still_named() <= other._still_named()

    def _still_named(self) -> frozenset[str]:
        return frozenset(map(fold_name, self.names)) - {fold_name(name) for _, name in self.taken_back}


class Matters(NamedTuple):
    """What may be open with one client.

    `last_seen` is when the last interview began, `last_contact` when the last contact was. `since` is when the client
    was set up. What cannot be read is null. `appointment` is the day of the next one, if its words name a day.
    `is_listed` is whether the client's record says where an open matter may stand.
    """

    client: str
    since: datetime | None = None
    last_seen: datetime | None = None
    last_contact: datetime | None = None
    sessions: tuple[OpenSession, ...] = ()
    notes: tuple[DraftNote, ...] = ()
    plan: PlanAge | None = None
    reviews: tuple[GoalReview, ...] = ()
    steps: tuple[OpenStep, ...] = ()
    appointment: date | None = None
    consents: tuple[ConsentHead, ...] = ()
    is_listed: bool = True


def is_open(document: dict[str, Any]) -> bool:
    """Whether an interview or a progress note has an open matter. Raises KeyError or TypeError for anything else."""
    if "state" in document:
        return bool(document["state"] == NoteState.DRAFT)
    return document["status"] != Status.CLOSED or bool(_concerns(document))


def open_session(document: dict[str, Any]) -> OpenSession:
    """Reads an interview. Raises KeyError, TypeError or ValueError when it is none."""
    return OpenSession(
        str(document["id"]), Status(document["status"]), time_of(document["started_at"]), tuple(_concerns(document))
    )


def draft_note(document: dict[str, Any]) -> DraftNote:
    """Reads a progress note. Raises KeyError, TypeError or ValueError when it is none."""
    served = document.get("served")
    return DraftNote(str(document["id"]), time_of(served[-1]["to"] if served else document["written_at"]))


def _concerns(document: dict[str, Any]) -> list[datetime]:
    return [time_of(concern["at"]) for concern in document.get("safety", ()) if concern.get("closed_at") is None]


def reviews_and_steps(plan: dict[str, Any]) -> tuple[tuple[GoalReview, ...], tuple[OpenStep, ...]]:
    """Reads a plan of any version. Raises KeyError, TypeError, ValueError or AttributeError when it is none."""
    reviews: list[GoalReview] = []
    steps: list[OpenStep] = []
    for goal in plan["goals"]:
        if goal["status"] != GoalStatus.ACTIVE:
            continue
        if day := goal.get("review_on"):
            reviews.append(GoalReview(str(goal["id"]), date.fromisoformat(day)))
        for number, step in enumerate(goal.get("steps", ()), 1):
            if step.get("due") and _is_open_step(step):
                steps.append(OpenStep(str(goal["id"]), number, date.fromisoformat(step["due"])))
    return tuple(reviews), tuple(steps)


def _is_open_step(step: dict[str, Any]) -> bool:
    """As `Step.is_open`. A plan of version 1 says by `done_on` what became of a step."""
    return (
        step.get("status", StepStatus.OPEN) == StepStatus.OPEN
        and step.get("outcome") is None
        and not step.get("done_on")
    )


def consent_head(document: dict[str, Any]) -> ConsentHead:
    """Reads a consent. Raises KeyError, TypeError, ValueError or AttributeError when it is none."""
    ends, revoked = document["expiry"].get("on"), document.get("revoked")
    taken_back = tuple((time_of(each["at"]), str(each["recipient"])) for each in document.get("taken_back", ()))
    through = document.get("intermediary") or {"name": "", "participants": ()}
    names = [each["name"] for each in document.get("recipients", ())]
    names += [through["name"], *through["participants"], document.get("recipient_class") or ""]
    return ConsentHead(
        str(document["id"]),
        date.fromisoformat(ends) if ends else None,
        time_of(revoked["at"]) if revoked else None,
        taken_back=taken_back,
        names=tuple(filter(None, names)),
        what=frozenset(document.get("scope_categories", ())),
        holds=bool(document.get("signed_on")) and not document.get("ended"),
    )


class _LogEntry(Protocol):
    """What decides whether the document of an entry in a log of disclosures was delivered."""

    @property
    def seq(self) -> int: ...
    @property
    def event(self) -> Event: ...
    @property
    def of(self) -> int | None: ...


class DisclosureHead(NamedTuple):
    """An entry in a log of disclosures."""

    seq: int
    event: Event
    of: int | None
    consent: str | None
    recipient: str | None

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "DisclosureHead":
        """Reads an entry. Raises KeyError, TypeError or ValueError when it is none."""
        return cls(
            int(document["seq"]),
            Event(document.get("event", Event.DISCLOSED)),
            document.get("of"),
            document.get("consent"),
            document.get("recipient"),
        )


_Entry = TypeVar("_Entry", bound=_LogEntry)


def delivered(entries: Iterable[_Entry]) -> list[_Entry]:
    """Returns the entries whose document was delivered, or may have been: all that no later entry denies."""
    log = list(entries)
    denied = {entry.of for entry in log if entry.event is Event.NOT_DELIVERED}
    return [entry for entry in log if entry.event is Event.DISCLOSED and entry.seq not in denied]


def time_of(text: str) -> datetime:
    """Reads a time. Raises ValueError or TypeError when it is none, or has no offset."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError("a time without an offset")
    return time
