"""Times as they are typed: none that cannot be is kept, and nothing crashes on one, whatever the zone of this place."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.cli.dates import instant, since_stamp
from mi_cli.cli.surroundings import here, moment
from mi_cli.errors import WrongUsage
from tests.conftest import Ran

Mi = Callable[..., Ran]
ZONES = [
    "UTC", "America/New_York", "Asia/Kathmandu", "Africa/Monrovia", "Pacific/Apia", "", "AAA+24", "AAA-24", "AAA+99",
    "AAA+1:30:30", "AAA-23:59:59", "nonsense/zone", ":", "\t", "<+99>-99", "EST5EDT,M3.2.0,M11.1.0",
]  # fmt: skip
TIMES = [
    "0001-01-01", "0001-01-01T00:00", "0001-01-01T00:00+14:00", "0001-01-01T00:00-14:00", "0002-01-01T00:00",
    "9999-12-31", "9999-12-31T23:59", "9999-12-31T23:59-12:00", "9999-12-31T23:59+14:00", "9998-12-31T23:59-23:59",
    "1700-01-01T00:00", "1970-01-01", "2026-11-20T24:00", "2026-11-20T14:00+24:00", "2026-02-30", "", " ", "now", "4w",
    "9999w", "9999d", "2026-W01-1", "20261120T14", "2026-11-20T14:00:60",
    "-0001-01-01", "10000-01-01", "１２", "\udce9",
]  # fmt: skip


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the zone of this place."""

    def set_zone(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield set_zone
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("name", ZONES)
def test_no_time_and_no_zone_stops_anything(zone: Callable[[str], None], name: str) -> None:
    zone(name)
    for text in TIMES:
        for read in (instant, since_stamp):
            try:
                read(text)
            except WrongUsage as error:
                assert text not in error.message or not text.strip()  # noqa: PT017  # nothing typed is repeated
    assert abs(moment() - datetime.now(UTC)) < timedelta(minutes=1)
    assert (moment().utcoffset() or timedelta()).total_seconds() % 60 == 0


@pytest.mark.parametrize("name", ["America/New_York", "AAA+24", "AAA+99", "AAA+1:30:30", "", "Pacific/Apia"])
def test_an_interview_can_be_held_and_written_up_in_any_zone(mi: Mi, zone: Callable[[str], None], name: str) -> None:
    zone(name)
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("session", "start", "J-014", lines="one\n/goal two\n/review 4w\n/end\n").code == 0
    written_up = ("--started", "1900-01-01T10:00", "--ended", "1900-01-01T11:00")
    assert mi("session", "start", "J-014", *written_up, lines="+ one\n").code == 0
    for command in (("session", "list"), ("session", "show", "last"), ("store", "check"), ("goals", "show", "J-014")):
        ran = mi(*command)
        assert (ran.code, "fault" in ran.err) == (0, False), ran.err
    assert len(mi("session", "list", "--since", "0001-01-01", "--json").json["items"]) == 2
    assert mi("session", "list", "--since", "9999-12-31T23:59-12:00", "--json").json["items"] == []


@pytest.mark.parametrize("option", ["--since", "--review", "--started"])
@pytest.mark.parametrize("text", TIMES)
def test_no_time_that_is_typed_stops_a_command(mi: Mi, option: str, text: str) -> None:
    assert mi("store", "init", "--unprotected").code == 0
    assert mi("client", "add", "J-014").code == 0
    command = {
        "--since": ("session", "list", "--since", text),
        "--review": ("goals", "add", "J-014", "-", "--review", text),
        "--started": ("session", "start", "J-014", "--started", text, "--ended", "2026-01-01T00:00"),
    }[option]
    ran = mi(*command, lines="words\n")
    assert ran.code in (0, 2)
    assert "fault" not in ran.err
    assert mi("store", "check").code == 0
    assert mi("goals", "show", "J-014").code in (0, 1)
    assert mi(
        "session", "start", "J-014", lines=f"/goal words\n/review {text}\n/end\n".encode(errors="ignore")
    ).code in (0, 1)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("America/New_York", "2026-03-08T02:30"),
        ("America/New_York", "2026-03-08 02:00:00"),
        ("Europe/Berlin", "2026-03-29T02:59:59"),
        ("Australia/Lord_Howe", "2026-10-04T02:15"),
        ("America/Havana", "2026-03-08T00:30"),
        ("Pacific/Apia", "2011-12-30T12:00"),
    ],
)
def test_a_local_time_that_the_clocks_skipped_is_refused(zone: Callable[[str], None], place: str, text: str) -> None:
    zone(place)
    with pytest.raises(WrongUsage, match="no such time here"):
        instant(text)
    with pytest.raises(WrongUsage):
        since_stamp(text)
    assert instant(f"{text}-04:00") is not None


@pytest.mark.parametrize(
    ("place", "text", "taken"),
    [
        ("America/New_York", "2026-03-08T01:59", "2026-03-08T01:59:00-05:00"),
        ("America/New_York", "2026-03-08T03:00", "2026-03-08T03:00:00-04:00"),
        ("America/New_York", "2026-11-01T01:30", "2026-11-01T01:30:00-04:00"),
        ("America/Havana", "2026-03-08", "2026-03-08T01:00:00-04:00"),
        ("AAA+99", "2026-03-08T02:30", "2026-03-08T02:30:00+00:00"),
        ("Asia/Kathmandu", "2026-03-08T02:30", "2026-03-08T02:30:00+05:45"),
    ],
)
def test_any_other_is_taken_as_it_is(zone: Callable[[str], None], place: str, text: str, taken: str) -> None:
    zone(place)
    found = instant(text)
    assert found is not None
    assert found.isoformat() == taken


@given(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)), st.integers(-1439, 1439))  # noqa: DTZ001
def test_every_time_is_taken_or_refused(typed: datetime, minutes: int) -> None:
    offset = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    for text in (typed.isoformat(), f"{typed.isoformat()}{offset}"):
        try:
            found = instant(text)
        except WrongUsage:
            assert typed.year in (1, 9999)
            continue
        assert found is not None
        assert len(since_stamp(text)) == len("20261123T140312Z")
        assert here(found) == found
