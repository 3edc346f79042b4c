"""Every change to `keys.json` of a protected store: passphrase, supervisor's key, recovery, former notes.

Theory of operation. A person is asked first, without a lock: that may take minutes, and another command may change the
file meanwhile. Then three rules hold, and `change_keys` keeps them:

1. The file is read anew under the locks `store` and `clients`, and the change is made to the file as it is now. So no
   change undoes another one. It is refused while anything else is locked: whoever holds a lock has the present keys.
2. If what the person was asked about is no longer so (another passphrase, another supervisor's key, no protection), or
   the keys in the file open nothing in the store, the change is refused and the file stays as it was.
3. Each change makes new keys for the store, so that the former passphrase or sheet, with a former `keys.json`, opens
   nothing that is encrypted from then on. It takes three steps, each of atomic writes:

   a. `keys.json` gets the new keys in front of the former ones, and opens with what opened it before (after a recovery:
      with the new passphrase). From here on both keys open files, and the new one encrypts. This
      computer then remembers the mark of the new one, so that former keys that are put back are noticed.
   b. Each file that a former key encrypts is put under the new one (`rotation.py`).
   c. `keys.json` gets the new keys alone, under the new passphrase and the new supervisor's key, and the log says so
      before the locks are released. The former keys are kept as retired ones, which open earlier backups and no file.

   Broken off between two of these steps, every file can be read and the store be used; the same command again, or any
   other change, finishes it, with keys that are new again. A file that the disk does not give is named, and the former
   keys stay in use for it.
4. Whoever opened the store with the former keys cannot change it any more (`Keys.are_present`).

The clients' own keys stay as they are. What follows from that for earlier copies of the whole store is told in
SECURITY.md. What is in the file, and which key opens what, is told at the head of `keyfile.py`. Protecting and
unprotecting a whole store, which also make and remove the file, are in `upkeep/convert.py`.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from mi_cli.errors import Damaged, Failed, InUse
from mi_cli.records.event_type import EventType
from mi_cli.records.terms import Protection
from mi_cli.store.keys.keyfile import NAME, Jwk, KeyFile, KeyFileContents, StoreKeys, WrongKey
from mi_cli.store.keys.rotation import opens_store, rewrap
from mi_cli.words.said import said
from mi_cli.words.store import store_words


class KeyStore(Protocol):
    """What a change to the keys needs of a store."""

    @property
    def root(self) -> Path:
        """The folder of the store."""

    @property
    def protection(self) -> Protection:
        """Whether the store is protected, as its folder says now."""

    def locked_for_keys(self) -> AbstractContextManager[None]:
        """Hold the locks `store` and `clients`, whatever the protection of the store is, while no other lock is held.

        Raises InUse, SaveFailed.
        """

    def refuse_other_locks(self) -> None:
        """Raise InUse if anybody else holds a lock by now, but that of the log."""

    def locked_log(self) -> AbstractContextManager[None]:
        """Hold the lock of the log. Raises InUse, SaveFailed."""

    def with_keys(self, keys: StoreKeys) -> "KeyStore":
        """Returns the store, opened with these keys."""

    def remember_keys(self, keys: StoreKeys) -> None:
        """Remember on this computer that these keys are the store's now. Nothing is raised."""

    def write_keys(self, key_file: bytes | None) -> None:
        """Write `keys.json`, or remove it; the lock is held. Raises SaveFailed."""

    def log_event(self, what: EventType) -> object:
        """Log that something was done."""


@dataclass(frozen=True)
class KeyChange:
    """A change to the keys.

    `keys` are the store's keys as the file has them, and `file` is the file as it will be apart from them. `meanwhile`
    is the passphrase until all is done, and `passphrase` the one from then on. With `supervisor`, that public key
    replaces the present one, and opens the notes if `opens_notes`. `first` is called before anything is written.
    """

    file: KeyFile
    keys: KeyFileContents = field(repr=False)
    meanwhile: str = field(repr=False)
    passphrase: str = field(repr=False)
    supervisor: Jwk | None = None
    opens_notes: bool = False
    first: Callable[[], None] = lambda: None

    def written(self, keys: KeyFileContents) -> bytes:
        """Returns the bytes of the file at the end of the change."""
        if self.supervisor is not None:
            keys = replace(keys, supervisor=self.supervisor, supervisor_has_notes=self.opens_notes)
        return self.file.rewritten(keys, self.passphrase)


def change_keys(store: KeyStore, edit: Callable[[KeyFile], KeyChange], event: EventType) -> None:
    """Read `keys.json` anew under the locks, make the change that `edit` returns with new keys, and log `event`.

    Raises Failed when the store is no longer protected, or the key that `edit` opens the file with no longer opens it;
    InUse; Damaged when the file opens nothing in the store; and whatever `edit` raises. In all of these cases nothing
    was changed. Raises SaveFailed; and Damaged when all is changed but for a file that the disk does not give.
    """
    with store.locked_for_keys():
        if store.protection is Protection.NONE:
            raise changed_meanwhile()
        before = KeyFile.read(store.root)
        try:
            change = edit(before)
        except WrongKey:
            raise changed_meanwhile() from None
        if not opens_store(store.root, change.keys):
            raise Damaged(
                NAME,
                said(store_words, lambda words: words.keys_of_another_store),
                said(store_words, lambda words: words.restore_keys),
            )
        change.first()
        keys = change.keys.with_new_keys()
        store.write_keys(change.file.rewritten(keys, change.meanwhile))
        try:
            store.refuse_other_locks()
        except InUse:  # somebody took a lock after it was asked first, and before the keys were others
            store.write_keys(before.as_bytes())
            raise
        store.remember_keys(keys.store_keys())
        unread = rewrap(store.root, keys, store.locked_log)
        if not unread:
            keys = keys.with_former_retired()
        store.write_keys(change.written(keys))
        store.with_keys(keys.store_keys()).log_event(event)
        if unread:
            raise Damaged(
                unread[0].relative_to(store.root).as_posix(),
                said(store_words, lambda words: words.keys_not_looked_into),
                said(store_words, lambda words: words.phrase_finishes_this),
            )


def changed_meanwhile() -> Failed:
    """Returns the error for a change that was asked about keys which another command has replaced since."""
    return Failed(
        said(store_words, lambda words: words.keys_changed_meanwhile),
        said(store_words, lambda words: words.do_it_again),
    )


def change_passphrase(store: KeyStore, passphrase: str, new_passphrase: str) -> None:
    """Put the keys under another passphrase. Raises as `change_keys`."""

    def edit(file: KeyFile) -> KeyChange:
        return KeyChange(file, file.opened(passphrase), passphrase, new_passphrase)

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

    def edit(file: KeyFile) -> KeyChange:
        keys = file.opened(passphrase)
        if keys.supervisor != before:
            raise changed_meanwhile()
        return KeyChange(file, keys, passphrase, passphrase, supervisor, opens_notes, write_sheet)

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
        return cls(file, keys, not keys.notes)


def recover(store: KeyStore, recovery: Recovery, new_passphrase: str) -> None:
    """Put the keys that the supervisor's key opened under a new passphrase.

    It is refused if the file is another than the one that was opened: somebody who knows the passphrase has changed it,
    or the supervisor's key. Raises as `change_keys`.
    """

    def edit(file: KeyFile) -> KeyChange:
        if file != recovery.file:
            raise changed_meanwhile()
        after = file.with_lost_notes() if recovery.notes_lost else file
        return KeyChange(after, recovery.keys, new_passphrase, new_passphrase)

    change_keys(store, edit, EventType.RECOVERED)


def reopen_former_notes(store: KeyStore, passphrase: str, former_passphrase: str) -> None:
    """Put what the notes' keys of before a recovery open under the present ones. Raises as `change_keys`."""

    def edit(file: KeyFile) -> KeyChange:
        keys = file.opened(passphrase)
        former, remaining = file.former_notes_keys(former_passphrase)
        notes = (*keys.notes, *(key for key in former if key not in keys.notes))
        return KeyChange(remaining, replace(keys, notes=notes), passphrase, passphrase)

    change_keys(store, edit, EventType.FORMER_NOTES_OPENED)
