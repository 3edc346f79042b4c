"""What opens a store, as the other floors see it; and the keys of a store without a passphrase. Loads no cipher."""

from typing import Final, Protocol

from mi_cli.records.terms import Protection
from mi_cli.store.disk.codec import PLAIN, Codec


class Keys(Protocol):
    """What opens a store: the codec of its records and, apart from it, the codec of the notes.

    `newly_opened` stays true until the log says that a passphrase opened the store.
    """

    newly_opened: bool

    @property
    def records(self) -> Codec:
        """The codec for everything but the notes."""

    def notes(self) -> Codec:
        """The codec for the notes: for `records/interviews.py`, and for what checks or converts a whole store."""

    def allow_changes(self, protection: Protection) -> bool:
        """Whether a store with this protection may be changed with these keys."""


class PlainKeys:
    """The keys of a store without a passphrase: nothing in it is encrypted."""

    newly_opened = False

    @property
    def records(self) -> Codec:
        """The codec that leaves documents as they are."""
        return PLAIN

    def notes(self) -> Codec:
        """The codec that leaves documents as they are."""
        return PLAIN

    def allow_changes(self, protection: Protection) -> bool:
        """Whether nothing in the store is encrypted."""
        return protection is Protection.NONE


NO_KEYS: Final = PlainKeys()
