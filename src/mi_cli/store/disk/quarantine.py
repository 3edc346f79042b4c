"""Set aside: what is damaged, or gives way to something else, is kept in the store, out of everybody's way."""

import os
from dataclasses import dataclass
from pathlib import Path

from mi_cli.store.disk import atomic


@dataclass(frozen=True)
class Quarantine:
    """A folder of one occasion, `aside/20261124T235900Z-7k3q9xab`, made when something is first put there.

    What is put there stands under the path it had in the store, `root`.
    """

    root: Path
    folder: Path

    def move(self, path: Path) -> None:
        """Take a file or folder of the store out of its place. Raises SaveFailed."""
        atomic.move(path, self._made(path))

    def copy(self, path: Path) -> None:
        """Keep what stands there before something else does. Raises SaveFailed."""
        target = self._made(path)
        try:
            data = atomic.read(path)
        except OSError as error:
            raise atomic.save_failed(error) from error
        atomic.write(target, data)

    def _made(self, path: Path) -> Path:
        target = self.folder / os.path.relpath(path, self.root)
        atomic.make_folder(target.parent)
        return target
