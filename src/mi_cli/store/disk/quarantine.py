"""The quarantine: what is damaged, or is about to be replaced, is kept in the store's folder `aside`.

Nothing else reads that folder, apart from converting and purging, which must not miss a client's words.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from mi_cli.store.disk import atomic


@dataclass(frozen=True)
class Quarantine:
    """The folder for one occasion, `aside/20261124T235900Z-7k3q9xab`. It is created with the first file in it.

    A file in it has the path that it had in the store, `root`.
    """

    root: Path
    folder: Path

    def move(self, path: Path) -> None:
        """Move a file or folder of the store into the quarantine. Raises SaveFailed."""
        atomic.move(path, self._new_path(path))

    def copy(self, path: Path) -> None:
        """Copy a file of the store into the quarantine before it is replaced. Raises SaveFailed."""
        target = self._new_path(path)
        try:
            data = atomic.read(path)
        except OSError as error:
            raise atomic.save_failed(error) from error
        atomic.write(target, data)

    def _new_path(self, path: Path) -> Path:
        """Returns the path for it in the quarantine, whose folders then exist."""
        target = self.folder / os.path.relpath(path, self.root)
        atomic.make_folder(target.parent)
        return target
