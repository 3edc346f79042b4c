"""A backup never makes a consent hold again that was taken back, for whomever, whichever side knows of it.

The last test lets a counselor, and somebody who writes to the folder, do many things one after the other. A long run:
`MI_REVOCATIONS=2000` before the command.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mi_cli.errors import Damaged, Failed, MiError, Refused
from mi_cli.handoff.gate import permit
from mi_cli.handoff.objections import Request
from mi_cli.records.consent import Intermediary, Recipient
from mi_cli.records.terms import Basis
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.keys.keyfile import StoreKeys
from mi_cli.store.keys.protocols import NO_KEYS
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.consents import add_consent, consents, end, revoke, take_back_for, uphold
from mi_cli.store.records.disclosures import deliver
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.making import create_store
from mi_cli.store.records.memory import Memory
from mi_cli.store.upkeep import backup, trash
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.confirm import confirm
from mi_cli.store.upkeep.repair import repair
from mi_cli.store.upkeep.restore import RestoreAction, differences, restore
from tests import builders
from tests.builders import DOCUMENT, PROGRAM_WITH_COLLEAGUE, Sender, key_file, protected_store, unlocked
from tests.conftest import Desk, Ticking


@pytest.fixture(params=["plain", "sealed"])
def sender(tmp_path: Path, request: pytest.FixtureRequest) -> Sender:
    """One consent, with a backup of that time."""
    ids, root = (f"{number:08d}" for number in count(1)), tmp_path / "store"
    if request.param == "sealed":
        store = protected_store(root, Ticking(), lambda: next(ids))
    else:
        store = JsonStore(root, Ticking(), lambda: next(ids), "A. Counselor")
        create_store(store)
    desk = Desk(store, add_client(store, "J-014", "en"), ExitStack())
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
    before = sender.store.log.reading().saved[shown]
    way(sender, tmp_path / "a.backup")
    assert consents(sender.store, sender.client) == [revoked]
    assert sender.store.log.reading().saved[shown] == before
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
    assert consent.revoked.how == ("by letter" if fate == "in the trash" else "")  # the log does not tell how
    holds_no_more(replace(sender, store=again), tmp_path)


def test_one_that_was_never_taken_back_comes_back_as_it_was(sender: Sender, tmp_path: Path) -> None:
    ref = sender.store.catalog.find_consent("last")
    before = consents(sender.store, sender.client)
    sender.store.layout.consent(ref).unlink()
    brought_back(sender, tmp_path / "a.backup")
    assert consents(sender.store, sender.client) == before
    sender.to_file(tmp_path / "handoff.md")
    assert check(sender.store).findings == ()


NAMES: Final = ("A. Therapist", "B. Other", "C. Member")  # the last one is a member of an intermediary
ALL: Final = frozenset(NAMES)


@dataclass
class Wanted:
    """A consent for three, and for whom of them it holds no more, whatever became of the files."""

    folder: Path
    protected: bool
    over: set[str] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=count)
    clock: Ticking = field(default_factory=Ticking)

    def __post_init__(self) -> None:
        self.root = self.folder / "store"
        store = self.opened()
        create_store(store, key_file()[0] if self.protected else None)
        self.client = add_client(store, "J-014", "en")
        recipients = tuple(Recipient(name=name) for name in NAMES[:2])
        through = Intermediary(name="An exchange", participants=(NAMES[2],))
        given = {"client": self.client, "recipients": recipients, "intermediary": through}
        add_consent(store, builders.consent(id="cons0001", created_at=store.now(), **given))
        self.keep()

    def new_id(self) -> str:
        return f"{next(self.numbers):08d}"

    def opened(self) -> JsonStore:
        """As each command opens it."""
        keys = StoreKeys(key_file()[1].records, lambda: key_file()[1].notes) if self.protected else NO_KEYS
        memory = Memory(self.folder / "state")
        return JsonStore(self.root, self.clock, self.new_id, "A. Counselor", keys, memory)

    def keep(self) -> None:
        """A backup of what there is, and a copy of the folder."""
        number = next(self.numbers)
        with suppress(MiError):
            backup.make_backup(self.opened(), self.folder / f"{number}.backup", 1, ignore_progress)
        shutil.copytree(self.root, self.folder / f"{number}.copy")

    def log_is_kept_from_being_written(self, does: Callable[[], None]) -> None:
        """Somebody puts a folder in the place of the log, and takes it away afterwards."""
        log, aside = self.root / "log.jsonl", self.folder / "the log"
        if log.is_file():
            log.rename(aside)
            log.mkdir()
            does()
            if log.is_dir():
                log.rmdir()
            aside.replace(log)

    def put_back(self, copy: Path, pattern: str) -> None:
        for path in filter(Path.is_file, copy.glob(pattern)):
            target = self.root / path.relative_to(copy)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)

    def restore(self, copy: Path, *, into_nothing: bool) -> None:
        if into_nothing:
            shutil.rmtree(self.root)
        with backup.open_backup(copy) as found:
            restore(self.opened(), found, found.files, ignore_progress)

    def goes_out_to(self, names: Iterable[str]) -> set[str]:
        """Tries each of them."""
        store, served = self.opened(), set()
        for name in names:
            request = Request(self.client, "J-014", recipient=name)

            def judge(known: object, *, unread: bool = False, request: Request = request) -> object:
                return permit(request, known, PROGRAM_WITH_COLLEAGUE, store.now(), unread=unread)  # type: ignore[arg-type]

            with suppress(MiError):
                damaged: list[Damaged] = []
                allowed = judge(consents(store, self.client, damaged), unread=bool(damaged))
                target = self.folder / f"{next(self.numbers)}.md"
                deliver(store, allowed, judge, DOCUMENT, target, overwrite=False)  # type: ignore[arg-type]
                served.add(name)
        return served


PATTERNS: Final = ("clients/*/consents/*", "log.jsonl", "clients/*/*")
STEPS: Final = st.lists(
    st.one_of(
        st.tuples(st.just("take back for"), st.sampled_from(NAMES), st.booleans()),
        st.tuples(st.sampled_from(["revoke", "end"]), st.none(), st.booleans()),
        st.tuples(st.just("put back"), st.sampled_from(PATTERNS), st.integers(0, 9)),
        st.tuples(st.sampled_from(["restore", "restore into nothing"]), st.none(), st.integers(0, 9)),
        st.tuples(st.sampled_from(["keep", "confirm", "repair", "uphold", "trash", "lose"]), st.none(), st.booleans()),
    ),
    min_size=2,
    max_size=9,
)  # fmt: skip


def _tries(wanted: Wanted, what: str, whom: str | None) -> None:
    with suppress(MiError):
        _does(wanted, what, whom)


def _does(wanted: Wanted, what: str, whom: str | None) -> None:
    ref = wanted.opened().catalog.find_consent("cons0001")
    match what:
        case "take back for":
            assert whom
            with suppress(Failed):
                take_back_for(wanted.opened(), ref, whom, "by letter")
                wanted.over.add(whom)
        case "revoke":
            revoke(wanted.opened(), ref, "by letter")
            wanted.over |= ALL
        case "end":
            end(wanted.opened(), ref, wanted.clock().date())
            wanted.over |= ALL
        case "uphold":
            uphold(wanted.opened(), ref, ["another1"])
        case "confirm":
            confirm(wanted.opened())
        case "repair":
            repair(wanted.opened(), check(wanted.opened()).findings)
        case "trash":
            store = wanted.opened()
            trash.restore(store, trash.delete_client(store, wanted.client, "J-014"))


@pytest.mark.parametrize("protected", [False, True])
@settings(
    max_examples=int(os.environ.get("MI_REVOCATIONS", "15")), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(steps=STEPS)
@example(
    steps=[
        ("take back for", NAMES[0], 0),
        ("put back", PATTERNS[0], 0),
        ("put back", PATTERNS[1], 0),
        ("confirm", None, 0),
    ]
)
@example(steps=[("end", None, 0), ("restore into nothing", None, 0), ("confirm", None, 0)])
@example(steps=[("take back for", NAMES[2], 1), ("put back", PATTERNS[0], 0)])
@example(steps=[("revoke", None, 1), ("put back", PATTERNS[0], 0)])
@example(
    steps=[
        ("take back for", NAMES[0], 0),
        ("keep", None, 0),
        ("put back", PATTERNS[2], 0),
        ("put back", PATTERNS[1], 0),
        ("confirm", None, 0),
        ("take back for", NAMES[1], 0),
        ("restore", None, 1),
    ]
)
@example(steps=[("take back for", NAMES[0], 0), ("lose", None, 0), ("restore", None, 0), ("confirm", None, 0)])
def test_what_was_recorded_against_a_consent_stands_whatever_is_merged_put_back_restored_or_confirmed(
    protected: bool, steps: list[tuple[str, str | None, int]]
) -> None:
    with TemporaryDirectory() as folder:
        wanted = Wanted(Path(folder), protected)
        assert wanted.goes_out_to(ALL) == ALL
        for what, whom, which in steps:
            copies, backups = (sorted(wanted.folder.glob(f"*.{kind}")) for kind in ("copy", "backup"))
            with suppress(MiError):
                if what == "keep":
                    wanted.keep()
                elif what == "put back":
                    wanted.put_back(copies[which % len(copies)], whom or "")
                elif what == "lose":
                    for path in wanted.root.glob("clients/*/consents/*"):
                        path.unlink()
                elif what.startswith("restore"):
                    wanted.restore(backups[which % len(backups)], into_nothing=what != "restore")
                elif which:
                    wanted.log_is_kept_from_being_written(partial(_tries, wanted, what, whom))
                else:
                    _does(wanted, what, whom)
            assert not wanted.goes_out_to(wanted.over), (what, whom, which)
