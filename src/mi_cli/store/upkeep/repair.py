"""Makes a store sound again: what is not goes to the quarantine. Nothing is deleted, and no record is changed."""

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
    """The paths that were moved, the quarantine folder they are in, and the findings left for a person."""

    moved: tuple[str, ...]
    folder: str
    left: tuple[Finding, ...]


def repair(store: JsonStore, findings: Iterable[Finding]) -> Repaired:
    """Move to the quarantine what the rest of the store does not need; an interview is moved as a whole.

    Raises InUse while one of the interviews is held; SaveFailed. What was moved until then stays there.
    """
    findings = list(findings)
    quarantine = store.quarantine()
    paths = dict.fromkeys(path for finding in findings for path in finding.aside)
    moved = []
    with ExitStack() as held:
        held.enter_context(store.locked_codes())
        for session in sorted({session for path in paths if (session := _interview(path))}):
            held.enter_context(store.locked(session, wait=0))
        for path in paths:
            if atomic.is_there(path):
                quarantine.move(path)
                moved.append(store.layout.display_path(path))
        gone = (*moved, *(finding.what for finding in findings if finding.gone))
        if gone:
            store.log_event(EventType.SET_ASIDE, gone=gone)
    left = tuple(finding for finding in findings if not finding.aside)
    return Repaired(tuple(moved), store.layout.display_path(quarantine.folder), left)


def _interview(path: Path) -> str | None:
    """Returns the id of the interview that a file belongs to; null for any other file."""
    session_id = path.stem[-ID_LENGTH:]
    return session_id if path.parent.name in ("sessions", "notes") and is_id(session_id) else None
