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
remembers does (`memory.py`), and `read_log` and `follows` compare the two.

A wrong passphrase cannot be logged, since no key is open then: its time goes to `tries.txt`, unencrypted, and the next
event takes it into the log.
"""

import errno
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

from mi_cli.errors import Damaged
from mi_cli.records.event_type import EventType
from mi_cli.records.limits import limits_among
from mi_cli.records.matters import BackedUp
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import NOT_AS_WRITTEN, Codec, DocumentLabel, base64url
from mi_cli.store.disk.door import LARGEST_LOG, has_other_names, open_ordinary, read
from mi_cli.store.disk.layout import Layout
from mi_cli.store.disk.system import sync, sync_folder
from mi_cli.store.records.memory import LogEnd, Saved, later
from mi_cli.words.said import Said, said
from mi_cli.words.store import store_words

SCHEMA: Final = "mi.log/1"
TRIES: Final = "tries.txt"
_TAIL: Final = 1 << 16  # bytes at the end of the file in which the last line is looked for first
_MOST_TRIES: Final = 1000
_TAKES_AWAY: Final = frozenset({EventType.DELETED, EventType.MOVED, EventType.PURGED, EventType.NOTE_DELETED})
_TRY: Final = 40  # bytes: more than a line of it has


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


@dataclass(frozen=True)
class LogEvent:
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
    records: Mapping[str, Saved] = field(default_factory=dict)
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

    def took_away(self, path: str) -> bool:
        """Whether it tells that the record was removed from its place."""
        return any(path == gone or path.startswith(f"{gone}/") or not gone for gone in self.gone)

    def taken_away(self, before: set[str]) -> set[str]:
        """Returns the paths of records that a person took away, after it: `before` are those before it."""
        if self.what in _TAKES_AWAY:
            return {*before, *self.gone}
        if self.what == EventType.BROUGHT_BACK and self.record:
            return {path for path in before if not path.endswith(f"-{self.record}.json")}
        return before - self.records.keys()

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


@dataclass(frozen=True)
class LogReading:
    """The whole log, read once. `end` is its last whole line, and `has_known` whether it holds the line asked about.

    `saved` is what it last says of each record by path, without those that were removed; `taken_away` are the paths of
    those that a person deleted, moved or purged, and did not bring back. `consents` is what it last
    says of each consent, and forgets none, since one may be brought back; `limits` are the marks of what was recorded
    against them. `latest` is the time of the latest day among the lines after the one asked about.
    """

    faults: tuple[str, ...] = ()
    saved: Mapping[str, Saved] = field(default_factory=dict)
    consents: Mapping[str, Saved] = field(default_factory=dict)
    limits: frozenset[str] = frozenset()
    end: LogEnd = field(default_factory=LogEnd)
    has_known: bool = False
    latest: datetime | None = None
    taken_away: frozenset[str] = frozenset()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The faults by which lines are missing, or are others."""
        return tuple(fault for fault in self.faults if isinstance(fault, Gap))


def read_log(layout: Layout, known: LogEnd = LogEnd()) -> LogReading:  # noqa: B008  # a tuple, which nobody changes
    """Returns what the log tells; `known` is a line that it must hold. Raises Damaged when it cannot be read at all."""
    faults: list[str] = []
    saved: dict[str, Saved] = {}
    consents: dict[str, Saved] = {}
    limits: set[str | None] = set()
    times: list[datetime] = []
    taken_away: set[str] = set()
    end, has_known = LogEnd(), known.n == 0
    for event, end in _events(layout):
        if isinstance(event, str):
            faults.append(event)
            continue
        _take_in(saved, event)
        taken_away = event.taken_away(taken_away)
        consents |= {path: version for path, version in event.records.items() if "/consents/" in path}
        has_known = has_known or end == known
        if event.n > known.n:
            times.append(event.at)
        limits.add(event.limit)
    latest = later(*times) if times else None
    return LogReading(
        tuple(faults), saved, consents, limits_among(limits), end, has_known, latest, frozenset(taken_away)
    )


def follows(layout: Layout, known: LogEnd) -> bool:
    """Whether the log still holds the line `known`, and its later lines follow on it. Raises OSError."""
    after: LogEvent | None = None
    for plain, event in _backwards(layout):
        if after is not None and (after.prev, after.n) != (_hash(plain), event.n + 1):
            return False
        if event.n <= known.n:
            return LogEnd(event.n, _hash(plain)) == known
        after = event
    return known.n == 0 and (after is None or (after.n, after.prev) == (1, ""))


def backed_up(layout: Layout, since: datetime) -> BackedUp:
    """Returns whether a backup was made since then, as the log tells. Raises OSError.

    A log that goes back further is not read to its beginning, so that a long one costs no more than a short one.
    """
    for _, event in _backwards(layout):
        if event.at < since:
            return BackedUp.NOT_LATELY
        if event.what == EventType.BACKED_UP:
            return BackedUp.LATELY
    return BackedUp.NEVER


def _backwards(layout: Layout) -> Iterator[tuple[bytes, LogEvent]]:
    """Yields the whole lines of the log, decrypted, from the last to the first. Raises OSError.

    One that is torn, or was changed, is left out: the one after it then does not follow on the one before. The file is
    read from its end, and its beginning only if that much is asked for: a long log costs no more than a short one.
    """
    try:
        descriptor = open_ordinary(layout.log, os.O_RDONLY, layout.root)
    except FileNotFoundError:
        return
    try:
        for line in _lines_backwards(descriptor):
            plain, event = _read(layout, line)
            if plain is not None and event is not None:
                yield plain, event
    finally:
        with suppress(OSError):  # it was only read, and whoever read enough of it is no longer there to be told
            os.close(descriptor)


def _lines_backwards(descriptor: int) -> Iterator[bytes]:
    """Yields the lines of the open log from the last to the first. Raises OSError."""
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


def append(layout: Layout, new_events: list[LogEvent]) -> LogEnd:
    """Add events, and fill in `n` and `prev`; returns the new end of the log. The caller holds the lock `log`.

    A log that has a second name, as copies made by hard links have, is first replaced by one of its own: the other name
    keeps what it had. Raises OSError, Damaged, SaveFailed.
    """
    path, place = layout.log, layout.file_label(layout.log)
    descriptor = _open_to_append(layout)
    try:
        last, torn = _last(layout, descriptor)
        data = b"\n" if torn else b""
        for new_event in new_events:
            event = _after(new_event, last)
            last = event.line
            data += layout.codec.encrypt(place, DocumentLabel(SCHEMA, "", event.n), last)
        while data:
            data = data[os.write(descriptor, data) :]
        sync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)
    return LogEnd(LogEvent.of(last).n, _hash(last)) if last else LogEnd()


def _open_to_append(layout: Layout) -> int:
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT
    descriptor = open_ordinary(layout.log, flags, layout.root)
    if not has_other_names(descriptor):
        return descriptor
    os.close(descriptor)
    atomic.write(layout.log, read(layout.log, layout.root), layout.root)
    return open_ordinary(layout.log, flags, layout.root)


def events(layout: Layout) -> Iterator[LogEvent | str]:
    """Yields the events of the log from its beginning, and a text for each line that is damaged or does not follow.

    Raises Damaged when the log cannot be read at all.
    """
    for item, _ in _events(layout):
        yield item


def _events(layout: Layout) -> Iterator[tuple[LogEvent | str, LogEnd]]:
    """As `events`, each with the end of the log so far: the hash is of the line as it stands, not as we would write."""
    try:
        lines = read(layout.log, layout.root).splitlines(keepends=True)
    except FileNotFoundError:
        return
    except OSError as error:
        raise Damaged(layout.display_path(layout.log), atomic.reason(error)) from error
    end = LogEnd()
    for number, line in enumerate(lines, start=1):
        plain, event = _read(layout, line)
        if plain is None or event is None:
            yield said(store_words, lambda words: words.log_line_broken, number=number), end
            continue
        if (event.n, event.prev) != (end.n + 1, end.hash):
            yield Gap(lambda language: store_words(language).log_line_gap, {"number": number}), end
        end = LogEnd(event.n, _hash(plain))
        yield event, end


def told(layout: Layout, what: EventType) -> Iterator[LogEvent]:
    """Yields the events of that type, oldest first. Raises Damaged when the log cannot be read at all."""
    for event in events(layout):
        if isinstance(event, LogEvent) and event.what == what:
            yield event


def last_saved(layout: Layout) -> Mapping[str, Saved]:
    """Returns what the log last said of each record, by path, without those that were removed. Raises Damaged."""
    return read_log(layout).saved


def _take_in(records: dict[str, Saved], event: LogEvent) -> None:
    for path in [path for path in records if event.took_away(path)] if event.gone else ():
        del records[path]
    records |= event.records


def note_failed_try(root: Path, at: datetime) -> None:
    """Record the time of a wrong passphrase in `tries.txt`. Nothing is raised when that fails."""
    with suppress(OSError):
        descriptor = open_ordinary(root / TRIES, os.O_WRONLY | os.O_APPEND | os.O_CREAT, root)
        try:
            if os.fstat(descriptor).st_size < _MOST_TRIES * _TRY and not has_other_names(descriptor):
                os.write(descriptor, f"{at.isoformat()}\n".encode())
        finally:
            os.close(descriptor)


def count_failed_tries(root: Path) -> int:
    """Returns how many wrong passphrases were given since the last event."""
    return len(_failed_tries(root))


def failed_tries(root: Path) -> list[datetime]:
    """Returns when wrong passphrases were given since the last event. What is no time is left out."""
    times = []
    for line in _failed_tries(root):
        with suppress(ValueError):
            at = datetime.fromisoformat(line)
            times.append(at if at.tzinfo else at.replace(tzinfo=UTC))
    return times


def forget_failed_tries(root: Path) -> None:
    """Delete `tries.txt`: the log tells of them now."""
    with suppress(OSError):
        os.unlink(root / TRIES)


def _failed_tries(root: Path) -> list[str]:
    with suppress(OSError):
        descriptor = open_ordinary(root / TRIES, os.O_RDONLY, root)
        try:
            return os.read(descriptor, _MOST_TRIES * _TRY).decode("utf-8", "replace").split()[:_MOST_TRIES]
        finally:
            os.close(descriptor)
    return []


def _after(event: LogEvent, last: bytes | None) -> LogEvent:
    return replace(event, n=LogEvent.of(last).n + 1 if last else 1, prev=_hash(last))


def _hash(line: bytes | None) -> str:
    return base64url(sha256(line).digest()) if line else ""


def _last(layout: Layout, descriptor: int) -> tuple[bytes | None, bool]:
    """Returns the last whole line, decrypted, and whether a broken line follows it."""
    torn = False
    for number, line in enumerate(_lines_backwards(descriptor)):
        torn = torn or (number == 0 and not line.endswith(b"\n"))
        plain, _ = _read(layout, line)
        if plain is not None:
            return plain, torn
    return None, torn


def _read(layout: Layout, line: bytes) -> tuple[bytes | None, LogEvent | None]:
    try:
        plain = layout.codec.decrypt(layout.file_label(layout.log), line)
        return plain, LogEvent.of(plain)
    except NOT_AS_WRITTEN:
        return None, None
