"""The files and folders in a store that are none of its own, such as the second versions that a sync leaves.

Theory of operation. A program that copies a folder between computers leaves both versions of a file that both of them
changed, and each program has its own names for the second one: `plan (1).json`, `plan 2.json`, `plan-LAPTOP.json`,
`plan.sync-conflict-….json`. So they are not known by their names. In a store every place is known: in the store's
folder, in a client's and in that of each kind of record only certain names stand, and whatever else is there is a
stranger. Only what systems and programs leave for themselves is none: a hidden file, or one that Windows makes; nor is
an empty folder.

A stranger that may hold a record (`may_hold_a_record`) may say that something was taken back. While one lies where it
is decided what goes out, nothing does (`JsonStore.require_confirmed`).
"""

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from mi_cli.records.names import is_id, is_records_folder
from mi_cli.store.disk.atomic import is_temporary
from mi_cli.store.disk.door import open_ordinary
from mi_cli.store.disk.layout import OF_CLIENT, OF_RECORDS, OF_STORE, RECORD_NAME, Layout, spelled

_OF_WINDOWS: Final = frozenset({"desktop.ini", "thumbs.db"})
_RECORD: Final = re.compile(rf"{RECORD_NAME}\.(?:json|draft)", re.ASCII)


def strangers(layout: Layout, folder: Path) -> list[Path]:
    """Returns what lies in a folder of the store and is none of the store's own; nothing in what is no such folder.

    Raises Damaged.
    """
    is_own = _own_names(layout, folder)
    if is_own is None:
        return []
    names = layout.list_names(folder)
    # On a disk that knows no case, a name that differs only in that is the file itself.
    others = (name for name in names if not is_own(name) and (not is_own(spelled(name)) or spelled(name) in names))
    return [folder / name for name in others if not is_temporary(name) and not _is_of_a_program(folder / name)]


def second_versions(layout: Layout, folder: Path) -> list[Path]:
    """Returns the strangers in a folder that may hold a record. Raises Damaged."""
    return [path for path in strangers(layout, folder) if may_hold_a_record(path)]


def may_hold_a_record(path: Path) -> bool:
    """Whether a stranger may be a second version of a record, or a folder with one: also if it cannot be read."""
    try:
        if stat.S_ISDIR(path.lstat().st_mode):
            return any(may_hold_a_record(path / name) for name in os.listdir(path) if not name.startswith("."))
        return ".json" in path.name.casefold() or _begins_as_a_record(path)
    except OSError:
        return True


def is_of_a_record(name: str) -> bool:
    """Whether a file has the name of a record of which a client has many, or of a line that was being typed."""
    return _RECORD.fullmatch(name) is not None


def _own_names(layout: Layout, folder: Path) -> Callable[[str], bool] | None:
    """Returns what tells the names that stand in a folder of the store; null where anything may stand."""
    if folder in (layout.root, layout.records):
        return lambda name: name in OF_STORE or is_records_folder(name)
    if not folder.is_relative_to(layout.clients):
        return None
    match folder.relative_to(layout.clients).parts:
        case ():
            return is_id
        case (client,) if is_id(client):
            return OF_CLIENT.__contains__
        case (client, kind) if is_id(client) and kind in OF_RECORDS:
            return is_of_a_record
    return None


def _is_of_a_program(path: Path) -> bool:
    """Whether a system or a program has left it for itself, or it is a folder with nothing in it.

    A hidden file may be a record that is under way.
    """
    try:
        mode, is_hidden = path.lstat().st_mode, path.name.startswith(".")
        if stat.S_ISDIR(mode):
            return is_hidden or not any(names for _, _, names in os.walk(path))
        return path.name.casefold() in _OF_WINDOWS or (
            is_hidden and not (stat.S_ISREG(mode) and _begins_as_a_record(path))
        )
    except OSError:
        return False


def _begins_as_a_record(path: Path) -> bool:
    """Whether a file begins as JSON does, encrypted or not. Raises OSError."""
    descriptor = open_ordinary(path, os.O_RDONLY, path.parent)
    try:
        return os.read(descriptor, 1) == b"{"
    finally:
        os.close(descriptor)
