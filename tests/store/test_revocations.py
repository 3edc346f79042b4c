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
from mi_cli.store.records.log import known
from mi_cli.store.upkeep import backup, trash
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.restore import RestoreAction, differences, restore
from tests.conftest import Desk, Ticking
from tests.store.passing_on import Hand
from tests.store.protected import protected_store, unlocked


@pytest.fixture(params=["plain", "sealed"])
def hand(tmp_path: Path, request: pytest.FixtureRequest) -> Hand:
    """One consent, with a backup of that time."""
    ids, root = (f"{number:08d}" for number in count(1)), tmp_path / "store"
    if request.param == "sealed":
        store = protected_store(root, Ticking(), lambda: next(ids))
    else:
        store = JsonStore(root, Ticking(), lambda: next(ids), "A. Counselor")
        store.make()
    desk = Desk(store, store.add_client("J-014", "en"), ExitStack())
    made = replace(Hand.with_consent(desk.store, desk.client), basis=Basis.CONSENT)
    backup.make_backup(store, tmp_path / "a.backup", 1, ignore_progress)
    return made


def brought_back(hand: Hand, copy: Path) -> None:
    """All that can be, also what is newer here."""
    with backup.open_backup(copy) as found:
        difference = differences(hand.store, found, ignore_progress)
        restore(
            hand.store,
            found,
            difference.of(RestoreAction.NEW, RestoreAction.OLDER_HERE, RestoreAction.NEWER_HERE),
            ignore_progress,
        )


def everything(hand: Hand, copy: Path) -> None:
    """As somebody would who chose every file."""
    with backup.open_backup(copy) as found:
        restore(hand.store, found, found.files, ignore_progress)


def holds_no_more(hand: Hand, tmp_path: Path) -> None:
    assert all(one.revoked for one in consents(hand.store, hand.client))
    with pytest.raises(Refused, match="taken back"):
        hand.over(tmp_path / "handoff.md")
    assert not (tmp_path / "handoff.md").exists()


@pytest.mark.parametrize("way", [brought_back, everything])
def test_one_taken_back_here_stays_so(hand: Hand, tmp_path: Path, way: Callable[[Hand, Path], None]) -> None:
    revoked = revoke(hand.store, hand.store.layout.find_consent("last"), "by letter")
    shown = hand.store.layout.display_path(hand.store.layout.consent(hand.store.layout.find_consent("last")))
    before = known(hand.store.layout)[shown]
    way(hand, tmp_path / "a.backup")
    assert consents(hand.store, hand.client) == [revoked]
    assert known(hand.store.layout)[shown] == before
    holds_no_more(hand, tmp_path)
    assert check(hand.store).findings == ()


def test_one_taken_back_in_the_backup_comes_back_so(hand: Hand, tmp_path: Path) -> None:
    ref = hand.store.layout.find_consent("last")
    path = hand.store.layout.consent(ref)
    valid = path.read_bytes()
    revoke(hand.store, ref, "by letter")
    backup.make_backup(hand.store, tmp_path / "later.backup", 1, ignore_progress)
    path.write_bytes(valid)
    brought_back(hand, tmp_path / "later.backup")
    holds_no_more(hand, tmp_path)


@pytest.mark.parametrize("fate", ["gone", "damaged", "in the trash", "purged"])
def test_one_of_which_only_the_log_tells_comes_back_taken_back(hand: Hand, tmp_path: Path, fate: str) -> None:
    ref = hand.store.layout.find_consent("last")
    revoke(hand.store, ref, "by letter")
    if fate == "gone":
        hand.store.layout.consent(ref).unlink()
    elif fate == "damaged":
        hand.store.layout.consent(ref).write_text("{")
    else:
        item = trash.delete_client(hand.store, hand.client, "J-014")
        if fate == "purged":
            trash.purge(hand.store, item)
    keys = unlocked(hand.store.layout.root) if hand.store.layout.keys.exists() else hand.store.keys
    again = JsonStore(hand.store.layout.root, hand.store.now, hand.store.new_id, hand.store.who, keys)
    brought_back(replace(hand, store=again), tmp_path / "a.backup")
    [consent] = consents(again, hand.client)
    assert consent.revoked
    assert "log" in consent.revoked.how
    holds_no_more(replace(hand, store=again), tmp_path)


def test_one_that_was_never_taken_back_comes_back_as_it_was(hand: Hand, tmp_path: Path) -> None:
    ref = hand.store.layout.find_consent("last")
    before = consents(hand.store, hand.client)
    hand.store.layout.consent(ref).unlink()
    brought_back(hand, tmp_path / "a.backup")
    assert consents(hand.store, hand.client) == before
    hand.over(tmp_path / "handoff.md")
    assert check(hand.store).findings == ()
