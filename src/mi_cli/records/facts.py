"""The facts of an interview that a handoff may know: dates, minutes, stages, readings.

These types have no field for words, so a handoff cannot contain what was said.
"""

from dataclasses import dataclass
from datetime import datetime

from mi_cli.records.terms import Ruler, Stage


@dataclass(frozen=True)
class ReadingFact:
    """One answer on a ruler; `goal` and `target` are the ids of the goal and of the behavior it was about, or null.

    `why` and `raise_` are the numbers of the entries that answer its follow-up questions, or null: no words.
    """

    ruler: Ruler
    goal: str | None
    value: int
    at: datetime
    target: str | None = None
    why: int | None = None
    raise_: int | None = None


@dataclass(frozen=True)
class SessionFacts:
    """The facts of one interview. `safety_raised` is when safety concerns came up: not which, not what was said."""

    id: str
    counselor: str
    started_at: datetime
    ended_at: datetime | None
    minutes: int
    stages: tuple[Stage, ...]
    readings: tuple[ReadingFact, ...]
    safety_raised: tuple[datetime, ...]
