"""`keys.json`: the store's keys, under the passphrase and, if there is one, under the supervisor's key.

Theory of operation. The file is a general-JSON JWE (RFC 7516 §7.2.1) with up to two recipients, each of whom can open
it alone: the passphrase (PBES2-HS512+A256KW) and the supervisor (ECDH-ES+A256KW on P-256). It has three parts:

- the JWE itself: a JWK Set with the store's key for records, and the supervisor's public key. So a new passphrase can
  be set without the supervisor, and nobody can put another public key in without the passphrase.
- the member `notes`: a second JWE of the same kind with the store's keys for notes, the present one first. The
  supervisor is a recipient of it only if the counselor said so.
- the member `former_notes`: after a recovery by a supervisor who cannot open the notes, what only the lost passphrase
  opens. It stays until that passphrase is found.

What the store's keys open is told in `jwe.py`; how the file is changed, in `key_changes.py`.

joserfc writes the file. It is read, many times a day, with `cryptography`: joserfc would add 40 ms to every command.
"""

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mi_cli.errors import Damaged, MiError
from mi_cli.records.decoding import BOM
from mi_cli.records.terms import Protection
from mi_cli.store.disk.atomic import read, reason
from mi_cli.store.disk.codec import DecryptError
from mi_cli.store.keys.jwe import DISCLOSURES, NOTES, RECORDS, DataKey, JweCodec, base64url, unpadded

NAME: Final = "keys.json"
ITERATIONS: Final = 299_999  # joserfc reads up to 300,000; jwcrypto any number, once told to (README)
_FEWEST_ITERATIONS: Final = 1000  # RFC 7518 §4.8.1.2
_MOST_ITERATIONS: Final = 1_000_000  # more is no file of ours, and would delay the start
PASSPHRASE_TRIES: Final = 3  # at the terminal, before a command gives up
BY_PASSPHRASE: Final = "PBES2-HS512+A256KW"  # noqa: S105  # the name of an algorithm, no secret
BY_SUPERVISOR: Final = "ECDH-ES+A256KW"
_ALGORITHMS: Final = [BY_PASSPHRASE, BY_SUPERVISOR, "A256GCM"]
_FORMER: Final = "former_notes"
_TYPE: Final = {"typ": "JOSE+JSON", "cty": "jwk-set+json", "enc": "A256GCM"}

Jwk = dict[str, Any]


class WrongKey(MiError):
    """The passphrase, or the supervisor's key, does not open the store."""

    exit_code = 4


@dataclass(frozen=True)
class KeyFileContents:
    """What `keys.json` holds, as far as it was opened: `notes` is empty for a supervisor who may not have them.

    Of the notes' keys the first is the present one; the others are of times before a recovery. `supervisor` is the
    supervisor's public key, and `supervisor_has_notes` whether it opens the notes too.
    """

    records: DataKey = field(repr=False)
    notes: tuple[DataKey, ...] = field(repr=False)
    supervisor: Jwk | None = None
    supervisor_has_notes: bool = False

    def store_keys(self, *, mixed: bool = False) -> "StoreKeys":
        """Returns these keys for work in the store."""
        return StoreKeys(self.records, lambda: self.notes, mixed=mixed)


class StoreKeys:
    """The keys of an opened store. `notes` fetches the notes' keys; it is called when they are first needed."""

    def __init__(self, records: DataKey, notes: Callable[[], tuple[DataKey, ...]], *, mixed: bool = False) -> None:
        self.records = JweCodec((records,), (RECORDS, DISCLOSURES), mixed=mixed)
        self.newly_opened = True
        self._fetch = notes
        self._mixed = mixed
        self._notes: JweCodec | None = None

    def notes(self) -> JweCodec:
        """Returns the codec of the notes. Raises Damaged, WrongKey."""
        if self._notes is None:
            self._notes = JweCodec(self._fetch(), (NOTES,), mixed=self._mixed)
        return self._notes

    def allow_changes(self, protection: Protection) -> bool:
        """Not while a store is on its way to or from protection: then there is only reading."""
        return protection is Protection.PASSPHRASE and not self._mixed


@dataclass(frozen=True)
class KeyFile:
    """`keys.json` as it was read."""

    document: Mapping[str, Any]

    @classmethod
    def read(cls, root: Path) -> "KeyFile":
        """Raises Damaged, also when it is gone."""
        try:
            document = json.loads(read(root / NAME))
        except FileNotFoundError:
            raise Damaged(NAME, "it is gone, and without it nothing in this store can be opened") from None
        except OSError as error:
            raise Damaged(NAME, reason(error)) from error
        except (ValueError, RecursionError):
            raise Damaged(NAME, "it is not whole JSON") from None
        if not isinstance(document, dict):
            raise Damaged(NAME, "it is no key file")
        return cls(document)

    def unlocked(self, passphrase: str, *, mixed: bool = False) -> StoreKeys:
        """The keys for work in the store. Raises WrongKey, Damaged."""
        (records, *_), _ = _by_passphrase(self.document, passphrase)
        return StoreKeys(records, lambda: _by_passphrase(self.document.get("notes"), passphrase)[0], mixed=mixed)

    def is_opened_by(self, passphrase: str) -> bool:
        """Whether this passphrase opens the file. Raises Damaged."""
        try:
            _by_passphrase(self.document, passphrase)
        except WrongKey:
            return False
        return True

    def opened(self, passphrase: str) -> KeyFileContents:
        """Returns all keys, so that the file can be written anew. Raises WrongKey, Damaged."""
        (records, *_), supervisor = _by_passphrase(self.document, passphrase)
        notes, _ = _by_passphrase(self.document.get("notes"), passphrase)
        return KeyFileContents(records, notes, supervisor, self.supervisor_has_notes)

    def opened_by_supervisor(self, private: Jwk) -> KeyFileContents:
        """Returns what the supervisor's private key opens; `notes` may be empty. Raises WrongKey, Damaged."""
        (records, *_), supervisor = _by_supervisor(self.document, private)
        notes = _by_supervisor(self.document["notes"], private)[0] if self.supervisor_has_notes else ()
        return KeyFileContents(records, notes, supervisor, self.supervisor_has_notes)

    def former_notes_keys(self, former_passphrase: str) -> tuple[tuple[DataKey, ...], "KeyFile"]:
        """Returns the notes' keys of before a recovery, and the key file without the part that held them.

        `former_passphrase` is the passphrase of that time. Raises WrongKey, Damaged.
        """
        for document in self._former:
            with suppress(WrongKey):
                keys, _ = _by_passphrase(document, former_passphrase)
                others = [other for other in self._former if other is not document]
                return keys, KeyFile({**self.document, _FORMER: others})
        raise WrongKey("That passphrase opens no notes of before a recovery.", "Nothing was changed.")

    def with_lost_notes(self) -> "KeyFile":
        """Returns the file with the notes' part moved to `former_notes`, in case the lost passphrase is found."""
        return KeyFile({**self.document, _FORMER: [*self._former, self.document.get("notes")]})

    def rewritten(self, keys: KeyFileContents, passphrase: str) -> bytes:
        """Returns the bytes of the file with these keys under this passphrase; `former_notes` stays."""
        document = json.loads(key_file_bytes(keys, passphrase))
        return _as_bytes({**document, _FORMER: self._former} if self._former else document)

    @property
    def _former(self) -> list[Any]:
        former = self.document.get(_FORMER)
        return former if isinstance(former, list) else []

    @property
    def has_supervisor(self) -> bool:
        """Whether a supervisor's key opens the records."""
        return _recipient(self.document, BY_SUPERVISOR) is not None

    @property
    def supervisor_has_notes(self) -> bool:
        """Whether it opens the notes too."""
        return _recipient(self.document.get("notes"), BY_SUPERVISOR) is not None


def new_keys() -> KeyFileContents:
    """Returns the keys of a new store."""
    return KeyFileContents(DataKey.generate(), (DataKey.generate(),))


def key_file_bytes(keys: KeyFileContents, passphrase: str) -> bytes:
    """Returns the bytes of `keys.json` with these keys under this passphrase and, if named, the supervisor's key."""
    document = _encrypted((keys.records,), keys.supervisor, passphrase, keys.supervisor)
    for_notes = keys.supervisor if keys.supervisor_has_notes else None
    document["notes"] = _encrypted(keys.notes, keys.supervisor, passphrase, for_notes)
    return _as_bytes(document)


def canonical(passphrase: str) -> str:
    """Returns a passphrase as it is used: composed letters (NFC), one blank between words, none around."""
    return " ".join(unicodedata.normalize("NFC", passphrase).split())


def _encrypted(
    keys: tuple[DataKey, ...], supervisor: Jwk | None, passphrase: str, recipient: Jwk | None
) -> dict[str, Any]:
    from joserfc import jwe
    from joserfc.jwk import ECKey, OctKey

    held: list[Jwk] = [key.jwk for key in keys] + ([supervisor] if supervisor else [])
    message = jwe.GeneralJSONEncryption(dict(_TYPE), json.dumps({"keys": held}).encode())
    salt = base64url(secrets.token_bytes(16))
    header = {"alg": BY_PASSPHRASE, "p2s": salt, "p2c": ITERATIONS}
    message.add_recipient(header, OctKey.import_key(canonical(passphrase).encode()))
    if recipient:
        message.add_recipient({"alg": BY_SUPERVISOR, "kid": recipient["kid"]}, ECKey.import_key(recipient))
    return dict(jwe.encrypt_json(message, None, algorithms=_ALGORITHMS))


def _by_passphrase(document: object, passphrase: str) -> tuple[tuple[DataKey, ...], Jwk | None]:
    """Returns the keys and the supervisor's public key. RFC 7518 §4.8: PBKDF2, AES key unwrap, then the content."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    recipient = _recipient(document, BY_PASSPHRASE)
    try:
        if recipient is None or not isinstance(document, Mapping):
            raise ValueError("no passphrase recipient")
        header, protected = recipient["header"], document["protected"]
        rounds = header["p2c"]
        if not (isinstance(rounds, int) and _FEWEST_ITERATIONS <= rounds <= _MOST_ITERATIONS):
            raise ValueError("no number of rounds")
        if json.loads(unpadded(protected))["enc"] != "A256GCM":
            raise ValueError("another way of sealing")
        salt = BY_PASSPHRASE.encode() + b"\0" + unpadded(header["p2s"])
        wrapped, iv = unpadded(recipient["encrypted_key"]), unpadded(document["iv"])
        data = unpadded(document["ciphertext"]) + unpadded(document["tag"])
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise Damaged(NAME, "it is no key file of this version") from None
    for spelling in _spellings(passphrase):
        wrapping = hashlib.pbkdf2_hmac("sha512", spelling, salt, rounds, 32)
        try:
            content = DataKey("", aes_key_unwrap(wrapping, wrapped))
            return _keys_in(content.cipher.decrypt(iv, data, protected.encode()))
        except InvalidUnwrap:
            continue
        except (InvalidTag, ValueError):
            raise Damaged(NAME, "it was changed after it was written") from None
    raise WrongKey("That passphrase does not open the store.", "Nothing was changed.")


def _spellings(passphrase: str) -> list[bytes]:
    """Returns the passphrase in every spelling in which an earlier version may have used it.

    That version kept the mark (BOM) that some programs put before a text, and ended the line at rarer signs too.
    """
    bare = passphrase.replace(BOM, "")
    texts = (passphrase, bare, BOM + bare, *passphrase.splitlines()[:1])
    return list(dict.fromkeys(canonical(text).encode("utf-8", "surrogatepass") for text in texts))


def _by_supervisor(document: Mapping[str, Any], private: Jwk) -> tuple[tuple[DataKey, ...], Jwk | None]:
    from joserfc import jwe
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey

    recipient = _recipient(document, BY_SUPERVISOR)
    if recipient is None:
        raise WrongKey("This store has no supervisor's key.", "`mi store recovery` sets one up, with the passphrase.")
    try:
        only: Any = {part: document[part] for part in ("protected", "iv", "ciphertext", "tag")}
        only["recipients"] = [recipient]
        plain = jwe.decrypt_json(only, ECKey.import_key(private), algorithms=_ALGORITHMS).plaintext
    except (JoseError, KeyError, TypeError, ValueError):
        raise WrongKey("That key does not open the store.", "Nothing was changed.") from None
    return _keys_in(plain or b"")


def _recipient(document: object, algorithm: str) -> dict[str, Any] | None:
    recipients = document.get("recipients") if isinstance(document, Mapping) else None
    for recipient in recipients if isinstance(recipients, list) else []:
        header = recipient.get("header") if isinstance(recipient, dict) else None
        if isinstance(header, dict) and header.get("alg") == algorithm:
            return dict(recipient)
    return None


def _keys_in(plain: bytes) -> tuple[tuple[DataKey, ...], Jwk | None]:
    """Returns the keys, at least one, and the supervisor's public key. Raises Damaged."""
    try:
        held = json.loads(plain)["keys"]
        keys = tuple(DataKey.from_jwk(key) for key in held if key["kty"] == "oct")
        if not keys:
            raise ValueError("no key")
        return keys, next((dict(other) for other in held if other["kty"] == "EC"), None)
    except (DecryptError, KeyError, TypeError, ValueError, RecursionError):
        raise Damaged(NAME, "it holds no keys") from None


def _as_bytes(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, indent=2).encode() + b"\n"
