"""The log of a store, `log.jsonl`: what was done, by whom and when, without any content. Lines are only ever added.

Theory of operation. Each line is an event. It holds:

- `n` and `prev`: its number, and the SHA-256 of the line before it. So a line that was removed, inserted or changed
  shows, unless it was the last one.
- `records`: the revision and a digest of each record that was saved since the event before. So `mi store check` finds a
  record that was changed outside the program, or put back in an older state.
- `gone`: the paths that were removed from their place since.

Three rules. An event is logged after what it tells of. An event that cannot be written never stops a command: the next
one tells of the same records. Reading is not logged. In a protected store each line is encrypted by itself.

Nothing in the file tells whether its last lines were cut off, or all of it was put back as it was: what this computer
remembers does (`memory.py`), and `Log.has` and `Log.follows` compare the two.

`Log` keeps what it has read. It looks at the file each time, and parses only what was added since: one command asks for
the log several times, and what decides must be read as it is then.
"""

import errno
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mi_cli.errors import Damaged
from mi_cli.records.event_type import EventType
from mi_cli.records.limits import limits_among
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import NOT_AS_WRITTEN, Codec, DocumentLabel, base64url
from mi_cli.store.disk.digest import sha256
from mi_cli.store.disk.door import LARGEST_LOG, has_other_names, open_ordinary, read
from mi_cli.store.disk.layout import Layout
from mi_cli.store.disk.system import sync, sync_folder
from mi_cli.store.records.memory import LogEnd, Saved, later
from mi_cli.words.said import Said, said
from mi_cli.words.store import store_words

if TYPE_CHECKING:
    from mi_cli.records.matters import BackedUp

SCHEMA: Final = "mi.log/1"
_TAKES_AWAY: Final = frozenset(
    {
        EventType.DELETED, EventType.MOVED, EventType.PURGED, EventType.NOTE_DELETED,
        EventType.SET_ASIDE, EventType.CONFIRMED,
    }
)  # fmt: skip
_OF_CLIENTS: Final = "clients/"
MOST_BROKEN: Final = 1000  # lines that are none; more have not come about by crashes, and would take long to go through
_TAIL: Final = 1 << 16  # bytes at the end of the file in which the last line is looked for first


class Present(NamedTuple):
    """A record as it stands on the disk: its revision, and the decrypted document."""

    revision: int
    document: bytes

    @property
    def saved(self) -> Saved:
        """What the log says of a record that was saved so."""
        return Saved.of(self.revision, self.document)


def present(layout: Layout, path: Path, codec: Codec | None = None) -> Present | None:
    """Returns the record at that path; null where there is none. Raises Damaged, also for what is no record."""
    try:
        document = layout.read(path, codec)
        return Present(int(json.loads(document)["revision"]), document)
    except FileNotFoundError:
        return None
    except NOT_AS_WRITTEN:
        raise Damaged(layout.display_path(path), said(store_words, lambda words: words.no_record)) from None


class LogEvent(NamedTuple):
    """One line of the log. `what` is an `EventType`, or one of a later version of mi.

    `gone` are the paths of files or folders that were removed from their place; "" stands for the whole store. `limit`
    is the mark of what was recorded against a consent.
    """

    n: int
    prev: str
    at: datetime
    by: str
    what: str
    client: str | None = None
    record: str | None = None
    records: Mapping[str, Saved] = MappingProxyType({})
    gone: tuple[str, ...] = ()
    limit: str | None = None

    @property
    def line(self) -> bytes:
        """The event as one line of JSON."""
        document = {
            "n": self.n,
            "prev": self.prev,
            "at": self.at.isoformat(),
            "by": self.by,
            "what": self.what,
            "client": self.client,
            "record": self.record,
            "records": {path: [saved.revision, saved.digest] for path, saved in self.records.items()},
            "gone": list(self.gone),
            "limit": self.limit,
        }
        kept = {name: value for name, value in document.items() if value not in (None, {}, [])}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"

    @property
    def clients(self) -> tuple[str, ...]:
        """The ids of the clients whom it tells of: the one it names, else those whose records were changed."""
        if self.client or self.what != EventType.CHANGED:
            return (self.client,) if self.client else ()
        return tuple(sorted({path.split("/")[1] for path in self.records if path.startswith(_OF_CLIENTS)}))

    @property
    def changed(self) -> tuple[str, ...]:
        """Which files, or folders of files, of a client or of the store were changed, where no type of event tells."""
        if self.what != EventType.CHANGED:
            return ()
        parts = (path.split("/") for path in self.records)
        return tuple(sorted({part[2] if part[0] == "clients" and len(part) > 2 else part[0] for part in parts}))

    def took_away(self, path: str) -> bool:
        """Whether it tells that the record was removed from its place."""
        return any(path == gone or path.startswith(f"{gone}/") or not gone for gone in self.gone)

    def taken_away(self, before: set[str]) -> set[str]:
        """Returns the paths of records that a person took away, after it: `before` are those before it."""
        again = before - self.records.keys()
        if self.what == EventType.BROUGHT_BACK and self.record:
            again = {path for path in again if not path.endswith(f"-{self.record}.json")}
        return {*again, *self.gone} if self.what in _TAKES_AWAY else again

    @classmethod
    def of(cls, line: bytes) -> "LogEvent":
        """Returns the event in a line. Raises one of NOT_AS_WRITTEN when there is none."""
        document: dict[str, Any] = json.loads(line)
        at = datetime.fromisoformat(document["at"])
        if at.tzinfo is None:
            raise ValueError("no offset")
        records = {str(path): Saved(int(one[0]), str(one[1])) for path, one in document.get("records", {}).items()}
        record, what = _text(document.get("record")), str(document["what"])
        revoked = record if what == EventType.CONSENT_TAKEN_BACK else None  # version 0.1.0 named no limit
        return cls(
            n=int(document["n"]),
            prev=str(document["prev"]),
            at=at,
            by=str(document["by"]),
            what=what,
            client=_text(document.get("client")),
            record=record,
            records=records,
            gone=tuple(map(str, document.get("gone", ()))),
            limit=_text(document.get("limit")) or revoked,
        )


def _text(value: object) -> str | None:
    """Returns a text of the log, or null; somebody may have written anything there."""
    return None if value is None else str(value)


class Gap(Said):
    """A fault of the log that says that lines are missing, or are others. A line that is merely torn is no gap."""

    __slots__ = ()


class LogReading(NamedTuple):
    """What the whole log tells. `end` is its last whole line.

    `saved` is what it last says of each record by path, without those that were removed; `taken_away` are the paths of
    those that a person deleted, moved or purged, and did not bring back. `consents` is what it last says of each
    consent, and forgets none, since one may be brought back; `limits` are the marks of what was recorded against them.
    """

    faults: tuple[str, ...] = ()
    saved: Mapping[str, Saved] = MappingProxyType({})
    consents: Mapping[str, Saved] = MappingProxyType({})
    limits: frozenset[str] = frozenset()
    end: LogEnd = LogEnd()
    taken_away: frozenset[str] = frozenset()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The faults by which lines are missing, or are others."""
        return tuple(fault for fault in self.faults if isinstance(fault, Gap))


class _Line(NamedTuple):
    """An event, or a text where the line is damaged or does not follow; and the end of the log so far."""

    told: LogEvent | str
    end: LogEnd


class Log:
    """The log of a store."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._label = layout.file_label(layout.log)
        self._data = b""  # the file as it was last read, and what it holds
        self._lines: list[_Line] = []
        self._number = 0
        self._broken = 0

    # -- from its beginning ---------------------------------------------------------------------------------------

    def events(self) -> Iterator[LogEvent | str]:
        """Yields the events, and a text for each line that is damaged or does not follow.

        Raises Damaged when the log cannot be read at all.
        """
        return (line.told for line in self._read())

    def told(self, what: EventType) -> Iterator[LogEvent]:
        """Yields the events of that type, oldest first. Raises Damaged when the log cannot be read at all."""
        return (event for event in self.events() if isinstance(event, LogEvent) and event.what == what)

    def reading(self) -> LogReading:
        """Returns what the log tells. Raises Damaged when it cannot be read at all."""
        faults: list[str] = []
        saved: dict[str, Saved] = {}
        consents: dict[str, Saved] = {}
        limits: set[str | None] = set()
        taken_away: set[str] = set()
        lines = self._read()
        for told, _ in lines:
            if isinstance(told, str):
                faults.append(told)
                continue
            for path in [path for path in saved if told.took_away(path)] if told.gone else ():
                del saved[path]
            saved |= told.records
            taken_away = told.taken_away(taken_away)
            consents |= {path: version for path, version in told.records.items() if "/consents/" in path}
            limits.add(told.limit)
        return LogReading(tuple(faults), saved, consents, limits_among(limits), _end(lines), frozenset(taken_away))

    def has(self, known: LogEnd) -> bool:
        """Whether it holds that line. Raises Damaged when the log cannot be read at all."""
        return known.n == 0 or any(end == known for told, end in self._read() if not isinstance(told, str))

    def latest_after(self, known: LogEnd) -> datetime | None:
        """Returns the time of the latest day among the lines after that one; null for none. Raises Damaged."""
        times = [told.at for told in self.events() if isinstance(told, LogEvent) and told.n > known.n]
        return later(*times) if times else None

    def _read(self) -> list[_Line]:
        layout = self._layout
        try:
            data = read(layout.log, layout.root)
        except FileNotFoundError:
            data = b""
        except OSError as error:
            raise Damaged(layout.display_path(layout.log), atomic.reason(error)) from error
        if data != self._data:
            if not (self._data.endswith(b"\n") and data.startswith(self._data)):
                self._data, self._lines, self._number, self._broken = b"", [], 0, 0
            self._take_in(data[len(self._data) :])
            self._data = data
        return self._lines

    def _take_in(self, added: bytes) -> None:
        """Parses lines. The hash in an end is of the line as it stands, not as we would write it. Raises Damaged."""
        end = _end(self._lines)
        for line in added.splitlines(keepends=True):
            self._number += 1
            plain, event = self._parsed(line)
            if plain is None or event is None:
                self._broken += 1
                if self._broken > MOST_BROKEN:
                    shown = self._layout.display_path(self._layout.log)
                    raise Damaged(shown, said(store_words, lambda words: words.not_as_written))
                self._lines.append(
                    _Line(said(store_words, lambda words: words.log_line_broken, number=self._number), end)
                )
                continue
            if (event.n, event.prev) != (end.n + 1, end.hash):
                gap = Gap(lambda language: store_words(language).log_line_gap, {"number": self._number})
                self._lines.append(_Line(gap, end))
            end = LogEnd(event.n, _hash(plain))
            self._lines.append(_Line(event, end))

    def _parsed(self, line: bytes) -> tuple[bytes | None, LogEvent | None]:
        try:
            plain = self._layout.codec.decrypt(self._label, line)
            return plain, LogEvent.of(plain)
        except NOT_AS_WRITTEN:
            return None, None

    # -- from its end: a long log costs no more than a short one -----------------------------------------------------

    def follows(self, known: LogEnd) -> bool:
        """Whether the log still holds the line `known`, and its later lines follow on it. Raises OSError."""
        after: LogEvent | None = None
        for plain, event in self._backwards():
            if after is not None and (after.prev, after.n) != (_hash(plain), event.n + 1):
                return False
            if event.n <= known.n:
                return LogEnd(event.n, _hash(plain)) == known
            after = event
        return known.n == 0 and (after is None or (after.n, after.prev) == (1, ""))

    def backed_up(self, since: datetime) -> "BackedUp":
        """Returns whether a backup was made since then. Raises OSError."""
        from mi_cli.records.matters import BackedUp  # here, because a list does not ask for it

        for _, event in self._backwards():
            if event.at < since:
                return BackedUp.NOT_LATELY
            if event.what == EventType.BACKED_UP:
                return BackedUp.LATELY
        return BackedUp.NEVER

    def _backwards(self) -> Iterator[tuple[bytes, LogEvent]]:
        """Yields the whole lines, decrypted, from the last to the first. Raises OSError.

        One that is torn, or was changed, is left out: the one after it then does not follow on the one before. After
        too many of these nothing more is yielded.
        """
        try:
            descriptor = open_ordinary(self._layout.log, os.O_RDONLY, self._layout.root)
        except FileNotFoundError:
            return
        broken = 0
        try:
            for line in _lines_backwards(descriptor):
                plain, event = self._parsed(line)
                if plain is not None and event is not None:
                    yield plain, event
                elif (broken := broken + 1) > MOST_BROKEN:
                    return
        finally:
            with suppress(OSError):  # it was only read, and whoever read enough of it is no longer there to be told
                os.close(descriptor)

    # -- writing --------------------------------------------------------------------------------------------------

    def append(self, new_events: list[LogEvent]) -> LogEnd:
        """Add events, and fill in `n` and `prev`; returns the new end of the log. The caller holds the lock `log`.

        A log that has a second name, as copies made by hard links have, is first replaced by one of its own: the other
        name keeps what it had. Raises OSError, Damaged, SaveFailed.
        """
        descriptor = self._open_to_append()
        try:
            last, torn = self._last(descriptor)
            data = b"\n" if torn else b""
            for new_event in new_events:
                before = LogEvent.of(last).n if last else 0
                event = new_event._replace(n=before + 1, prev=_hash(last))
                last = event.line
                data += self._layout.codec.encrypt(self._label, DocumentLabel(SCHEMA, "", event.n), last)
            while data:
                data = data[os.write(descriptor, data) :]
            sync(descriptor)
        finally:
            os.close(descriptor)
        sync_folder(self._layout.log.parent)
        return LogEnd(LogEvent.of(last).n, _hash(last)) if last else LogEnd()

    def _open_to_append(self) -> int:
        path, root, flags = self._layout.log, self._layout.root, os.O_RDWR | os.O_APPEND | os.O_CREAT
        descriptor = open_ordinary(path, flags, root)
        if not has_other_names(descriptor):
            return descriptor
        os.close(descriptor)
        atomic.write(path, read(path, root), root)
        return open_ordinary(path, flags, root)

    def _last(self, descriptor: int) -> tuple[bytes | None, bool]:
        """Returns the last whole line, decrypted, and whether a broken line follows it."""
        torn = False
        for number, line in enumerate(islice(_lines_backwards(descriptor), MOST_BROKEN)):
            torn = torn or (number == 0 and not line.endswith(b"\n"))
            plain, _ = self._parsed(line)
            if plain is not None:
                return plain, torn
        return None, torn


def _end(lines: list[_Line]) -> LogEnd:
    return lines[-1].end if lines else LogEnd()


def _lines_backwards(descriptor: int) -> Iterator[bytes]:
    """Yields the lines of the open log from the last to the first. Raises OSError.

    The file is read from its end, and its beginning only if that much is asked for.
    """
    end = _size(descriptor)
    for start in dict.fromkeys((max(0, end - _TAIL), 0)):
        os.lseek(descriptor, start, os.SEEK_SET)
        lines = _bytes(descriptor, end - start).splitlines(keepends=True)
        cut_off = lines[:1] if start else []  # a part of a line, which the second look reads whole
        yield from reversed(lines[len(cut_off) :])
        end = start + len(b"".join(cut_off))


def _size(descriptor: int) -> int:
    """Returns the size of the open log. Raises OSError for one that no store has written."""
    size = os.fstat(descriptor).st_size
    if size > LARGEST_LOG:
        raise OSError(errno.EOVERFLOW, "")
    return size


def _bytes(descriptor: int, count: int) -> bytes:
    data = b""
    while len(data) < count and (chunk := os.read(descriptor, count - len(data))):
        data += chunk
    return data


def _hash(line: bytes | None) -> str:
    return base64url(sha256(line).digest()) if line else ""
