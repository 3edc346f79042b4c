"""Contacts in the store: noted, and listed. One file each; a contact is never changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from mi_cli.errors import Damaged
from mi_cli.records.contact import Contact, ContactLine
from mi_cli.records.event_type import EventType
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import ContactKind
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.kinds import RecordKind, that_one

CONTACT: Final = RecordKind(lambda: Contact, "contacts", that_one(lambda words: words.another_contact))


def add_contact(
    store: JsonStore, client: str, kind: ContactKind, at: datetime, lines: Sequence[ContactLine] = ()
) -> Contact:
    """Note a contact. Raises Failed when the client is gone; InUse, SaveFailed."""
    added = Contact(**store.new_head(Contact), client=client, at=at, kind=kind, by=store.who, lines=tuple(lines))
    ref = RecordRef.new(client, at, added.id)
    with store.locked_codes():
        store.add_record(CONTACT, ref, added, EventType.CONTACT_ADDED)
    return added


def contact(store: JsonStore, ref: RecordRef) -> Contact:
    """Returns a contact. Raises Damaged."""
    return store.read_record(CONTACT, ref)


def contacts(store: JsonStore, client: str, damaged: list[Damaged]) -> list[Contact]:
    """Returns a client's contacts, newest first; what cannot be read is put into `damaged`."""
    return store.each_record(CONTACT, client, damaged)
