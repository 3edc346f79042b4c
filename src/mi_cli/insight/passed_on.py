"""Reads the log of disclosures: what was delivered, under which consent, and the accounting a client may ask for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mi_cli.records.disclosure import Disclosure
from mi_cli.records.matters import delivered
from mi_cli.records.name_matching import same_name

AT_ONE_TIME: Final = timedelta(hours=1)
# What makes two documents one disclosure.
_ALIKE: Final = (
    "content_sha256", "recipient", "as_one_of", "organization", "address", "basis", "consent", "purpose",
    "purpose_text", "what", "goals",
)  # fmt: skip


def delivered_under(entries: Iterable[Disclosure], consent: str) -> list[Disclosure]:
    """Returns what was delivered under a consent; revoking the consent does not undo these."""
    return [entry for entry in delivered(entries) if entry.consent == consent]


def latest_sent(entries: Iterable[Disclosure], to: str | None) -> Disclosure | None:
    """Returns what was delivered last to somebody else than the client, or to that recipient; null for nothing."""
    sent = [one for one in delivered(entries) if one.recipient and (to is None or same_name(one.recipient, to))]
    return sent[-1] if sent else None


@dataclass(frozen=True)
class Accounted:
    """One disclosure, with the entries of all its files: the same content to the same recipient at one time."""

    first: Disclosure
    files: tuple[Disclosure, ...]


def accounting(entries: Iterable[Disclosure], since: date) -> list[Accounted]:
    """Returns what went to others on that day or later (45 CFR 164.528(b)(2)), without the client's own copies.

    What was made in several formats at one time is one disclosure. Entries of earlier versions do not tell what their
    documents hold, so each of them is one.
    """
    disclosures: list[Accounted] = []
    for entry in delivered(entries):
        if not entry.recipient or entry.created_at.date() < since:
            continue
        same = next((one for one in disclosures if _is_the_same(one.first, entry)), None)
        if same is None:
            disclosures.append(Accounted(entry, (entry,)))
        else:
            disclosures[disclosures.index(same)] = Accounted(same.first, (*same.files, entry))
    return disclosures


def _is_the_same(first: Disclosure, entry: Disclosure) -> bool:
    """Whether a document is another format of what went out with the first one, at the same time and so permitted."""
    alike = all(getattr(first, field) == getattr(entry, field) for field in _ALIKE)
    return alike and first.content_sha256 is not None and entry.created_at - first.created_at <= AT_ONE_TIME


def years_before(today: date, years: int) -> date:
    """Returns the same day some years earlier; 28 February for a 29 February that the year does not have."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)
