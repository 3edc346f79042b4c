"""Days and times as people type and read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.records import dates

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-01-31", date(2027, 1, 31)),
        (" 2027-01-31 ", date(2027, 1, 31)),
        ("0d", TODAY),
        ("10d", date(2026, 12, 3)),
        ("4W", date(2026, 12, 21)),
        ("999w", TODAY + timedelta(weeks=999)),
    ],
)
def test_a_day_is_typed_as_a_date_or_as_days_or_weeks(text: str, day: date) -> None:
    assert dates.day_from(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "d", "w", "4", "4m", "-4w", "1.5w", "10000d", "4 w", "2027-02-30", "31.1.2027", "x"]
)
def test_anything_else_is_no_day(text: str) -> None:
    assert dates.day_from(text, TODAY) is None
    assert dates.number_of_days(text) is None


@given(st.text())
def test_no_text_raises(text: str) -> None:
    dates.day_from(text, TODAY)


@given(st.dates())
def test_a_day_that_was_written_is_read(day: date) -> None:
    assert dates.day_from(dates.day(day), TODAY) == day


def test_a_time_is_shown_as_it_was_recorded() -> None:
    at = datetime(2026, 11, 23, 14, 5, 59, tzinfo=UTC)
    assert (dates.day(at), dates.day_and_time(at), dates.time(at)) == ("2026-11-23", "2026-11-23 14:05", "14:05")
