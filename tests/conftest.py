"""The fixtures of all tests: a store in a folder of its own, a clock that ticks, and the command line in this process.

It also marks the slow tests, and leaves out those that Windows cannot run.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from mi_cli.cli.app import run
from mi_cli.interview.recorder import Recorder
from mi_cli.prompts.load import load
from mi_cli.prompts.model import PromptSet
from mi_cli.records.notes import Notes
from mi_cli.records.reference import RecordRef
from mi_cli.records.session import PromptSetUsed, Session, Visit
from mi_cli.records.terms import Stage, Status
from mi_cli.store.keys import keyfile
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.interviews import HeldInterview, begin_interview, hold_interview, read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.making import create_store

# No limit of time for an example: it would depend on the machine more than on the program.
settings.register_profile("mi", deadline=None)
settings.load_profile("mi")

TESTS = Path(__file__).parent
EXAMPLES = TESTS / "journeys" / "interviews"
SLOW = ("faults", "journeys")

# These tests use a POSIX terminal, or calls of the system that Windows lacks.
NOT_ON_WINDOWS = [
    *SLOW,
    "fuzz",
    "cli/test_chosen_files.py",
    "cli/test_contract.py",
    "cli/test_streams.py",
    "terminal/test_keyboard.py",
]
collect_ignore = NOT_ON_WINDOWS if sys.platform == "win32" else []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test of a slow folder as slow."""
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in SLOW:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def _few_rounds() -> Iterator[None]:
    """A passphrase is made slow to guess by rounds; here that would only make each protected store slow."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(keyfile, "ITERATIONS", 1000)
        yield


@cache
def prompts_once() -> PromptSet:
    """Returns the English prompts, which are read once: they are no part of a store."""
    return load("en", None)


@pytest.fixture(scope="session", autouse=True)
def _state_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What this computer remembers of stores stands in a folder that goes with the tests."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


class Ticking:
    """A clock that advances by a second each time it is read."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@dataclass
class Desk:
    """A store with one client, and interviews with them."""

    store: JsonStore
    client: str
    held: ExitStack

    def begin(self, *lines: str, stage: Stage = Stage.ENGAGING) -> Recorder:
        """Begins an interview and enters the lines."""
        prompts = prompts_once()
        session = Session(
            **self.store.new_head(Session),
            client=self.client,
            counselor="A. Counselor",
            language="en",
            prompt_set=PromptSetUsed(name="en", version=prompts.version, digest=prompts.digest),
            status=Status.OPEN,
            started_at=self.store.now(),
            visits=(Visit(stage=stage, from_=self.store.now()),),
        )
        notes = Notes(**self.store.new_head(Notes, session.id), session=session.id)
        held = self.held.enter_context(begin_interview(self.store, session, notes))
        return self.enter(Recorder.start(held, prompts, self.store.now, self.store.new_id), *lines)

    def enter(self, recorder: Recorder, *lines: str) -> Recorder:
        """Enters the lines, each of which must be saved."""
        for line in lines:
            assert recorder.enter(line).error is None
        return recorder

    def crash(self) -> None:
        """Releases every lock, as the system does when a process dies. Nothing more is saved."""
        self.held.close()

    def resume(self) -> Recorder:
        """Resumes the latest interview."""
        held: HeldInterview = self.held.enter_context(hold_interview(self.store, self.ref))
        return Recorder.resume(held, prompts_once(), self.store.now, self.store.new_id)

    @property
    def ref(self) -> RecordRef:
        """Where the latest interview is."""
        return self.store.catalog.sessions()[0]

    @property
    def notes(self) -> Notes:
        """The notes of the latest interview, read from the disk."""
        return read_notes(self.store, self.ref)

    @property
    def session(self) -> Session:
        """The session record of the latest interview, read from the disk."""
        return self.store.session(self.ref)

    @property
    def words(self) -> list[str | None]:
        """The words of all its entries, read from the disk."""
        return [entry.words for entry in self.notes.entries]


@pytest.fixture
def store(tmp_path: Path) -> JsonStore:
    """A new store, with ids that count from 00000001."""
    ids = (f"{number:08d}" for number in count(1))
    new = JsonStore(tmp_path / "store", Ticking(), lambda: next(ids), "A. Counselor")
    create_store(new)
    return new


@pytest.fixture
def desk(store: JsonStore) -> Iterator[Desk]:
    """A new store with the client J-014."""
    with ExitStack() as held:
        yield Desk(store, add_client(store, "J-014", "en"), held)


@dataclass
class Ran:
    """The result of a command: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)


@pytest.fixture
def mi(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs `mi` in this process, without a terminal; `lines` is its standard input."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("MI_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("LOGNAME", "counselor")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def ran(*arguments: str, lines: str | bytes = b"") -> Ran:
        source = tmp_path / "stdin"
        source.write_bytes(lines.encode() if isinstance(lines, str) else lines)
        capfd.readouterr()
        with source.open(encoding="utf-8") as stdin, monkeypatch.context() as patched:
            patched.setattr("sys.stdin", stdin)
            code = run(list(arguments))
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return ran


@pytest.fixture
def examples() -> Path:
    """The folder with invented interviews, as they would be typed."""
    return EXAMPLES
