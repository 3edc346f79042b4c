"""Changing who the clients are: their codes, their own records, and their names.

Theory of operation. `clients.json` alone ties a code to a client, so adding, renaming and deleting each end with one
write of it, under the lock `clients`. A client's folder and keys come before that write: what a crash leaves of them is
nobody's. A name and a birth date stand in a file of their own, and are not needed.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from mi_cli.errors import Failed
from mi_cli.records.client import Client, Codes, Identity
from mi_cli.records.names import checked_name, replace_surrogates
from mi_cli.records.outside_keys import NameOf
from mi_cli.store.disk import atomic
from mi_cli.store.records.catalog import find_code
from mi_cli.store.records.json_store import JsonStore
from mi_cli.words.said import said
from mi_cli.words.store import store_words

MADE_UP: Final = "client-"  # and a number: the code of a client whose own was lost


def add_client(store: JsonStore, code: str, language: str | None = None, counselor: str | None = None) -> str:
    """Create a client; returns the id. Raises Failed when the code is taken, in upper or lower case."""
    code = checked_name(code, NameOf.CLIENT)
    given = {"language": language, "counselor": counselor}
    fields = {field: replace_surrogates(value) for field, value in given.items() if value is not None}
    client = Client(**store.new_head(Client), **fields)
    home = store.layout.client(client.id)

    def add(codes: dict[str, str]) -> dict[str, str]:
        refuse_taken(codes, code)
        atomic.make_folder(home, store.root)
        store.layout.codec.make_keys(home, client.id)
        store.save(home / "client.json", client)
        return {**codes, code: client.id}

    change_codes(store, add)
    return client.id


def renew_client(store: JsonStore, client_id: str) -> None:
    """Give a client a record and keys again, of whom only the disclosures were kept. The codes are locked."""
    home = store.layout.client(client_id)
    store.layout.codec.make_keys(home, client_id)
    if not atomic.is_there(home / "client.json"):
        store.save(home / "client.json", Client(**store.new_head(Client, client_id)))


def rename_client(store: JsonStore, old: str, new: str) -> None:
    """Give a client another code. Raises Failed when the new one is taken."""
    new = checked_name(new, NameOf.CLIENT)

    def rename(codes: dict[str, str]) -> dict[str, str]:
        present = find_code(codes, old)
        others = {code: client for code, client in codes.items() if present is None or code != present[0]}
        refuse_taken(others, new)
        return {new if present and code == present[0] else code: client for code, client in codes.items()}

    change_codes(store, rename)


def refuse_taken(codes: dict[str, str], code: str) -> None:
    """Raise Failed when a client has that code, whatever its case."""
    if find_code(codes, code):
        raise Failed(
            said(store_words, lambda words: words.code_taken), said(store_words, lambda words: words.codes_in_use)
        )


def change_codes(store: JsonStore, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    """Lock the codes, read them anew, change and save them. Raises InUse, Damaged, SaveFailed."""
    with store.locked_codes():
        store.change_held_clients(lambda record: record.replace(clients=change(dict(record.clients))))


def make_up_codes(store: JsonStore) -> tuple[str, ...]:
    """Give each client a made-up code, and return these, where the codes are lost. The codes are locked.

    What follows from the former ones is then in doubt until somebody has confirmed the store. Raises Damaged, InUse,
    SaveFailed.
    """
    with store.locked_log():
        store.witness.doubt(store.layout.display_path(store.layout.codes))
    folders = sorted(store.catalog.client_folders())
    there = [client for client in folders if atomic.is_there(store.layout.client(client) / "client.json")]
    codes = {f"{MADE_UP}{number}": client for number, client in enumerate(there, 1)}
    store.save(store.layout.codes, Codes(**store.new_head(Codes), clients=codes))
    return tuple(codes)


def change_client(store: JsonStore, client_id: str, change: Callable[[Client], Client]) -> None:
    """Lock the codes, read the client anew, change it, and save it if it differs. Raises InUse, Damaged, SaveFailed."""
    with store.locked_codes():
        change_held_client(store, client_id, change)


def change_held_client(store: JsonStore, client_id: str, change: Callable[[Client], Client]) -> None:
    """As `change_client`, within `locked_codes`."""
    present = store.client(client_id)
    changed = change(present)
    if changed != present:
        store.save(store.layout.client(client_id) / "client.json", store.next_revision(changed))


def save_identity(
    store: JsonStore, client_id: str, name: str | None, family: str | None = None, given: str | None = None
) -> None:
    """Save the client's name, and its parts, in a file of its own. Raises Damaged, InUse, SaveFailed."""
    _change_identity(store, client_id, name=name, family=family, given=given)


def save_birth_date(store: JsonStore, client_id: str, born_on: date) -> None:
    """Save the client's birth date where the name is. Raises Damaged, InUse, SaveFailed."""
    _change_identity(store, client_id, born_on=born_on)


def _change_identity(store: JsonStore, client_id: str, **fields: str | date | None) -> None:
    with store.locked_codes():
        present = store.identity(client_id)
        identity = store.next_revision(present) if present else Identity(**store.new_head(Identity), client=client_id)
        store.save(store.layout.client(client_id) / "identity.json", identity.replace(**fields))
