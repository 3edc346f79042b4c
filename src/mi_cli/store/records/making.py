"""Making a store: a folder becomes one with the write of `store.json`, which is the last one.

Theory of operation. Whatever stands in the folder before that write is not a store's, or is left over from one that
was broken off. Nothing of another store is overwritten: a folder with other files is refused, and one with clients in
it once had keys and codes, which must not be lost.
"""

import os

from mi_cli.errors import Damaged, Failed
from mi_cli.records.client import Codes, StoreInfo
from mi_cli.records.event_type import EventType
from mi_cli.records.names import is_records_folder
from mi_cli.records.terms import Protection
from mi_cli.store.disk import atomic
from mi_cli.store.records.json_store import KEYS, JsonStore
from mi_cli.store.records.tries import TRIES
from mi_cli.words.said import said
from mi_cli.words.store import store_words


def create_store(
    store: JsonStore, key_file: bytes | None = None, *, asked: bool = True, store_id: str | None = None
) -> bool:
    """Create the store, protected if there is a `key_file`; returns False when there is a store already.

    `asked` is whether a person decided about the protection; if not, a person is asked later. `store_id` is the id
    that the `key_file` names, if it does. Raises InUse, SaveFailed, Damaged for a folder with records in it, Failed
    for a folder with other files, and Unconfirmed where a protected store was and nobody was asked.
    """
    layout = store.layout
    if store.catalog.exists:
        return False
    _refuse_other_files(store)
    if key_file is None and not asked:
        store.witness.refuse_open_writing()
    with store.locked(KEYS):
        if store.catalog.exists:
            return False
        atomic.make_folder(layout.clients, store.root)
        # keys.json without store.json: an init was interrupted. Its key is lost: clients.json is rewritten.
        interrupted = atomic.is_there(layout.keys)
        if key_file is not None or interrupted:
            _refuse_clients(store)
        if key_file is not None:
            store.write_keys(key_file)
        if key_file is not None or interrupted or store.find(layout.codes, Codes) is None:
            store.save(layout.codes, Codes(**store.new_head(Codes)))
        if key_file is None:
            store.write_keys(None)
        store.save_info(
            StoreInfo(
                **store.new_head(StoreInfo, store_id),
                protection=Protection.NONE if key_file is None else Protection.PASSPHRASE,
                protection_asked=asked or key_file is not None,
                records=layout.folder,
            )
        )
        store.witness.settle()  # first: a protected store that was here before says nothing about this one
        store.log_event(EventType.MADE)
    return True


def _refuse_clients(store: JsonStore) -> None:
    """Raise Damaged where there are clients: there was a store, whose keys and codes must not be overwritten."""
    if store.catalog.client_folders():
        raise Damaged(
            store.layout.display_path(store.layout.info),
            said(store_words, lambda words: words.gone_from_full_folder),
        )


def _refuse_other_files(store: JsonStore) -> None:
    """Raise Failed for a folder with files that are no store's. What an interrupted `create_store` left is allowed."""
    layout = store.layout
    ours = (layout.locks, layout.clients, layout.codes, layout.trash, layout.quarantine, layout.keys, layout.log)
    own = {TRIES, *(path.name for path in ours)}
    try:
        names = os.listdir(layout.root)
    except FileNotFoundError:
        return
    except OSError as error:
        raise atomic.save_failed(error) from error
    if any(not (name in own or is_records_folder(name) or name.endswith(atomic.TEMPORARY)) for name in names):
        raise Failed(
            said(store_words, lambda words: words.folder_has_files),
            said(store_words, lambda words: words.name_empty_folder),
        )
