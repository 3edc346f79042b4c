"""The facts of an interview, whole and in one line."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mi_cli.records.head import SessionHead
from mi_cli.records.session import Visit
from mi_cli.records.terms import Stage, Status
from tests.conftest import Desk

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def visit(stage: Stage, begun: int, over: int | None) -> Visit:
    """From one second to another."""
    to = None if over is None else AT + timedelta(seconds=over)
    return Visit(stage=stage, from_=AT + timedelta(seconds=begun), to=to)


def test_minutes_are_the_sum_of_the_visits(desk: Desk) -> None:
    desk.begin()
    session = desk.session.replace(visits=(visit(Stage.ENGAGING, 0, 90), visit(Stage.EVOKING, 600, 631)))
    assert session.minutes() == 2  # 90 and 31 seconds; what lies between is no part of it
    lasting = session.replace(visits=(*session.visits, visit(Stage.PLANNING, 700, None)))
    assert lasting.minutes() == 2
    assert lasting.minutes(AT + timedelta(seconds=760)) == 3
    assert lasting.minutes(AT) == 2  # the clock was set back


def test_the_head_tells_what_the_session_does(desk: Desk) -> None:
    desk.begin("+d one", "+", "-", "/evoking", "/engaging", "/end")
    head, session = SessionHead.from_document(json.loads(desk.session.to_bytes())), desk.session
    assert (head.id, head.client, head.counselor) == (session.id, session.client, session.counselor)
    assert (head.status, head.started_at, head.ended_at) == (Status.CLOSED, session.started_at, session.ended_at)
    assert (head.minutes, head.stages) == (session.minutes(), (Stage.ENGAGING, Stage.EVOKING))
    assert (head.change, head.sustain) == (2, 1) == (session.tally.change, session.tally.sustain)


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "mi.session/3"}, {"id": 5}, {"client": None}, {"status": "odd"}, {"started_at": "2026-11-23T14:00"},
        {"started_at": "yesterday"}, {"visits": [{"stage": "odd"}]}, {"visits": [5]}, {"tally": None}, {"tally": {}},
    ],
)  # fmt: skip
def test_what_is_no_session_has_no_head(desk: Desk, change: dict[str, Any]) -> None:
    desk.begin()
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        SessionHead.from_document({**json.loads(desk.session.to_bytes()), **change})
