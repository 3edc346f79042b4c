"""What stands between a document and the bytes in its file: every document is encrypted and decrypted here.

Theory of operation. A store is plain or protected, and only the codec knows which. Whoever saves a document hands it to
`Codec.encrypt` with two labels, and whoever reads one hands the bytes to `Codec.decrypt` with the first of them:

- `FileLabel`: where the file stands (the client, and the path in the client's folder). A protected document carries it
  under its cipher's tag, so that a file which was swapped, renamed or copied from elsewhere is refused.
- `DocumentLabel`: what the document is (schema, id, revision). It is readable without the key, so that a backup can
  be compared with a store that is locked.

`PlainCodec` changes nothing. `JweCodec`, in `keys/jwe.py`, encrypts. A store has two codecs: one for the records and
one for the notes (`keys/protocols.py`).
"""

from binascii import b2a_base64
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from mi_cli.words.said import said
from mi_cli.words.store import store_words

ENCRYPTED_PREFIX: Final = b'{"protected":'  # how an encrypted document begins
KEY_ENDING: Final = ".key.json"  # of a file with a client's key


# What it raises to take a document apart that somebody else may have written: it is damaged then. `DecryptError`, and
# pydantic's error, are a ValueError.
NOT_AS_WRITTEN: Final = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


class DecryptError(ValueError):
    """The bytes are not what was saved in that file. The message says why, and holds nothing of the content."""


class FileLabel(NamedTuple):
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
    """Turns a document into the bytes of its file, and back."""

    def encrypt(self, file: FileLabel, label: DocumentLabel, document: bytes) -> bytes:
        """Returns the bytes to write to that file. Raises DecryptError where there is no key for it."""

    def decrypt(self, file: FileLabel, data: bytes) -> bytes:
        """Returns the document in the bytes of that file. Raises DecryptError."""

    def make_keys(self, home: Path, client: str) -> None:
        """Create the keys of a client in the client's folder, unless they exist. The caller holds a lock.

        Raises SaveFailed.
        """


class PlainCodec:
    """Leaves documents as they are."""

    def encrypt(self, _file: FileLabel, _label: DocumentLabel, document: bytes) -> bytes:
        """Returns the document."""
        return document

    def decrypt(self, _file: FileLabel, data: bytes) -> bytes:
        """Returns the document. Raises DecryptError when it is encrypted after all."""
        if data.startswith(ENCRYPTED_PREFIX):
            raise DecryptError(said(store_words, lambda words: words.sealed_in_plain))
        return data

    def make_keys(self, home: Path, client: str) -> None:
        """Does nothing: a plain store has no keys."""


PLAIN: Final = PlainCodec()
_URL_SAFE: Final = bytes.maketrans(b"+/", b"-_")


def base64url(data: bytes) -> str:
    """Returns base64url without padding, as JOSE writes it (RFC 7515 §2)."""
    return b2a_base64(data, newline=False).rstrip(b"=").translate(_URL_SAFE).decode()


def unpadded(text: str) -> bytes:
    """Returns the bytes that `base64url` encoded. Raises ValueError."""
    from base64 import urlsafe_b64decode  # here, because a plain store needs none of it

    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
