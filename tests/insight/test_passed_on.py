from datetime import UTC, date, datetime
from typing import Any

import pytest

from mi_cli.insight.passed_on import accounting, delivered_under, latest_sent, years_before
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.matters import delivered
from mi_cli.records.terms import Basis, Category, Event, Purpose


def entry(seq: int, day: str = "2026-11-23", **changes: object) -> Disclosure:
    at = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    return Disclosure(
        schema_=Disclosure.SCHEMA, id=f"entry{seq:03d}", created_at=at, updated_at=at, revision=1, client="cccccccc",
        seq=seq, by="A. Counselor", basis=Basis.CONSENT, recipient="A. Therapist", what=(), format="md",
        file_sha256="0",
    ).replace(**changes)  # fmt: skip


def test_the_window_is_to_the_day() -> None:
    since = years_before(date(2026, 11, 24), 3)
    assert since == date(2023, 11, 24)
    log = [entry(1, "2023-11-23"), entry(2, "2023-11-24"), entry(3, "2026-11-24")]
    assert [one.first.seq for one in accounting(log, since)] == [2, 3]


def test_a_day_counts_where_it_was_recorded() -> None:
    late = datetime.fromisoformat("2023-11-23T23:30:00-08:00")  # the 24th in UTC
    assert accounting([entry(1, created_at=late)], date(2023, 11, 24)) == []
    assert late.astimezone(UTC).date() == date(2023, 11, 24)


@pytest.mark.parametrize(
    ("today", "since"), [(date(2028, 2, 29), date(2025, 2, 28)), (date(2028, 3, 1), date(2025, 3, 1))]
)
def test_the_29th_of_february(today: date, since: date) -> None:
    assert years_before(today, 3) == since
    assert years_before(date(2028, 2, 29), 4) == date(2024, 2, 29)


def test_what_never_came_and_the_clients_own_copies_are_not_accounted_for() -> None:
    own = entry(3, basis=Basis.CLIENT_COPY, recipient=None)
    log = [entry(1), entry(2, event=Event.NOT_DELIVERED, of=1), own, entry(4)]
    assert [one.seq for one in delivered(log)] == [3, 4]
    assert [one.first.seq for one in accounting(log, date(2020, 1, 1))] == [4]


def test_who_was_served_under_a_consent() -> None:
    log = [entry(1, consent="aaaaaaaa"), entry(2, consent="bbbbbbbb"), entry(3, consent="aaaaaaaa")]
    assert [one.seq for one in delivered_under(log, "aaaaaaaa")] == [1, 3]


def test_several_formats_of_the_same_at_one_time_are_one_disclosure() -> None:
    same = {"content_sha256": "c"}
    log = [
        entry(1, **same, format="pdf"), entry(2, **same, format="docx"), entry(3, content_sha256="d"),
        entry(4, **same, recipient="B. Other"), entry(5, **same, consent="bbbbbbbb"), entry(6, "2026-11-24", **same),
        entry(7), entry(8),
    ]  # fmt: skip
    rows = [[file.seq for file in one.files] for one in accounting(log, date(2020, 1, 1))]
    assert rows == [[1, 2], [3], [4], [5], [6], [7], [8]]


@pytest.mark.parametrize(
    "other",
    [
        {"recipient": "B. Other"}, {"as_one_of": "my treating providers"}, {"organization": "Elsewhere"},
        {"address": "555-0199"}, {"basis": Basis.SAME_PROGRAM}, {"consent": "bbbbbbbb"}, {"purpose": Purpose.PAYMENT},
        {"purpose_text": "to bill"}, {"what": (Category.READINGS,)}, {"goals": ("goal0002",)},
    ],
    ids=lambda other: next(iter(other)),
)  # fmt: skip
def test_what_differs_in_anything_that_an_accounting_tells_is_another_disclosure(other: dict[str, Any]) -> None:
    log = [entry(1, content_sha256="c"), entry(2, content_sha256="c", format="pdf", **other)]
    assert len(accounting(log, date(2020, 1, 1))) == 2


def test_the_latest_is_the_one_that_went_out_last() -> None:
    assert getattr(latest_sent([entry(1), entry(2)], None), "seq", None) == 2
