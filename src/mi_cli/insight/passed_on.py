"""Reads the log of disclosures: what was delivered, under which consent, and the accounting a client may ask for."""

from collections.abc import Iterable
from datetime import date

from mi_cli.records.disclosure import Disclosure
from mi_cli.records.terms import Event


def delivered(entries: Iterable[Disclosure]) -> list[Disclosure]:
    """Returns the entries whose document was delivered, or may have been: all that no later entry denies."""
    log = list(entries)
    denied = {entry.of for entry in log if entry.event is Event.NOT_DELIVERED}
    return [entry for entry in log if entry.event is Event.DISCLOSED and entry.seq not in denied]


def delivered_under(entries: Iterable[Disclosure], consent: str) -> list[Disclosure]:
    """Returns what was delivered under a consent; revoking the consent does not undo these."""
    return [entry for entry in delivered(entries) if entry.consent == consent]


def accounting(entries: Iterable[Disclosure], since: date) -> list[Disclosure]:
    """Returns what went to others on that day or later (45 CFR 164.528(b)(2)), without the client's own copies."""
    return [entry for entry in delivered(entries) if entry.recipient and entry.created_at.date() >= since]


def years_before(today: date, years: int) -> date:
    """Returns the same day some years earlier; 28 February for a 29 February that the year does not have."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)
