"""A backup: one file that holds a whole store. It is made while the store is in use.

Theory of operation. The file is a ZIP without compression: any program opens it, nothing in it can expand, and the
files of a protected store stay encrypted. `backup.json`, which comes last, names each file with its size and SHA-256.

1. The codes are locked, so that no client is added, renamed or deleted. Interviews go on.
2. The files of each client are read until none of them changed between two looks: they belong to one moment.
3. The ZIP is written to a temporary file, which is read back and verified against `backup.json`.
4. The earlier backups move on by one number, and the temporary file is renamed to its place.

Whatever goes wrong, the backups that existed are whole.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mi_cli.errors import Damaged, Failed, InUse
from mi_cli.records.event_type import EventType
from mi_cli.records.names import is_id
from mi_cli.store.disk import atomic
from mi_cli.store.disk.progress import ProgressCallback
from mi_cli.store.disk.system import sync, sync_folder
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.log import LogEvent, events
from mi_cli.store.records.outside import target_outside

MANIFEST: Final = "backup.json"
SCHEMA: Final = "mi.backup/1"
_TRIES: Final = 50  # looks at a client's records: they change every few seconds, and reading takes milliseconds
_NAME: Final = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}/){0,6}[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}", re.ASCII)
_WHAT: Final = "The backup"
_HINT: Final = "Nothing was changed. An older backup may be sound."


@dataclass(frozen=True)
class Kept:
    """The size of a file in a backup, in bytes, and its SHA-256 in hex."""

    size: int
    sha256: str


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
        except (BadZipFile, OSError, EOFError, NotImplementedError) as error:
            raise _damaged("a file in it is broken") from error
        if hashlib.sha256(data).hexdigest() != kept.sha256:
            raise _damaged("a file in it is not what was put in")
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
    for number in range(1, keep):
        _require_ordinary(_numbered(target, number))
    temporary = atomic.temporary_for(target)
    try:
        try:
            for left in atomic.stale_temporaries_for(target):
                os.unlink(left)
            with store.locked_codes():  # nobody adds, renames or deletes a client meanwhile
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


def last_made(store: JsonStore) -> datetime | None:
    """Returns when the last backup was made, as the log tells; null for none. Raises Damaged."""
    made = [
        event.at for event in events(store.layout) if isinstance(event, LogEvent) and event.what == EventType.BACKED_UP
    ]
    return made[-1] if made else None


@contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """Open a backup to read from. Raises Failed where there is no file, Damaged for what is no sound backup."""
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise Failed(
            "There is no such backup file.", "Nothing was changed. Look at how the name is written."
        ) from error
    except OSError as error:
        raise _damaged(atomic.reason(error)) from error
    with file:
        try:
            archive = ZipFile(file)
        except (BadZipFile, OSError, ValueError, NotImplementedError, RecursionError) as error:
            raise _damaged("it is no backup, or not whole") from error
        with archive:
            yield _listed(archive, os.fstat(file.fileno()).st_size)


def _listed(archive: ZipFile, size: int) -> Backup:
    infos = archive.infolist()
    if any(info.compress_type != ZIP_STORED or info.flag_bits & 1 for info in infos):
        raise _damaged("something in it is compressed, which mi never does")
    if sum(info.file_size for info in infos) > size:
        raise _damaged("its list of files is not true")
    try:
        document = json.loads(archive.read(MANIFEST))
        files = {name: Kept(int(entry["size"]), str(entry["sha256"])) for name, entry in document["files"].items()}
        backup = Backup(str(document["store"]), datetime.fromisoformat(document["made_at"]), files, archive)
        if document["schema"] != SCHEMA:
            raise _damaged("a later version of mi made it")
    except (KeyError, TypeError, ValueError, AttributeError, BadZipFile, OSError, RecursionError) as error:
        raise _damaged("its list of files is missing or broken") from error
    sizes = {info.filename: info.file_size for info in infos if info.filename != MANIFEST}
    if len(sizes) != len(infos) - 1 or sizes != {name: kept.size for name, kept in files.items()}:
        raise _damaged("its list of files is not true")
    if not all(map(_belongs, files)) or len({name.casefold() for name in files}) < len(files):
        raise _damaged("it names a file that belongs in no store")
    return backup


def _belongs(name: str) -> bool:
    """Whether a path from a backup stays in the store and is one of a store's."""
    first, *rest = name.split("/")
    if not _NAME.fullmatch(name) or ".." in name or first == "locks":
        return False
    return first != "clients" or (len(rest) > 1 and is_id(rest[0]))


def _written(store: JsonStore, path: Path, step: ProgressCallback) -> int:
    with os.fdopen(atomic.open_new(path), "w+b") as file:
        kept: dict[str, Kept] = {}
        with ZipFile(file, "w", ZIP_STORED) as archive:
            folders = list(_folders(store))
            for number, folder in enumerate(folders, 1):
                for name, data in _read_unchanged(store, folder):
                    kept[name] = Kept(len(data), hashlib.sha256(data).hexdigest())
                    archive.writestr(_info(name, store.now()), data)
                step(number, 2 * len(folders))
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
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "store": store.info().id,
        "made_at": store.now().isoformat(),
        "files": {name: asdict(entry) for name, entry in kept.items()},
    }
    return json.dumps(document, indent=1).encode()


def _folders(store: JsonStore) -> Iterator[tuple[Path, bool]]:
    """Yields the folders to be copied, each as at one moment, and whether with their subfolders."""
    layout = store.layout
    for folder in (layout.clients, layout.trash):
        with suppress(FileNotFoundError):
            yield from ((folder / name, True) for name in sorted(os.listdir(folder)) if is_id(name))
    yield layout.root, False


def _read_unchanged(store: JsonStore, folder: tuple[Path, bool]) -> list[tuple[str, bytes]]:
    """Returns the files of a folder as they were at one moment. Raises InUse if they always change; Damaged."""
    root = store.layout.root
    for _ in range(_TRIES):
        before = _file_states(*folder)
        try:
            data = [(path.relative_to(root).as_posix(), atomic.read(path)) for path in before]
        except FileNotFoundError:
            continue
        except OSError as error:
            raise Damaged(store.layout.display_path(folder[0]), atomic.reason(error)) from error
        if _file_states(*folder) == before:
            return data
    raise InUse("A client's records are being changed all the time.", "Try again in a moment.")


def _file_states(folder: Path, below: bool) -> dict[Path, tuple[int, int, int]]:
    """Returns what differs of each regular file when it has been written to. Links are left out."""
    states: dict[Path, tuple[int, int, int]] = {}
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                states |= _file_states(Path(entry.path), below) if below else {}
            elif entry.is_file(follow_symlinks=False) and _NAME.fullmatch(entry.name):
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
    return path.is_file() and not path.is_symlink()


def _require_ordinary(path: Path) -> None:
    """An earlier backup would be put there. Raises Failed for a link, a pipe or the like, which that would replace."""
    if atomic.is_there(path) and not _is_ordinary(path):
        raise Failed(f"{path.name} is no ordinary file, and is not replaced.", "Name another, or move it away.")


def _damaged(why: str) -> Damaged:
    return Damaged(_WHAT, why, _HINT)
