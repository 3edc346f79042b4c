"""What `mi doctor` says about a store without reading its records: folder, disk, clock, backup, left-over files."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from mi_cli.errors import Damaged
from mi_cli.records.matters import BACKUP_AGE
from mi_cli.records.names import is_records_folder
from mi_cli.records.reference import stamp
from mi_cli.records.terms import Protection
from mi_cli.store.disk import atomic
from mi_cli.store.disk.layout import Layout
from mi_cli.store.disk.strangers import second_versions
from mi_cli.store.keys.keyfile import KeyFile
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.standing import how_to_confirm
from mi_cli.store.records.tries import count_failed_tries
from mi_cli.store.upkeep import shared_folder
from mi_cli.store.upkeep.backup import last_made, unfinished
from mi_cli.store.upkeep.check import open_to_others
from mi_cli.words.disk import disk_words
from mi_cli.words.health import health_words
from mi_cli.words.health.model import HealthWords
from mi_cli.words.languages import counted
from mi_cli.words.said import spoken

_LITTLE_SPACE: Final = 100  # megabytes; an interview takes less than one
_CLOCK_TOLERANCE: Final = timedelta(minutes=5)  # sound clocks of two computers may differ by this


def complaints(store: JsonStore, language: str | None = None) -> Iterator[str]:
    """Yields what could be better, with what to do about it. Raises Damaged when the store cannot be listed."""
    root, words = store.layout.root, health_words(language)
    if not os.access(root, os.W_OK):
        yield words.not_writable
    for finding in open_to_others(store):
        yield finding.text(language)
    doubts = store.witness.doubts(store.now())
    yield from (f"{spoken(doubt.text, language)} {spoken(how_to_confirm(), language)}" for doubt in doubts)
    if not doubts:  # never advise to finish what somebody began
        yield from _protection(store.catalog, words)
    if tries := count_failed_tries(root):
        yield counted(words.wrong_tries, tries)
    yield from _little_space(root, words)
    if shared := shared_folder.look(root):
        yield f"{words.shared[shared]} {words.one_computer}"
    if copies := _second_versions(store.layout):
        yield counted(words.copies, copies)
    if left := sum(map(atomic.is_stale, _names(root))):
        yield counted(words.temporary, left)
    yield from _backup(store, words)
    yield from (disk_words(language).unfinished_backup.format(path=path) for path in unfinished(store))
    newest = next(store.catalog.named("sessions", damaged=[]), None)
    if newest and newest.name > stamp(store.now() + _CLOCK_TOLERANCE):
        yield words.clock


def _backup(store: JsonStore, words: HealthWords) -> Iterator[str]:
    if not any(store.catalog.named("sessions", damaged=[])):
        return
    made = last_made(store)
    if made is None:
        yield words.no_backup
    elif store.now() - made > BACKUP_AGE:
        yield words.old_backup.format(days=(store.now() - made).days)


def _protection(catalog: Catalog, words: HealthWords) -> Iterator[str]:
    protection = catalog.protection
    if catalog.protection_undecided:
        yield words.unprotected
    elif protection is Protection.PASSPHRASE and not KeyFile.read(catalog.root).has_supervisor:
        yield words.no_sheet


def _little_space(root: Path, words: HealthWords) -> Iterator[str]:
    try:
        free = shutil.disk_usage(root).free // 1024**2
    except OSError:
        return
    if free < _LITTLE_SPACE:
        yield words.little_space.format(free=free)


def _second_versions(layout: Layout) -> int:
    """Returns how many there are in the whole store; what cannot be listed is named elsewhere."""
    count = 0
    for folder, _, _ in os.walk(layout.root):
        with suppress(Damaged):
            count += len(second_versions(layout, Path(folder)))
    return count


def _names(root: Path) -> Iterator[str]:
    """Yields the names of all files in the store, without those in the quarantine."""
    for folder, folders, files in os.walk(root):
        if "aside" in folders and (Path(folder) == root or is_records_folder(Path(folder).name)):
            folders.remove("aside")
        yield from files
