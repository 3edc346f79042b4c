"""A document under a key: flattened JWE (RFC 7516 §7.2.2), `dir` and A256GCM, so that any JOSE library opens it.

The protected header says what the file is and where it belongs; it is readable, and cannot be changed without the key.
A client has a key each for the records, for consents and disclosures (which outlive a purge), and for the notes. A key
is a JWK in a file beside what it opens, sealed in its turn with the store's key; without that file nothing can be read.

Written with `cryptography` itself: importing joserfc (40 ms) costs a list of twenty more than opening them.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mi_cli.records.names import is_id
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import ENCRYPTED_PREFIX, DecryptError, DocumentLabel, FileLabel

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_ENDING: Final = ".key.json"
KEY_SCHEMA: Final = "mi.key/1"
RECORDS: Final = "records"
DISCLOSURES: Final = "disclosures"
NOTES: Final = "notes"
_KIND_OF: Final = {"notes": NOTES, "consents": DISCLOSURES, "disclosures": DISCLOSURES, "ledger.json": DISCLOSURES}
_KEY_LENGTH: Final = 32
_IV_LENGTH: Final = 12
_TAG_LENGTH: Final = 16
_MOST_HEADER: Final = 4096  # characters; ours have 300


@dataclass(frozen=True)
class DataKey:
    """A 256-bit key and its name."""

    kid: str
    secret: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> "DataKey":
        """A new one."""
        return cls(secrets.token_hex(4), secrets.token_bytes(_KEY_LENGTH))

    @classmethod
    def from_jwk(cls, jwk: Any) -> "DataKey":
        """From a JWK (RFC 7517). Raises NotOpened when it is none of ours."""
        try:
            key = cls(jwk["kid"], unpadded(jwk["k"]))
            if jwk["kty"] != "oct" or not is_id(key.kid) or len(key.secret) != _KEY_LENGTH:
                raise ValueError("another kind of key")
        except (KeyError, TypeError, ValueError, AttributeError):
            raise DecryptError("it holds no key") from None
        return key

    @property
    def jwk(self) -> dict[str, str]:
        """As a JWK."""
        return {"kty": "oct", "kid": self.kid, "alg": "A256GCM", "k": base64url(self.secret)}

    @cached_property
    def cipher(self) -> "AESGCM":
        """AES-256-GCM with it."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self.secret)


class JweCodec:
    """The seal of a store. `keys` are the store's own, the present one first; `kinds` which keys of clients it has.

    One made for the notes cannot open the rest, and one made for the rest cannot open the notes. In a `mixed` store, on
    its way to or from protection, a document that is not sealed is taken as it is.
    """

    def __init__(self, keys: tuple[DataKey, ...], kinds: tuple[str, ...], *, mixed: bool = False) -> None:
        self._keys = keys
        self._kinds = kinds
        self._mixed = mixed
        self._known: dict[tuple[Path, str], DataKey] = {}

    def encrypt(self, place: FileLabel, label: DocumentLabel, document: bytes) -> bytes:
        """Seal a document. Raises NotOpened when the client's key is not there."""
        return _sealed(self._key_for(place), place, label, document)

    def decrypt(self, place: FileLabel, data: bytes) -> bytes:
        """Open a document. Raises NotOpened for any other bytes than were sealed for that place."""
        if self._mixed and not is_encrypted(data):
            return data
        envelope = Envelope.of(data)
        envelope.require(place)
        return envelope.opened(self._key_for(place, envelope.header["kid"]))

    def make_keys(self, home: Path, client: str, *, anew: bool = False) -> None:
        """Make the client's keys, in its folder, unless they are there; `anew`: whether or not. Raises SaveFailed.

        To be called while nobody else does. One under a store key that is lost is set aside, in case that is found.
        """
        for kind in self._kinds:
            place = FileLabel(home, f"{kind}{KEY_ENDING}", client)
            path = home / place.file
            if not anew and atomic.is_there(path) and not self._set_aside(path, kind):
                continue
            key = DataKey.generate()
            document = json.dumps(key.jwk).encode()
            atomic.write(path, _sealed(self._keys[0], place, DocumentLabel(KEY_SCHEMA, key.kid), document))

    def _set_aside(self, path: Path, kind: str) -> bool:
        try:
            header = Envelope.of(atomic.read(path)).header
        except (OSError, DecryptError):
            return False  # whoever needs it will be told what is wrong with it
        kid = header.get("id")
        if any(header.get("kid") == key.kid for key in self._keys) or not (isinstance(kid, str) and is_id(kid)):
            return False
        atomic.move(path, path.with_name(f"{kind}.{kid}{KEY_ENDING}"))
        return True

    def _key_for(self, place: FileLabel, kid: str | None = None) -> DataKey:
        """The key for a place; the one called `kid`, if it is given, for what was sealed before the present one."""
        if place.client is None or place.file.endswith(KEY_ENDING):
            return self._own(kid)
        kind = _KIND_OF.get(place.file.partition("/")[0], RECORDS)
        if kind not in self._kinds:
            raise DecryptError("it is kept under another key")
        earlier = f"{kind}.{kid}{KEY_ENDING}"
        if kid is not None and is_id(kid) and (place.home / earlier).exists():
            return self._kept(place, kind, earlier)
        return self._kept(place, kind, f"{kind}{KEY_ENDING}")

    def _own(self, kid: str | None) -> DataKey:
        return next((key for key in self._keys if key.kid == kid), self._keys[0])

    def _kept(self, of: FileLabel, kind: str, file: str) -> DataKey:
        if (of.home, file) not in self._known:
            place = FileLabel(of.home, f"{kind}{KEY_ENDING}", of.client)
            try:
                data = atomic.read(of.home / file)
            except FileNotFoundError:
                raise DecryptError("the key it was sealed with is gone") from None
            except OSError as error:
                raise DecryptError(f"its key: {atomic.reason(error)}") from error
            envelope = Envelope.of(data)
            envelope.require(place)
            key = DataKey.from_jwk(json.loads(envelope.opened(self._own(envelope.header["kid"]))))
            self._known[of.home, file] = key
        return self._known[of.home, file]


@dataclass(frozen=True)
class Envelope:
    """A sealed document as it stands on the disk."""

    header: dict[str, Any]
    protected: str
    iv: bytes
    ciphertext: bytes
    tag: bytes

    @classmethod
    def of(cls, data: bytes) -> "Envelope":
        """Raises NotOpened unless `data` is, to the byte, what this program writes."""
        if not is_encrypted(data):
            raise DecryptError("it is not sealed, so nothing tells that it is what was kept")
        try:
            document = json.loads(data)
            protected = document["protected"]
            iv, ciphertext, tag = (unpadded(document[part]) for part in ("iv", "ciphertext", "tag"))
            header = json.loads(unpadded(protected)) if len(protected) <= _MOST_HEADER else None
            # An outer change that decodes to the same bytes would pass every check; so it has to be ours as it stands.
            if data != _written(protected, iv, ciphertext, tag) or not isinstance(header, dict):
                raise ValueError("not as it is written")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise DecryptError("it is not whole") from None
        return cls(header, protected, iv, ciphertext, tag)

    def require(self, place: FileLabel) -> None:
        """Raise NotOpened unless it says that it belongs in that place."""
        if self.header.get("client") != place.client or self.header.get("file") != place.file:
            raise DecryptError("it is another file, sealed for another place")
        if (self.header.get("alg"), self.header.get("enc")) != ("dir", "A256GCM"):
            raise DecryptError("it is sealed in a way this version does not know")
        if not isinstance(self.header.get("kid"), str):
            raise DecryptError("it does not say which key opens it")

    def opened(self, key: DataKey) -> bytes:
        """The document. Raises NotOpened."""
        from cryptography.exceptions import InvalidTag

        if self.header["kid"] != key.kid:
            raise DecryptError("it is sealed with a key that is not at hand")
        try:
            return key.cipher.decrypt(self.iv, self.ciphertext + self.tag, self.protected.encode())
        except (InvalidTag, ValueError):
            raise DecryptError("it was changed after it was sealed") from None


def is_encrypted(data: bytes) -> bool:
    """Whether bytes look like a sealed document, sound or not."""
    return data.startswith(ENCRYPTED_PREFIX)


def base64url(data: bytes) -> str:
    """As JOSE writes it, without padding (RFC 7515 §2)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unpadded(text: str) -> bytes:
    """`base64url` read back. Raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _sealed(key: DataKey, place: FileLabel, label: DocumentLabel, document: bytes) -> bytes:
    header = {
        "alg": "dir",
        "enc": "A256GCM",
        "kid": key.kid,
        "typ": "JOSE+JSON",
        "cty": "jwk+json" if label.schema == KEY_SCHEMA else "json",
        "schema": label.schema,
        "id": label.id,
        "client": place.client,
        "file": place.file,
        "revision": label.revision,
    }
    protected = base64url(json.dumps(header, separators=(",", ":"), ensure_ascii=True).encode())
    iv = secrets.token_bytes(_IV_LENGTH)
    data = key.cipher.encrypt(iv, document, protected.encode())
    return _written(protected, iv, data[:-_TAG_LENGTH], data[-_TAG_LENGTH:])


def _written(protected: str, iv: bytes, ciphertext: bytes, tag: bytes) -> bytes:
    # In bytes throughout: the notes of a long interview are large, and are written anew with every line.
    iv_, ciphertext_, tag_ = (urlsafe_b64encode(part).rstrip(b"=") for part in (iv, ciphertext, tag))
    return b'{"protected":"%b","iv":"%b","ciphertext":"%b","tag":"%b"}\n' % (protected.encode(), iv_, ciphertext_, tag_)
