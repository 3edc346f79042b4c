"""Times as they are typed on the command line."""

from datetime import datetime, timedelta

from mi_cli.cli.surroundings import now
from mi_cli.errors import WrongUsage
from mi_cli.records.dates import number_of_days
from mi_cli.records.reference import stamp


def instant(text: str | None) -> datetime | None:
    """Returns the time that was typed, as `2026-11-20T14:00`; it is local if it has no offset. Raises WrongUsage."""
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise WrongUsage("That is no time.", "Write it so: 2026-11-20T14:00") from None
    return time if time.tzinfo else time.astimezone()


def since_stamp(text: str) -> str:
    """Returns the start of the file names of sessions begun at that time: `2026-11-20`, or `4w` for four weeks ago.

    Raises WrongUsage for what is neither a time nor a number of days or weeks.
    """
    days = number_of_days(text)
    time = instant(text) if days is None else now() - timedelta(days=days)
    return stamp(time or now())
