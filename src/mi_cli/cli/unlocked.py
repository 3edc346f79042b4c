"""Where the keys of a store are kept that was unlocked for a while: in memory, or else in the system's keyring.

What is kept, and when it has ended, is told in `mi_cli.store.keys.unlocked`. The keyring is weaker: it is on the disk,
and other programs of the account can ask it. So it is used only where the system gives no memory to keep a file in.
"""

from datetime import datetime, timedelta
from pathlib import Path

from mi_cli.cli import keyrings
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged, Failed
from mi_cli.store.keys import in_memory
from mi_cli.store.keys.keyfile import KeyFile, StoreKeys, WrappingKeys, WrongKey
from mi_cli.store.keys.unlocked import Unlocked
from mi_cli.store.records.catalog import Catalog
from mi_cli.words.protection import protection_words


def require_place(language: str) -> None:
    """Raises Failed where this computer has no place to keep the keys in for a while."""
    if not in_memory.is_possible() and not keyrings.is_there():
        words = protection_words(language)
        raise Failed(words.cannot_unlock, words.cannot_unlock_why)


def keep(root: Path, keys: WrappingKeys, time: timedelta, language: str) -> tuple[datetime, str | None]:
    """Keeps what opens the store. Returns until when, and the name of the keyring if it is there. Raises Failed."""
    unlocked = Unlocked.beginning(Catalog(root).store_id, now(), time, keys)
    if in_memory.keep(_name(unlocked.store), unlocked.as_bytes()):
        return unlocked.until, None
    require_place(language)
    kept = unlocked.as_bytes().decode()
    return unlocked.until, keyrings.keep(root, kept, service=keyrings.UNLOCKED)


def keys_for_a_while(root: Path, file: KeyFile) -> StoreKeys | None:
    """Returns the store's keys if it is unlocked now. What has ended is removed."""
    unlocked = _kept(root)
    if unlocked is None:
        return None
    if unlocked.holds(now()):
        try:
            return file.unlocked(unlocked.keys)
        except WrongKey:  # `keys.json` was written anew since: with another passphrase, for one
            pass
    forget(root)
    return None


def until(root: Path) -> datetime | None:
    """Returns when the store locks again; None where it is locked."""
    unlocked = _kept(root)
    return unlocked.until if unlocked and unlocked.holds(now()) else None


def forget(root: Path) -> bool:
    """Locks the store. Returns whether it was unlocked."""
    try:
        was_kept = in_memory.remove(_name(Catalog(root).store_id))
    except (Damaged, FileNotFoundError, KeyError):
        return False
    if in_memory.is_possible():
        return was_kept
    if keyrings.passphrase_in_keyring(root, service=keyrings.UNLOCKED) is None:
        return was_kept
    keyrings.forget(root, service=keyrings.UNLOCKED)
    return True


def _kept(root: Path) -> Unlocked | None:
    """Returns what is kept for this store, whether or not it has ended."""
    store = Catalog(root).store_id
    data = in_memory.read(_name(store))
    if data is None and not in_memory.is_possible():
        text = keyrings.passphrase_in_keyring(root, service=keyrings.UNLOCKED)
        data = text.encode() if text else None
    unlocked = Unlocked.from_bytes(data) if data else None
    return unlocked if unlocked and unlocked.store == store else None


def _name(store: str) -> str:
    return f"unlocked-{store}"
