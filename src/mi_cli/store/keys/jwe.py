"""One document under a key: flattened JWE (RFC 7516 §7.2.2) with `dir` and A256GCM, so that any JOSE library opens it.

Theory of operation. Which key opens what:

    passphrase, or supervisor's key  ->  the store's keys, in keys.json (`keyfile.py`): one for records, one for notes
    the store's key for records      ->  clients.json, log.jsonl, locks; and in each client's folder
                                         records.key.json and disclosures.key.json
    the store's key for notes        ->  notes.key.json in each client's folder
    records.key.json                 ->  the client's records
    disclosures.key.json             ->  consents, disclosures and the ledger, which outlive a purge of the client
    notes.key.json                   ->  the client's notes

Without these files nothing of a client can be read: purging deletes them first. When a client gets a new key, the
former one is kept as `<kind>.<kid>.key.json`, for what was encrypted under it.

The protected header says what the file is and where it belongs. It can be read without the key and cannot be changed
without it. `cryptography` is used directly: importing joserfc (40 ms) takes longer than decrypting a list of twenty.
"""

import hmac
import json
import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mi_cli.records.names import is_id
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import (
    ENCRYPTED_PREFIX,
    KEY_ENDING,
    NOT_AS_WRITTEN,
    DecryptError,
    DocumentLabel,
    FileLabel,
    base64url,
    unpadded,
)
from mi_cli.store.disk.door import read
from mi_cli.words.said import said
from mi_cli.words.store import store_words

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_SCHEMA: Final = "mi.key/1"
RECORDS: Final = "records"
DISCLOSURES: Final = "disclosures"
NOTES: Final = "notes"
_KIND_OF: Final = {"notes": NOTES, "consents": DISCLOSURES, "disclosures": DISCLOSURES, "ledger.json": DISCLOSURES}
_KEY_LENGTH: Final = 32
_IV_LENGTH: Final = 12
_TAG_LENGTH: Final = 16
_MARKED: Final = b"mi.memory/1"  # what a key signs, so that it is known again
_LONGEST_HEADER: Final = 4096  # characters; ours have 300


@dataclass(frozen=True)
class DataKey:
    """A 256-bit key and its name."""

    kid: str
    secret: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> "DataKey":
        """Returns a new random key."""
        return cls(secrets.token_hex(4), secrets.token_bytes(_KEY_LENGTH))

    @classmethod
    def from_jwk(cls, jwk: Any) -> "DataKey":
        """Returns the key in a JWK (RFC 7517). Raises DecryptError for any other kind of key."""
        try:
            key = cls(jwk["kid"], unpadded(jwk["k"]))
            if jwk["kty"] != "oct" or not is_id(key.kid) or len(key.secret) != _KEY_LENGTH:
                raise ValueError("another kind of key")
        except NOT_AS_WRITTEN:
            raise DecryptError(said(store_words, lambda words: words.holds_no_keys)) from None
        return key

    @property
    def jwk(self) -> dict[str, str]:
        """The key as a JWK."""
        return {"kty": "oct", "kid": self.kid, "alg": "A256GCM", "k": base64url(self.secret)}

    @property
    def mark(self) -> str:
        """A mark by which the key is known again, and from which it cannot be computed."""
        return base64url(hmac.digest(self.secret, _MARKED, "sha256")[:16])

    @cached_property
    def cipher(self) -> "AESGCM":
        """AES-256-GCM with this key."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self.secret)


class JweCodec:
    """The codec of a protected store.

    `keys` are keys of the store, the present one first; `kinds` are the kinds of client keys that they open. A codec
    for the notes cannot decrypt the rest, and a codec for the rest cannot decrypt the notes.
    """

    def __init__(self, keys: tuple[DataKey, ...], kinds: tuple[str, ...]) -> None:
        self._keys = keys
        self._kinds = kinds
        self._client_keys: dict[tuple[Path, str], DataKey] = {}

    def encrypt(self, place: FileLabel, label: DocumentLabel, document: bytes) -> bytes:
        """Returns the document encrypted for that file. Raises DecryptError when the client's key is missing."""
        return _encrypted(self._key_for(place), place, label, document)

    def decrypt(self, place: FileLabel, data: bytes) -> bytes:
        """Returns the document. Raises DecryptError for any bytes but those that were encrypted for that file."""
        envelope = Envelope.of(data)
        envelope.require(place)
        return envelope.decrypted(self._key_for(place, envelope.header["kid"]))

    def make_keys(self, home: Path, client: str) -> None:
        """Create the client's keys in its folder, unless they exist. Raises SaveFailed.

        The caller holds a lock. A client's key under a store key that was lost is kept, in case that one is found.
        """
        for kind in self._kinds:
            place = FileLabel(home, f"{kind}{KEY_ENDING}", client)
            path = home / place.file
            if atomic.is_there(path) and not self._keep_former_key(path, kind):
                continue
            key = DataKey.generate()
            document = json.dumps(key.jwk).encode()
            atomic.write(path, _encrypted(self._keys[0], place, DocumentLabel(KEY_SCHEMA, key.kid), document))

    def _keep_former_key(self, path: Path, kind: str) -> bool:
        """Rename a client's key that none of the store's keys opens; whether this was done."""
        try:
            header = Envelope.of(read(path, path.parent)).header
        except (OSError, DecryptError):
            return False  # decrypting a document with it will say what is wrong
        kid = header.get("id")
        if any(header.get("kid") == key.kid for key in self._keys) or not (isinstance(kid, str) and is_id(kid)):
            return False
        atomic.move(path, path.with_name(f"{kind}.{kid}{KEY_ENDING}"))
        return True

    def _key_for(self, place: FileLabel, kid: str | None = None) -> DataKey:
        """Returns the present key for a file, or with `kid` the key of that name, to decrypt what it encrypted."""
        if place.client is None or place.file.endswith(KEY_ENDING):
            return self._store_key(kid)
        kind = _KIND_OF.get(place.file.partition("/")[0], RECORDS)
        if kind not in self._kinds:
            raise DecryptError(said(store_words, lambda words: words.kept_under_another_key))
        earlier = f"{kind}.{kid}{KEY_ENDING}"
        if kid is not None and is_id(kid) and os.path.lexists(place.home / earlier):
            return self._client_key(place, kind, earlier)
        return self._client_key(place, kind, f"{kind}{KEY_ENDING}")

    def _store_key(self, kid: str | None) -> DataKey:
        return next((key for key in self._keys if key.kid == kid), self._keys[0])

    def _client_key(self, of: FileLabel, kind: str, file: str) -> DataKey:
        if (of.home, file) not in self._client_keys:
            place = FileLabel(of.home, f"{kind}{KEY_ENDING}", of.client)
            try:
                data = read(of.home / file, of.home)
            except FileNotFoundError:
                raise DecryptError(said(store_words, lambda words: words.key_gone)) from None
            except OSError as error:
                raise DecryptError(
                    said(store_words, lambda words: words.its_key, reason=atomic.reason(error))
                ) from error
            envelope = Envelope.of(data)
            envelope.require(place)
            store_key = self._store_key(envelope.header["kid"])
            if kind == NOTES and store_key.kid != envelope.header["kid"]:
                raise DecryptError(said(store_words, lambda words: words.former_notes_key))
            key = DataKey.from_jwk(json.loads(envelope.decrypted(store_key)))
            self._client_keys[of.home, file] = key
        return self._client_keys[of.home, file]


@dataclass(frozen=True)
class Envelope:
    """An encrypted document as it stands on the disk."""

    header: dict[str, Any]
    protected: str
    iv: bytes
    ciphertext: bytes
    tag: bytes

    @classmethod
    def of(cls, data: bytes) -> "Envelope":
        """Returns the parts of a document. Raises DecryptError unless `data` is, to the byte, what mi writes."""
        if not is_encrypted(data):
            raise DecryptError(said(store_words, lambda words: words.not_sealed))
        try:
            document = json.loads(data)
            protected = document["protected"]
            iv, ciphertext, tag = (unpadded(document[part]) for part in ("iv", "ciphertext", "tag"))
            header = json.loads(unpadded(protected)) if len(protected) <= _LONGEST_HEADER else None
            # base64 has several spellings of the same bytes; accept only the exact one that we write.
            if data != _serialized(protected, iv, ciphertext, tag) or not isinstance(header, dict):
                raise ValueError("not as it is written")
        except NOT_AS_WRITTEN:
            raise DecryptError(said(store_words, lambda words: words.not_whole)) from None
        return cls(header, protected, iv, ciphertext, tag)

    def require(self, place: FileLabel) -> None:
        """Raise DecryptError unless the header names that file, our cipher, and a key."""
        if self.header.get("client") != place.client or self.header.get("file") != place.file:
            raise DecryptError(said(store_words, lambda words: words.sealed_for_another_place))
        if (self.header.get("alg"), self.header.get("enc")) != ("dir", "A256GCM"):
            raise DecryptError(said(store_words, lambda words: words.sealed_in_unknown_way))
        if not isinstance(self.header.get("kid"), str):
            raise DecryptError(said(store_words, lambda words: words.key_not_named))

    def decrypted(self, key: DataKey) -> bytes:
        """Returns the decrypted document. Raises DecryptError."""
        from cryptography.exceptions import InvalidTag

        if self.header["kid"] != key.kid:
            raise DecryptError(said(store_words, lambda words: words.key_not_at_hand))
        try:
            return key.cipher.decrypt(self.iv, self.ciphertext + self.tag, self.protected.encode())
        except (InvalidTag, ValueError):
            raise DecryptError(said(store_words, lambda words: words.changed_after_sealed)) from None


def is_encrypted(data: bytes) -> bool:
    """Whether bytes begin as an encrypted document does, sound or not."""
    return data.startswith(ENCRYPTED_PREFIX)


def rewrapped(data: bytes, former: Iterable[DataKey], present: DataKey) -> bytes | None:
    """Returns a document that one of the `former` keys encrypts, encrypted with `present` for the same place.

    Null for a document under any other key, and for one that is not encrypted. Raises DecryptError for one that says
    that a former key encrypts it, and that this key does not open.
    """
    if not is_encrypted(data):
        return None
    envelope = Envelope.of(data)
    key = next((key for key in former if key.kid == envelope.header.get("kid")), None)
    if key is None:
        return None
    return _under(present, {**envelope.header, "kid": present.kid}, envelope.decrypted(key))


def _encrypted(key: DataKey, place: FileLabel, label: DocumentLabel, document: bytes) -> bytes:
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
    return _under(key, header, document)


def _under(key: DataKey, header: dict[str, Any], document: bytes) -> bytes:
    protected = base64url(json.dumps(header, separators=(",", ":"), ensure_ascii=True).encode())
    iv = secrets.token_bytes(_IV_LENGTH)
    data = key.cipher.encrypt(iv, document, protected.encode())
    return _serialized(protected, iv, data[:-_TAG_LENGTH], data[-_TAG_LENGTH:])


def _serialized(protected: str, iv: bytes, ciphertext: bytes, tag: bytes) -> bytes:
    # Bytes throughout, for speed: the notes of a long interview are large, and are written with every line.
    iv_, ciphertext_, tag_ = (urlsafe_b64encode(part).rstrip(b"=") for part in (iv, ciphertext, tag))
    return b'{"protected":"%b","iv":"%b","ciphertext":"%b","tag":"%b"}\n' % (protected.encode(), iv_, ciphertext_, tag_)
