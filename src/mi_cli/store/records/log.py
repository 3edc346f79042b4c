"""The log of a store, `log.jsonl`: what was done, by whom and when, without any content. Lines are only ever added.

Theory of operation. Each line is an event. It holds:

- `n` and `prev`: its number, and the SHA-256 of the line before it. So a line that was removed, inserted or changed
  shows, unless it was the last one.
- `records`: the revision and a digest of each record that was saved since the event before. So `mi store check` finds a
  record that was changed outside the program, or put back in an older state.
- `gone`: the paths that were removed from their place since.

Three rules. An event is logged after what it tells of. An event that cannot be written never stops a command: the next
one tells of the same records. Reading is not logged. In a protected store each line is encrypted by itself.

A wrong passphrase cannot be logged, since no key is open then: its time goes to `tries.txt`, unencrypted, and the next
event takes it into the log.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from mi_cli.errors import Damaged
from mi_cli.store.disk import atomic
from mi_cli.store.disk.codec import DecryptError, DocumentLabel
from mi_cli.store.disk.layout import Layout
from mi_cli.store.disk.system import open_file, sync, sync_folder
from mi_cli.store.keys.jwe import base64url

SCHEMA: Final = "mi.log/1"
TRIES: Final = "tries.txt"
_TAIL: Final = 1 << 16  # bytes at the end of the file in which the last line is looked for first
_MOST_TRIES: Final = 1000


@dataclass(frozen=True)
class Saved:
    """A record as it was last saved: its revision, and the first 128 bits of its SHA-256 in base64url."""

    revision: int
    digest: str

    @classmethod
    def of(cls, revision: int, document: bytes) -> "Saved":
        """Returns this for a decrypted record."""
        return cls(revision, base64url(sha256(document).digest()[:16]))


@dataclass(frozen=True)
class LogEvent:
    """One line of the log. `what` is an `EventType`, or one of a later version of mi.

    `gone` are the paths of files or folders that were removed from their place; "" stands for the whole store.
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
        }
        kept = {name: value for name, value in document.items() if value not in (None, {}, [])}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"

    @classmethod
    def of(cls, line: bytes) -> "LogEvent":
        """Returns the event in a line. Raises ValueError, KeyError or TypeError when there is none."""
        document: dict[str, Any] = json.loads(line)
        records = {str(path): Saved(int(one[0]), str(one[1])) for path, one in document.get("records", {}).items()}
        return cls(
            n=int(document["n"]),
            prev=str(document["prev"]),
            at=datetime.fromisoformat(document["at"]),
            by=str(document["by"]),
            what=str(document["what"]),
            client=document.get("client"),
            record=document.get("record"),
            records=records,
            gone=tuple(document.get("gone", ())),
        )


def append(layout: Layout, new_events: list[LogEvent]) -> None:
    """Add events, and fill in `n` and `prev`. The caller holds the lock `log`. Raises OSError, Damaged."""
    path, place = layout.log, layout.file_label(layout.log)
    descriptor = open_file(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
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


def events(layout: Layout) -> Iterator[LogEvent | str]:
    """Yields the events of the log from its beginning, and a text for each line that is damaged or does not follow.

    Raises Damaged when the log cannot be read at all.
    """
    try:
        lines = atomic.read(layout.log).splitlines(keepends=True)
    except FileNotFoundError:
        return
    except OSError as error:
        raise Damaged(layout.display_path(layout.log), atomic.reason(error)) from error
    last: bytes | None = None
    for number, line in enumerate(lines, start=1):
        plain, event = _read(layout, line)
        if plain is None or event is None:
            yield f"line {number} is not whole, or not what was written"
            continue
        if event.prev != _hash(last) or event.n != (LogEvent.of(last).n + 1 if last else 1):
            yield f"line {number} does not follow on the one before: something was taken out or put in"
        yield event
        last = plain


def last_saved(layout: Layout) -> dict[str, Saved]:
    """Returns what the log last said of each record, by path, without those that were removed. Raises Damaged."""
    records: dict[str, Saved] = {}
    for event in events(layout):
        if isinstance(event, str):
            continue
        for gone in event.gone:
            for path in [path for path in records if path == gone or path.startswith(f"{gone}/") or not gone]:
                del records[path]
        records |= event.records
    return records


def note_failed_try(root: Path, at: datetime) -> None:
    """Record the time of a wrong passphrase in `tries.txt`. Nothing is raised when that fails."""
    path = root / TRIES
    with suppress(OSError):
        if path.exists() and path.stat().st_size > _MOST_TRIES * 30:
            return
        descriptor = open_file(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        try:
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
    try:
        return (root / TRIES).read_text(encoding="utf-8", errors="replace").split()[:_MOST_TRIES]
    except OSError:
        return []


def _after(event: LogEvent, last: bytes | None) -> LogEvent:
    return replace(event, n=LogEvent.of(last).n + 1 if last else 1, prev=_hash(last))


def _hash(line: bytes | None) -> str:
    return base64url(sha256(line).digest()) if line else ""


def _last(layout: Layout, descriptor: int) -> tuple[bytes | None, bool]:
    """Returns the last whole line, decrypted, and whether a broken line follows it."""
    size = os.fstat(descriptor).st_size
    for start in (max(0, size - _TAIL), 0):
        os.lseek(descriptor, start, os.SEEK_SET)
        data = b""
        while chunk := os.read(descriptor, 1 << 20):
            data += chunk
        for line in reversed(data.splitlines(keepends=True)):
            plain, _ = _read(layout, line)
            if plain is not None:
                return plain, not data.endswith(b"\n")
        if start == 0:
            break
    return None, size > 0 and not data.endswith(b"\n")


def _read(layout: Layout, line: bytes) -> tuple[bytes | None, LogEvent | None]:
    try:
        plain = layout.codec.decrypt(layout.file_label(layout.log), line)
        return plain, LogEvent.of(plain)
    except (DecryptError, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError):
        return None, None
