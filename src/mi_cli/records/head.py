"""A session as a list shows it, read without pydantic, whose import takes longer than reading twenty sessions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from mi_cli.records.terms import Stage, Status

# The versions of a session, oldest first. What a list shows of one is written in the same way in each.
SESSION_SCHEMAS: Final = ("mi.session/1", "mi.session/2")


class SessionHead(NamedTuple):
    """What a list shows of a session. `client` is the client's id; `minutes` are the whole minutes of all visits."""

    id: str
    client: str
    counselor: str
    status: Status
    created_at: datetime
    started_at: datetime
    ended_at: datetime | None
    minutes: int
    stages: tuple[Stage, ...]
    change: int
    sustain: int

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "SessionHead":
        """Reads a session's JSON. Raises KeyError, TypeError, ValueError or AttributeError when it is no session."""
        if document["schema"] not in SESSION_SCHEMAS:
            raise ValueError("not a session this version knows")
        visits = [
            (Stage(visit["stage"]), _time(visit["from"]), _time(visit["to"] or visit["from"]))
            for visit in document["visits"]
        ]
        tally = document["tally"]
        return cls(
            id=_text(document["id"]),
            client=_text(document["client"]),
            counselor=_text(document["counselor"]),
            status=Status(document["status"]),
            created_at=_time(document["created_at"]),
            started_at=_time(document["started_at"]),
            ended_at=_time(document["ended_at"]) if document["ended_at"] else None,
            minutes=whole_minutes((from_, to) for _, from_, to in visits),
            stages=tuple(dict.fromkeys(stage for stage, _, _ in visits)),
            change=int(tally["change"]),
            sustain=int(tally["sustain"]),
        )


def whole_minutes(stays: Iterable[tuple[datetime, datetime]]) -> int:
    """Returns the whole minutes of all stays together. One that ends before it begins, as the clock was set, is 0."""
    return int(sum((max(end, start) - start).total_seconds() for start, end in stays) // 60)


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError("a time without an offset")
    return time


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value
