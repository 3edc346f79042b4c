"""A store that version 0.1.0 left half protected, and how it is brought into the present shape.

Theory of operation. Version 0.1.0 converted file after file: `store.json` then said `protecting` or `unprotecting`, or
`none` beside a `keys.json`, and some files were encrypted while others were not. Nothing in such a store tells whether
that version wrote a plain file, or somebody who can write to the folder. So three rules hold:

1. A store that this computer knows as protected is not brought up: somebody else wrote that state. Every change is
   refused, and `mi store check --confirm` puts the protection back.
2. Any other one becomes protected, whichever way it was going, under the keys that it has: no word is decrypted. The
   first folder is deleted only after the second one was read back.
3. Nothing is passed on from it before somebody has looked at its consents, as after a restore.

This is the only place that reads both forms.
"""

from pathlib import Path

from mi_cli.records.event_type import EventType
from mi_cli.records.terms import Protection
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import Codec, DocumentLabel, FileLabel
from mi_cli.store.disk.door import read
from mi_cli.store.disk.progress import ProgressCallback, ignore_progress
from mi_cli.store.keys.jwe import is_encrypted
from mi_cli.store.keys.protocols import Keys
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep.convert import Converted, convert_held, second_of


def bring_up(store: JsonStore, step: ProgressCallback = ignore_progress) -> Converted | None:
    """Protect a store that is half protected; returns what could not be converted, or null if there is nothing to do.

    `store` has the keys. Raises InUse, Damaged, SaveFailed; the store is then as it was.
    """
    if store.protection in (Protection.NONE, Protection.PASSPHRASE) or store.witness.is_another_hands():
        return None
    source = store.with_keys(_HalfKeys(store.keys))
    with source.locked_for_keys():
        try:
            key_file = read(store.layout.keys, store.root)
        except OSError as error:
            raise atomic.save_failed(error) from error
        target = second_of(store)
        converted = convert_held(source, target, key_file, EventType.PROTECTED, step)
        target.witness.restored()
    return converted


class _HalfKeys:
    """The keys of a store, some files of which are not encrypted."""

    newly_opened = False
    are_being_changed = False

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    @property
    def records(self) -> Codec:
        return _HalfCodec(self._keys.records)

    @property
    def mark(self) -> str | None:
        return self._keys.mark

    @property
    def former_marks(self) -> frozenset[str]:
        return self._keys.former_marks

    def notes(self) -> Codec:
        return _HalfCodec(self._keys.notes())

    def are_present(self, root: Path) -> bool:
        return self._keys.are_present(root)

    def renewed(self, data: bytes) -> bytes:
        return self._keys.renewed(data)


class _HalfCodec:
    """Reads both forms, and writes the encrypted one."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec

    def encrypt(self, file: FileLabel, label: DocumentLabel, document: bytes) -> bytes:
        return self._codec.encrypt(file, label, document)

    def decrypt(self, file: FileLabel, data: bytes) -> bytes:
        return self._codec.decrypt(file, data) if is_encrypted(data) else data

    def make_keys(self, home: Path, client: str) -> None:
        self._codec.make_keys(home, client)
