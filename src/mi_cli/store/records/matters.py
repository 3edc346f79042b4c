"""Reads what may be open with each client, for `mi today`: without locks, pydantic or the interviews that are over.

Theory of operation. Of each client it reads `client.json`, the plan, the appointment among the client facts, and the
consents; of interviews and progress notes only those that the client's record lists (`records.matters`). When a client
was last seen, the names of the files say. Where the list is missing, as in a store of an earlier version and after
something was brought back, all the client's interviews and notes are read; `where_open` then writes the list.
"""

import os
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from mi_cli.errors import Damaged
from mi_cli.records.due_day import due_day
from mi_cli.records.matters import (
    FOLDERS,
    NOTES,
    SESSIONS,
    ConsentHead,
    DisclosureHead,
    DraftNote,
    GoalReview,
    Matters,
    OpenSession,
    OpenStep,
    PlanAge,
    consent_head,
    delivered,
    draft_note,
    is_open,
    open_session,
    reviews_and_steps,
    time_of,
)
from mi_cli.records.names import ID_ALPHABET, ID_LENGTH
from mi_cli.records.reference import STAMP_LENGTH, stamp
from mi_cli.store.disk.atomic import reason
from mi_cli.store.disk.codec import NOT_AS_WRITTEN
from mi_cli.store.records.catalog import CLIENT_SCHEMA, Catalog
from mi_cli.words.said import said
from mi_cli.words.store import store_words

_Read = TypeVar("_Read")
_FILE: Final = re.compile(rf"[0-9A-Za-z-]*[{ID_ALPHABET}]{{{ID_LENGTH}}}\.json").fullmatch


class ClientReader:
    """Reads one client. What cannot be read is put into `damaged`, and counts as nothing."""

    def __init__(self, catalog: Catalog, client: str, damaged: list[Damaged]) -> None:
        self._catalog = catalog
        self._client = client
        self._home = catalog.layout.client(client)
        self._damaged = damaged
        self._names = frozenset(self._listed(""))

    def matters(self) -> Matters:
        """Returns what may be open with the client."""
        since, _ = self._record
        sessions: list[OpenSession] = []
        notes: list[DraftNote] = []
        for path in self.places():
            if (document := self._open(path)) is not None:
                if path.startswith(NOTES):
                    notes += self._as(draft_note, path, document)
                else:
                    sessions += self._as(open_session, path, document)
        no_plan = ((), (), None if "plan.json" in self._names else since)
        reviews, steps, changed = next(iter(self._each("plan.json", _of_plan)), no_plan)
        seen = self._stamps_in(SESSIONS)
        return Matters(
            client=self._client,
            since=since,
            last_seen=_last(seen),
            last_contact=_last(self._stamps_in("contacts")),
            sessions=tuple(sessions),
            notes=tuple(notes),
            plan=_plan_age(changed, seen),
            reviews=reviews,
            steps=steps,
            appointment=next(iter(self._each("facts.json", _appointment)), None),
            consents=tuple(self._consents()),
            is_listed=self.has_list,
        )

    def places(self) -> list[str]:
        """Returns where an open matter may stand: what the record lists, or else everything there is."""
        _, listed = self._record
        return self.everything() if listed is None else listed

    @property
    def has_list(self) -> bool:
        """Whether the client's record lists where an open matter may stand."""
        return self._record[1] is not None

    def everything(self) -> list[str]:
        """Returns every record of the client in which a matter can be open."""
        return [f"{folder}/{name}" for folder in FOLDERS for name in sorted(self._listed(folder)) if _FILE(name)]

    def still_open(self) -> list[str]:
        """Returns those of `places` that have an open matter; one that cannot be read may have one."""
        return [path for path in self.places() if self._is_open(path, unreadable=True)]

    def unlisted(self) -> list[str]:
        """Returns the records with an open matter that the client's record should list, and does not."""
        listed = set(self.places())
        return [path for path in self.everything() if path not in listed and self._is_open(path, unreadable=False)]

    def lacks(self, path: str, place: Path) -> bool:
        """Whether the list is to name `path`, and does not, once the record at `place` of this client stands there."""
        return self.has_list and path not in self.places() and self._is_open_at(place, unreadable=True)

    def _is_open(self, path: str, *, unreadable: bool) -> bool:
        return self._is_open_at(self._home / path, unreadable=unreadable)

    def _is_open_at(self, path: Path, *, unreadable: bool) -> bool:
        try:
            return is_open(self._catalog.layout.read_json(path))
        except FileNotFoundError:
            return False
        except (Damaged, *NOT_AS_WRITTEN):
            return unreadable

    def _open(self, path: str) -> dict[str, Any] | None:
        """Returns a record with an open matter; null for one that is gone, or has none."""
        for document in self._each(path, lambda document: document):
            for is_so in self._as(is_open, path, document):
                return document if is_so else None
        return None

    @cached_property
    def _record(self) -> tuple[datetime | None, list[str] | None]:
        """When the client was set up, and the list of where to look; null where there is no sound one."""
        path = self._home / "client.json"
        try:
            document = self._catalog.layout.read_json(path, CLIENT_SCHEMA)
            listed = document.get("open")
            sound = isinstance(listed, list) and all(isinstance(each, str) and _is_place(each) for each in listed)
            return time_of(document["created_at"]), listed if sound else None
        except FileNotFoundError:
            self._damaged.append(
                Damaged(self._catalog.layout.display_path(path), said(store_words, lambda words: words.gone))
            )
        except Damaged as error:
            self._damaged.append(error)
        except NOT_AS_WRITTEN:
            self._not_a_record(path)
        return None, None

    def _consents(self) -> list[ConsentHead]:
        heads = [head for name in self._records_in("consents") for head in self._each(name, consent_head)]
        if not any(head.revoked_at or head.taken_back for head in heads):
            return heads
        log = [
            entry
            for name in self._records_in("disclosures")
            for entry in self._each(name, DisclosureHead.from_document)
        ]
        out = {(entry.consent, entry.recipient) for entry in delivered(log)}
        return [head.with_delivered(out) for head in heads]

    def _records_in(self, folder: str) -> list[str]:
        return [f"{folder}/{name}" for name in sorted(self._listed(folder)) if _FILE(name)]

    def _stamps_in(self, folder: str) -> list[str]:
        """Returns the times in the names in a folder whose files sort by time, in their order."""
        return sorted(name[:STAMP_LENGTH] for name in self._listed(folder) if _FILE(name))

    def _listed(self, folder: str) -> list[str]:
        if folder and folder not in self._names:
            return []
        path = f"{self._home}/{folder}" if folder else str(self._home)
        try:
            return os.listdir(path)
        except FileNotFoundError:
            return []
        except OSError as error:
            shown = self._catalog.layout.display_path(Path(path))
            self._damaged.append(Damaged(shown, reason(error)))
            return []

    def _each(self, path: str, read: Callable[[dict[str, Any]], _Read]) -> list[_Read]:
        """Returns what a file says, alone in a list; nothing where there is no file, or it cannot be read."""
        if path.partition("/")[0] not in self._names:
            return []
        try:
            return self._as(read, path, self._catalog.layout.read_json(self._home / path))
        except FileNotFoundError:
            return []
        except Damaged as error:
            self._damaged.append(error)
            return []

    def _as(self, read: Callable[[dict[str, Any]], _Read], path: str, document: dict[str, Any]) -> list[_Read]:
        try:
            return [read(document)]
        except NOT_AS_WRITTEN:
            self._not_a_record(self._home / path)
            return []

    def _not_a_record(self, path: Path) -> None:
        shown = self._catalog.layout.display_path(path)
        self._damaged.append(Damaged(shown, said(store_words, lambda words: words.no_known_record)))


def all_matters(catalog: Catalog, damaged: list[Damaged]) -> list[Matters]:
    """Returns what may be open with each client of the store. What cannot be read is put into `damaged`."""
    return [ClientReader(catalog, client, damaged).matters() for client in catalog.client_ids()]


def _of_plan(plan: dict[str, Any]) -> tuple[tuple[GoalReview, ...], tuple[OpenStep, ...], datetime | None]:
    return *reviews_and_steps(plan), time_of(plan["updated_at"])


def _plan_age(changed: datetime | None, seen: Sequence[str]) -> PlanAge | None:
    if changed is None:
        return None
    since = (_time(each) for each in seen if each > stamp(changed))
    return PlanAge(changed, tuple(time for time in since if time))


def _last(stamps: Sequence[str]) -> datetime | None:
    return _time(stamps[-1]) if stamps else None


def _time(stamp: str) -> datetime | None:
    """Returns the time in a name; null where it tells none."""
    try:
        return time_of(stamp)
    except ValueError:
        return None


def _is_place(path: str) -> bool:
    folder, _, name = path.partition("/")
    return folder in FOLDERS and _FILE(name) is not None


def _appointment(facts: dict[str, Any]) -> date | None:
    """Returns the day that the words for the next appointment name; null where they name none that is certain."""
    appointment = facts.get("appointment")
    return due_day(appointment["words"], date.fromisoformat(appointment["on"])) if appointment else None
