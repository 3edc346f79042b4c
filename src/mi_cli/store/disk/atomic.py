"""One file, written whole or not at all.

Theory of operation. `write` goes through four steps, and a crash may come between any two of them:

1. A temporary file beside the target is created and gets the data. Its name, `.<start of the name>.<16 hex
   digits>.<process id>.tmp`, cannot be foreseen, and tells which process wrote it.
2. fsync: the data is on the disk.
3. rename: the target is the old file before this call and the new one after it, and never anything else.
4. fsync of the folder: the new name is on the disk.

So two rules hold. A reader finds the old file or the new one, whole. And after an error the old file is intact, unless
step 4 failed: then the new file is in place and may be lost in a power cut; the caller writes again. The temporary file
of a process that died is found by its name (`is_stale`) and removed (`temporaries.py`).

The model is restic's local backend. In our tests a rename without fsync left a file of zero bytes after a power cut on
XFS and btrfs (`tests/faults/test_power_cut.py`).
"""

import errno
import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from mi_cli.errors import Failed, SaveFailed
from mi_cli.store.disk.door import refuse_links
from mi_cli.store.disk.system import has_ended, is_link, open_file, sync, sync_folder
from mi_cli.words.disk import disk_words
from mi_cli.words.said import said

TEMPORARY: Final = ".tmp"
_LONGEST_START: Final = 100  # bytes of a name that its temporary file repeats, so that no temporary name gets too long

# Loaded with this module: an import may fail at the very moment when a reason is asked for.
_REASONS: Final = disk_words("en").reasons


def reason(error: OSError) -> str:
    """Returns why a call to the system failed, as part of a sentence."""
    if error.errno is None:
        return said(disk_words, lambda words: words.system_refused)
    number = error.errno
    if number not in _REASONS:
        return os.strerror(number).lower()
    return said(disk_words, lambda words: words.reasons[number])


def resolve_target(path: Path) -> Path:
    """Returns where a file that a person named is to be written: a link is followed, even to a file that is missing.

    Raises Failed for what is no ordinary file, and where nothing can be written. Call it before anything is asked,
    logged or saved. Within the store no link is followed, since anybody could have put it there.
    """
    try:
        target = Path(os.path.realpath(path)) if path.is_symlink() else path
        with suppress(FileNotFoundError):  # there is no file yet, or a link to no file
            if not stat.S_ISREG(path.stat().st_mode):
                raise Failed(
                    said(disk_words, lambda words: words.no_ordinary_file),
                    said(disk_words, lambda words: words.name_ordinary_file),
                )
        if not target.parent.is_dir():
            raise Failed(
                said(disk_words, lambda words: words.no_such_folder, parent=target.parent),
                said(disk_words, lambda words: words.nothing_changed),
            )
    except OSError as error:
        raise Failed(
            said(disk_words, lambda words: words.not_writable_there, reason=reason(error)),
            said(disk_words, lambda words: words.name_another),
        ) from error
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise Failed(
            said(disk_words, lambda words: words.not_writable_folder, parent=target.parent),
            said(disk_words, lambda words: words.name_another),
        )
    return target


def write(path: Path, data: bytes, within: Path | None = None) -> None:
    """Replace `path` with a file (mode 0600) that holds `data`, on the disk when this returns. A link is replaced too.

    `within` is the store's folder: below it no folder on the way may be a link.

    Raises SaveFailed. The old file is then intact, unless only the last step failed: then the new file is in place, but
    may not survive a power cut. In both cases the caller writes again.
    """
    temporary = temporary_for(path)
    try:
        if within is not None:
            refuse_links(path.parent, within)
        try:
            _create(temporary, data)
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise save_failed(error) from error


def write_new(path: Path, data: bytes) -> None:
    """Create a file (mode 0600), on the disk when this returns. Raises OSError, and leaves what was written so far."""
    _create(path, data)
    sync_folder(path.parent)


def make_folder(path: Path, within: Path | None = None) -> None:
    """Create a folder (mode 0700) and those above it, on the disk when this returns. Raises SaveFailed.

    `within` is the store's folder: below it no folder on the way may be a link.
    """
    try:
        if within is not None:
            with suppress(FileNotFoundError):
                refuse_links(path, within)
        for folder in reversed([path, *path.parents]):
            if not folder.is_dir():
                with suppress(FileExistsError):  # another process has just created it
                    os.mkdir(folder, 0o700)
                sync_folder(folder.parent)
    except OSError as error:
        raise save_failed(error) from error


def make_own_folder(path: Path, within: Path, *, over_files: bool = True) -> None:
    """As `make_folder`, for one without which no command goes on: what else stands in its place gets another name.

    `over_files` is whether an ordinary file does, too. `mi store check` then names it. Raises SaveFailed.
    """
    try:
        with suppress(FileNotFoundError):
            status = path.lstat()
            is_file = stat.S_ISREG(status.st_mode)
            if over_files if is_file else is_link(status) or not stat.S_ISDIR(status.st_mode):
                give_another_name(path)
    except OSError as error:
        raise save_failed(error) from error
    make_folder(path, within)


def give_another_name(path: Path) -> None:
    """Rename what stands in the way, whatever it is. Raises OSError."""
    os.rename(path, path.with_name(f"{path.name}-{os.urandom(4).hex()}"))


def move(source: Path, target: Path, within: Path | None = None) -> None:
    """Rename a file or folder within the store, on the disk when this returns. Raises SaveFailed.

    `within` is the store's folder: below it no folder on the way to either may be a link.
    """
    try:
        if within is not None:
            refuse_links(source.parent, within)
            refuse_links(target.parent, within)
        os.rename(source, target)
        sync_folder(target.parent)
        sync_folder(source.parent)
    except OSError as error:
        raise save_failed(error) from error


def remove(path: Path) -> None:
    """Delete a file if it exists. Raises SaveFailed."""
    try:
        with suppress(FileNotFoundError):
            os.unlink(path)
    except OSError as error:
        raise save_failed(error) from error


def is_there(path: Path) -> bool:
    """Whether something exists at that path; a link counts, wherever it leads. Raises SaveFailed if that is unknown.

    To be used before something is moved or overwritten: `os.path.lexists` returns False for every OSError.
    """
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise save_failed(error) from error
    return True


def save_failed(error: OSError) -> SaveFailed:
    """Returns the error to raise for a failed call to the system."""
    hint = said(disk_words, lambda words: words.saved_before_whole)
    file = error.filename
    if is_not_writable(error) and isinstance(file, str) and Path(file).is_absolute():
        hint = said(disk_words, lambda words: words.folder_is, parent=Path(file).parent, hint=hint)
    return SaveFailed(said(disk_words, lambda words: words.not_saved, reason=reason(error)), hint)


def is_not_writable(error: BaseException | None) -> bool:
    """Whether a call failed because nobody may write there: the file system is read-only, or access is denied."""
    return isinstance(error, OSError) and error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)


def temporary_for(path: Path) -> Path:
    """Returns where this process writes a file before the rename: a new name each time, which nobody can foresee."""
    return path.with_name(f".{_start(path)}.{os.urandom(8).hex()}.{os.getpid()}{TEMPORARY}")


def is_temporary_for(path: Path, temporary: Path) -> bool:
    """Whether some process may have written `path` under this temporary name. Version 0.1.0 used no hex digits."""
    start = f"{re.escape(_start(path))}[.][0-9a-f]{{16}}|{re.escape(path.name)}"
    matched = re.fullmatch(rf"[.](?:{start})[.][0-9]+{re.escape(TEMPORARY)}", temporary.name)
    return matched is not None and temporary == path.with_name(temporary.name)


def stale_temporaries_for(path: Path) -> list[Path]:
    """Returns the temporary files of processes that died while they wrote `path`. Raises OSError."""
    beside = (path.with_name(name) for name in os.listdir(path.parent) if is_stale(name))
    return [temporary for temporary in beside if is_temporary_for(path, temporary)]


def _start(path: Path) -> str:
    """Returns the part of a file's name that its temporary files repeat."""
    return os.fsencode(path.name)[:_LONGEST_START].decode("utf-8", "ignore")


def _writer(name: str) -> str | None:
    """Returns the id of the process whose temporary file has this name; null for any other name."""
    stem, dot, pid = name.removesuffix(TEMPORARY).rpartition(".")
    return pid if name.endswith(TEMPORARY) and stem.startswith(".") and dot and pid.isdecimal() else None


def is_temporary(name: str) -> bool:
    """Whether a name is that of a temporary file, of whichever process."""
    return _writer(name) is not None


def is_stale(name: str) -> bool:
    """Whether a name is that of a temporary file whose process has ended."""
    pid = _writer(name)
    if pid is None or int(pid) == os.getpid():
        return False
    return has_ended(int(pid))


def open_new(path: Path) -> int:
    """Returns the descriptor of a new file (mode 0600), for writing and reading.

    Raises OSError, also where something exists at that path: a file that others put there is never used.
    """
    return open_file(path, os.O_RDWR | os.O_CREAT | os.O_EXCL)


def _create(path: Path, data: bytes) -> None:
    descriptor = open_new(path)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        sync(descriptor)
    finally:
        os.close(descriptor)
