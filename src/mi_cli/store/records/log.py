"""What was done in a store, by whom and when, without content: `log.jsonl`, to which lines are only added.

Each line is an event that names the one before by its SHA-256, and the records that were saved since by revision and
SHA-256. So it shows what was changed behind the program's back, and what was put back in an older state. Reading leaves
no trace. An event is logged after what it tells of; one that could not be written never stands in anybody's way.
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
_TAIL: Final = 1 << 16  # bytes in which the last line is found, but for very long ones
_MOST_TRIES: Final = 1000


@dataclass(frozen=True)
class Saved:
    """A record as it was last saved: its revision, and what tells its content from any other."""

    revision: int
    digest: str

    @classmethod
    def of(cls, revision: int, document: bytes) -> "Saved":
        """A record as it stands in the store, opened."""
        return cls(revision, base64url(sha256(document).digest()[:16]))


@dataclass(frozen=True)
class LogEvent:
    """A line. `what` is a `EventType`, or one of a later version.

    `gone` are paths, of files or folders, that were taken out of their place; "" is all of the store.
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
        """As JSON, in one line."""
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
        """From a line. Raises ValueError, KeyError or TypeError when it is none."""
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


def append(layout: Layout, happened: list[LogEvent]) -> None:
    """Add events; their number and predecessor are filled in here. The log's lock is held. Raises OSError, Damaged."""
    path, place = layout.log, layout.file_label(layout.log)
    descriptor = open_file(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
    try:
        last, torn = _last(layout, descriptor)
        data = b"\n" if torn else b""
        for one in happened:
            event = _after(one, last)
            last = event.line
            data += layout.codec.encrypt(place, DocumentLabel(SCHEMA, "", event.n), last)
        while data:
            data = data[os.write(descriptor, data) :]
        sync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


def events(layout: Layout) -> Iterator[LogEvent | str]:
    """The log from its beginning; for a line that is not as it was written, or does not follow, what is wrong with it.

    Raises Damaged when it cannot be read at all.
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


def known(layout: Layout) -> dict[str, Saved]:
    """What each record was when the log last spoke of it, by path, but for what was taken away. Raises Damaged."""
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
    """That somebody had a wrong passphrase: the time and nothing else, in the open, since nothing can be sealed then.

    The next event takes it into the log.
    """
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
    """How many wrong tries there were since the last event."""
    return len(_failed_tries(root))


def failed_tries(root: Path) -> list[datetime]:
    """The wrong tries since the last event. What is no time is left out."""
    found = []
    for line in _failed_tries(root):
        with suppress(ValueError):
            at = datetime.fromisoformat(line)
            found.append(at if at.tzinfo else at.replace(tzinfo=UTC))
    return found


def forget_failed_tries(root: Path) -> None:
    """They are in the log now."""
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
    """The last whole line, opened, and whether something torn comes after it."""
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
