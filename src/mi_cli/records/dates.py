"""Days and times as they stand in tables and are typed: what writes a date so, and what reads it.

Three rules hold everywhere:

- A time is shown as it was recorded, with the offset of the place where it was recorded. It is never converted.
- A table shows a day as `2026-11-23` in every language; sentences and pages have it in words (`mi_cli.words.days`).
  Documents for programs hold RFC 3339 times, which pydantic writes.
- A day is typed as a date (`2027-01-31`), or as a number of days or weeks (`10d`, `4w`). Whether these count forward
  (a review, the end of a consent) or back (`--since`) is the caller's decision.
"""

import re
from datetime import date, datetime, timedelta
from typing import Final

_DAYS_OR_WEEKS: Final = r"([0-9]{1,4})([dw])"
_DAYS_IN: Final = {"d": 1, "w": 7}
_MOST_DAYS_AHEAD: Final = 999 * 7  # no plan and no consent looks further than nineteen years


def day(when: date) -> str:
    """Returns the day as `2026-11-23`."""
    return f"{when.year:04}-{when:%m-%d}"  # %Y does not pad a year below 1000 on every system.


def day_and_time(when: datetime) -> str:
    """Returns the day and the minute as `2026-11-23 14:05`."""
    return f"{day(when)} {time(when)}"


def time(when: datetime) -> str:
    """Returns the minute as `14:05`."""
    return f"{when:%H:%M}"


def time_to_the_second(when: datetime) -> str:
    """Returns the second as `14:05:09`."""
    return f"{when:%H:%M:%S}"


def number_of_days(text: str) -> int | None:
    """Returns the days in `10d` or `4w` (up to four digits), or None if the text is something else."""
    match = re.fullmatch(_DAYS_OR_WEEKS, text.strip(), re.IGNORECASE)
    return int(match[1]) * _DAYS_IN[match[2].lower()] if match else None


def day_or_days(text: str) -> date | int | None:
    """Returns the date in `2027-01-31`, or the number of days in `10d` or `4w`, or None for anything else.

    None also for more than 999 weeks.
    """
    days = number_of_days(text)
    if days is not None:
        return days if days <= _MOST_DAYS_AHEAD else None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def day_from(text: str, today: date) -> date | None:
    """Returns the day that `2027-01-31` names, or that `10d` or `4w` from `today` is, or None for anything else."""
    typed = day_or_days(text)
    return today + timedelta(days=typed) if isinstance(typed, int) else typed
