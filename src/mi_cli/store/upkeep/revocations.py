"""Consents in a backup against which something was recorded after it was made: a revocation wins over every restore.

Theory of operation. A limit (`records/limits.py`) is never lifted. It may be known from the consent in the store, from
the one in the backup, from the log, or from what this computer remembers. What stands in the store after a restore has
all of them: the consent that is there, if it has them, or the one of the backup, if it has them; else a new version.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from mi_cli.errors import Damaged
from mi_cli.records.base import NotRead
from mi_cli.records.consent import Consent
from mi_cli.records.reference import RecordRef
from mi_cli.store.disk.codec import DecryptError
from mi_cli.store.disk.layout import record_at
from mi_cli.store.records.consents import CONSENT
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.log import LogEvent, LogReading, events, read_log


class Kept(Enum):
    """Which of two versions of a consent stays, as it is."""

    OURS = auto()
    THEIRS = auto()


@dataclass(frozen=True)
class KnownLimits:
    """What was recorded against consents, as far as the log and this computer know, and the events that tell of it."""

    store: JsonStore
    limits: frozenset[str]
    told: Mapping[str, LogEvent]
    reading: LogReading

    @classmethod
    def of(cls, store: JsonStore) -> "KnownLimits":
        """Read the log. If it cannot be read, nothing is passed on under any consent either."""
        told: dict[str, LogEvent] = {}
        reading = LogReading()
        with suppress(Damaged):
            told = {event.limit: event for event in events(store.layout) if isinstance(event, LogEvent) and event.limit}
            reading = read_log(store.layout)
        return cls(store, store.witness.limits(reading.limits), told, reading)

    def merged(self, path: Path, here: bytes | None, data: bytes) -> Kept | Consent:
        """Returns what is to stand there, of these bytes here and in the backup; theirs for what is no consent."""
        shown = self.store.layout.display_path(path)
        if consent_at(shown) is None:
            return Kept.THEIRS
        ours = read_consent(self.store, path, here) if here is not None else None
        theirs = read_consent(self.store, path, data)
        if theirs is None:
            return Kept.OURS if ours and ours.limits else Kept.THEIRS
        newer = ours if ours and theirs.lacks(ours.limits) else theirs
        merged = newer.with_limits_of(theirs if newer is ours else ours) if ours else theirs
        for limit in sorted(merged.lacks(self.limits)):
            event = self.told.get(limit)
            at, by = (event.at, event.by) if event else (self.store.now(), self.store.who)
            merged = merged.limited(limit, at, "as the log of this store tells", by)
        if merged == newer:
            return Kept.OURS if newer is ours else Kept.THEIRS
        known = self.reading.consents.get(shown)
        last = max(one.revision for one in (ours, theirs, known) if one)
        return self.store.next_revision(merged.replace(revision=last))


def consent_at(name: str) -> RecordRef | None:
    """Returns which consent a path in the store belongs to; null for any other file."""
    return record_at(name, (CONSENT.place,))


def read_consent(store: JsonStore, path: Path, data: bytes) -> Consent | None:
    """Returns the consent in the bytes of a file; null when they cannot be read, and so permit nothing."""
    try:
        return Consent.from_bytes(store.layout.codec.decrypt(store.layout.file_label(path), data))
    except (DecryptError, NotRead):
        return None
