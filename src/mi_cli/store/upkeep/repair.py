"""Makes the store sound again by setting aside what is not. Nothing is deleted, and no record is changed."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from mi_cli.records.event_type import EventType
from mi_cli.records.names import ID_LENGTH, is_id
from mi_cli.store.disk import atomic
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep.check import Finding


@dataclass(frozen=True)
class Repaired:
    """What was set aside, by its path in the store, and where it is now; and what is left to be looked into by hand."""

    moved: tuple[str, ...]
    folder: str
    left: tuple[Finding, ...]


def repair(store: JsonStore, findings: Iterable[Finding]) -> Repaired:
    """Set aside what the rest can do without: an interview goes as a whole, with what is sound in it.

    Raises InUse while one of the interviews is held; SaveFailed. What was done till then stays done.
    """
    found = list(findings)
    aside = store.quarantine()
    paths = dict.fromkeys(path for finding in found for path in finding.aside)
    moved = []
    with ExitStack() as held:
        held.enter_context(store.locked_codes())
        for session in sorted({session for path in paths if (session := _interview(path))}):
            held.enter_context(store.locked(session, wait=0))
        for path in paths:
            if atomic.is_there(path):
                aside.move(path)
                moved.append(store.layout.display_path(path))
        gone = (*moved, *(finding.what for finding in found if finding.gone))
        if gone:
            store.log_event(EventType.SET_ASIDE, gone=gone)
    left = tuple(finding for finding in found if not finding.aside)
    return Repaired(tuple(moved), store.layout.display_path(aside.folder), left)


def _interview(path: Path) -> str | None:
    """The id of the interview that a file belongs to."""
    found = path.stem[-ID_LENGTH:]
    return found if path.parent.name in ("sessions", "notes") and is_id(found) else None
