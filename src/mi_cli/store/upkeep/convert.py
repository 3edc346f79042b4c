"""Protecting a plain store, and unprotecting a protected one, by writing a second folder of records.

Theory of operation. `store.json` says whether the store is protected and names the folder that holds the records. Both
change in one atomic write:

1. The locks for keys, clients and log are held. The second folder is made, and then nobody else may hold a lock:
   whoever takes one later sees the folder, and waits (`JsonStore.locked`).
2. Every record is read, written into the second folder in its new form, and read back. What cannot be converted is
   taken along byte for byte, and named at the end; so the command always finishes. What cannot even be read is moved
   after step 3.
3. `store.json` gets the name of the second folder, with the protection. Taking it off is remembered before that
   (`Witness.unprotected`), because a store that was protected is not written in the open.
4. The first folder is deleted.

Killed before step 3 the store is as it was, afterwards it is another: always one whole folder. The next command that
changes something deletes the other one, and so does the same command again (`disk/leftovers.py`).

Keys: protecting makes new ones, in the second folder. Unprotecting leaves them behind; but where a file did not open,
all the keys are taken along into `aside`, since a passphrase that is found later may open it.
"""

import json
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from mi_cli.errors import Damaged, Failed, MiError, SaveFailed
from mi_cli.records.event_type import EventType
from mi_cli.records.names import is_id
from mi_cli.records.reference import stamp
from mi_cli.records.terms import Protection
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import KEY_ENDING, NOT_AS_WRITTEN, Codec, DecryptError, DocumentLabel, FileLabel
from mi_cli.store.disk.door import read
from mi_cli.store.disk.layout import OWN_FOLDER, Layout, known_as
from mi_cli.store.disk.leftovers import OF_THE_RECORDS, leftovers, remove_leftovers
from mi_cli.store.disk.progress import ProgressCallback, ignore_progress
from mi_cli.store.keys.jwe import is_encrypted
from mi_cli.store.keys.key_changes import changed_meanwhile
from mi_cli.store.keys.protocols import NO_KEYS
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep import earlier_trash
from mi_cli.words.said import said
from mi_cli.words.store import store_words

_Read = TypeVar("_Read")

_ENDINGS: Final = (".json", ".draft")


@dataclass(frozen=True)
class Unconverted:
    """A file that was taken along as it is: its path among the records, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class Converted:
    """How many files were converted, and those that were not, or are damaged."""

    files: int = 0
    left: tuple[Unconverted, ...] = ()


def protect(store: JsonStore, key_file: bytes, step: ProgressCallback = ignore_progress) -> Converted:
    """Encrypt a plain store. `store` has the new keys, and `key_file` is the new `keys.json`.

    Raises InUse while any lock is held; Failed where the store is protected; Unconfirmed, Damaged, SaveFailed. The
    store is then as it was.
    """
    source = store.with_keys(NO_KEYS)
    with source.locked_for_keys():
        source.witness.refuse_another_hand()
        if source.protection is not Protection.NONE:
            raise Failed(
                said(store_words, lambda words: words.protected_already),
                said(store_words, lambda words: words.another_phrase),
            )
        return convert_held(source, second_of(store), key_file, EventType.PROTECTED, step)


def unprotect(store: JsonStore, step: ProgressCallback = ignore_progress) -> Converted:
    """Decrypt a protected store, which is then one without keys. Raises as `protect`.

    Raises Failed where the store is no longer protected, or other keys protect it by now.
    """
    with store.locked_for_keys():
        store.witness.refuse_another_hand()
        if store.protection is not Protection.PASSPHRASE or not store.keys.are_present(store.root):
            raise changed_meanwhile()
        return convert_held(store, second_of(store.with_keys(NO_KEYS)), None, EventType.UNPROTECTED, step)


def was_broken_off(catalog: Catalog) -> bool:
    """Whether a change of the protection has left something, which the next change to the store deletes."""
    return bool(leftovers(catalog.layout))


def second_of(store: JsonStore) -> JsonStore:
    """Returns the store as it will be, with these keys, in a folder that is not there yet."""
    return store.with_keys(store.keys, f"records-{stamp(store.now())}-{store.new_id()}")


def convert_held(
    source: JsonStore, target: JsonStore, key_file: bytes | None, event: EventType, step: ProgressCallback
) -> Converted:
    """Write the records of `source` anew as those of `target`, and make these the store's.

    The caller holds `locked_for_keys`. Raises InUse, Damaged, SaveFailed.
    """
    protection = Protection.NONE if key_file is None else Protection.PASSPHRASE
    info = source.info().replace(protection=protection, protection_asked=True, records=target.layout.folder)
    source.sweep()
    with suppress(Damaged):  # what cannot be brought up is taken along as it is
        earlier_trash.bring_up_held(source)
    with source.locked_log():
        try:
            atomic.make_folder(target.layout.records, target.root)
            source.refuse_other_locks()
            converted = _Conversion(source, target).run(key_file, step)
        except BaseException:
            remove_leftovers(source.layout, target.layout.folder)
            raise
        if key_file is None:
            source.witness.unprotected()
        target.save_info(target.next_revision(info))
    target.log_event(event)
    if remove_leftovers(target.layout, source.layout.folder):
        raise SaveFailed(
            said(store_words, lambda words: words.done_but_left),
            said(store_words, lambda words: words.same_again_deletes),
        )
    return converted


class _Conversion:
    """One pass over the records of a store."""

    def __init__(self, source: JsonStore, target: JsonStore) -> None:
        self.source, self.target = source, target
        self.homes = _homes(source.layout)
        self.with_keys: set[Path] = set()
        self.left: list[Unconverted] = []
        self.converted = 0
        self.keys_wanted = False

    def run(self, key_file: bytes | None, step: ProgressCallback) -> Converted:
        """Write everything into the folder of `target`. Raises SaveFailed."""
        for client in filter(is_id, _names(self.source.layout.clients) or ()):
            self._make_keys(self.target.layout.client(client), client)
        files = list(_files(self.source.layout))
        for done, path in enumerate(files, start=1):
            self._take(path)
            step(done, len(files))
        if key_file is not None:
            self.target.write_keys(key_file)
        elif self.keys_wanted:
            self._keep_keys(files)
        return Converted(self.converted, tuple(self.left))

    def _take(self, path: Path) -> None:
        """Write one file in its new form, or as it is. One that cannot be read is only named: it is moved later."""
        if _is_key(path):
            return
        try:
            data = _twice(lambda: read(path, self.source.root))
        except FileNotFoundError:
            return
        except OSError as error:  # also for a link, and anything else that is no ordinary file
            self._name(path, atomic.reason(error))
            return
        place = self.target.layout.records / path.relative_to(self.source.layout.records)
        atomic.make_folder(place.parent, self.target.root)
        atomic.write(place, self._changed(path, data), self.target.root)

    def _changed(self, path: Path, data: bytes) -> bytes:
        """Returns what is written for a file, and names it where that is what it was, or no record."""
        label = self._label(path)
        if label is None:
            if is_encrypted(data) and self.target.keys is NO_KEYS:
                self._name(path, said(store_words, lambda words: words.stays_sealed))
            return data
        if path == self.source.layout.log:
            return b"".join(self._changed_part(path, label, line) for line in data.splitlines(keepends=True))
        return self._changed_part(path, label, data)

    def _changed_part(self, path: Path, label: FileLabel, data: bytes) -> bytes:
        """Returns a document, or a line of the log, in its new form, read back."""
        try:
            document = _twice(lambda: _codec(self.source, label).decrypt(label, data))
        except (DecryptError, Damaged, OSError) as error:
            self.keys_wanted |= is_encrypted(data)
            self._name(path, error.why if isinstance(error, Damaged) else str(error))
            return data
        try:
            changed = _twice(lambda: self._read_back(label, document))
        except (DecryptError, OSError) as error:
            why = atomic.reason(error) if isinstance(error, OSError) else str(error)
            raise SaveFailed(
                said(store_words, lambda words: words.not_saved, reason=why),
                said(store_words, lambda words: words.store_as_before),
            ) from None
        if not _is_object(document):
            self._name(path, said(store_words, lambda words: words.not_json))
        self.converted += 1
        return changed

    def _read_back(self, label: FileLabel, document: bytes) -> bytes:
        """Returns a document in its new form. Raises DecryptError, OSError, SaveFailed."""
        place = label._replace(home=self.target.layout.records / label.home.relative_to(self._records))
        if label.client is not None:
            self._make_keys(place.home, label.client)
        codec = _codec(self.target, label)
        changed = codec.encrypt(place, _document_label(document), document)
        if codec.decrypt(place, changed) != document:
            raise DecryptError(said(store_words, lambda words: words.not_read_back))
        return changed

    def _make_keys(self, home: Path, client: str) -> None:
        """Create the client's folder and keys, unless they exist."""
        if home not in self.with_keys:
            atomic.make_folder(home, self.target.root)
            for codec in (self.target.layout.codec, self.target.keys.notes()):
                codec.make_keys(home, client)
            self.with_keys.add(home)

    def _keep_keys(self, files: list[Path]) -> None:
        """Take all the keys along into the quarantine: some file was not opened, and may be one day."""
        records, aside = self._records, self.target.quarantine().folder
        for path in filter(_is_key, files):
            place = aside / path.relative_to(records)
            with suppress(OSError):  # one that cannot be read opens nothing
                data = read(path, self.source.root)
                atomic.make_folder(place.parent, self.target.root)
                atomic.write(place, data, self.target.root)

    @property
    def _records(self) -> Path:
        return self.source.layout.records

    def _name(self, path: Path, why: str) -> None:
        unconverted = Unconverted(self.source.layout.display_path(path), why)
        if unconverted.what not in {known.what for known in self.left}:
            self.left.append(unconverted)

    def _label(self, path: Path) -> FileLabel | None:
        """Returns what the codec knows a record by; null for any other file.

        A record in the quarantine is its client's, and a copy of the codes is known as they are.
        """
        layout = self.source.layout
        is_record = path.name.endswith(_ENDINGS)
        match path.relative_to(self._records).parts:
            case ("clients.json" | "log.jsonl",):
                return layout.file_label(path)
            case ("aside", _, "clients.json"):
                return layout.file_label(layout.codes)
            case ("aside", _, "clients", client, *rest) if rest and is_record and client in self.homes:
                return FileLabel(self.homes[client], known_as("/".join(rest)), client)
            case ("clients", client, *rest) | ("trash", _, client, *rest) if rest and is_record and is_id(client):
                return layout.file_label(path)
            case _:
                return None


def _codec(store: JsonStore, label: FileLabel) -> Codec:
    """Raises Damaged where the notes' keys cannot be read."""
    try:
        return store.codec_of(label)
    except Damaged:
        raise
    except MiError as error:
        raise Damaged(label.file, error.message.rstrip(".")) from None


def _document_label(data: bytes) -> DocumentLabel:
    """Returns what a plain document says it is; an empty label if it says nothing."""
    try:
        document = json.loads(data)
        return DocumentLabel(str(document["schema"]), str(document["id"]), int(document["revision"]))
    except NOT_AS_WRITTEN:
        return DocumentLabel("", "")


def _is_object(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict)
    except (ValueError, RecursionError):
        return False


def _is_key(path: Path) -> bool:
    return path.name == "keys.json" or path.name.endswith(KEY_ENDING)


def _homes(layout: Layout) -> dict[str, Path]:
    """Returns the folder of every client: in its place, or in the quarantine if nowhere else."""
    above = [layout.clients, *(layout.quarantine / when / "clients" for when in _names(layout.quarantine) or ())]
    homes: dict[str, Path] = {}
    for folder in above:
        for client in filter(is_id, _names(folder) or ()):
            homes.setdefault(client, folder / client)
    return homes


def _files(layout: Layout) -> Iterator[Path]:
    """Yields what stands below the folder of the records, with a folder that cannot be listed as one thing.

    In the store's own folder these are only the records: what else somebody put there stays where it is.
    """
    own = layout.folder == OWN_FOLDER
    paths = [layout.records / name for name in (OF_THE_RECORDS if own else _names(layout.records) or ())]
    while paths:
        path = paths.pop()
        names = _names(path)
        if names is not None:
            paths += [path / name for name in names]
        else:
            yield path


def _names(folder: Path) -> list[str] | None:
    """Returns the names in a folder; null for what is none, or cannot be listed. A link counts as none."""
    with suppress(OSError):
        return _twice(lambda: sorted(os.listdir(folder)) if stat.S_ISDIR(folder.lstat().st_mode) else None)
    return None


def _twice(attempt: Callable[[], _Read]) -> _Read:
    """Returns what `attempt` does, the second time if not the first: a disk may fail once. Raises as the second."""
    with suppress(OSError, DecryptError):
        return attempt()
    return attempt()
