"""What a change of the protection has left in a store's folder: records beside those that `store.json` names.

Theory of operation. Protecting and unprotecting write a second folder of records and then name it in `store.json`. So
until that moment the second folder is left over if the change is broken off, and from then on the first one is.

`remove_leftovers` deletes what stands in the folder of the records too. What that lacks is moved there, since it could
not be read, or came meanwhile: nothing is lost. Keys are deleted, because other keys open the records now.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from mi_cli.errors import SaveFailed
from mi_cli.records.names import is_records_folder
from mi_cli.store.disk import atomic
from mi_cli.store.disk.layout import OWN_FOLDER, Layout, other_folders
from mi_cli.store.disk.system import sync_folder

OF_THE_RECORDS: Final = ("clients.json", "clients", "log.jsonl", "trash", "aside", "keys.json")
_KEYS: Final = "keys.json"
_KEY_ENDING: Final = ".key.json"


def leftovers(layout: Layout, folder: str | None = None) -> list[Path]:
    """Returns the folders and files of records that are not the store's, or those of them that stood in `folder`.

    None where the store's folder cannot be listed, which is tried twice.
    """
    for _ in range(2):
        with suppress(OSError):
            own = () if layout.folder == OWN_FOLDER else OF_THE_RECORDS
            names = (*own, *other_folders(layout.root, layout.folder))
            found = (layout.root / name for name in names if folder in (None, _folder_of(name)))
            return [path for path in found if os.path.lexists(path)]
    return []


def remove_leftovers(layout: Layout, folder: str | None = None) -> list[Path]:
    """Delete what `leftovers` names; returns what is left all the same, after it was tried twice. Nothing is raised."""
    for _ in range(2):
        for path in leftovers(layout, folder):
            _remove(path, layout.records if is_records_folder(path.name) else layout.records / path.name)
        with suppress(OSError):
            sync_folder(layout.root)  # what was deleted does not come back in a power cut
    return leftovers(layout, folder)


def _folder_of(name: str) -> str:
    return name if is_records_folder(name) else OWN_FOLDER


def _remove(path: Path, place: Path) -> None:
    """Delete a file or folder, whose place among the records is `place`."""
    with suppress(OSError, SaveFailed):
        if not stat.S_ISDIR(path.lstat().st_mode):
            _remove_file(path, place)
            return
        try:
            names = os.listdir(path)
        except OSError:
            if not atomic.is_there(place):
                os.rename(path, place)
            return
        for name in names:
            _remove(path / name, place / name)
        os.rmdir(path)


def _remove_file(path: Path, place: Path) -> None:
    is_key = path.name == _KEYS or path.name.endswith(_KEY_ENDING)
    if is_key or atomic.is_stale(path.name) or atomic.is_there(place):
        os.unlink(path)
        return
    atomic.make_folder(place.parent)
    os.rename(path, place)
