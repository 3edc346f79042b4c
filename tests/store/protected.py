"""A store with a passphrase, for tests. Its keys are made once: deriving them takes a tenth of a second."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from mi_cli.store.keys.keyfile import KeyFile, KeyFileContents, StoreKeys, new_keys, written
from mi_cli.store.records.json_store import JsonStore

PASSPHRASE = "invented words only for these tests"


@cache
def key_file() -> tuple[bytes, KeyFileContents]:
    """A key file, and what is in it."""
    keys = new_keys()
    return written(keys, PASSPHRASE), keys


def protected_store(root: Path, now: Callable[[], datetime], new_id: Callable[[], str]) -> JsonStore:
    """A protected store, made and open."""
    data, opened = key_file()
    store = JsonStore(root, now, new_id, "A. Counselor", StoreKeys(opened.records, lambda: opened.notes))
    store.make(data)
    return store


def unlocked(root: Path) -> StoreKeys:
    """The keys of the store there, by the passphrase."""
    return KeyFile.read(root).unlocked(PASSPHRASE)
