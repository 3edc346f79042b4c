"""Where the last interview with a client ended, in the client's own words, so that the next one can begin from there.

It stands apart from the whole way (`insight.way`), since every interview begins with it.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mi_cli.errors import MiError
from mi_cli.records.notes import Notes
from mi_cli.records.reference import RecordRef
from mi_cli.records.session import Reading, SafetyConcern, Session
from mi_cli.records.terms import ContactKind, Kind, Ruler
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore

if TYPE_CHECKING:
    from mi_cli.records.contact import Contact

# How many earlier interviews the next prompt and the recap look at: reading each costs some milliseconds.
LOOKED_BACK: Final = 2


@dataclass(frozen=True)
class LastTime:
    """What the last interview left: the next step agreed (or null), readings, and safety concerns still open."""

    session: Session
    agreed: str | None
    readings: tuple[Reading, ...]
    concerns: tuple[SafetyConcern, ...]


def notes_before(store: JsonStore, ref: RecordRef) -> list[Notes]:
    """Returns the notes of the last interviews of that client before this one, newest first.

    Notes that cannot be read are passed over: what needs them can do without.
    """
    before = [each for each in store.catalog.sessions([ref.client]) if each.name < ref.name]
    found = []
    for each in before[:LOOKED_BACK]:
        with suppress(MiError):
            found.append(read_notes(store, each))
    return found


def last_return(store: JsonStore, client: str, after: RecordRef | None) -> "Contact | None":
    """Returns the CBT therapist's latest answer since that interview began; null for none.

    What cannot be read is passed over. The names of both kinds of files begin with the time.
    """
    for ref in store.catalog.list_dated("contacts", [client], damaged=[]):
        if after and ref.name < after.name:
            break
        from mi_cli.store.records.contacts import contact  # here, because most clients have none

        with suppress(MiError):
            found = contact(store, ref)
            if found.kind is ContactKind.RETURN:
                return found
    return None


def last_time(session: Session, notes: Notes) -> LastTime:
    """Returns what the last interview left, with the latest reading of each ruler."""
    agreed = [entry.words for entry in notes.entries if entry.kind is Kind.NEXT]
    latest = {reading.ruler: reading for reading in session.readings}
    readings = tuple(latest[ruler] for ruler in Ruler if ruler in latest)
    return LastTime(session, agreed[-1] if agreed else None, readings, session.open_concerns)
