"""Times as they are typed on the command line."""

from datetime import datetime, timedelta

from mi_cli.cli.surroundings import now
from mi_cli.errors import WrongUsage
from mi_cli.store.disk.layout import stamp


def instant(text: str | None) -> datetime | None:
    """`2026-11-20T14:00` (this place's time if no offset is given), or null. Raises WrongUsage."""
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise WrongUsage("That is no time.", "Write it so: 2026-11-20T14:00") from None
    return time if time.tzinfo else time.astimezone()


def since_stamp(text: str) -> str:
    """The start of the names of sessions begun at that time: `2026-11-20`, or `4w` for four weeks ago."""
    number, unit = text[:-1], text[-1:]
    if unit in ("d", "w") and number.isascii() and number.isdecimal() and len(number) < 5:
        time = now() - timedelta(days=int(number) * (7 if unit == "w" else 1))
    else:
        found = instant(text)
        time = found or now()
    return stamp(time)
