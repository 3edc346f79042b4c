"""What this computer remembers of a store, outside the store's folder.

Theory of operation. Whoever can write to a store's folder (a sync, a shared folder, another user) can put back earlier
files, the log with them; within the folder nothing can tell. So one small file for each store, named by the store's id
and a digest of its folder's path, stands in the platform's state folder, which such a writer does not reach. It holds
no words and no codes of clients:

- the number and the hash of the last line of the log that this computer wrote or saw;
- the latest time seen, with its offset;
- whether the store is protected, and a mark of its keys, from which no key can be computed;
- revision and digest of `clients.json`, which says whose record a code is;
- what was recorded against consents (`records/limits.py`): a revocation is remembered whatever becomes of the files;
- records that were saved when the log could not be written, so that nobody can take that change back by keeping the log
  from being written;
- the name of the folder that holds the records;
- what a person has looked at and confirmed: faults in the log, and a restore.

A second small file, named by a digest of the folder's path, holds the id of the store that was there: so another store
in its place, or one with a forged id, is no new store. A third one, `backups-<id>.json`, says where the latest backups
were written to: a backup that is killed leaves a hidden copy there, which `mi doctor` names.

A store may stand in two folders at once: a backup that is tried out, a copy. Each folder has its own memory, so that
the one does not contradict the other. A folder that is new to this computer begins with the latest memory of the store,
from whichever folder; and a revocation that was seen in one folder counts in all.

Three rules. It is written under the lock `log`, right after the log; where the log cannot be written, all the same.
It goes forward only: while the store contradicts it (`standing.py`), it stays as it is, until a person confirms the
store with `mi store check --confirm`. And it is never in the way: where it cannot be written, the command goes on, and
the memory is merely older.
"""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from mi_cli.errors import Damaged, MiError
from mi_cli.records.names import is_id
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import NOT_AS_WRITTEN, base64url
from mi_cli.store.disk.digest import sha256
from mi_cli.store.disk.door import read
from mi_cli.words.said import said
from mi_cli.words.store import store_words

SCHEMA: Final = "mi.memory/1"
PLACE_SCHEMA: Final = "mi.place/1"
BACKUPS_SCHEMA: Final = "mi.backups/1"
_MOST_BACKUPS: Final = 20
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


class LogEnd(NamedTuple):
    """A line of the log: its number, and its hash as the next line's `prev` names it. The empty log is 0 and ""."""

    n: int = 0
    hash: str = ""


class Saved(NamedTuple):
    """A record as it was saved: its revision, and the first 128 bits of its SHA-256 in base64url."""

    revision: int
    digest: str

    @classmethod
    def of(cls, revision: int, document: bytes) -> "Saved":
        """Returns this for a decrypted record."""
        return cls(revision, base64url(sha256(document).digest()[:16]))


class Remembered(NamedTuple):
    """What is remembered of one store.

    `first` is the line of the log that was the last one when this computer first wrote to the store: of what came
    before it knows nothing. `accepted` are faults of the log that a person has confirmed, and `restored` is set when
    the store came from a backup and nobody has confirmed it yet. `doubted` are records, by path, that were older or
    other than the log says when they were changed: what was made of them is in doubt too. `unlogged` are records, by
    path, that were saved while the log could not be written. `folder` is the one that held the records; empty where
    that is not known. `limits` are the marks of what was recorded against consents.
    """

    log: LogEnd = LogEnd()
    latest: datetime = _LONG_AGO
    protected: bool = False
    key_mark: str | None = None
    codes: Saved | None = None
    limits: frozenset[str] = frozenset()
    first: int = 0
    accepted: frozenset[str] = frozenset()
    restored: bool = False
    doubted: frozenset[str] = frozenset()
    unlogged: Mapping[str, Saved] = MappingProxyType({})
    folder: str = ""

    @classmethod
    def of(cls, data: bytes) -> "Remembered":
        """Returns what a file says. Raises one of NOT_AS_WRITTEN for any other file."""
        document: dict[str, Any] = json.loads(data)
        if document["schema"] != SCHEMA:
            raise ValueError("another schema")
        latest = datetime.fromisoformat(document["latest"])
        codes, mark = document.get("codes"), document.get("keys")
        if latest.tzinfo is None:
            raise ValueError("no offset")
        return cls(
            log=LogEnd(int(document["log"][0]), str(document["log"][1])),
            latest=latest,
            protected=document["protected"] is not False,
            key_mark=None if mark is None else str(mark),
            codes=None if codes is None else _saved(codes),
            limits=frozenset(map(str, document["taken_back"])),
            first=int(document["first"]),
            accepted=frozenset(map(str, document["accepted"])),
            restored=document["restored"] is not False,
            doubted=frozenset(map(str, document["doubted"])),
            unlogged={str(path): _saved(saved) for path, saved in document.get("unlogged", {}).items()},
            folder=str(document.get("folder", "")),
        )

    @property
    def document(self) -> dict[str, Any]:
        """What is written to the file."""
        return {
            "schema": SCHEMA,
            "log": list(self.log),
            "latest": self.latest.isoformat(),
            "protected": self.protected,
            "keys": self.key_mark,
            "codes": self.codes and list(self.codes),
            "taken_back": sorted(self.limits),
            "first": self.first,
            "accepted": sorted(self.accepted),
            "restored": self.restored,
            "doubted": sorted(self.doubted),
            "unlogged": {path: list(saved) for path, saved in sorted(self.unlogged.items())},
            "folder": self.folder,
        }


@dataclass(frozen=True)
class Memory:
    """The folder with all memories, seen from one store's folder (`place`). Without a folder nothing is remembered."""

    folder: Path | None = None
    place: str = ""

    def at(self, root: Path) -> "Memory":
        """Returns the memory as it is for a store in the folder `root`."""
        return replace(self, place=sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:32])

    def read(self, store_id: str) -> Remembered | None:
        """Returns what is remembered of a store; null for one that this computer has not seen. Raises Damaged."""
        own = self._path(store_id)
        if own is None:
            return None
        others = [found for path in self._others(own, store_id) if (found := _read_if_whole(path))]
        known = _read(own) or max(others, key=lambda found: (found.latest.date(), found.latest), default=None)
        if known is None:
            return None
        return known._replace(limits=known.limits.union(*(found.limits for found in others)))

    def write(self, store_id: str, remembered: Remembered) -> None:
        """Remember this. Nothing is raised when it cannot be written: the memory is then merely older."""
        _keep(self._path(store_id), remembered.document)

    def store_here(self) -> str | None:
        """Returns the id of the store that this computer last saw in the folder; null where it saw none."""
        store_id = _member(self._place_path(), "store")
        return store_id if isinstance(store_id, str) and is_id(store_id) else None

    def settle(self, store_id: str) -> None:
        """Remember which store is in the folder. Nothing is raised when it cannot be written."""
        if is_id(store_id):
            _keep(self._place_path(), {"schema": PLACE_SCHEMA, "store": store_id})

    def backups(self, store_id: str) -> list[Path]:
        """Returns where the latest backups of a store were written to; none where that is unknown."""
        targets = _member(self._backups(store_id), "backups")
        return [Path(str(target)) for target in targets] if isinstance(targets, list) else []

    def note_backup(self, store_id: str, target: Path) -> None:
        """Remember where a backup is about to be written to. Nothing is raised when it cannot be written."""
        known = self.backups(store_id)
        if target not in known:
            targets = [str(each) for each in (*known, target)][-_MOST_BACKUPS:]
            _keep(self._backups(store_id), {"schema": BACKUPS_SCHEMA, "backups": targets})

    def _backups(self, store_id: str) -> Path | None:
        path = self._path(store_id)
        return path and path.with_name(f"backups-{store_id}.json")

    def _place_path(self) -> Path | None:
        return self.folder / f"at-{self.place}.json" if self.folder else None

    def _path(self, store_id: str) -> Path | None:
        """Returns the file for a store; null where nothing is remembered. The id comes from a file, and is checked."""
        return self.folder / f"{store_id}-{self.place}.json" if self.folder and is_id(store_id) else None

    def _others(self, own: Path, store_id: str) -> list[Path]:
        """Returns the memories of the same store in other folders."""
        with suppress(OSError):
            names = sorted(os.listdir(own.parent))
            return [own.with_name(name) for name in names if name.startswith(f"{store_id}-") and name != own.name]
        return []


def _saved(pair: Sequence[Any]) -> Saved:
    return Saved(int(pair[0]), str(pair[1]))


def _read(path: Path) -> Remembered | None:
    """Returns what a file remembers; null if there is none. Raises Damaged."""
    try:
        return Remembered.of(read(path, path.parent))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Damaged(str(path), atomic.reason(error)) from error
    except NOT_AS_WRITTEN:
        raise Damaged(str(path), said(store_words, lambda words: words.not_as_written)) from None


def _read_if_whole(path: Path) -> Remembered | None:
    with suppress(Damaged):
        return _read(path)
    return None


def _member(path: Path | None, name: str) -> object:
    """Returns what a small file says under that name; null where nothing is remembered, or it cannot be read."""
    with suppress(OSError, *NOT_AS_WRITTEN):
        return json.loads(read(path, path.parent))[name] if path else None
    return None


def _keep(path: Path | None, document: dict[str, Any]) -> None:
    """Write a file, if there is a place for it. Nothing is raised: the memory is then merely older."""
    if path is not None:
        with suppress(MiError, OSError):
            atomic.make_folder(path.parent)
            if path.is_dir() and not path.is_symlink():  # a person has confirmed the store, or there would be no end
                atomic.give_another_name(path)
            atomic.write(path, json.dumps(document, indent=2).encode() + b"\n")


NO_MEMORY: Final = Memory()


def later(*times: datetime) -> datetime:
    """Returns the time of the latest day, and of these the latest. A day is what a calendar said in its place."""
    return max(times, key=lambda time: (time.date(), time))
