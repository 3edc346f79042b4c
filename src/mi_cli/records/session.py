"""The facts of an interview: times, stages, readings, counts. It holds no words of the client."""

from datetime import datetime
from typing import Any, ClassVar, TypeVar

from pydantic import AwareDatetime, Field

from mi_cli.records.base import Part, Record, Upgrade
from mi_cli.records.change import Change, RecordPart
from mi_cli.records.facts import ReadingFact, SessionFacts
from mi_cli.records.head import SESSION_SCHEMAS, whole_minutes
from mi_cli.records.terms import Concern, Ruler, Stage, Status
from mi_cli.records.text_keys import Hold, RuleName
from mi_cli.records.upgrades import session_2


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

    `goal` is the id of the goal that it is about, or null; `target` that of the behavior, one of the client facts, or
    null; `why` and `raise` are the numbers of the entries that answer the follow-up questions; `turn` is the turn that
    made it.
    """

    ruler: Ruler
    goal: str | None = None
    target: str | None = Field(default=None, exclude_if=lambda target: target is None)
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


class OfferedPrompt(Part):
    """A prompt that a rule offered; what the usual order offers has none."""

    prompt: str
    rule: RuleName


class PromptPosition(Part):
    """The counselor's position among the prompts of a stage.

    `seen` are the ids of the prompts seen, in order; `at` is the index of the one in view, or the length of `seen` when
    the counselor is past the last one. `rules` are the rules that offered what was seen. `hold` is what the view
    says instead of a prompt; null when it holds one up.
    """

    stage: Stage
    seen: tuple[str, ...] = ()
    at: int = Field(default=0, ge=0)
    rules: tuple[OfferedPrompt, ...] = Field(default=(), exclude_if=lambda rules: not rules)
    hold: Hold | None = Field(default=None, exclude_if=lambda hold: hold is None)

    def rule_of(self, prompt_id: str) -> RuleName | None:
        """Returns the rule that offered a prompt, or null."""
        return next((offered.rule for offered in self.rules if offered.prompt == prompt_id), None)


class OfferedMoment(Part):
    """How many steps of its rule one event has been given: the event is that of `turn` (see `interview.rules`)."""

    rule: RuleName
    turn: int
    steps: int = Field(ge=0)


class Correction(Part):
    """The times of an interview as they stood before they were corrected, who corrected them, when and why."""

    at: AwareDatetime
    by: str
    reason: str
    started_at: AwareDatetime
    ended_at: AwareDatetime | None = None
    visits: tuple[Visit, ...] = ()


class Session(Record):
    """`mi.session/2`. `turn` is the last turn that changed this record (see `interview.turns`)."""

    SCHEMA: ClassVar[str] = SESSION_SCHEMAS[-1]
    UPGRADES: ClassVar[tuple[Upgrade, ...]] = (session_2,)

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
    offered: tuple[OfferedMoment, ...] = Field(default=(), exclude_if=lambda offered: not offered)
    turn: int = 0
    corrections: tuple[Correction, ...] = Field(default=(), exclude_if=lambda corrections: not corrections)

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
            readings=tuple(
                ReadingFact(item.ruler, item.goal, item.value, item.at, item.target, item.why, item.raise_)
                for item in self.readings
            ),
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
