"""Consents in a backup that were revoked after it was made: a revocation always wins over a restore."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mi_cli.errors import Damaged
from mi_cli.records.base import NewerRecord, NotThisRecord
from mi_cli.records.consent import Consent, Revoked
from mi_cli.records.event_type import EventType
from mi_cli.records.name_matching import fold_name
from mi_cli.records.reference import RecordRef
from mi_cli.store.disk.codec import DecryptError
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.log import LogEvent, events


@dataclass(frozen=True)
class TakenBack:
    """The consents that were revoked by the store's log: the events, by client id and consent id."""

    store: JsonStore
    logged: Mapping[tuple[str, str], LogEvent]

    @classmethod
    def of(cls, store: JsonStore) -> "TakenBack":
        """Read the log. If it cannot be read, none is found; nothing is passed on under any consent then either."""
        logged = {}
        with suppress(Damaged):
            for event in events(store.layout):
                if isinstance(event, LogEvent) and event.what == EventType.CONSENT_TAKEN_BACK:
                    logged[event.client or "", event.record or ""] = event
        return cls(store, logged)

    def stays(self, path: Path, here: bytes | None, data: bytes) -> bool:
        """Whether the consent in the store was revoked, for whomever, or has ended, and the one in the backup not."""
        if here is None or consent_at(self.store.layout.display_path(path)) is None:
            return False
        ours, theirs = (read_consent(self.store, path, one) for one in (here, data))
        return ours is not None and not _limits(ours) <= (_limits(theirs) if theirs else set())

    def marked(self, path: Path, data: bytes) -> Consent | None:
        """Returns the backup's consent, marked as revoked, where only the log tells of that; else null."""
        ref = consent_at(self.store.layout.display_path(path))
        event = self.logged.get((ref.client, ref.id)) if ref else None
        consent = read_consent(self.store, path, data) if event else None
        if event is None or consent is None or consent.revoked:
            return None
        revoked = Revoked(at=event.at, how="as the log of this store tells", recorded_by=event.by)
        return self.store.next_revision(consent.replace(revoked=revoked))


def _limits(consent: Consent) -> set[str]:
    """Returns what was recorded against a consent since it was signed: for whom it was revoked, and its end."""
    taken_back = {f"for {fold_name(each.recipient)}" for each in consent.taken_back}
    return taken_back | ({"revoked"} if consent.revoked else set()) | ({"ended"} if consent.ended else set())


def consent_at(name: str) -> RecordRef | None:
    """Returns which consent a path in the store belongs to; null for any other file."""
    match name.split("/"):
        case ["clients", client, "consents", file] | ["trash", _, client, "consents", file] if file.endswith(".json"):
            return RecordRef(file.removesuffix(".json"), client)
        case _:
            return None


def read_consent(store: JsonStore, path: Path, data: bytes) -> Consent | None:
    """Returns the consent in the bytes of a file; null when they cannot be read, and so permit nothing."""
    try:
        return Consent.from_bytes(store.layout.codec.decrypt(store.layout.file_label(path), data))
    except (DecryptError, NotThisRecord, NewerRecord):
        return None
