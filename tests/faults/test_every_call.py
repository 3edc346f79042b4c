"""Every call the store makes to the system fails in turn: nothing is lost, and what is said about it is clear."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mi_cli.errors import MiError
from mi_cli.records.terms import Status
from mi_cli.store.disk.atomic import TEMPORARY
from mi_cli.store.records.interviews import amend, read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.upkeep import trash
from mi_cli.store.upkeep.check import check
from tests.faults.system_calls import (
    BY_DESCRIPTOR,
    ERRORS,
    ONCE,
    SECRET,
    Crash,
    Prepared,
    System,
    converse,
    others,
    store_at,
    told,
)


@pytest.fixture(autouse=True)
def _prompts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The prompts are read once: they are no part of the store."""
    monkeypatch.setattr("tests.conftest.load", ONCE)


@pytest.fixture
def before(tmp_path: Path) -> tuple[Path, str]:
    """A store with a client, to begin each time from."""
    store = store_at(tmp_path / "before")
    store.make()
    return tmp_path / "before", store.add_client("J-014", "en")


@pytest.mark.parametrize("number", ERRORS, ids=lambda number: errno.errorcode[number])
def test_an_interview_loses_nothing(before: tuple[Path, str], tmp_path: Path, number: int) -> None:
    root, client = tmp_path / "store", before[1]
    shutil.copytree(before[0], root)
    clean = System(root)
    assert converse(root, client, clean) == []
    expected = told(store_at(root), client)
    assert SECRET in str(expected)
    assert store_at(root).session(store_at(root).catalog.sessions()[0]).status is Status.CLOSED
    assert {*BY_DESCRIPTOR, "open", "replace", "unlink", "mkdir", "stat", "io.open", "fcntl.flock"} <= set(clean.made)
    silent = 0
    for at in clean.points(number):
        shutil.rmtree(root)
        shutil.copytree(before[0], root)
        broken = System(root, at, number)
        troubles = converse(root, client, broken)
        where = f"call {at}, {clean.made[at]}"
        assert len(broken.made) > at, where
        assert len(troubles) <= 1, where
        silent += not troubles
        assert told(store_at(root), client) == expected, where
        assert list(root.rglob(f"*{TEMPORARY}")) == [] or clean.made[at] == "unlink", where
    # Those that need not be told: what a lock writes about its holder, how it is let go, whether a folder is there.
    assert silent < len(clean.made) / 2


Item = trash.TrashItem | None


def delete_session(store: JsonStore, client: str, _item: Item) -> None:
    trash.delete_session(store, store.catalog.sessions([client])[0], "J-014")


def delete_client(store: JsonStore, client: str, _item: Item) -> None:
    trash.delete_client(store, client, "J-014")


def restore(store: JsonStore, _client: str, item: Item) -> None:
    assert item
    trash.restore(store, item)


def purge(store: JsonStore, _client: str, item: Item) -> None:
    assert item
    trash.purge(store, item)


def add_to_notes(store: JsonStore, client: str, _item: Item) -> None:
    amend(store, store.catalog.sessions([client])[0], "Reineclaude")


STEPS: dict[str, tuple[Callable[[JsonStore, str, Item], None], ...]] = {
    "delete a session": (delete_session,),
    "delete a client": (delete_client,),
    "restore a session": (delete_session, restore),
    "restore a client": (delete_client, restore),
    "purge a session": (delete_session, purge),
    "purge a client": (delete_client, purge),
    "amend": (add_to_notes,),
}


@pytest.mark.parametrize(
    "number", [None, errno.EIO, errno.EACCES], ids=lambda number: errno.errorcode.get(number, "crash")
)
@pytest.mark.parametrize("what", STEPS)
def test_a_change_that_breaks_off_loses_nothing_and_can_be_done_again(
    prepared: Prepared, tmp_path: Path, what: str, number: int | None
) -> None:
    *earlier, step = STEPS[what]
    for done in earlier:
        done(store_at(prepared.root), prepared.client, None)
    item = next(iter(trash.items(store_at(prepared.root))), None)
    root = tmp_path / "store"
    shutil.copytree(prepared.root, root)
    here = Prepared(root, prepared.client, prepared.other)
    clean = System(root)
    store = store_at(root)
    with clean.in_place():
        step(store, here.client, item)
    untouched = others(root, root / "clients" / here.client)
    assert len(clean.made) > 20
    assert "purge" not in what or here.words() == {b"Mirabelle"}
    for at in clean.points(number):
        shutil.rmtree(root)
        shutil.copytree(prepared.root, root)
        system = System(root, at, number)
        failed = False
        store = store_at(root)
        with system.in_place():
            try:
                step(store, here.client, item)
            except MiError as trouble:
                assert_told_well_or_named(trouble)
                failed = True
            except Crash:
                failed = True
        system.die()
        where = f"call {at}, {clean.made[at]}"
        assert others(root, root / "clients" / here.client) == untouched, where
        found = check(store_at(root))
        assert [finding.what for finding in found.findings if finding.damaged] == [], where
        if "purge" not in what:
            assert b"Zwetschge" in here.words(), where
        if failed and what != "amend":
            finish(store_at(root), here, what, where)


def assert_told_well_or_named(trouble: MiError) -> None:
    """As `assert_told_well`; a record that could not be read at that moment is named, too."""
    assert SECRET not in f"{trouble.message}{trouble.hint}{trouble.__cause__}"
    assert trouble.message.endswith(".")
    assert trouble.hint


def finish(store: JsonStore, here: Prepared, what: str, where: str) -> None:
    """Whatever is in the trash can be brought back, or done away with, and everything fits together again."""
    live = {ref.client for ref in store.catalog.sessions()}
    if "purge" in what:
        for item in trash.items(store):
            trash.purge(store, item)
        assert here.words() == {b"Mirabelle"}, where
    else:
        for item in trash.items(store):
            trash.restore(store, item)
        assert "J-014" in store.codes(), where
        ref = store.catalog.sessions([here.client])[0]
        assert [entry.words for entry in read_notes(store, ref).entries] == ["Zwetschge"], where
        assert [goal.words for goal in store.plan(here.client).goals] == ["Quitte"], where
    assert here.other in live, where
    hints = [finding.why for finding in check(store).findings]
    assert all("broken off before it began" in why for why in hints), (where, hints)
