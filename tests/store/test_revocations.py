"""A backup never makes a consent hold again that was taken back, whichever side knows of it."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from mi_cli.errors import Refused
from mi_cli.records.terms import Basis
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.records.consents import consents, revoke
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.log import last_saved
from mi_cli.store.upkeep import backup, trash
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.restore import RestoreAction, differences, restore
from tests.builders import Sender, protected_store, unlocked
from tests.conftest import Desk, Ticking


@pytest.fixture(params=["plain", "sealed"])
def sender(tmp_path: Path, request: pytest.FixtureRequest) -> Sender:
    """One consent, with a backup of that time."""
    ids, root = (f"{number:08d}" for number in count(1)), tmp_path / "store"
    if request.param == "sealed":
        store = protected_store(root, Ticking(), lambda: next(ids))
    else:
        store = JsonStore(root, Ticking(), lambda: next(ids), "A. Counselor")
        store.make()
    desk = Desk(store, store.add_client("J-014", "en"), ExitStack())
    made = replace(Sender.with_consent(desk.store, desk.client), basis=Basis.CONSENT)
    backup.make_backup(store, tmp_path / "a.backup", 1, ignore_progress)
    return made


def brought_back(sender: Sender, copy: Path) -> None:
    """All that can be, also what is newer here."""
    with backup.open_backup(copy) as found:
        difference = differences(sender.store, found, ignore_progress)
        restore(
            sender.store,
            found,
            difference.of(RestoreAction.NEW, RestoreAction.OLDER_HERE, RestoreAction.NEWER_HERE),
            ignore_progress,
        )


def everything(sender: Sender, copy: Path) -> None:
    """As somebody would who chose every file."""
    with backup.open_backup(copy) as found:
        restore(sender.store, found, found.files, ignore_progress)


def holds_no_more(sender: Sender, tmp_path: Path) -> None:
    assert all(one.revoked for one in consents(sender.store, sender.client))
    with pytest.raises(Refused, match="taken back"):
        sender.to_file(tmp_path / "handoff.md")
    assert not (tmp_path / "handoff.md").exists()


@pytest.mark.parametrize("way", [brought_back, everything])
def test_one_taken_back_here_stays_so(sender: Sender, tmp_path: Path, way: Callable[[Sender, Path], None]) -> None:
    revoked = revoke(sender.store, sender.store.catalog.find_consent("last"), "by letter")
    shown = sender.store.layout.display_path(sender.store.layout.consent(sender.store.catalog.find_consent("last")))
    before = last_saved(sender.store.layout)[shown]
    way(sender, tmp_path / "a.backup")
    assert consents(sender.store, sender.client) == [revoked]
    assert last_saved(sender.store.layout)[shown] == before
    holds_no_more(sender, tmp_path)
    assert check(sender.store).findings == ()


def test_one_taken_back_in_the_backup_comes_back_so(sender: Sender, tmp_path: Path) -> None:
    ref = sender.store.catalog.find_consent("last")
    path = sender.store.layout.consent(ref)
    valid = path.read_bytes()
    revoke(sender.store, ref, "by letter")
    backup.make_backup(sender.store, tmp_path / "later.backup", 1, ignore_progress)
    path.write_bytes(valid)
    brought_back(sender, tmp_path / "later.backup")
    holds_no_more(sender, tmp_path)


@pytest.mark.parametrize("fate", ["gone", "damaged", "in the trash", "purged"])
def test_one_of_which_only_the_log_tells_comes_back_taken_back(sender: Sender, tmp_path: Path, fate: str) -> None:
    ref = sender.store.catalog.find_consent("last")
    revoke(sender.store, ref, "by letter")
    if fate == "gone":
        sender.store.layout.consent(ref).unlink()
    elif fate == "damaged":
        sender.store.layout.consent(ref).write_text("{")
    else:
        item = trash.delete_client(sender.store, sender.client, "J-014")
        if fate == "purged":
            trash.purge(sender.store, item)
    keys = unlocked(sender.store.layout.root) if sender.store.layout.keys.exists() else sender.store.keys
    again = JsonStore(sender.store.layout.root, sender.store.now, sender.store.new_id, sender.store.who, keys)
    brought_back(replace(sender, store=again), tmp_path / "a.backup")
    if fate == "in the trash":  # where a backup does not reach
        trash.restore(again, item)
    [consent] = consents(again, sender.client)
    assert consent.revoked
    assert "log" in consent.revoked.how or fate == "in the trash"
    holds_no_more(replace(sender, store=again), tmp_path)


def test_one_that_was_never_taken_back_comes_back_as_it_was(sender: Sender, tmp_path: Path) -> None:
    ref = sender.store.catalog.find_consent("last")
    before = consents(sender.store, sender.client)
    sender.store.layout.consent(ref).unlink()
    brought_back(sender, tmp_path / "a.backup")
    assert consents(sender.store, sender.client) == before
    sender.to_file(tmp_path / "handoff.md")
    assert check(sender.store).findings == ()
