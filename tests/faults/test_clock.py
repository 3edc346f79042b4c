"""The computer's clock is set back an hour, and forward ten years, in the midst of things."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mi_cli.errors import Refused
from mi_cli.records.head import SessionHead
from mi_cli.records.terms import Status
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.disclosures import entries
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.ledger import chain_faults, ledger
from mi_cli.store.records.making import create_store
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.health import complaints
from tests.builders import Sender
from tests.conftest import Desk, Ran

HOUR, TEN_YEARS = timedelta(hours=1), timedelta(days=3653)


class Clock:
    """Goes on by a minute each time it is looked at, and can be set."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(minutes=1)
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    ids = (f"{number:08d}" for number in range(1, 10_000))
    store = JsonStore(tmp_path / "store", clock, lambda: next(ids), "A. Counselor")
    create_store(store)
    return Desk(store, add_client(store, "J-014", "en"), ExitStack())


def only_the_clock(store: JsonStore) -> bool:
    """Whether the clock is in doubt. Nothing else may be."""
    found = check(store).findings
    assert [finding for finding in found if finding.what != "The clock of this computer"] == []
    return bool(found)


@pytest.mark.parametrize("leaves", ["ends", "dies"])
def test_an_interview_keeps_its_order_and_its_words(
    desk: Desk, clock: Clock, mi: Callable[..., Ran], leaves: str
) -> None:
    recorder = desk.begin("one", "/importance 4 why")
    clock.time -= HOUR
    desk.enter(recorder, "two", "/evoking", "+d three", "/importance 6 why now", "/goal home")
    clock.time -= HOUR
    if leaves == "dies":
        desk.crash()
        recorder = desk.resume()
    desk.enter(recorder, "four", "/undo", "five")
    clock.time += TEN_YEARS
    desk.enter(recorder, "/planning", "six", "/end seven")
    desk.crash()
    assert [words for words in desk.words if words] == ["one", "why", "two", "three", "why now", "five", "six", "seven"]
    assert [entry.n for entry in desk.notes.entries] == sorted({entry.n for entry in desk.notes.entries})
    assert [reading.value for reading in desk.session.readings] == [4, 6]
    assert desk.session.status is Status.CLOSED
    assert only_the_clock(desk.store) is False
    assert not [event for event in desk.store.log.events() if isinstance(event, str)]
    for command in (("session", "list"), ("session", "show", "last"), ("session", "recap", "last"), ("goals", "list")):
        assert mi(*command).code == 0


def test_minutes_are_never_negative(desk: Desk, clock: Clock, mi: Callable[..., Ran]) -> None:
    recorder = desk.begin("one")
    clock.time -= HOUR
    desk.enter(recorder, "two", "/end")
    desk.crash()
    (head,) = desk.store.catalog.heads([desk.ref])
    assert isinstance(head, SessionHead)
    assert (head.minutes, desk.session.minutes(), desk.session.facts().minutes) == (0, 0, 0)
    assert mi("session", "list", "--json").json["items"][0]["minutes"] == 0


def test_the_latest_is_the_latest_once_the_clock_is_right_again(desk: Desk, clock: Clock) -> None:
    desk.begin("one", "/end")
    desk.crash()
    clock.time += TEN_YEARS
    desk.begin("from ten years on", "/end")
    desk.crash()
    clock.time -= TEN_YEARS
    told = list(complaints(desk.store))
    assert any("is the clock of this computer right?" in complaint for complaint in told)
    desk.begin("two").keep_draft("half a li")
    desk.crash()
    assert len(desk.store.catalog.sessions()) == 3
    unfinished = desk.store.catalog.latest_unfinished()
    assert desk.store.session(unfinished).status is Status.OPEN
    assert only_the_clock(desk.store) is True


def test_a_consent_ends_by_the_clock_and_what_is_taken_back_stays_so(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    sender = Sender.with_consent(desk.store, desk.client)
    sender.to_file(tmp_path / "first.md")
    clock.time -= HOUR
    sender.to_file(tmp_path / "second.md")
    clock.time += TEN_YEARS
    with pytest.raises(Refused, match="held up to May 31, 2027"):
        sender.to_file(tmp_path / "third.md")
    clock.time -= TEN_YEARS
    sender.to_file(tmp_path / "fourth.md")
    log = entries(desk.store, desk.client)
    assert [entry.seq for entry in log] == [1, 2, 3]
    assert [Path(entry.path or "").name for entry in log] == ["first.md", "second.md", "fourth.md"]
    assert chain_faults(log, ledger(desk.store, desk.client)) == []
    clock.time -= timedelta(days=30)
    with pytest.raises(Refused, match="still to come"):
        sender.to_file(tmp_path / "fifth.md")
    assert not (tmp_path / "third.md").exists()
    assert only_the_clock(desk.store) is True
