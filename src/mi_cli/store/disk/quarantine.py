"""The quarantine: what is damaged, or is about to be replaced, is kept in the store's folder `aside`.

Converting and purging read that folder too, since they must not miss a client's words; `upkeep/aside.py` shows it.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from mi_cli.store.disk import atomic
from mi_cli.store.disk.door import read


@dataclass(frozen=True)
class Quarantine:
    """The folder for one occasion, `aside/20261124T235900Z-7k3q9xab`. It is created with the first file in it.

    A file in it has the path that it had in the folder of the records, `root`.
    """

    root: Path
    folder: Path

    def move(self, path: Path, place: Path | None = None) -> None:
        """Move a file or folder of the store into the quarantine; `place` is where it belongs, if it is elsewhere.

        Raises SaveFailed.
        """
        atomic.move(path, self._new_path(place or path), self._above(path))

    def copy(self, path: Path) -> None:
        """Copy a file of the store into the quarantine before it is replaced. Raises SaveFailed."""
        target = self._new_path(path)
        try:
            data = read(path, self._above(path))
        except OSError as error:
            raise atomic.save_failed(error) from error
        atomic.write(target, data, self.root)

    def _new_path(self, path: Path) -> Path:
        """Returns the path for it in the quarantine, whose folders then exist."""
        target = self.folder / os.path.relpath(path, self._above(path))
        atomic.make_own_folder(self.folder.parent, self.root)
        atomic.make_folder(target.parent, self.root)
        return target

    def _above(self, path: Path) -> Path:
        """Returns the folder of the records, or the store's own for `store.json` and what is beside it."""
        return self.root if path.is_relative_to(self.root) else self.root.parent
