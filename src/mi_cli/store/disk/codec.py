"""The seam between a document and its file: all that is kept becomes bytes here, and all that is read comes back here.

A plain store keeps documents as they are. What a place in the store is called goes along, so that a seal can vouch for
it: a file that was swapped, renamed or brought in from elsewhere is then no longer what it says it is.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Protocol

ENCRYPTED_PREFIX: Final = b'{"protected":'  # how a sealed document begins


class DecryptError(ValueError):
    """The bytes are not what was kept in that place. The message says why, and nothing of what is in them."""


@dataclass(frozen=True)
class FileLabel:
    """A file of a store: its path within `home`, which is a client's folder, or the store's where `client` is null."""

    home: Path
    file: str
    client: str | None = None


class DocumentLabel(NamedTuple):
    """What a document is."""

    schema: str
    id: str
    revision: int = 1


class Codec(Protocol):
    """Makes bytes of a document, and the document of the bytes."""

    def encrypt(self, place: FileLabel, label: DocumentLabel, document: bytes) -> bytes:
        """The bytes to keep in that place. Raises NotOpened where there is no key for it."""

    def decrypt(self, place: FileLabel, data: bytes) -> bytes:
        """The document. Raises NotOpened."""

    def make_keys(self, home: Path, client: str) -> None:
        """Make what seals a client's files, in its folder, unless it is there. Nobody else may do it meanwhile.

        Raises SaveFailed.
        """


class PlainCodec:
    """No seal: documents are kept as they are."""

    def encrypt(self, _place: FileLabel, _label: DocumentLabel, document: bytes) -> bytes:
        """The document."""
        return document

    def decrypt(self, _place: FileLabel, data: bytes) -> bytes:
        """The document. Raises NotOpened when it is sealed after all."""
        if data.startswith(ENCRYPTED_PREFIX):
            raise DecryptError("it is sealed, though store.json says that nothing in this store is")
        return data

    def make_keys(self, home: Path, client: str) -> None:
        """None are needed."""


PLAIN: Final = PlainCodec()
