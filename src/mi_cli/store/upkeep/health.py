"""What `mi doctor` says about a store without reading its records: folder, disk, clock, backup, left-over files."""

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from mi_cli.records.reference import stamp
from mi_cli.records.terms import Protection
from mi_cli.records.text_keys import SyncKind
from mi_cli.store.disk import atomic
from mi_cli.store.keys.keyfile import KeyFile
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.log import count_failed_tries
from mi_cli.store.upkeep import shared_folder
from mi_cli.store.upkeep.backup import last_made
from mi_cli.store.upkeep.check import open_to_others

_SHARED: Final = {
    SyncKind.NETWORK: "The folder is on a network.",
    SyncKind.SYNCED: "A program copies the folder to other computers.",
}
_LITTLE_SPACE: Final = 100  # megabytes; an interview takes less than one
_BACKUP_AGE: Final = timedelta(days=7)
_CLOCK_TOLERANCE: Final = timedelta(minutes=5)  # sound clocks of two computers may differ by this


def complaints(store: JsonStore) -> Iterator[str]:
    """Yields what could be better, with what to do about it. Raises Damaged when the store cannot be listed."""
    root = store.layout.root
    if not os.access(root, os.W_OK):
        yield "The folder may not be written to: nothing can be saved in it."
    for finding in open_to_others(store):
        yield f"{finding.what}: {finding.why}. {finding.hint}"
    yield from _protection(store.catalog)
    yield from _little_space(root)
    if shared := shared_folder.look(root):
        yield f"{_SHARED[shared]} A lock here binds no other computer: open each interview on one only."
    if copies := sum(map(shared_folder.is_conflict_copy, _names(root))):
        yield f"{copies} copies that a sync left: `mi store check` names them, `--repair` sets them aside."
    if left := sum(map(atomic.is_stale, _names(root))):
        yield f"{left} temporary files of a save that was cut off: the next interview sweeps them away."
    yield from _backup(store)
    newest = next(store.catalog.named("sessions", damaged=[]), None)
    if newest and newest.name > stamp(store.now() + _CLOCK_TOLERANCE):
        yield "The latest interview begins later than it is now: is the clock of this computer right?"


def _backup(store: JsonStore) -> Iterator[str]:
    if not any(store.catalog.named("sessions", damaged=[])):
        return
    made = last_made(store)
    if made is None:
        yield "There is no backup yet: `mi store backup FILE` makes one."
    elif store.now() - made > _BACKUP_AGE:
        yield f"The last backup is {(store.now() - made).days} days old: `mi store backup FILE` makes one."


def _protection(catalog: Catalog) -> Iterator[str]:
    protection = catalog.protection
    if protection in (Protection.PROTECTING, Protection.UNPROTECTING):
        again = "protect" if protection is Protection.PROTECTING else "unprotect"
        yield f"Its protection was being changed, and that was broken off: `mi store {again}` finishes it."
    elif catalog.protection_undecided:
        yield "The store is unprotected: it was made where nobody could be asked. `mi store protect` adds a passphrase."
    elif protection is Protection.PASSPHRASE and not KeyFile.read(catalog.root).has_supervisor:
        yield "There is no recovery sheet: a lost passphrase would lose everything. `mi store recovery` makes one."
    if tries := count_failed_tries(catalog.root):
        yield f"A wrong passphrase was given since the last change: {tries} times."


def _little_space(root: Path) -> Iterator[str]:
    try:
        free = shutil.disk_usage(root).free // 1024**2
    except OSError:
        return
    if free < _LITTLE_SPACE:
        yield f"Only {free} MB are free on the disk."


def _names(root: Path) -> Iterator[str]:
    """Yields the names of all files in the store, without those in the quarantine."""
    for folder, folders, files in os.walk(root):
        if "aside" in folders and Path(folder) == root:
            folders.remove("aside")
        yield from files
