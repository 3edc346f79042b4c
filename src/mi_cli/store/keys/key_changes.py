"""Every change to `keys.json` of a protected store: passphrase, supervisor's key, recovery, former notes.

Theory of operation. A person is asked first, without a lock: that may take minutes, and another command may change the
file meanwhile. Then three rules hold, and `change_keys` keeps them:

1. The file is read anew under the lock `store`, and the change is made to the file as it is now. So no change undoes
   another one.
2. If what the person was asked about is no longer so (another passphrase, another supervisor's key, no protection), the
   change is refused and the file stays as it was.
3. The file is replaced in one atomic write, and the log says so before the lock is released.

What is in the file, and which key opens what, is told at the head of `keyfile.py`. Protecting and unprotecting a whole
store, which also make and remove the file, are in `upkeep/convert.py`.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from mi_cli.errors import Failed
from mi_cli.records.event_type import EventType
from mi_cli.records.terms import Protection
from mi_cli.store.keys.keyfile import Jwk, KeyFile, KeyFileContents, WrongKey, new_keys

_MEANWHILE: Final = "The keys of this store were changed meanwhile, by another command. This one changed nothing."
_AGAIN: Final = "`mi store log` tells what was done. If this is still needed, do it again."


class KeyStore(Protocol):
    """What a change to the keys needs of a store."""

    @property
    def root(self) -> Path:
        """The folder of the store."""

    @property
    def protection(self) -> Protection:
        """Whether the store is protected, as its folder says now."""

    def locked_for_keys(self) -> AbstractContextManager[None]:
        """Hold the lock `store`, whatever the protection of the store is. Raises InUse, SaveFailed."""

    def write_keys(self, key_file: bytes | None) -> None:
        """Write `keys.json`, or remove it; the lock is held. Raises SaveFailed."""

    def log_event(self, what: EventType) -> None:
        """Log that something was done."""


def change_keys(store: KeyStore, edit: Callable[[KeyFile], bytes], event: EventType) -> None:
    """Read `keys.json` anew under the lock, write the bytes that `edit` returns, and log `event`.

    Raises Failed when the store is no longer protected, or the key that `edit` opens the file with no longer opens it;
    InUse, Damaged, SaveFailed, and whatever `edit` raises. In all of these cases the file is as it was.
    """
    with store.locked_for_keys():
        if store.protection is Protection.NONE:
            raise changed_meanwhile()
        try:
            key_file = edit(KeyFile.read(store.root))
        except WrongKey:
            raise changed_meanwhile() from None
        store.write_keys(key_file)
        store.log_event(event)


def changed_meanwhile() -> Failed:
    """Returns the error for a change that was asked about keys which another command has replaced since."""
    return Failed(_MEANWHILE, _AGAIN)


def change_passphrase(store: KeyStore, passphrase: str, new_passphrase: str) -> None:
    """Put the keys under another passphrase. Raises as `change_keys`."""

    def edit(file: KeyFile) -> bytes:
        return file.rewritten(file.opened(passphrase), new_passphrase)

    change_keys(store, edit, EventType.PASSPHRASE_CHANGED)


def set_supervisor(
    store: KeyStore,
    passphrase: str,
    supervisor: Jwk,
    *,
    before: Jwk | None,
    opens_notes: bool,
    write_sheet: Callable[[], None],
) -> None:
    """Let the supervisor's public key open the records and, with `opens_notes`, the notes.

    `before` is the supervisor's key that the person saw when they were asked: with another one in the file now, a sheet
    that somebody has just printed would open nothing, so the change is refused. `write_sheet` is called before the keys
    are written: a crash between the two then leaves a sheet too many, and never one too few. Raises as `change_keys`.
    """

    def edit(file: KeyFile) -> bytes:
        keys = file.opened(passphrase)
        if keys.supervisor != before:
            raise changed_meanwhile()
        key_file = file.rewritten(replace(keys, supervisor=supervisor, supervisor_has_notes=opens_notes), passphrase)
        write_sheet()
        return key_file

    change_keys(store, edit, EventType.RECOVERY_SET_UP)


@dataclass(frozen=True)
class Recovery:
    """What the supervisor's key opens of a key file, and what the store will have afterwards.

    With `notes_lost` that key does not open the notes: new notes get a new key, and what holds the former one is kept
    in the file for the day the old passphrase is found (`reopen_former_notes`).
    """

    file: KeyFile
    keys: KeyFileContents
    notes_lost: bool

    @classmethod
    def of(cls, file: KeyFile, private: Jwk) -> "Recovery":
        """Open the file with the supervisor's private key. Raises WrongKey, Damaged."""
        keys = file.opened_by_supervisor(private)
        notes_lost = not keys.notes
        return cls(file, replace(keys, notes=new_keys().notes) if notes_lost else keys, notes_lost)


def recover(store: KeyStore, recovery: Recovery, new_passphrase: str) -> None:
    """Put the keys that the supervisor's key opened under a new passphrase.

    It is refused if the file is another than the one that was opened: somebody who knows the passphrase has changed it,
    or the supervisor's key. Raises as `change_keys`.
    """

    def edit(file: KeyFile) -> bytes:
        if file != recovery.file:
            raise changed_meanwhile()
        return (file.with_lost_notes() if recovery.notes_lost else file).rewritten(recovery.keys, new_passphrase)

    change_keys(store, edit, EventType.RECOVERED)


def reopen_former_notes(store: KeyStore, passphrase: str, former_passphrase: str) -> None:
    """Add the notes' keys of before a recovery to the present ones. Raises as `change_keys`."""

    def edit(file: KeyFile) -> bytes:
        keys = file.opened(passphrase)
        former, remaining = file.former_notes_keys(former_passphrase)
        notes = (*keys.notes, *(key for key in former if key not in keys.notes))
        return remaining.rewritten(replace(keys, notes=notes), passphrase)

    change_keys(store, edit, EventType.FORMER_NOTES_OPENED)
