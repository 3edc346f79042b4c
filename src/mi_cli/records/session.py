"""The facts of an interview: times, stages, readings, counts. It holds no words of the client."""

from datetime import datetime
from typing import Any, ClassVar, TypeVar

from pydantic import AwareDatetime, Field

from mi_cli.records.base import Part, Record
from mi_cli.records.change import Change, RecordPart
from mi_cli.records.facts import ReadingFact, SessionFacts
from mi_cli.records.head import SESSION_SCHEMA, whole_minutes
from mi_cli.records.terms import Concern, Ruler, Stage, Status


class PromptSetUsed(Part):
    """The prompt set of the interview; the digest tells whether the set has changed since."""

    name: str
    version: str
    digest: str


class Visit(Part):
    """A stay in a stage, from one time to another; `to` is null while it lasts."""

    stage: Stage
    from_: AwareDatetime = Field(alias="from")
    to: AwareDatetime | None = None


class Reading(Part):
    """One answer on a ruler, 0-10.

    `goal` is the id of the goal that it is about, or null; `why` and `raise` are the numbers of the entries that answer
    the follow-up questions; `turn` is the turn that made it.
    """

    ruler: Ruler
    goal: str | None = None
    value: int = Field(ge=0, le=10)
    at: AwareDatetime
    why: int | None = None
    raise_: int | None = Field(default=None, alias="raise")
    turn: int = 0


class Tally(Part):
    """How many entries of change and of sustain talk there are, marks included."""

    change: int = Field(default=0, ge=0)
    sustain: int = Field(default=0, ge=0)


class SafetyConcern(Part):
    """A safety concern that came up, when, and when it was dealt with; `turn` is the turn that raised it."""

    at: AwareDatetime
    concern: Concern
    closed_at: AwareDatetime | None = None
    turn: int = 0


_OfTurn = TypeVar("_OfTurn", Reading, SafetyConcern)


class PromptPosition(Part):
    """The counselor's position among the prompts of a stage.

    `seen` are the ids of the prompts seen, in order; `at` is the index of the one in view, or the length of `seen` when
    the counselor is past the last one.
    """

    stage: Stage
    seen: tuple[str, ...] = ()
    at: int = Field(default=0, ge=0)


class Session(Record):
    """`mi.session/1`. `turn` is the last turn that changed this record (see `interview.turns`)."""

    SCHEMA: ClassVar[str] = SESSION_SCHEMA

    client: str
    counselor: str
    language: str
    prompt_set: PromptSetUsed
    status: Status
    started_at: AwareDatetime
    ended_at: AwareDatetime | None = None
    visits: tuple[Visit, ...] = ()
    readings: tuple[Reading, ...] = ()
    tally: Tally = Tally()
    safety: tuple[SafetyConcern, ...] = ()
    places: tuple[PromptPosition, ...] = ()
    turn: int = 0

    def with_change(self, change: Change) -> "Session":
        """Returns the session with the change applied; the same session if it is to another record."""
        match change.where:
            case RecordPart.READING:
                return self.replace(readings=_by_turn(self.readings, change.key, change.put, Reading))
            case RecordPart.SAFETY:
                return self.replace(safety=_by_turn(self.safety, change.key, change.put, SafetyConcern))
            case _:
                return self

    @property
    def open_concerns(self) -> tuple[SafetyConcern, ...]:
        """The safety concerns that are not noted as dealt with."""
        return tuple(concern for concern in self.safety if concern.closed_at is None)

    @property
    def stage(self) -> Stage:
        """The stage of the last visit; engaging before the first."""
        return self.visits[-1].stage if self.visits else Stage.ENGAGING

    def facts(self) -> SessionFacts:
        """Returns what a handoff may know of the interview."""
        return SessionFacts(
            id=self.id,
            counselor=self.counselor,
            started_at=self.started_at,
            ended_at=self.ended_at,
            minutes=self.minutes(),
            stages=tuple(dict.fromkeys(visit.stage for visit in self.visits)),
            readings=tuple(ReadingFact(item.ruler, item.goal, item.value, item.at) for item in self.readings),
            safety_raised=tuple(concern.at for concern in self.safety),
        )

    def minutes(self, now: datetime | None = None) -> int:
        """Returns the whole minutes of all visits. A visit that still lasts counts up to `now`, or not at all."""
        return whole_minutes((visit.from_, visit.to or now or visit.from_) for visit in self.visits)


def _by_turn(items: tuple[_OfTurn, ...], turn: str, put: Any, kind: type[_OfTurn]) -> tuple[_OfTurn, ...]:
    """Returns the items with `put` for the one of that turn, which is replaced or added; a null `put` removes it."""
    others = [item for item in items if str(item.turn) != turn]
    if put is not None:
        others.append(kind.model_validate(put))
    return tuple(sorted(others, key=lambda item: item.turn))
