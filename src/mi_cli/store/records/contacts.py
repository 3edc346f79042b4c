"""Contacts in the store: noted, and listed. One file each; a contact is never changed."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from mi_cli.errors import Damaged
from mi_cli.records.contact import Contact, ContactLine
from mi_cli.records.event_type import EventType
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import ContactKind
from mi_cli.store.disk import atomic
from mi_cli.store.records.json_store import JsonStore, readable
from mi_cli.words.said import said
from mi_cli.words.store import store_words


def add_contact(
    store: JsonStore, client: str, kind: ContactKind, at: datetime, lines: Sequence[ContactLine] = ()
) -> Contact:
    """Note a contact. Raises Failed when the client is gone; InUse, SaveFailed."""
    added = Contact(**store.new_head(Contact), client=client, at=at, kind=kind, by=store.who, lines=tuple(lines))
    ref = RecordRef.new(client, at, added.id)
    with store.locked_codes():
        store.require_client(client)
        atomic.make_folder(store.layout.contact(ref).parent, store.root)
        store.save(store.layout.contact(ref), added)
        store.log_event(EventType.CONTACT_ADDED, client, added.id)
    return added


def contact(store: JsonStore, ref: RecordRef) -> Contact:
    """Returns a contact. Raises Damaged."""
    path = store.layout.contact(ref)
    read = store.load(path, Contact)
    if (read.id, read.client) != (ref.id, ref.client):
        raise Damaged(store.layout.display_path(path), said(store_words, lambda words: words.another_contact))
    return read


def contacts(store: JsonStore, client: str, damaged: list[Damaged]) -> list[Contact]:
    """Returns a client's contacts, newest first; what cannot be read is put into `damaged`."""
    return readable(store.catalog.list_dated("contacts", [client], damaged), partial(contact, store), damaged)
