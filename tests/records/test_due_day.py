"""The day that a relative day means, in both languages, and what is not guessed."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.records.due_day import due_day

THURSDAY = date(2026, 11, 26)
ENGLISH = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
SPANISH = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9990, 1, 1))


@pytest.mark.parametrize(
    ("when", "means"),
    [
        ("today", "2026-11-26"), ("tonight", "2026-11-26"), ("hoy", "2026-11-26"), ("esta noche", "2026-11-26"),
        ("this evening", "2026-11-26"), ("esta tarde, después del trabajo", "2026-11-26"),
        ("tomorrow", "2026-11-27"), ("Tomorrow night", "2026-11-27"), ("tomorrow before work", "2026-11-27"),
        ("mañana", "2026-11-27"), ("manana", "2026-11-27"), ("MAÑANA por la mañana", "2026-11-27"),
        ("man\u0303ana a las 9", "2026-11-27"), ("para mañana", "2026-11-27"), ("at 8 tomorrow", "2026-11-27"),
        ("the day after tomorrow", "2026-11-28"), ("pasado mañana", "2026-11-28"),
        ("this Friday", "2026-11-27"), ("Friday", "2026-11-27"), ("on friday", "2026-11-27"),
        ("by Friday", "2026-11-27"),
        ("Fri 8pm", "2026-11-27"), ("Wed.", "2026-12-02"), ("Thurs at noon", None), ("Tues", "2026-12-01"),
        ("Friday at 8, after work", "2026-11-27"), ("noon on Friday", "2026-11-27"), ("Friday 8:30", "2026-11-27"),
        ("Wednesday, on the phone", "2026-12-02"), ("  Saturday  morning ", "2026-11-28"),
        ("el lunes", "2026-11-30"), ("este viernes", "2026-11-27"), ("el miércoles por la tarde", "2026-12-02"),
        ("el lunes por la mañana", "2026-11-30"), ("la mañana del lunes", "2026-11-30"),
        ("para el sábado", "2026-11-28"),
        ("a las 8 el domingo", "2026-11-29"), ("sabado", "2026-11-28"),
        ("next Tuesday", "2026-12-01"), ("next Thursday", "2026-12-03"), ("el próximo martes", "2026-12-01"),
        ("el martes que viene", "2026-12-01"), ("martes próximo", "2026-12-01"),
        ("in 3 days", "2026-11-29"), ("in two weeks", "2026-12-10"), ("in a week", "2026-12-03"),
        ("en tres días", "2026-11-29"), ("dentro de 2 semanas", "2026-12-10"), ("en una semana", "2026-12-03"),
        ("2026-12-04", "2026-12-04"), ("4w", "2026-12-24"), ("10d", "2026-12-06"),
    ],
)  # fmt: skip
def test_the_day_that_is_meant_on_a_thursday(when: str, means: str | None) -> None:
    assert due_day(when, THURSDAY) == (date.fromisoformat(means) if means else None)


@pytest.mark.parametrize(
    "when",
    [
        "", " ", "soon", "when I can", "after work", "each morning", "every Friday", "Fridays", "on Fridays",
        "cada lunes",
        "los lunes", "todos los viernes", "not on Friday", "since Friday", "before Friday", "until tomorrow",
        "antes del lunes", "hasta mañana", "desde el lunes", "a partir del lunes", "the party on Friday", "Good Friday",
        "Friday or Saturday", "Friday and Saturday", "Monday to Friday", "de lunes a viernes", "el lunes o el martes",
        "Monday-Wednesday", "tomorrow or Friday", "Friday, if it rains", "maybe Friday", "Friday, maybe",
        "quizás el lunes", "el lunes, si puedo", "Friday?", "Friday week", "a week from Friday", "Friday next week",
        "el viernes de la semana que viene", "the week after next", "next week", "this weekend", "last Friday",
        "el viernes pasado", "Friday the 4th", "Friday 4", "viernes 4 de diciembre", "Friday, December 4",
        "Friday 12/4",
        "Wednesday's meeting", "today's the day", "with Domingo", "la mañana", "por la mañana", "las mañanas",
        "esta mañana y cada mañana", "Friday on", "from Friday on", "next month", "in a month", "el lunes en adelante",
        "every other Friday", "on the Friday", "one Friday", "some Monday", "Thursday", "this Thursday", "el jueves",
        "on the 31st", "the 31st", "el 31", "para el día 31", "Friday the 31st", "New Year's Eve", "año nuevo",
        "Friday fortnight", "tomorrow fortnight", "hoy en ocho días", "mañana en ocho", "el lunes en quince",
        "Friday nights", "Monday mornings", "viernes por las noches", "el lunes por las tardes", "Friday weekly",
        "tomorrow and daily", "hoy y siempre", "viernes alternos", "tomorrow and after", "mañana y después",
        "Friday after Thanksgiving", "Monday of Easter", "el lunes de Pascua", "midnight on Friday",
        "Friday at midnight", "el viernes a medianoche", "en ocho días", "dentro de 8 días", "en 15 días",
        "next Friday", "sunny days", "Montag", "in 0 hours", "next Friday and each Friday after", "\u200bFriday\u0000?",
    ],
)  # fmt: skip
def test_what_is_not_certain_is_not_guessed(when: str) -> None:
    assert due_day(when, THURSDAY) is None


def test_without_words_there_is_no_day() -> None:
    assert due_day(None, THURSDAY) is None


@given(DAYS, st.sampled_from(list(enumerate(ENGLISH)) + list(enumerate(SPANISH))))
def test_a_weekday_is_the_coming_one_and_never_today(today: date, weekday: tuple[int, str]) -> None:
    number, name = weekday
    for form in (name, f"this {name}", f"este {name.upper()}"):
        day = due_day(form, today)
        if number == today.weekday():
            assert day is None
        else:
            assert day is not None
            assert day.weekday() == number
            assert 0 < (day - today).days < 7


@given(DAYS, st.sampled_from(range(7)))
def test_next_is_given_only_where_everybody_counts_the_same(today: date, number: int) -> None:
    """Monday's week and Sunday's week: the day must lie after the end of both, and before the end of the one after."""
    days = {due_day(f"next {ENGLISH[number]}", today), due_day(f"el próximo {SPANISH[number]}", today),
            due_day(f"el {SPANISH[number]} que viene", today)}  # fmt: skip
    assert len(days) == 1
    day = days.pop()
    coming = next(today + timedelta(days=n) for n in range(1, 8) if (today + timedelta(days=n)).weekday() == number)
    until_monday, until_sunday = 7 - today.weekday(), 7 - (today.weekday() + 1) % 7
    certain = (coming - today).days >= max(until_monday, until_sunday)
    assert day == (coming if certain else None)


@given(DAYS, st.integers(1, 99), st.sampled_from([("day", "día", 1), ("week", "semana", 7)]))
def test_so_many_days_or_weeks_from_now(today: date, count: int, unit: tuple[str, str, int]) -> None:
    english, spanish, length = unit
    expected = today + timedelta(days=count * length)
    assert due_day(f"in {count} {english}s", today) == expected
    means_weeks = spanish == "día" and count in (8, 15)  # "ocho días" is a week, to many
    assert due_day(f"dentro de {count} {spanish}s", today) == (None if means_weeks else expected)


FORMS = ["today", "tomorrow", "hoy", "mañana", "in 3 days", "en una semana", "pasado mañana", "el día 3"]


@given(
    DAYS,
    st.sampled_from([*FORMS, *ENGLISH, *SPANISH]),
    st.sampled_from(["or so", "nights", "every week", "and after", "o así", "cada semana", "a medianoche", "the 31st",
                     "if I can", "si puedo", "fortnight", "y siempre", "?", "12/31", "to Sunday", "in December"]),
)  # fmt: skip
def test_whatever_makes_a_day_uncertain_makes_it_no_day(today: date, form: str, doubt: str) -> None:
    assert due_day(f"{form} {doubt}", today) is None


@pytest.mark.parametrize(
    ("today", "when", "means"),
    [
        ("2026-12-31", "tomorrow", "2027-01-01"), ("2026-12-31", "mañana por la mañana", "2027-01-01"),
        ("2026-12-30", "pasado mañana", "2027-01-01"), ("2026-12-29", "este viernes", "2027-01-01"),
        ("2026-12-29", "in 2 weeks", "2027-01-12"), ("2027-12-31", "the day after tomorrow", "2028-01-02"),
        ("2026-12-30", "next Monday", "2027-01-04"), ("2028-02-28", "tomorrow", "2028-02-29"),
        ("2026-10-31", "tomorrow at 1:30 am", "2026-11-01"), ("2026-11-01", "tomorrow", "2026-11-02"),
        ("2026-03-07", "this Sunday at 2:30am", "2026-03-08"), ("2026-03-28", "el domingo a las 2:30", "2026-03-29"),
    ],
)  # fmt: skip
def test_the_end_of_a_year_and_a_change_of_the_clock_move_no_day(today: str, when: str, means: str) -> None:
    assert due_day(when, date.fromisoformat(today)) == date.fromisoformat(means)


@given(st.text(max_size=60), DAYS)
def test_any_text_has_a_day_or_none(text: str, today: date) -> None:
    due_day(text, today)


@given(DAYS, st.sampled_from(list(product(ENGLISH, ENGLISH))))
def test_two_days_are_no_day(today: date, pair: tuple[str, str]) -> None:
    for between in ("or", "and", "to", ",", "then"):
        assert due_day(f"{pair[0]} {between} {pair[1]}", today) is None


@given(st.sampled_from(["next Friday", "tomorrow", "in 10 weeks", "Monday"]))
def test_the_end_of_the_calendar_is_no_error(when: str) -> None:
    assert due_day(when, date.max) is None
    due_day(when, date.min)
