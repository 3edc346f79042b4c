"""Files outside the store: the config file, prompt sets, documents, recovery sheets. Light, and the same care.

They are written as the store's own files are (see `store.disk.atomic`), and never into the store, where they could take
the place of a record. This is what `cli` uses for files; `store.disk` is for the store alone.
"""

import os
from pathlib import Path

from mi_cli.errors import WrongUsage
from mi_cli.store.disk.atomic import is_there, make_folder, reason, remove, resolve_target, write
from mi_cli.store.disk.door import read
from mi_cli.words.said import said
from mi_cli.words.store import store_words

__all__ = ["is_there", "make_folder", "read", "reason", "remove", "target_outside", "why", "write", "write_named"]


def why(error: OSError) -> str:
    """Returns why a file that a person named cannot be read, as part of a sentence."""
    return (
        said(store_words, lambda words: words.file_not_found) if isinstance(error, FileNotFoundError) else reason(error)
    )


def target_outside(root: Path, named: Path) -> Path:
    """Returns where a file that a person named is to be written: a link is followed, as `atomic.resolve_target` does.

    Raises WrongUsage for a path within the store at `root`: that file could take a record's place, or be lost with the
    records. Raises Failed for what is no ordinary file, and where nothing can be written.
    """
    target = resolve_target(named)
    if Path(os.path.realpath(target.absolute().parent)).is_relative_to(os.path.realpath(root)):
        raise WrongUsage(
            said(store_words, lambda words: words.within_the_store),
            said(store_words, lambda words: words.name_one_elsewhere),
        )
    return target


def write_named(path: Path, data: bytes) -> None:
    """Write a file that a person named: a link is followed. Raises Failed, SaveFailed."""
    write(resolve_target(path), data)
