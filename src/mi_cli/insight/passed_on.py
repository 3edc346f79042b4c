"""What was passed on, from the log: what came, to whom under which consent, and the accounting a client may ask for."""

from collections.abc import Iterable
from datetime import date

from mi_cli.records.disclosure import Disclosure
from mi_cli.records.terms import Event


def delivered(entries: Iterable[Disclosure]) -> list[Disclosure]:
    """The entries whose document came, as far as is known."""
    known = list(entries)
    denied = {entry.of for entry in known if entry.event is Event.NOT_DELIVERED}
    return [entry for entry in known if entry.event is Event.DISCLOSED and entry.seq not in denied]


def served(entries: Iterable[Disclosure], consent: str) -> list[Disclosure]:
    """What went out under a consent: taking it back does not call this back."""
    return [entry for entry in delivered(entries) if entry.consent == consent]


def accounting(entries: Iterable[Disclosure], since: date) -> list[Disclosure]:
    """What went to others from that day on (45 CFR 164.528(b)(2)); the client's own copies are not among it."""
    return [entry for entry in delivered(entries) if entry.recipient and entry.created_at.date() >= since]


def years_before(today: date, years: int) -> date:
    """The same day some years ago; for 29 February, where there is none, the day before."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)
