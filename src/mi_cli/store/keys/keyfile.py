"""`keys.json`: the store's keys, under the passphrase and, if there is one, under the supervisor's key.

Theory of operation. The file is a general-JSON JWE (RFC 7516 §7.2.1) with up to two recipients, each of whom can open
it alone: the passphrase (PBES2-HS512+A256KW) and the supervisor (ECDH-ES+A256KW on P-256). It has three parts:

- the JWE itself: a JWK Set with the store's key for records, and the supervisor's public key. So a new passphrase can
  be set without the supervisor, and nobody can put another public key in without the passphrase.
- the member `notes`: a second JWE of the same kind with the store's keys for notes, the present one first. The
  supervisor is a recipient of it only if the counselor said so.
  Whether it is one is read from inside of that part, never from the list of recipients, which anybody can write to.
- the member `former_notes`: after a recovery by a supervisor who cannot open the notes, what only the lost passphrase
  opens. It stays until that passphrase is found.

The first key of a JWK Set is the present one. Those after it still open files: of notes from before a recovery, or of a
change of the keys that was broken off. The member `retired` of a JWK Set has keys that open nothing in the store any
more; an earlier backup needs them, and nothing else is decrypted with them. The member `store` is the store's id: a key
file that was put there from another store is refused.

Each part says in its protected header, `for`, what it is for, and is refused in the place of the other one. A file of
0.1.0 says neither: there the notes' keys must be others than the key for records, and a recipient that was copied from
the records' part is none. The next change to the file writes both; and in the part for records a mark of the notes'
key, so that a part which somebody else made for the public key of the supervisor is not taken for ours.

What the store's keys open is told in `jwe.py`; how the file is changed, in `key_changes.py`.

joserfc writes the file. It is read, many times a day, with `cryptography`: joserfc would add 40 ms to every command.
"""

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from mi_cli.errors import Damaged, MiError
from mi_cli.records.utf8 import BOM
from mi_cli.store.disk.atomic import reason
from mi_cli.store.disk.codec import NOT_AS_WRITTEN, base64url, unpadded
from mi_cli.store.disk.door import read
from mi_cli.store.disk.layout import Layout
from mi_cli.store.keys.jwe import DISCLOSURES, NOTES, RECORDS, DataKey, JweCodec, is_encrypted, rewrapped
from mi_cli.words.said import said
from mi_cli.words.store import store_words

NAME: Final = "keys.json"
ITERATIONS: Final = 299_999  # joserfc reads up to 300,000; jwcrypto any number, once told to (SECURITY.md)
_FEWEST_ITERATIONS: Final = 1000  # RFC 7518 §4.8.1.2
_MOST_ITERATIONS: Final = 1_000_000  # more is no file of ours, and would delay the start
PASSPHRASE_TRIES: Final = 3  # at the terminal, before a command gives up
BY_PASSPHRASE: Final = "PBES2-HS512+A256KW"  # noqa: S105  # the name of an algorithm, no secret
BY_SUPERVISOR: Final = "ECDH-ES+A256KW"
_ALGORITHMS: Final = [BY_PASSPHRASE, BY_SUPERVISOR, "A256GCM"]
_FORMER: Final = "former_notes"
_PURPOSE: Final = "for"  # in the protected header of each part
_FOR_SUPERVISOR: Final = "for_supervisor"  # inside of each part: whether the supervisor is a recipient of it
_NOTES_MARK: Final = "notes_mark"  # inside of the part for records: which key for notes belongs to it

_TYPE: Final = {"typ": "JOSE+JSON", "cty": "jwk-set+json", "enc": "A256GCM"}

Jwk = dict[str, Any]


@dataclass(frozen=True)
class WrappingKeys:
    """What a passphrase becomes by the rounds of PBKDF2, for each part of one key file.

    It opens that file at once. A file that was written anew has another salt, and is not opened by it.
    """

    records: bytes = field(repr=False)
    notes: bytes = field(repr=False)


Secret = str | WrappingKeys  # what opens the file: a passphrase, or what was derived from it


class WrongKey(MiError):
    """The passphrase, or the supervisor's key, does not open the store."""

    exit_code = 4


@dataclass(frozen=True)
class KeyFileContents:
    """What `keys.json` holds, as far as it was opened: `notes` is empty for a supervisor who may not have them.

    Of the notes' keys the first is the present one; the others are of times before a recovery. `former_records` are the
    keys from before a change that was broken off. `retired` keys open earlier backups. `supervisor` is the supervisor's
    public key, and `supervisor_has_notes` whether it opens the notes too.
    """

    records: DataKey = field(repr=False)
    notes: tuple[DataKey, ...] = field(repr=False)
    supervisor: Jwk | None = None
    supervisor_has_notes: bool = False
    former_records: tuple[DataKey, ...] = field(default=(), repr=False)
    retired_records: tuple[DataKey, ...] = field(default=(), repr=False)
    retired_notes: tuple[DataKey, ...] = field(default=(), repr=False)

    def store_keys(self) -> "StoreKeys":
        """Returns these keys for work in the store."""
        return StoreKeys(self.records, lambda: self.notes, former=self.former_records)

    def with_new_keys(self) -> "KeyFileContents":
        """Returns new keys, with these as the former ones, which still open the files."""
        return replace(
            self,
            records=DataKey.generate(),
            former_records=(self.records, *self.former_records),
            notes=(DataKey.generate(), *self.notes),
        )

    def with_former_retired(self) -> "KeyFileContents":
        """Returns these keys, of which the present ones alone open files from now on."""
        return replace(
            self,
            former_records=(),
            retired_records=_once((*self.former_records, *self.retired_records)),
            notes=self.notes[:1],
            retired_notes=_once((*self.notes[1:], *self.retired_notes)),
        )


class StoreKeys:
    """The keys of an opened store. `notes` fetches the notes' keys; it is called when they are first needed.

    `former` are keys for records from before a change that was broken off. `file` is the key file that the keys are
    from, and `retired` fetches what opens earlier backups: the keys for records, and those for notes. `newly_opened` is
    false where the store was unlocked for a while, which the log has told of.
    """

    def __init__(
        self,
        records: DataKey,
        notes: Callable[[], tuple[DataKey, ...]],
        *,
        former: tuple[DataKey, ...] = (),
        retired: Callable[[], "KeyFileContents | None"] = lambda: None,
        file: "KeyFile | None" = None,
        newly_opened: bool = True,
    ) -> None:
        self.records = JweCodec((records, *former), (RECORDS, DISCLOSURES))
        self.newly_opened = newly_opened
        self.are_being_changed = bool(former)
        self.mark: str | None = records.mark
        self.former_marks = frozenset(key.mark for key in former)
        self._fetch = notes
        self._notes: JweCodec | None = None
        self._file = file
        self._retired = retired

    def notes(self) -> JweCodec:
        """Returns the codec of the notes. Raises Damaged, WrongKey."""
        if self._notes is None:
            self._notes = JweCodec(self._fetch(), (NOTES,))
        return self._notes

    def are_present(self, root: Path) -> bool:
        """Whether the key file still is the one that these keys are from, as far as it can be read."""
        if self._file is None:
            return True
        try:
            return KeyFile.read(root).tag == self._file.tag
        except Damaged:
            return True

    def renewed(self, data: bytes) -> bytes:
        """Returns a document of an earlier backup under the store's present key; any other one as it is.

        Raises Damaged, WrongKey, DecryptError.
        """
        keys = self._retired() if is_encrypted(data) else None
        if keys is None:
            return data
        renewed = rewrapped(data, keys.retired_records, keys.records)
        if renewed is None and keys.notes:
            renewed = rewrapped(data, keys.retired_notes, keys.notes[0])
        return data if renewed is None else renewed


@dataclass(frozen=True)
class KeyFile:
    """`keys.json` as it was read. `store` is the id of the store it was read in; null where that is unknown."""

    document: Mapping[str, Any]
    store: str | None = None

    @classmethod
    def read(cls, root: Path) -> "KeyFile":
        """Raises Damaged, also when it is gone."""
        try:
            document = json.loads(read(Layout(root).keys, root))
        except FileNotFoundError:
            raise Damaged(NAME, said(store_words, lambda words: words.keys_gone)) from None
        except OSError as error:
            raise Damaged(NAME, reason(error)) from error
        except (ValueError, RecursionError):
            raise Damaged(NAME, said(store_words, lambda words: words.not_json)) from None
        if not isinstance(document, dict):
            raise Damaged(NAME, said(store_words, lambda words: words.no_key_file))
        return cls(document, _store_id(root))

    @property
    def tag(self) -> object:
        """The cipher's tag, which is another one each time the file is written."""
        return self.document.get("tag")

    def unlocked(self, secret: Secret) -> StoreKeys:
        """The keys for work in the store. Raises WrongKey, Damaged."""
        records = self._checked(_by_passphrase(self.document, secret, RECORDS))
        return StoreKeys(
            records.keys[0],
            lambda: self._notes(records, secret).keys,
            former=records.keys[1:],
            retired=lambda: self.opened(secret),
            file=self,
            newly_opened=isinstance(secret, str),
        )

    def wrapping_keys(self, passphrase: str) -> WrappingKeys:
        """Returns what opens this file, until it is written anew, without the passphrase. Raises WrongKey, Damaged."""
        return WrappingKeys(
            _wrapping_key_and_part(self.document, passphrase, RECORDS)[0],
            _wrapping_key_and_part(self.document.get("notes"), passphrase, NOTES)[0],
        )

    def is_opened_by(self, passphrase: str) -> bool:
        """Whether this passphrase opens the file. Raises Damaged."""
        try:
            self._checked(_by_passphrase(self.document, passphrase, RECORDS))
        except WrongKey:
            return False
        return True

    def opened(self, secret: Secret) -> KeyFileContents:
        """Returns all keys, so that the file can be written anew. Raises WrongKey, Damaged."""
        records = self._checked(_by_passphrase(self.document, secret, RECORDS))
        notes = self._notes(records, secret)
        opens = self.supervisor_has_notes if notes.for_supervisor is None else notes.for_supervisor
        return _contents(records, notes, supervisor_has_notes=opens)

    def _notes(self, records: "_Part", secret: Secret) -> "_Part":
        """Returns the part with the notes' keys. Raises Damaged where another part is in its place."""
        notes = self.document.get("notes")
        if _purpose(self.document) is not None and _purpose(notes) is None:
            raise Damaged(NAME, said(store_words, lambda words: words.parts_exchanged))
        return _apart(records, self._checked(_by_passphrase(notes, secret, NOTES)))

    def opened_by_supervisor(self, private: Jwk) -> KeyFileContents:
        """Returns what the supervisor's private key opens; `notes` may be empty. Raises WrongKey, Damaged.

        A part for the notes that the key does not open, or that belongs to other keys, may have been put in by anybody,
        and counts as none.
        """
        records = self._checked(_by_supervisor(self.document, private, RECORDS))
        notes = _NOTHING
        if self.supervisor_has_notes:
            with suppress(WrongKey, Damaged):
                notes = _apart(records, self._checked(_by_supervisor(self.document["notes"], private, NOTES)))
        return _contents(records, notes, supervisor_has_notes=bool(notes.keys))

    def _checked(self, part: "_Part") -> "_Part":
        """Returns a part. Raises Damaged for one of another store's key file."""
        if self.store is not None and part.store not in (None, self.store):
            raise Damaged(NAME, said(store_words, lambda words: words.other_key_file))
        return part

    def former_notes_keys(self, former_passphrase: str) -> tuple[tuple[DataKey, ...], "KeyFile"]:
        """Returns the notes' keys of before a recovery, and the key file without the part that held them.

        `former_passphrase` is the passphrase of that time. Raises WrongKey, Damaged.
        """
        for document in self._former:
            with suppress(WrongKey):
                keys = self._checked(_by_passphrase(document, former_passphrase, NOTES)).keys
                others = [other for other in self._former if other is not document]
                return keys, replace(self, document={**self.document, _FORMER: others})
        raise WrongKey(
            said(store_words, lambda words: words.opens_no_former_notes),
            said(store_words, lambda words: words.nothing_changed),
        )

    def with_lost_notes(self) -> "KeyFile":
        """Returns the file with the notes' part moved to `former_notes`, in case the lost passphrase is found."""
        return replace(self, document={**self.document, _FORMER: [*self._former, self.document.get("notes")]})

    def rewritten(self, keys: KeyFileContents, passphrase: str) -> bytes:
        """Returns the bytes of the file with these keys under this passphrase; `former_notes` stays."""
        document = json.loads(key_file_bytes(keys, passphrase, self.store))
        return _as_bytes({**document, _FORMER: self._former} if self._former else document)

    def as_bytes(self) -> bytes:
        """Returns the bytes of the file as it was read."""
        return _as_bytes(self.document)

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
        """Whether it seems to open the notes too: by the list of recipients, which nothing authenticates."""
        recipient, of_records = (
            _recipient(part, BY_SUPERVISOR) for part in (self.document.get("notes"), self.document)
        )
        copied = recipient and of_records and recipient.get("encrypted_key") == of_records.get("encrypted_key")
        return recipient is not None and not copied


def new_keys() -> KeyFileContents:
    """Returns the keys of a new store."""
    return KeyFileContents(DataKey.generate(), (DataKey.generate(),))


def key_file_bytes(keys: KeyFileContents, passphrase: str, store: str | None = None) -> bytes:
    """Returns the bytes of `keys.json` with these keys under this passphrase and, if named, the supervisor's key.

    `store` is the id of the store that the file is for.
    """
    mark = keys.notes[0].mark if keys.notes else None
    records = _Part((keys.records, *keys.former_records), keys.supervisor, keys.retired_records, store, notes_mark=mark)
    document = _encrypted(RECORDS, records, passphrase, keys.supervisor)
    for_notes = keys.supervisor if keys.supervisor_has_notes else None
    notes = _Part(keys.notes, keys.supervisor, keys.retired_notes, store)
    document["notes"] = _encrypted(NOTES, notes, passphrase, for_notes)
    return _as_bytes(document)


def canonical(passphrase: str) -> str:
    """Returns a passphrase as it is used: composed letters (NFC), one blank between words, none around."""
    return " ".join(unicodedata.normalize("NFC", passphrase).split())


class _Part(NamedTuple):
    """What one of the two JWEs holds: a JWK Set with three members of our own.

    `for_supervisor` is null where the part does not say: in a file of 0.1.0. `notes_mark` is the mark of the notes' key
    that belongs to these keys for records; null in the notes' part, and in an older file.
    """

    keys: tuple[DataKey, ...]
    supervisor: Jwk | None = None
    retired: tuple[DataKey, ...] = ()
    store: str | None = None
    for_supervisor: bool | None = None
    notes_mark: str | None = None

    def plain(self, *, for_supervisor: bool) -> bytes:
        """The part before it is encrypted."""
        keys: list[Jwk] = [key.jwk for key in self.keys] + ([self.supervisor] if self.supervisor else [])
        document: dict[str, Any] = {"keys": keys, _FOR_SUPERVISOR: for_supervisor}
        if self.retired:
            document["retired"] = [key.jwk for key in self.retired]
        if self.store is not None:
            document["store"] = self.store
        if self.notes_mark is not None:
            document[_NOTES_MARK] = self.notes_mark
        return json.dumps(document).encode()


_NOTHING: Final = _Part(())


def _contents(records: _Part, notes: _Part, *, supervisor_has_notes: bool) -> KeyFileContents:
    return KeyFileContents(
        records.keys[0],
        notes.keys,
        records.supervisor,
        supervisor_has_notes,
        former_records=records.keys[1:],
        retired_records=records.retired,
        retired_notes=notes.retired,
    )


def _apart(records: _Part, notes: _Part) -> _Part:
    """Returns the part with the notes' keys. Raises Damaged if it is not the one that belongs to those for records."""
    if records.notes_mark not in (None, notes.keys[0].mark):
        raise Damaged(NAME, said(store_words, lambda words: words.parts_exchanged))
    if {key.secret for key in notes.keys} & {key.secret for key in (*records.keys, *records.retired)}:
        raise Damaged(NAME, said(store_words, lambda words: words.parts_exchanged))
    return notes


def _once(keys: tuple[DataKey, ...]) -> tuple[DataKey, ...]:
    return tuple({key.kid: key for key in keys}.values())


def _store_id(root: Path) -> str | None:
    """Returns the id of the store in that folder; null where there is none yet, or `store.json` is damaged."""
    layout = Layout(root)
    try:
        return str(layout.read_json(layout.info)["id"])
    except (Damaged, FileNotFoundError, KeyError):
        return None


def _encrypted(purpose: str, part: _Part, passphrase: str, recipient: Jwk | None) -> dict[str, Any]:
    from joserfc import jwe
    from joserfc.jwk import ECKey, OctKey

    plain = part.plain(for_supervisor=recipient is not None)
    message = jwe.GeneralJSONEncryption({**_TYPE, _PURPOSE: purpose}, plain)
    salt = base64url(secrets.token_bytes(16))
    header = {"alg": BY_PASSPHRASE, "p2s": salt, "p2c": ITERATIONS}
    message.add_recipient(header, OctKey.import_key(canonical(passphrase).encode()))
    if recipient:
        message.add_recipient({"alg": BY_SUPERVISOR, "kid": recipient["kid"]}, ECKey.import_key(recipient))
    registry = jwe.JWERegistry(algorithms=_ALGORITHMS, strict_check_header=False)
    return dict(jwe.encrypt_json(message, None, registry=registry))


def _purpose(document: object) -> object:
    """Returns what a part says that it is for; null where it does not say, or is no part."""
    try:
        return json.loads(unpadded(document["protected"])).get(_PURPOSE)  # type: ignore[index]
    except NOT_AS_WRITTEN:
        return None


def _require_purpose(document: object, purpose: str) -> None:
    if _purpose(document) not in (None, purpose):
        raise Damaged(NAME, said(store_words, lambda words: words.parts_exchanged))


def _by_passphrase(document: object, secret: Secret, purpose: str) -> _Part:
    """Returns what a part holds. Raises WrongKey, Damaged."""
    return _wrapping_key_and_part(document, secret, purpose)[1]


def _wrapping_key_and_part(document: object, secret: Secret, purpose: str) -> tuple[bytes, _Part]:
    """Returns what wraps the key of a part, and what it holds. RFC 7518 §4.8: PBKDF2, AES key unwrap, the content.

    Raises WrongKey, Damaged.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    _require_purpose(document, purpose)
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
    except NOT_AS_WRITTEN:
        raise Damaged(NAME, said(store_words, lambda words: words.unknown_key_file)) from None
    for wrapping in _candidates(secret, purpose, salt, rounds):
        try:
            content = DataKey("", aes_key_unwrap(wrapping, wrapped))
            return wrapping, _keys_in(content.cipher.decrypt(iv, data, protected.encode()))
        except InvalidUnwrap:
            continue
        except (InvalidTag, ValueError):
            raise Damaged(NAME, said(store_words, lambda words: words.changed_after_written)) from None
    raise WrongKey(
        said(store_words, lambda words: words.wrong_phrase), said(store_words, lambda words: words.nothing_changed)
    )


def _candidates(secret: Secret, purpose: str, salt: bytes, rounds: int) -> Iterator[bytes]:
    if isinstance(secret, WrappingKeys):
        yield secret.notes if purpose == NOTES else secret.records
        return
    for spelling in _spellings(secret):
        yield hashlib.pbkdf2_hmac("sha512", spelling, salt, rounds, 32)


def _spellings(passphrase: str) -> list[bytes]:
    """Returns the passphrase in every spelling in which an earlier version may have used it.

    That version kept the mark (BOM) that some programs put before a text, and ended the line at rarer signs too.
    """
    bare = passphrase.replace(BOM, "")
    texts = (passphrase, bare, BOM + bare, *passphrase.splitlines()[:1])
    return list(dict.fromkeys(canonical(text).encode("utf-8", "surrogatepass") for text in texts))


def _by_supervisor(document: Mapping[str, Any], private: Jwk, purpose: str) -> _Part:
    from joserfc import jwe
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey

    _require_purpose(document, purpose)
    recipient = _recipient(document, BY_SUPERVISOR)
    if recipient is None:
        raise WrongKey(
            said(store_words, lambda words: words.no_supervisor_key),
            said(store_words, lambda words: words.recovery_sets_one_up),
        )
    try:
        only: Any = {part: document[part] for part in ("protected", "iv", "ciphertext", "tag")}
        only["recipients"] = [recipient]
        registry = jwe.JWERegistry(algorithms=_ALGORITHMS, strict_check_header=False)
        plain = jwe.decrypt_json(only, ECKey.import_key(private), registry=registry).plaintext
    except (JoseError, *NOT_AS_WRITTEN):
        raise WrongKey(
            said(store_words, lambda words: words.wrong_key), said(store_words, lambda words: words.nothing_changed)
        ) from None
    return _keys_in(plain or b"")


def _recipient(document: object, algorithm: str) -> dict[str, Any] | None:
    recipients = document.get("recipients") if isinstance(document, Mapping) else None
    for recipient in recipients if isinstance(recipients, list) else []:
        header = recipient.get("header") if isinstance(recipient, dict) else None
        if isinstance(header, dict) and header.get("alg") == algorithm:
            return dict(recipient)
    return None


def _keys_in(plain: bytes) -> _Part:
    """Returns what a decrypted part holds: at least one key. Raises Damaged."""
    try:
        document = json.loads(plain)
        held, opens = document["keys"], document.get(_FOR_SUPERVISOR)
        keys = tuple(DataKey.from_jwk(key) for key in held if key["kty"] == "oct")
        if not keys:
            raise ValueError("no key")
        retired = tuple(DataKey.from_jwk(key) for key in document.get("retired", ()))
        supervisor = next((dict(other) for other in held if other["kty"] == "EC"), None)
        store = document.get("store")
        for_supervisor = None if opens is None else opens is True
        mark = document.get(_NOTES_MARK)
        return _Part(
            keys,
            supervisor,
            retired,
            None if store is None else str(store),
            for_supervisor,
            None if mark is None else str(mark),
        )
    except NOT_AS_WRITTEN:
        raise Damaged(NAME, said(store_words, lambda words: words.holds_no_keys)) from None


def _as_bytes(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, indent=2).encode() + b"\n"
