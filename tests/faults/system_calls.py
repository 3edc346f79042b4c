"""Makes each call of the store to the system fail in turn, and the interview that is held meanwhile."""

import errno
import fcntl
import io
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, product
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import mi_cli
from mi_cli.errors import MiError
from mi_cli.interview.outcome import Leaving
from mi_cli.interview.recorder import Recorder
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import Status
from mi_cli.store.keys.protocols import NO_KEYS, Keys
from mi_cli.store.records.interviews import read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep.check import check
from mi_cli.words.told import told as in_words
from tests.conftest import Desk, Ticking

BY_PATH = ("open", "replace", "rename", "link", "unlink", "rmdir", "mkdir", "listdir", "scandir", "stat", "lstat")
BY_DESCRIPTOR = ("read", "write", "ftruncate", "fsync", "close")
# What is on the disk when a process dies differs only by how many of these it has made.
CHANGING = ("replace", "rename", "link", "unlink", "rmdir", "mkdir", "write", "ftruncate")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EMFILE)
PROGRAM = str(Path(mi_cli.__file__).parent)
EVERY_FAULT = bool(os.environ.get("MI_EVERY_FAULT"))
SECRET = "Zwetschge"
LINES = (
    f"one {SECRET}",
    f"+d two {SECRET}",
    f"/importance 6 three {SECRET}",
    "/planning",
    f"/goal four {SECRET}",
    f"/step five {SECRET} @ noon",
    "/share 2",
    f"six {SECRET}",
    "/undo",
)


Place = tuple[str, int]


class Crash(BaseException):
    """Stands for the death of the process: nothing may catch it."""


@dataclass
class System:
    """Counts the calls that reach files below `root`, and makes number `at` fail, once, with `number` or a crash."""

    root: Path
    at: int = -1
    number: int | None = None
    made: list[str] = field(default_factory=list)
    ways: list[tuple[Place, ...]] = field(default_factory=list)  # the lines of the program that led to each, last first
    ours: dict[int, tuple[int, int]] = field(default_factory=dict)
    dead: bool = False

    def call(self, name: str, real: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """One call."""
        reached = given[0] in self.ours if isinstance(given[0], int) else self._is_ours(given[0])
        if not reached and not {named.get("dir_fd"), named.get("src_dir_fd")} & self.ours.keys():
            return real(*given, **named)
        if self.dead and name == "open" and str(given[0]).endswith(".lock"):
            raise Crash  # the dead take no locks, not even on the way out, and wait for none of their own
        self.made.append(name)
        if self.at < 0:
            self.ways.append(_way_through_program())
        if name == "close":
            self.ours.pop(given[0], None)
        if len(self.made) - 1 == self.at:
            if name == "close":  # the system takes the descriptor back whatever it says
                real(*given, **named)
            if self.number is None:
                self.dead = True
                raise Crash
            raise OSError(self.number, os.strerror(self.number), None if isinstance(given[0], int) else str(given[0]))
        if name == "fsync":  # counted, and slow
            return None
        result = real(*given, **named)
        if name == "open":
            self.ours[result] = _file_at(result)
        return result

    def die(self) -> None:
        """Let go of what a dead process had open. Its numbers stay taken: objects that nobody uses any more have them,
        and close them when they are done away with.
        """
        for descriptor, file in self.ours.items():
            with suppress(OSError), Path(os.devnull).open("rb") as nothing:
                if _file_at(descriptor) == file:
                    os.dup2(nothing.fileno(), descriptor)

    def deaths(self) -> Iterator[tuple[int, None]]:
        """The calls that change something, to die before each: the first and the last that are reached in the same way.

        With MI_EVERY_FAULT=1 each of them.
        """
        return ((at, None) for at in self._chosen() if self.made[at] in CHANGING)

    def failures(self) -> Iterator[tuple[int, int]]:
        """The calls with an error, one error after another: the first and the last that are reached in the same way.

        With MI_EVERY_FAULT=1 each call that was made meets each of them.
        """
        if EVERY_FAULT:
            return product(self._chosen(), ERRORS)
        return ((at, ERRORS[at % len(ERRORS)]) for at in self._chosen())

    def _chosen(self) -> list[int]:
        """What is written in a loop fails at the first and at the last; what holds for these holds between."""
        if EVERY_FAULT:
            return list(range(len(self.made)))
        alike = defaultdict(list)
        for at, (name, way) in enumerate(zip(self.made, self.ways, strict=True)):
            alike[name, way].append(at)
        return sorted({at for calls in alike.values() for at in (calls[0], calls[-1])})

    def _is_ours(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(str(self.root))

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """While it lasts, every call goes through here."""
        with pytest.MonkeyPatch.context() as patched:
            for module, name in (
                *((os, name) for name in BY_PATH + BY_DESCRIPTOR),
                (io, "open"),
                (fcntl, "flock"),
            ):
                patched.setattr(module, name, self._wrapped(f"{module.__name__}.{name}", getattr(module, name)))
            yield

    def _wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        short = name.removeprefix("os.").removeprefix("posix.")
        return lambda *given, **named: self.call(short, real, *given, **named)


def _file_at(descriptor: int) -> tuple[int, int]:
    status = os.fstat(descriptor)
    return status.st_dev, status.st_ino


def _way_through_program() -> tuple[Place, ...]:
    """The lines of the program that led to the call, the one that makes it first: their files and numbers."""
    way: list[Place] = []
    frame: FrameType | None = sys._getframe(3)
    while frame is not None:
        if PROGRAM in frame.f_code.co_filename:
            way.append((frame.f_code.co_filename, frame.f_lineno))
        frame = frame.f_back
    return tuple(way)


@dataclass(frozen=True)
class Broken:
    """What came of a command that met a fault: what it gave, or the MiError that it raised, or nothing when it died."""

    result: object
    died: bool
    at: int  # the number of the call
    call: str
    where: str  # for the message of an assertion

    @property
    def failed(self) -> bool:
        return self.died or isinstance(self.result, MiError)


def store_at(root: Path, keys: Keys = NO_KEYS) -> JsonStore:
    """A store with ids that say where they come from."""
    ids = (f"new{number:05d}" for number in count(len(list(root.rglob("*"))) * 100))
    return JsonStore(root, Ticking(), lambda: next(ids), "A. Counselor", keys)


def no_words(trouble: MiError) -> str:
    """It is a sentence, and no client's words are in it or in what it came from. Returns what to do about it."""
    message, hint = in_words(trouble, "en")
    assert message.endswith(".")
    assert SECRET not in f"{message}{hint}{trouble.__cause__}"
    return hint


def assert_told_well(trouble: MiError) -> None:
    """A person can read it, and no client's words are in it or in what it came from."""
    assert trouble.message.startswith(("Not saved: ", "It is in use", "clients", "store.json")), trouble.message
    no_words(trouble)
    assert SECRET not in str(trouble.__context__)
    assert "success" not in trouble.message


def insist(troubles: list[MiError], do: Callable[[], object]) -> None:
    """Do it, and once again when it fails."""
    try:
        do()
    except MiError as trouble:
        assert_told_well(trouble)
        troubles.append(trouble)
        do()


def converse(desk: Desk) -> list[MiError]:
    """Hold the scripted interview; the troubles there were."""
    troubles: list[MiError] = []
    begun: list[Recorder] = []
    insist(troubles, lambda: begun.append(desk.begin()))
    recorder = begun[0]
    for line in (*LINES, "/end seven"):
        entered = recorder.enter(line)
        assert recorder.unsaved is (entered.error is not None)
        if entered.error:
            assert_told_well(entered.error)
            troubles.append(entered.error)
            sound(desk.store)
            if line.startswith("/end"):
                assert entered.leaving is None
                assert recorder.enter("/safety").error is None
                assert desk.session.status is Status.OPEN
                assert recorder.enter(line).leaving is Leaving.ENDED
    return troubles


def sound(store: JsonStore) -> None:
    """Every file can be read, whatever happened."""
    assert [found.what for found in check(store).findings if found.damaged] == []


def told(store: JsonStore, client: str, ref: RecordRef | None = None) -> tuple[list[Any], *tuple[Any, ...]]:
    """All that was entered, in the client's latest interview or that one, as it stands on the disk."""
    ref = ref or store.catalog.sessions([client])[0]
    notes, session, plan = read_notes(store, ref), store.session(ref), store.plan(client)
    return (
        [(entry.n, entry.kind, entry.words) for entry in notes.entries],
        [(reading.ruler, reading.value, reading.why) for reading in session.readings],
        [visit.stage for visit in session.visits],
        [(goal.words, [(step.words, step.when) for step in goal.steps]) for goal in plan.goals],
        [shared.words for shared in plan.shared],
        (session.status, session.tally, notes.undo),
    )


def others(root: Path, except_for: Path) -> dict[Path, bytes]:
    """Every other client's files."""
    found = (path for path in (root / "clients").rglob("*") if path.is_file() and except_for not in path.parents)
    return {path: path.read_bytes() for path in found}
