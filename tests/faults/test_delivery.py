"""A document is passed on while the system fails, or the process dies, at every call in turn: log and file agree."""

import errno
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from mi_cli.errors import MiError
from mi_cli.records.consent import Expiry
from mi_cli.records.disclosure import Disclosure, chain_faults
from mi_cli.records.terms import Event
from mi_cli.store.disk.atomic import TEMPORARY
from mi_cli.store.records.consents import add_consent
from mi_cli.store.records.disclosures import entries
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.ledger import finish_interrupted_deliveries, ledger
from mi_cli.store.upkeep.check import check
from tests import builders
from tests.builders import DOCUMENT, Sender
from tests.faults.system_calls import Crash, System, store_at
from tests.faults.zygote import Zygote

OLD = b"an older handoff"
# Dies between the log's entry and the rename.
DIES = """
import os, sys
from pathlib import Path
from tests.faults.system_calls import store_at
from tests import builders
from tests.builders import Sender

os.link = lambda _source, _target: os._exit(9)
Sender(store_at(Path(sys.argv[1])), sys.argv[2]).to_file(Path(sys.argv[3]))
"""


@pytest.fixture
def before(tmp_path: Path) -> tuple[Path, str]:
    """A place with a store, where something has been passed on once, and a folder for documents."""
    place = tmp_path / "before"
    store = store_at(place / "store")
    store.make()
    client = store.add_client("J-014", "en")
    (place / "documents").mkdir()
    Sender.with_consent(store, client).to_file(place / "documents" / "first.md")
    return place, client


def delivered(store: JsonStore, client: str) -> list[Disclosure]:
    """What the log says went out and came."""
    log = entries(store, client)
    denied = {entry.of for entry in log if entry.event is Event.NOT_DELIVERED}
    return [entry for entry in log if entry.event is Event.DISCLOSED and entry.seq not in denied]


@pytest.mark.parametrize("overwrite", [False, True], ids=["new", "overwrite"])
@pytest.mark.parametrize(
    "number", [None, errno.ENOSPC, errno.EIO], ids=lambda number: errno.errorcode.get(number, "crash")
)
def test_log_and_file_agree(before: tuple[Path, str], tmp_path: Path, number: int | None, overwrite: bool) -> None:
    place, client = tmp_path / "place", before[1]
    target = place / "documents" / "handoff.md"

    def begin() -> Sender:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(before[0], place)
        if overwrite:
            target.write_bytes(OLD)
        return Sender(store_at(place / "store"), client)

    sender, clean = begin(), System(place)
    with clean.in_place():
        sender.to_file(target, overwrite=overwrite)
    assert len(clean.made) > 40
    assert ("replace" if overwrite else "link") in clean.made
    states = set()
    for at in clean.points(number):
        where = f"call {at}, {clean.made[at]}"
        sender, broken = begin(), System(place, at, number)
        failed = False
        with broken.in_place():
            try:
                sender.to_file(target, overwrite=overwrite)
            except (MiError, Crash):
                failed = True
        broken.die()
        store = store_at(place / "store")
        if number is not None and not failed:
            assert target.read_bytes() == DOCUMENT.content, where
        if number is not None and failed:
            assert (target.read_bytes() == OLD) if overwrite else not target.exists(), where
        Sender(store, client).to_file(place / "documents" / "next.md")
        there = target.exists() and target.read_bytes() == DOCUMENT.content
        logged = [Path(entry.path or "").name for entry in delivered(store, client)]
        assert logged == ["first.md", *(["handoff.md"] if there else []), "next.md"], where
        assert there or not overwrite or target.read_bytes() == OLD, where
        assert list(place.rglob(f"*{TEMPORARY}")) == [], where
        assert chain_faults(entries(store, client), ledger(store, client)) == [], where
        assert [found for found in check(store).findings if found.damaged] == [], where
        states.add((failed, there, len(entries(store, client))))
    wanted = {(True, False, 2), (True, False, 4), (True, True, 3), (False, True, 3)}
    if number is None:  # before the entry; between entry and rename; after the rename; after all
        assert wanted - {(False, True, 3)} <= states


def test_the_next_start_of_an_interview_mends_it(before: tuple[Path, str]) -> None:
    place, client = before
    target = place / "documents" / "handoff.md"
    store = store_at(place / "store")
    arguments = [str(place / "store"), client, str(target)]
    died = subprocess.run([sys.executable, "-c", DIES, *arguments], cwd=Path(__file__).parents[2], check=False)
    assert died.returncode == 9
    assert [entry.event for entry in entries(store, client)] == [Event.DISCLOSED] * 2
    assert len(list((place / "documents").iterdir())) == 2
    finish_interrupted_deliveries(store)
    log = entries(store, client)
    assert [(entry.event, entry.of) for entry in log[1:]] == [(Event.DISCLOSED, None), (Event.NOT_DELIVERED, 2)]
    assert [path.name for path in (place / "documents").iterdir()] == ["first.md"]
    finish_interrupted_deliveries(store)
    assert entries(store, client) == log
    assert not target.exists()


def test_killed_at_any_moment_log_and_file_agree(before: tuple[Path, str], zygote: Zygote) -> None:
    place, client = before
    store, documents = store_at(place / "store"), place / "documents"
    whenever = builders.consent(
        client=client, id="cons0002", disclosers=("counselor",), signed_on=date(2020, 1, 2), expiry=Expiry(none=True)
    )
    add_consent(store, whenever)
    where = ("--store", str(place / "store"))
    for number in range(24):
        target = documents / f"{number}.md"
        export = ("goals", "export", "J-014", "--basis", "consent", "-o", str(target))
        child = zygote.mi(*where, *export, environment={"LOGNAME": "counselor"})
        child.read_for(number * 0.008)
        child.kill()
        assert zygote.mi(*where, "disclosures", "list").finish().code == 0
        logged = {Path(entry.path or "").name for entry in delivered(store, client)}
        assert logged == {path.name for path in documents.iterdir()}, number
        assert chain_faults(entries(store, client), ledger(store, client)) == [], number
