"""`mi store check` raises no false alarm beside a writer, and `--repair` moves nothing that a writer is at.

A change is held up at each of its syncs in turn, and the store is checked at that moment. The change goes on as soon as
the check has begun to wait for it.
"""

import os
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from mi_cli.errors import InUse
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.consents import add_consent, revoke
from mi_cli.store.records.making import create_store
from mi_cli.store.upkeep import check as checking
from mi_cli.store.upkeep import trash
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.repair import repair
from tests import builders
from tests.builders import Sender
from tests.conftest import Desk
from tests.faults.system_calls import store_at

PATIENCE: Final = 60.0  # seconds: to fail rather than to hang


class HeldUp:
    """Runs a change in a thread of its own, and holds it up at sync number `at`."""

    def __init__(self, change: Callable[[], object], at: int) -> None:
        self.syncs, self.at = 0, at
        self.waits, self.may_go_on = threading.Event(), threading.Event()
        self.error: BaseException | None = None
        self.thread = threading.Thread(target=self._run, args=(change,))

    def sync(self, _descriptor: int) -> None:
        """Takes the place of `os.fsync`."""
        if threading.current_thread() is self.thread:
            self.syncs += 1
            if self.syncs == self.at:
                self.waits.set()
                assert self.may_go_on.wait(PATIENCE)

    def _run(self, change: Callable[[], object]) -> None:
        try:
            change()
        except BaseException as error:  # noqa: BLE001  # told to the test
            self.error = error
        self.waits.set()

    def __enter__(self) -> "HeldUp":
        self.thread.start()
        assert self.waits.wait(PATIENCE)
        threading.Timer(0.2, self.may_go_on.set).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.may_go_on.set()
        self.thread.join()
        assert self.error is None, self.error


def begin(desk: Desk, _out: Path) -> None:
    desk.begin("three")


def add_another(desk: Desk, _out: Path) -> None:
    add_client(desk.store, "K-015", "en")


def consent(desk: Desk, _out: Path) -> None:
    add_consent(desk.store, builders.consent(client=desk.client, id="cons0002", created_at=desk.store.now()))


def take_back(desk: Desk, _out: Path) -> None:
    revoke(desk.store, next(desk.store.catalog.named("consents")), "by telephone")


def pass_on(desk: Desk, out: Path) -> None:
    Sender(desk.store, desk.client).to_file(out / "handoff.md")


def delete(desk: Desk, _out: Path) -> None:
    trash.delete_session(desk.store, desk.store.catalog.sessions([desk.client])[0], "J-014")


def delete_client(desk: Desk, _out: Path) -> None:
    trash.delete_client(desk.store, desk.client, "J-014")


def purge(desk: Desk, _out: Path) -> None:
    trash.purge(desk.store, trash.items(desk.store, [])[0])


CHANGES: Final = (begin, add_another, consent, take_back, pass_on, delete, delete_client, purge)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("repairs", [False, True], ids=["check", "repair"])
def test_a_change_that_is_under_way_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Desk, Path], None], repairs: bool
) -> None:
    for at in count(1):
        store = store_at(tmp_path / str(at) / "store")
        with monkeypatch.context() as patched, ExitStack() as held:
            patched.setattr(os, "fsync", lambda _descriptor: None)
            create_store(store)
            desk = Desk(store, add_client(store, "J-014", "en"), held)
            desk.begin("one", "/goal two", "/end")
            desk.crash()
            Sender.with_consent(store, desk.client).to_file(tmp_path / str(at) / "earlier.md")
            if change is purge:
                delete(desk, tmp_path)
            changed = HeldUp(lambda: change(desk, tmp_path / str(at)), at)  # noqa: B023  # it ends in this round
            patched.setattr(os, "fsync", changed.sync)
            other = store_at(store.root)
            with changed:
                if repairs:
                    seen = checking._look(other, ignore_progress).findings
                    with suppress(InUse):  # an interview that has begun is held, and then nothing is moved either
                        repair(other, [found for found in seen if found.aside])
                else:
                    assert check(other).findings == (), f"{change.__name__}, at sync {at}"
            assert not list(store.layout.quarantine.rglob("*")), f"{change.__name__}, at sync {at}"
            if changed.syncs < at:
                return


def test_what_is_wrong_beside_a_writer_is_named_all_the_same(desk: Desk) -> None:
    desk.begin("one")
    (desk.store.layout.client(desk.client) / "plan.json").write_text("{}")
    (desk.store.layout.clients / "abcdefgh").mkdir()
    other = store_at(desk.store.root)
    assert {found.what for found in check(other).findings} == {f"clients/{desk.client}/plan.json", "clients/abcdefgh"}
