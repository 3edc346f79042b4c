"""A backup: one file that holds a whole store. It is made while the store is in use.

Theory of operation. The file is a ZIP without compression: any program opens it, nothing in it can expand, and the
files of a protected store stay encrypted. `backup.json`, which comes last, names each file with its size and SHA-256.

1. The lock `store` is held, so that neither the keys nor the protection change, and nothing is restored. All else goes
   on, however slow the disk is that the backup is written to: interviews begin, and consents are revoked.
2. The files of each client are read until none of them changed between two looks: they belong to one moment. The
   store's own files come last, and with them the clients who were added meanwhile: so `clients.json` names nobody who
   is not in the backup. If a client was purged meanwhile, none is made: it would keep what was to be destroyed.
3. The ZIP is written to a temporary file, which is read back and verified against `backup.json`.
4. The earlier backups move on by one number, and the temporary file is renamed to its place.

Whatever goes wrong, the backups that existed are whole. A store on a read-only disk is copied without a lock, since
nobody can write to it, and without a line in its log.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from mi_cli.errors import Damaged, Failed, InUse
from mi_cli.records.event_type import EventType
from mi_cli.records.names import is_id
from mi_cli.store.disk import atomic
from mi_cli.store.disk.door import LARGEST_LOG, open_ordinary, read
from mi_cli.store.disk.layout import OWN_FOLDER, spelled
from mi_cli.store.disk.progress import ProgressCallback
from mi_cli.store.disk.system import sync, sync_folder
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.outside import target_outside
from mi_cli.words.said import said
from mi_cli.words.store import store_words

MANIFEST: Final = "backup.json"
SCHEMA: Final = "mi.backup/1"
_TRIES: Final = 50  # looks at a client's records: they change every few seconds, and reading takes milliseconds
_NAME: Final = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}/){0,6}[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}", re.ASCII)
# What zipfile and the list's model raise where bytes are not as they were zipped, wherever the file is cut or changed.
_NOT_AS_ZIPPED: Final = (BadZipFile, OSError, EOFError, LookupError, ValueError, RuntimeError, OverflowError)

_Files = list[tuple[str, bytes]]  # path in the store, and content


class Kept(BaseModel):
    """The size of a file in a backup, in bytes, and its SHA-256 in hex."""

    model_config = ConfigDict(frozen=True, strict=True)

    size: int = Field(ge=0, le=LARGEST_LOG)
    sha256: str


class Manifest(BaseModel):
    """What `backup.json` says: which store it is, when the backup was made, and which files are in it."""

    model_config = ConfigDict(frozen=True, strict=True, populate_by_name=True)

    schema_: str = Field(alias="schema")
    store: str
    made_at: AwareDatetime
    files: dict[str, Kept]


@dataclass(frozen=True)
class Backup:
    """A backup, open for reading, whose list of files is sound. `store` is the id of the store in it."""

    store: str
    made_at: datetime
    files: Mapping[str, Kept]
    _archive: ZipFile

    def read(self, name: str) -> bytes:
        """Returns a file of the store, by its path there. Raises Damaged when it is not what was put in."""
        kept = self.files[name]
        try:
            with self._archive.open(name) as file:
                data = file.read(kept.size + 1)
        except _NOT_AS_ZIPPED as error:
            raise _damaged(said(store_words, lambda words: words.file_in_it_broken)) from error
        if hashlib.sha256(data).hexdigest() != kept.sha256:
            raise _damaged(said(store_words, lambda words: words.file_in_it_changed))
        return data

    def verify(self, step: ProgressCallback) -> None:
        """Read every file. Raises Damaged."""
        for number, name in enumerate(self.files, 1):
            self.read(name)
            step(number, len(self.files))


def make_backup(store: JsonStore, target: Path, keep: int, step: ProgressCallback) -> int:
    """Write the whole store into the file `target`, and read it back; returns how many files it holds.

    The records of each client are as they all stood at one moment, also while an interview is running. A file that is
    there becomes `target.1`, that one `target.2`, as long as there are no more than `keep` of them; the oldest goes.
    Raises WrongUsage for a target within the store; Failed for what is no ordinary file, and where nothing can be
    written; Damaged, InUse, SaveFailed. Whatever happens, the backups there were are whole.
    """
    target = target_outside(store.layout.root, target)
    temporary = atomic.temporary_for(target)
    try:
        for number in range(1, keep):
            _require_ordinary(_numbered(target, number))
        if store_id := store.witness.store_id:
            store.witness.memory.note_backup(store_id, target.absolute())
        try:
            for left in atomic.stale_temporaries_for(target):
                os.unlink(left)
            with store.locked_where_writable("store"):
                files = _written(store, temporary, step)
            with open_backup(temporary) as backup:
                backup.verify(lambda done, of: step(of + done, 2 * of))
            _rotate(target, keep)
            os.replace(temporary, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        sync_folder(target.parent)
    except OSError as error:
        raise atomic.save_failed(error) from error
    store.log_event(EventType.BACKED_UP)
    return files


def unfinished(store: JsonStore) -> Iterator[Path]:
    """Yields the hidden copies that backups left which were killed, as far as this computer knows of them."""
    for target in store.witness.memory.backups(store.witness.store_id or ""):
        with suppress(OSError):
            yield from sorted(atomic.stale_temporaries_for(target))


def last_made(store: JsonStore) -> datetime | None:
    """Returns when the last backup was made, as the log tells; null for none. Raises Damaged."""
    made = [event.at for event in store.log.told(EventType.BACKED_UP)]
    return made[-1] if made else None


@contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """Open a backup to read from. Raises Failed where there is no file, Damaged for what is no sound backup."""
    try:
        file = os.fdopen(open_ordinary(path, os.O_RDONLY), "rb")
    except FileNotFoundError as error:
        raise Failed(
            said(store_words, lambda words: words.no_such_backup),
            said(store_words, lambda words: words.look_how_written),
        ) from error
    except OSError as error:
        raise _damaged(atomic.reason(error)) from error
    with file:
        try:
            archive = ZipFile(file)
        except _NOT_AS_ZIPPED as error:
            raise _damaged(said(store_words, lambda words: words.no_backup)) from error
        with archive:
            yield _listed(archive, os.fstat(file.fileno()).st_size)


def _listed(archive: ZipFile, size: int) -> Backup:
    infos = archive.infolist()
    if any(info.compress_type != ZIP_STORED or info.flag_bits & 1 for info in infos):
        raise _damaged(said(store_words, lambda words: words.something_compressed))
    if sum(info.file_size for info in infos) > size:
        raise _damaged(said(store_words, lambda words: words.its_list_untrue))
    try:
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except _NOT_AS_ZIPPED as error:
        raise _damaged(said(store_words, lambda words: words.its_list_broken)) from error
    if manifest.schema_ != SCHEMA:
        raise _damaged(said(store_words, lambda words: words.later_version_made_it))
    files = manifest.files
    sizes = {info.filename: info.file_size for info in infos if info.filename != MANIFEST}
    if len(sizes) != len(infos) - 1 or sizes != {name: kept.size for name, kept in files.items()}:
        raise _damaged(said(store_words, lambda words: words.its_list_untrue))
    if not all(map(_belongs, files)) or len({name.casefold() for name in files}) < len(files):
        raise _damaged(said(store_words, lambda words: words.names_foreign_file))
    return Backup(manifest.store, manifest.made_at, files, archive)


def _belongs(name: str) -> bool:
    """Whether a path from a backup stays in the store and is one of a store's.

    On a disk that takes upper and lower case for the same, `KEYS.json` would be the store's own `keys.json`, though no
    rule about that file would apply to it. So no name may be another one's in all but case.
    """
    first, *rest = name.split("/")
    if not _NAME.fullmatch(name) or ".." in name or first == "locks" or first.casefold().startswith("records-"):
        return False
    if any(part != spelled(part) for part in (first, *rest)):
        return False
    return first != "clients" or (len(rest) > 1 and is_id(rest[0]))


def _written(store: JsonStore, path: Path, step: ProgressCallback) -> int:
    with os.fdopen(atomic.open_new(path), "w+b") as file:
        kept: dict[str, Kept] = {}
        taken = {MANIFEST}
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for files in _consistent(store, step):
                for name, data in files:
                    if not _belongs(name) or name.casefold() in taken:
                        continue  # somebody put it there: with it the backup would be refused
                    taken.add(name.casefold())
                    kept[name] = Kept(size=len(data), sha256=hashlib.sha256(data).hexdigest())
                    archive.writestr(_info(name, store.now()), data)
            archive.writestr(_info(MANIFEST, store.now()), _manifest(store, kept))
        _flushed(file)
    return len(kept)


def _flushed(file: IO[bytes]) -> None:
    file.flush()
    sync(file.fileno())


def _info(name: str, now: datetime) -> ZipInfo:
    info = ZipInfo(name, now.timetuple()[:6])
    info.external_attr = 0o600 << 16
    return info


def _manifest(store: JsonStore, kept: Mapping[str, Kept]) -> bytes:
    manifest = Manifest(schema_=SCHEMA, store=store.info().id, made_at=store.now(), files=dict(kept))
    return manifest.model_dump_json(by_alias=True, indent=1).encode()


def _consistent(store: JsonStore, step: ProgressCallback) -> Iterator[_Files]:
    """Yields the files of each folder as at one moment, the store's own last. Raises InUse, Damaged."""
    copied: set[Path] = set()
    for _ in range(_TRIES):
        folders = _folders(store)
        for folder in (folder for folder in folders if folder not in copied):
            yield _read_unchanged(store, folder)
            copied.add(folder)
            step(len(copied), 2 * len(folders))
        own = _read_unchanged(store, store.layout.records, below=False)
        present = set(_folders(store))
        if copied - present:
            raise InUse(
                said(store_words, lambda words: words.purged_meanwhile),
                said(store_words, lambda words: words.try_again),
            )
        if copied == present:
            yield own
            return
    raise _always_changed()


def _folders(store: JsonStore) -> list[Path]:
    """Returns the folders that are copied with all that is in them, each as at one moment. Raises Damaged."""
    layout = store.layout
    return [
        folder / name for folder in (layout.clients, layout.trash) for name in layout.list_names(folder) if is_id(name)
    ]


def _read_unchanged(store: JsonStore, folder: Path, *, below: bool = True) -> _Files:
    """Returns the files of a folder as they were at one moment. Raises InUse if they always change; Damaged."""
    root = store.layout.records
    for _ in range(_TRIES):
        before = _file_states(folder, below)
        try:
            data = [(path.relative_to(root).as_posix(), read(path, store.root)) for path in before]
        except FileNotFoundError:
            continue
        except OSError as error:
            raise Damaged(store.layout.display_path(folder), atomic.reason(error)) from error
        if _file_states(folder, below) == before:
            return data if below else [*_of_own_folder(store), *data]
    raise _always_changed()


def _always_changed() -> InUse:
    return InUse(
        said(store_words, lambda words: words.changing_all_the_time),
        said(store_words, lambda words: words.try_in_a_moment),
    )


def _of_own_folder(store: JsonStore) -> Iterator[tuple[str, bytes]]:
    """Yields `store.json` where it is not beside the records: as it is in a store that is restored, where it is again.

    It has the next revision there, since the log tells of the present one.
    """
    if store.layout.folder != OWN_FOLDER:
        yield store.layout.info.name, store.next_revision(store.info().replace(records=OWN_FOLDER)).to_bytes()


def _file_states(folder: Path, below: bool) -> dict[Path, tuple[int, int, int]]:
    """Returns what differs of each regular file when it has been written to.

    Links are left out, and names that no backup may hold.
    """
    states: dict[Path, tuple[int, int, int]] = {}
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if not _NAME.fullmatch(entry.name) or spelled(entry.name) != entry.name:
                continue
            if entry.is_dir(follow_symlinks=False):
                states |= _file_states(Path(entry.path), below) if below else {}
            elif entry.is_file(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                states[Path(entry.path)] = (status.st_ino, status.st_mtime_ns, status.st_size)
    return states


def _rotate(target: Path, keep: int) -> None:
    """Make room at `target`: from the oldest on, each goes one further, and what is beyond `keep` is taken away."""
    for number in range(keep - 1, 0, -1):
        with suppress(FileNotFoundError):
            os.replace(_numbered(target, number - 1), _numbered(target, number))
    beyond = max(keep, 1)
    while keep > 1 and _is_ordinary(_numbered(target, beyond)):
        os.unlink(_numbered(target, beyond))
        beyond += 1


def _numbered(target: Path, number: int) -> Path:
    return target.with_name(f"{target.name}.{number}") if number else target


def _is_ordinary(path: Path) -> bool:
    return not path.is_symlink() and path.is_file()  # in this order: a link may lead where nobody may look


def _require_ordinary(path: Path) -> None:
    """An earlier backup would be put there. Raises Failed for a link, a pipe or the like, which that would replace."""
    if atomic.is_there(path) and not _is_ordinary(path):
        raise Failed(
            said(store_words, lambda words: words.not_replaced, name=path.name),
            said(store_words, lambda words: words.name_another_or_move),
        )


def _damaged(why: str) -> Damaged:
    return Damaged(
        said(store_words, lambda words: words.the_backup),
        why,
        said(store_words, lambda words: words.older_backup_may_be_sound),
    )
