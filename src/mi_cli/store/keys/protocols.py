"""What opens a store, as the other floors see it; and the keys of a store without a passphrase. Loads no cipher."""

from pathlib import Path
from typing import Final, Protocol

from mi_cli.store.disk.codec import PLAIN, Codec


class Keys(Protocol):
    """What opens a store: the codec of its records and, apart from it, the codec of the notes.

    `newly_opened` stays true until the log says that a passphrase opened the store. `are_being_changed` is whether a
    change of the store's keys was broken off, so that former ones still open some files.
    """

    newly_opened: bool
    are_being_changed: bool

    @property
    def records(self) -> Codec:
        """The codec for everything but the notes."""

    @property
    def mark(self) -> str | None:
        """A mark by which these keys are known again, and from which no key can be computed; null without keys."""

    @property
    def former_marks(self) -> frozenset[str]:
        """The marks of the keys from before a change that was broken off."""

    def notes(self) -> Codec:
        """The codec for the notes: for `records/interviews.py`, and for what checks or converts a whole store."""

    def are_present(self, root: Path) -> bool:
        """Whether these still are the keys of the store in that folder."""

    def renewed(self, data: bytes) -> bytes:
        """Returns a document of an earlier backup under the store's present key; any other one as it is."""


class PlainKeys:
    """The keys of a store without a passphrase: nothing in it is encrypted."""

    newly_opened = False
    are_being_changed = False
    mark: None = None
    former_marks: frozenset[str] = frozenset()

    @property
    def records(self) -> Codec:
        """The codec that leaves documents as they are."""
        return PLAIN

    def notes(self) -> Codec:
        """The codec that leaves documents as they are."""
        return PLAIN

    def are_present(self, _root: Path) -> bool:
        """There are none that could be others by now."""
        return True

    def renewed(self, data: bytes) -> bytes:
        """Returns the document as it is."""
        return data


NO_KEYS: Final = PlainKeys()
