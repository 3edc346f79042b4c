"""What a handoff may know of an interview: dates, minutes, stages, readings. No words, no notes, by construction."""

from dataclasses import dataclass
from datetime import datetime

from mi_cli.records.terms import Ruler, Stage


@dataclass(frozen=True)
class ReadingFact:
    """One answer on a ruler; `goal` is the id of the goal it was about, or null."""

    ruler: Ruler
    goal: str | None
    value: int
    at: datetime


@dataclass(frozen=True)
class SessionFacts:
    """An interview. `safety_raised` says when a safety concern came up: not which, and not what was said."""

    id: str
    counselor: str
    started_at: datetime
    ended_at: datetime | None
    minutes: int
    stages: tuple[Stage, ...]
    readings: tuple[ReadingFact, ...]
    safety_raised: tuple[datetime, ...]
