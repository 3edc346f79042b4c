"""Times as they are typed on the command line."""

from datetime import date, datetime, timedelta
from typing import Final

from mi_cli.cli.surroundings import here, now
from mi_cli.errors import WrongUsage
from mi_cli.records.dates import number_of_days
from mi_cli.records.reference import stamp
from mi_cli.words.said import said
from mi_cli.words.sessions import session_words

# No time is taken within a day of the first and the last that Python knows: elsewhere it would be none.
_YEARS: Final = range(2, 9999)


def instant(text: str | None) -> datetime | None:
    """Returns the time that was typed, as `2026-11-20T14:00`; it is local if it has no offset.

    Raises WrongUsage for what is no time, and for a local time that the clocks have skipped.
    """
    if text is None:
        return None
    time = _time(text)
    if time.year not in _YEARS:
        raise _no_time()
    if time.tzinfo:
        return time
    local = here(time)
    if local.replace(tzinfo=None) == time:
        return local
    if not _is_day(text):
        raise WrongUsage(
            said(session_words, lambda words: words.skipped_time), said(session_words, lambda words: words.skipped_so)
        )
    return max(local, here(time.replace(fold=1)))  # a day whose midnight was skipped begins after it


def since_stamp(text: str) -> str:
    """Returns the start of the file names of sessions begun at that time: `2026-11-20`, or `4w` for four weeks ago.

    Raises WrongUsage for what is neither a time nor a number of days or weeks.
    """
    days = number_of_days(text)
    if days is not None:
        return stamp(now() - timedelta(days=days))
    if _time(text).year not in _YEARS:  # before every session, or after
        return f"{_time(text).year:04}"
    return stamp(instant(text) or now())


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise _no_time() from None


def _no_time() -> WrongUsage:
    return WrongUsage(
        said(session_words, lambda words: words.no_time), said(session_words, lambda words: words.time_so)
    )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
