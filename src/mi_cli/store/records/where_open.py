"""Keeps, in each client's record, the list of where an open matter may stand (`Client.open`).

Theory of operation. The list says where to look, and the records themselves say what is open (`records.matters`). It
may name too much, and never too little:

1. A path is added before the record is first saved as open (`add_open`): a crash between both leaves a path too many.
2. It is taken out after the record was saved as settled (`look_again`). Where that fails, the path stays: nothing is
   raised, and the next interview takes it out.
3. What comes back from the trash, or from another client, is added first if it is open (`add_returning`). Restoring a
   backup compares the list with what is there afterwards, and drops one that lacks something (`forget_if_short`).
4. Without a list, as in a store of an earlier version, all the client's interviews are read, until the next interview
   or `write_missing` writes it.

All of it happens while the codes are locked. A client's record that cannot be read has no list, and is left alone.
`mi store check` names what is open and not listed, as a sync or an older version of mi may leave it.
"""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from mi_cli.errors import Damaged, MiError
from mi_cli.store.records.clients import change_held_client
from mi_cli.store.records.json_store import CODES, JsonStore
from mi_cli.store.records.matters import ClientReader

_WAIT = 1.0  # seconds; nothing depends on it, and the counselor waits


def add_open(store: JsonStore, client: str, path: str) -> None:
    """Add a record that is about to be saved as open. The codes are locked. Raises SaveFailed."""
    with suppress(Damaged):
        _write(store, client, path)


def look_again(store: JsonStore, client: str) -> None:
    """Take out of the list what was settled. Nothing is raised: what stays in it is looked at and found settled."""
    with suppress(MiError, OSError), store.locked(CODES, _WAIT):
        _write(store, client)


def add_returning(store: JsonStore, client: str, path: str, place: Path) -> None:
    """Add a record that is about to come back to the client, if it is open; until then it is at `place`.

    The codes are locked. Raises SaveFailed.
    """
    with suppress(Damaged):
        reader = ClientReader(store.catalog, client, [])
        if reader.lacks(path, place):
            listed = (*reader.places(), path)
            change_held_client(store, client, lambda record: record.replace(open=listed))


def forget(store: JsonStore, client: str) -> None:
    """Drop the list. The codes are locked. Raises SaveFailed."""
    with suppress(Damaged):
        change_held_client(store, client, lambda record: record.replace(open=None))


def forget_if_short(store: JsonStore, client: str) -> None:
    """Drop the list where something is open that it does not name. The codes are locked. Raises SaveFailed."""
    if ClientReader(store.catalog, client, []).unlisted():
        forget(store, client)


def write_missing(store: JsonStore, clients: Iterable[str]) -> None:
    """Write the lists that are missing, so that the next look is a short one. Nothing is raised."""
    with suppress(MiError, OSError), store.locked(CODES, _WAIT):
        for client in clients:
            with suppress(Damaged):
                if store.client(client).open is None:
                    _write(store, client)


def _write(store: JsonStore, client: str, *added: str) -> None:
    reader = ClientReader(store.catalog, client, [])
    still = dict.fromkeys([*reader.still_open(), *added])
    try:
        change_held_client(store, client, lambda record: record.replace(open=tuple(still)))
    except Damaged:  # once more: a disk that fails for a moment would leave a list that names too little
        change_held_client(store, client, lambda record: record.replace(open=tuple(still)))
