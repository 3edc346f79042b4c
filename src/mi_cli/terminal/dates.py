"""How a time is written for people: the one place that formats a date. Times are shown as they were recorded."""

from datetime import date, datetime


def day(when: date) -> str:
    """`2026-11-23`."""
    return f"{when:%Y-%m-%d}"


def day_and_time(when: datetime) -> str:
    """`2026-11-23 14:05`."""
    return f"{when:%Y-%m-%d %H:%M}"


def time(when: datetime) -> str:
    """`14:05`."""
    return f"{when:%H:%M}"
