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
    """Returns the bytes of a key file, and the keys that are in it."""
    keys = new_keys()
    return written(keys, PASSPHRASE), keys


def protected_store(root: Path, now: Callable[[], datetime], new_id: Callable[[], str]) -> JsonStore:
    """Makes a protected store and returns it, unlocked."""
    data, opened = key_file()
    store = JsonStore(root, now, new_id, "A. Counselor", StoreKeys(opened.records, lambda: opened.notes))
    store.make(data)
    return store


def unlocked(root: Path) -> StoreKeys:
    """Unlocks the store in that folder with `PASSPHRASE` and returns its keys."""
    return KeyFile.read(root).unlocked(PASSPHRASE)
