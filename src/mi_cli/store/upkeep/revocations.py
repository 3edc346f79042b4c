"""What was recorded against consents elsewhere, in a backup or a second version: a revocation wins in every merge.

Theory of operation. A limit (`records/limits.py`) is never lifted. It may be known from the consent in the store, from
the one in the backup, from the log, or from what this computer remembers. What stands in the store after a restore has
all of them: the consent that is there, if it has them, or the one of the backup, if it has them; else a new version.

A second version, as a sync leaves it of what two computers changed, may be a consent that was revoked at the other one,
or a log that tells of that. Before it is set aside, its limits are recorded here (`take_in`).
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from mi_cli.errors import Damaged
from mi_cli.records.base import NotRead
from mi_cli.records.consent import Consent
from mi_cli.records.event_type import EventType
from mi_cli.records.limits import ENDED, consent_of, limits_among
from mi_cli.records.reference import RecordRef
from mi_cli.store.disk.codec import NOT_AS_WRITTEN, DecryptError
from mi_cli.store.disk.door import read
from mi_cli.store.disk.layout import record_at
from mi_cli.store.records.consents import CONSENT, consent
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.log import MOST_BROKEN, LogEvent, LogReading
from mi_cli.store.upkeep.aside import decrypted, documents


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
            told = {event.limit: event for event in store.log.events() if isinstance(event, LogEvent) and event.limit}
            reading = store.log.reading()
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
            merged = merged.limited(limit, at, "", by)
        if merged == newer:
            return Kept.OURS if newer is ours else Kept.THEIRS
        known = self.reading.consents.get(shown)
        last = max(one.revision for one in (ours, theirs, known) if one)
        return self.store.next_revision(merged.replace(revision=last))


def unknown_limits(store: JsonStore, paths: Iterable[Path]) -> dict[str, RecordRef | None]:
    """Returns the limits in these files and folders that the store does not know, and which consent of it each is of.

    What cannot be read tells of none. Raises Damaged where the log cannot be read.
    """
    limits = {limit for path in paths for limit in _limits_in(store, path)}
    unknown = limits - store.witness.limits(store.log.reading().limits)
    refs = {ref.id: ref for ref in store.catalog.list_dated(CONSENT.place, damaged=[])} if unknown else {}
    return {limit: refs.get(consent_of(limit)) for limit in sorted(unknown)}


def take_in(store: JsonStore, limits: Mapping[str, RecordRef | None]) -> None:
    """Record limits in their consents and in the log. The clients' sharing is locked. Raises SaveFailed."""
    for limit, ref in limits.items():
        with suppress(Damaged):  # it permits nothing, and the log tells of the limit
            if ref is not None and (present := consent(store, ref)).lacks([limit]):
                limited = present.limited(limit, store.now(), "", store.who)
                store.change_record(CONSENT, ref, limited)
        store.log_event(_event_of(limit), ref and ref.client, consent_of(limit), limit=limit)


def _event_of(limit: str) -> EventType:
    if limit == consent_of(limit):
        return EventType.CONSENT_TAKEN_BACK
    return EventType.CONSENT_ENDED if limit.endswith(ENDED) else EventType.CONSENT_NARROWED


def _limits_in(store: JsonStore, path: Path) -> Iterator[str]:
    """Yields the limits that a file, or what is in a folder, tells of."""
    with suppress(OSError):
        if not path.is_symlink() and path.is_dir():
            for name in sorted(os.listdir(path)):
                yield from _limits_in(store, path / name)
            return
        broken = 0
        for document in documents(path, read(path, store.root)):
            try:
                plain = decrypted(store, document, store.layout.clients)
                try:
                    yield from Consent.from_bytes(plain).limits
                except NotRead:
                    yield from limits_among([LogEvent.of(plain).limit])
            except (DecryptError, *NOT_AS_WRITTEN):
                broken += 1
                if broken > MOST_BROKEN:  # no log that mi has written
                    return


def consent_at(name: str) -> RecordRef | None:
    """Returns which consent a path in the store belongs to; null for any other file."""
    return record_at(name, (CONSENT.place,))


def read_consent(store: JsonStore, path: Path, data: bytes) -> Consent | None:
    """Returns the consent in the bytes of a file; null when they cannot be read, and so permit nothing."""
    try:
        return Consent.from_bytes(store.layout.codec.decrypt(store.layout.file_label(path), data))
    except (DecryptError, NotRead):
        return None
