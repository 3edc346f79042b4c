"""Every call that a command makes to the system fails in turn, or the process dies before it: nothing is lost.

What is done again afterwards finishes, and what is said about it is clear.
"""

import errno
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from mi_cli.errors import MiError
from mi_cli.records.terms import Event
from mi_cli.store.keys import passphrase
from mi_cli.store.records.disclosures import entries
from mi_cli.store.records.ledger import finish_interrupted_deliveries
from mi_cli.words.told import told
from tests.conftest import Ran
from tests.faults import table
from tests.faults.commands import CALLED, TYPED, Command, Export, secrets
from tests.faults.conftest import keep_state, state_as_kept
from tests.faults.system_calls import Broken, Crash, System, store_at
from tests.faults.table import DIES, FAILS, cells

Mi = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _weakness_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """How easy to guess the passphrases here are is found out once."""
    monkeypatch.setattr(passphrase, "weakness", cache(passphrase.weakness))


class Whole(Command):
    """A command of `TYPED`, in this process."""

    def __init__(self, name: str, mi: Mi, monkeypatch: pytest.MonkeyPatch) -> None:
        self.command, self.mi, self.patched = TYPED[name](), mi, monkeypatch

    def set_up(self, place: Path) -> None:
        self.command.set_up(place, self._run)

    def ready(self, place: Path) -> None:
        self.words = self.command.words(place)
        for name, value in secrets(place).items():
            self.patched.setenv(name, value)

    def do(self) -> Ran:
        return self.mi(*self.words)

    def done(self, place: Path, calls: set[str]) -> None:
        assert self.command.is_done(place)

    def after(self, place: Path, broken: Broken) -> None:
        ran = broken.result if isinstance(broken.result, Ran) else None
        if ran is not None:
            assert ran.code == 0 or ran.err.count("\n") == 2, (broken.where, ran.err)
            assert "output" not in ran.err, (broken.where, ran.err)
        self.command.after(place, ran, broken.where, self._run)

    def _run(self, place: Path, *words: str, lines: str = "") -> Ran:
        self.ready(place)
        with System(place).in_place():  # which spares it the waiting for the disk
            return self.mi(*words, lines=lines)


def meets(command: Command, place: Path, system: System, where: str = "") -> Broken:
    """Do it once with the system as given; `where` tells the fault."""
    command.ready(place)
    result: object = None
    died = False
    try:
        with system.in_place():
            result = command.do()
    except MiError as trouble:
        result = trouble
    except Crash:
        died = True
    system.die()
    return Broken(result, died, system.at, "".join(system.made[system.at :][:1]), where)


@pytest.mark.parametrize(("name", "fault"), cells(DIES, FAILS))
def test_nothing_is_lost_and_it_finishes_when_done_again(
    mi: Mi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, fault: str
) -> None:
    command = CALLED[name]() if name in CALLED else Whole(name, mi, monkeypatch)
    place, kept = tmp_path / "place", tmp_path / "kept"
    place.mkdir()
    command.set_up(place)
    shutil.copytree(place, kept)
    keep_state(tmp_path)
    clean = System(place)
    undisturbed = meets(command, place, clean)
    assert not undisturbed.failed, undisturbed.result
    assert len(clean.made) > (5 if name.startswith(("an entry of the log", "unlocking")) else 20)
    command.done(place, set(clean.made))
    judged = set()
    counts = type(command).ended is not Command.ended
    for at, number in clean.deaths() if fault == DIES else clean.failures():
        shutil.rmtree(place)
        shutil.copytree(kept, place)
        state_as_kept(tmp_path)
        broken = System(place, at, number)
        where = f"{errno.errorcode.get(number or 0)} at call {at}, {clean.made[at]}"
        met = meets(command, place, broken, where)
        assert len(broken.made) > at, where
        came_of = _came_of(tmp_path, met)
        if counts or came_of not in judged:
            command.after(place, met)
        judged.add(came_of)
    command.ended()


def _came_of(folder: Path, met: Broken) -> tuple[object, ...]:
    """What `after` judges: all that is on the disk, and what was said. Most failures change nothing at all."""
    said = told(met.result, "en") if isinstance(met.result, MiError) else repr(met.result)
    kept = (folder / "kept", folder / "kept state")
    paths = (path for path in folder.rglob("*") if not any(map(path.is_relative_to, kept)))
    files = frozenset((path, path.lstat().st_mode, path.read_bytes() if path.is_file() else b"") for path in paths)
    return files, said, met.died


def test_the_next_start_of_an_interview_mends_what_was_passed_on_half(tmp_path: Path) -> None:
    command, place = Export(overwrite=False), tmp_path / "place"
    place.mkdir()
    command.set_up(place)
    shutil.copytree(place, tmp_path / "kept")
    clean = System(place)
    meets(command, place, clean)
    shutil.rmtree(place)
    shutil.copytree(tmp_path / "kept", place)
    # It dies between the log's entry and the rename.
    assert meets(command, place, System(place, clean.made.index("link"))).died
    store = store_at(place / "store")
    assert [entry.event for entry in entries(store, command.client)] == [Event.DISCLOSED] * 2
    assert len(list((place / "documents").iterdir())) == 2
    (store.layout.locks / f"sharing-{command.client}.lock").touch()  # a process that dies leaves the file of its lock
    finish_interrupted_deliveries(store)
    log = entries(store, command.client)
    assert [(entry.event, entry.of) for entry in log[1:]] == [(Event.DISCLOSED, None), (Event.NOT_DELIVERED, 2)]
    assert [path.name for path in (place / "documents").iterdir()] == ["first.md"]
    finish_interrupted_deliveries(store)
    assert entries(store, command.client) == log


def test_the_readme_has_the_table_as_it_is_tested_and_names_every_file() -> None:
    folder = Path(__file__).parent
    readme, tests = (folder / "README.md").read_text(encoding="utf-8"), list(folder.glob("test_*.py"))
    assert table.matrix() in readme
    last_cells = re.findall(r"\|([^|]*)\|$", readme, re.MULTILINE)
    assert {name for cell in last_cells for name in re.findall(r"`(\w+)`", cell)} == {path.stem for path in tests}
    met = {
        name
        for path in tests
        for names in re.findall(r" cells\(([A-Z, ]+)\)", path.read_text())
        for name in names.split(", ")
    }
    assert {getattr(table, name) for name in met} == set(table.TABLE)
