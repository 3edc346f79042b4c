"""The rows of the table: what each command is done to, what must hold after a fault, and that it can be done again.

A row is made anew for each test, which sets it up once in a folder, the *place*, and breaks it off there many times.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar, Final

import pytest

from mi_cli.cli.note_source import of_interview
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged, MiError
from mi_cli.insight.progress_note import formats
from mi_cli.insight.progress_note.compose import refreshed, sections_of
from mi_cli.records.consent import Expiry
from mi_cli.records.event_type import EventType
from mi_cli.records.progress_note import Amendment, HalfTyped, ProgressNote, is_as_signed
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import AmendmentKind, Event, Protection, Status
from mi_cli.store.disk.atomic import TEMPORARY
from mi_cli.store.disk.progress import ignore_progress
from mi_cli.store.keys import in_memory, supervisor
from mi_cli.store.keys.keyfile import KeyFile, StoreKeys, WrappingKeys, WrongKey
from mi_cli.store.keys.protocols import NO_KEYS, Keys
from mi_cli.store.keys.unlocked import Unlocked
from mi_cli.store.records.catalog import Catalog
from mi_cli.store.records.clients import add_client
from mi_cli.store.records.consents import add_consent, has_draft, save_draft, set_draft_aside
from mi_cli.store.records.disclosures import entries
from mi_cli.store.records.interviews import amend, read_notes
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.ledger import chain_faults, ledger
from mi_cli.store.records.making import create_store
from mi_cli.store.records.members import set_members
from mi_cli.store.records.progress_notes import add_note, change_draft, delete_draft, note_of, sign
from mi_cli.store.records.progress_notes import amend as amend_signed
from mi_cli.store.records.session_times import Times, correct_times
from mi_cli.store.records.where_open import forget, write_missing
from mi_cli.store.upkeep import earlier_trash, trash
from mi_cli.store.upkeep.backup import make_backup, open_backup
from mi_cli.store.upkeep.check import check
from mi_cli.store.upkeep.moving import finish_moves, move_interview
from mi_cli.store.upkeep.repair import repair
from mi_cli.store.upkeep.restore import RestoreAction, differences, restore
from mi_cli.words.clients import client_words
from mi_cli.words.note import note_words
from tests import builders
from tests.builders import DOCUMENT, PASSPHRASE, Sender, deleted_by_earlier_version, key_file
from tests.conftest import Desk, Ran
from tests.faults.system_calls import (
    BY_DESCRIPTOR,
    LINES,
    SECRET,
    Broken,
    converse,
    no_words,
    others,
    sound,
    store_at,
    told,
)

NOTED = "noted in a note"
ANOTHER = "some quite different invented words"
DONE = ("protected already", "not protected")  # what is said when the last call alone had failed
Run = Callable[..., Ran]


class Command:
    """A row. `do` is all that meets the fault."""

    store: JsonStore

    def set_up(self, place: Path) -> None:
        """Fill the folder with what it begins from."""
        raise NotImplementedError

    def ready(self, place: Path) -> None:
        """What the test itself needs, before the system is broken."""
        self.store = store_at(place / "store")

    def do(self) -> object:
        """Do it once. Raises MiError, and Crash where the process dies."""
        raise NotImplementedError

    def done(self, place: Path, calls: set[str]) -> None:
        """It was done, with these calls, and nothing failed: what is expected from now on."""

    def after(self, place: Path, broken: Broken) -> None:
        """Assert what must hold after a fault, also when it is done again.

        It goes by the folder and the result alone: of faults of which the same came, only one is judged. A command that
        counts all of them has an `ended`.
        """
        raise NotImplementedError

    def ended(self) -> None:
        """Assert what must hold for all the faults together."""


def is_sound(store: JsonStore, broken: Broken) -> None:
    assert not check(store).findings, broken.where


# -- an interview -----------------------------------------------------------------------------------------------------


class Interview(Command):
    """A scripted interview: a line that could not be saved is saved with the next one."""

    def __init__(self, *, protected: bool = False) -> None:
        self.protected = protected
        self.met: set[int] = set()
        self.silent: set[int] = set()

    def keys(self) -> Keys:
        return StoreKeys(key_file()[1].records, lambda: key_file()[1].notes) if self.protected else NO_KEYS

    def set_up(self, place: Path) -> None:
        store = store_at(place / "store", self.keys())
        create_store(store, key_file()[0] if self.protected else None)
        self.client = add_client(store, "J-014", "en")

    def ready(self, place: Path) -> None:
        self.store = store_at(place / "store", self.keys())
        self.held = ExitStack()

    def do(self) -> list[MiError]:
        with self.held:
            return converse(Desk(self.store, self.client, self.held))

    def done(self, place: Path, calls: set[str]) -> None:
        self.expected = told(store_at(place / "store", self.keys()), self.client)
        assert SECRET in str(self.expected)
        assert self.store.session(self.store.catalog.sessions()[0]).status is Status.CLOSED
        assert {*BY_DESCRIPTOR, "open", "replace", "unlink", "mkdir", "stat", "fcntl.flock"} <= calls
        assert "io.open" not in calls  # every file of the store is opened by one door
        assert not self.protected or not in_the_open(place)

    def after(self, place: Path, broken: Broken) -> None:
        troubles = broken.result
        assert isinstance(troubles, list), broken.where
        assert len(troubles) <= 1, broken.where
        self.met.add(broken.at)
        if not troubles:
            self.silent.add(broken.at)
        assert told(store_at(place / "store", self.keys()), self.client) == self.expected, broken.where
        assert not list(place.rglob(f"*{TEMPORARY}")) or broken.call == "unlink", broken.where

    def ended(self) -> None:
        # Those that need not be told: what a lock writes about its holder, how it is let go, whether a folder is there,
        # and what the list of open matters is made from, which may name too much.
        assert len(self.silent) < len(self.met) * 4 / 5, (len(self.silent), len(self.met))


# -- a change to one client's records ---------------------------------------------------------------------------------

Item = trash.TrashItem | None
Step = Callable[[JsonStore, str, Item], object]


def two_clients(store: JsonStore) -> list[str]:
    """Make a store with two clients that each had an interview."""
    create_store(store)
    clients = [add_client(store, code, "en") for code in ("J-014", "K-015")]
    for client, word in zip(clients, (SECRET, "Mirabelle"), strict=True):
        with ExitStack() as held:
            Desk(store, client, held).begin(word, "/goal Quitte", "/end")
    return clients


def words_in(root: Path) -> set[bytes]:
    """Which of the words are anywhere below."""
    texts = [path.read_bytes() for path in root.rglob("*") if path.is_file()]
    return {word for word in (SECRET.encode(), b"Mirabelle") if any(word in text for text in texts)}


class Change(Command):
    """The last of these steps, for the first of two clients; the other's files stay as they are."""

    def __init__(self, *steps: Step, purges: bool = False, amends: bool = False) -> None:
        self.steps, self.purges, self.amends = steps, purges, amends

    def set_up(self, place: Path) -> None:
        store = store_at(place / "store")
        self.client, self.other = two_clients(store)
        for step in self.steps[:-1]:
            step(store_at(place / "store"), self.client, None)
        self.item = next(iter(trash.items(store)), None)

    def do(self) -> None:
        self.steps[-1](self.store, self.client, self.item)

    def done(self, place: Path, calls: set[str]) -> None:
        self.untouched = self._others(place)
        assert not self.purges or words_in(place) == {b"Mirabelle"}

    def _others(self, place: Path) -> dict[Path, bytes]:
        return others(place / "store", place / "store" / "clients" / self.client)

    def after(self, place: Path, broken: Broken) -> None:
        if isinstance(broken.result, MiError):
            assert no_words(broken.result), broken.where
        assert self._others(place) == self.untouched, broken.where
        store = store_at(place / "store")
        sound(store)
        assert self.purges or SECRET.encode() in words_in(place), broken.where
        if broken.failed and not self.amends:
            self.finish(place, store, broken.where)

    def finish(self, place: Path, store: JsonStore, where: str) -> None:
        """Whatever is in the trash can be brought back, or done away with, and everything fits together again."""
        live = {ref.client for ref in store.catalog.sessions()}
        items = sorted(trash.items(store), key=lambda item: item.what)  # a client before an interview of theirs
        for item in items:
            (trash.purge if self.purges else trash.restore)(store, item)
        if self.purges:
            assert words_in(place) == {b"Mirabelle"}, where
        else:
            assert "J-014" in store.codes(), where
            ref = store.catalog.sessions([self.client])[0]
            assert [entry.words for entry in read_notes(store, ref).entries] == [SECRET], where
            assert [goal.words for goal in store.plan(self.client).goals] == ["Quitte"], where
        assert self.other in live, where
        is_sound(store, Broken(None, died=False, at=0, call="", where=where))


def delete_session(store: JsonStore, client: str, _item: Item) -> None:
    trash.delete_session(store, store.catalog.sessions([client])[0], "J-014")


def delete_client(store: JsonStore, client: str, _item: Item) -> None:
    trash.delete_client(store, client, "J-014")


def bring_back(store: JsonStore, _client: str, item: Item) -> None:
    assert item
    trash.restore(store, item)


def purge(store: JsonStore, _client: str, item: Item) -> None:
    assert item
    trash.purge(store, item)


def delete_as_before(store: JsonStore, client: str, _item: Item) -> None:
    """An interview of the first client, and then the client, as version 0.1.0 did."""
    deleted_by_earlier_version(store, client, "J-014", store.catalog.sessions([client])[0].name)
    deleted_by_earlier_version(store, client, "J-014")


def bring_up(store: JsonStore, _client: str, _item: Item) -> None:
    earlier_trash.bring_up(store)


def add_to_notes(store: JsonStore, client: str, _item: Item) -> None:
    amend(store, store.catalog.sessions([client])[0], "Reineclaude")


# -- a progress note ---------------------------------------------------------------------------------------------------


def write_note(store: JsonStore, client: str, _item: Item) -> None:
    """Write the draft of the interview, as `mi note write` does, and answer one question."""
    ref = store.catalog.sessions([client])[0]
    words, damaged = note_words("en"), list[Damaged]()
    source = of_interview(store, ref, damaged)
    form = formats.note_format(formats.DEFAULT, None, words)
    if note_of(store, client, ref.id) is None:
        sections = sections_of(source.facts, (), form, words)
        head = {"client": client, "session": ref.id, "format": form.name, "language": "en", "written_at": store.now()}
        made = ProgressNote(**store.new_head(ProgressNote), **head, counselor="A. Counselor", sections=sections)
        add_note(store, made)
    change_draft(store, the_note(store, client)[0], lambda note: refreshed(note, source.facts, form, words))
    change_draft(store, the_note(store, client)[0], lambda note: note.replace(place=NOTED))


def sign_note(store: JsonStore, client: str, _item: Item) -> None:
    sign(store, the_note(store, client)[0], "A. Counselor", "LCDC")


def amend_note(store: JsonStore, client: str, _item: Item) -> None:
    added = Amendment(kind=AmendmentKind.ADDENDUM, at=store.now(), by="A. Counselor", reason="left out", text=NOTED)
    amend_signed(store, the_note(store, client)[0], added)


def half_type(store: JsonStore, client: str, _item: Item) -> None:
    """As `mi note write` does while an answer is typed."""
    typing = HalfTyped(question="place", line=NOTED)
    change_draft(store, the_note(store, client)[0], lambda note: note.replace(typing=typing))


def delete_note(store: JsonStore, client: str, _item: Item) -> None:
    if note_of(store, client, store.catalog.sessions([client])[0].id):
        delete_draft(store, the_note(store, client)[0])


def correct_times_of(store: JsonStore, client: str, _item: Item) -> None:
    ref = store.catalog.sessions([client])[0]
    end = store.session(ref).started_at - timedelta(minutes=5)
    correct_times(store, ref, Times(end - timedelta(minutes=45), end, "the clock was wrong"), note_words("en"))


def the_note(store: JsonStore, client: str) -> tuple[RecordRef, ProgressNote]:
    found = note_of(store, client, store.catalog.sessions([client])[0].id)
    assert found
    return found


class OfNote(Change):
    """A note or the times of its interview: as before or as it is to be, never half; what was said is not in it."""

    def done(self, place: Path, calls: set[str]) -> None:
        super().done(place, calls)
        self.expected = self._kept(store_at(place / "store"))

    def _kept(self, store: JsonStore) -> object:
        ref = store.catalog.sessions([self.client])[0]
        session, found = store.session(ref), note_of(store, self.client, ref.id)
        times = bool(session.corrections), len(session.visits)
        note = found and (
            found[1].state, found[1].place, found[1].typing, bool(found[1].amendments), len(found[1].sections)
        )  # fmt: skip
        return times, note

    def after(self, place: Path, broken: Broken) -> None:
        if isinstance(broken.result, MiError):
            assert no_words(broken.result), broken.where
        assert self._others(place) == self.untouched, broken.where
        store = store_at(place / "store")
        sound(store)
        for path in (place / "store").rglob("progress-notes/*"):
            assert SECRET.encode() not in path.read_bytes(), broken.where
        if self._kept(store) != self.expected:
            self.steps[-1](store, self.client, None)
        assert self._kept(store) == self.expected, broken.where
        if gone := [
            found for found in check(store).findings if found.gone
        ]:  # deleted, and the log could not tell of it
            repair(store, gone)
        is_sound(store, broken)


# -- a consent that is half filled in, and a store that is unlocked for a while ----------------------------------------


def half_fill(store: JsonStore, client: str, _item: Item) -> None:
    save_draft(store, client, {"patient_name": SECRET})


def set_aside(store: JsonStore, client: str, _item: Item) -> None:
    if has_draft(store, client):
        set_draft_aside(store, client)


class SetAside(Change):
    """A half-filled consent is in its place or set aside, and never gone; the same again sets it aside."""

    def after(self, place: Path, broken: Broken) -> None:
        super().after(place, broken)
        store = store_at(place / "store")
        self.steps[-1](store, self.client, None)
        (there,) = (path for path in place.rglob("consent.draft") if SECRET.encode() in path.read_bytes())
        assert there.is_relative_to(store.layout.quarantine), broken.where
        is_sound(store, broken)


class Unlock(Command):
    """What opens a store for a while is in memory whole or not at all; once it is locked, nothing of that is left."""

    name = "unlocked-aaaaaaaa"

    def set_up(self, place: Path) -> None:
        self.memory = place / "memory"
        self.memory.mkdir()
        self.data = Unlocked.beginning(
            "aaaaaaaa", now(), timedelta(hours=1), WrappingKeys(b"r" * 32, b"n" * 32)
        ).as_bytes()
        self.do()

    @contextmanager
    def in_memory(self) -> Iterator[None]:
        """The folder counts as one without a disk."""
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(in_memory, "_places", lambda: iter([str(self.memory)]))
            patched.setattr(in_memory, "is_in_memory", lambda _: True)
            yield

    def do(self) -> bool:
        with self.in_memory():
            return in_memory.keep(self.name, self.data)

    def done(self, place: Path, calls: set[str]) -> None:
        assert {"open", "write", "rename", "unlink"} <= calls

    def after(self, place: Path, broken: Broken) -> None:
        with self.in_memory():
            kept = in_memory.read(self.name)
            assert kept in (None, self.data), broken.where
            assert kept or not broken.result, broken.where
            assert in_memory.keep(self.name, self.data), broken.where
            assert in_memory.read(self.name) == self.data, broken.where
            assert in_memory.remove(self.name), broken.where
        assert [path.name for path in self.memory.rglob("*") if path.is_file()] == [], broken.where


# -- who is a member, and where an open matter may stand ---------------------------------------------------------------


def name_a_member(store: JsonStore, _client: str, _item: Item) -> None:
    set_members(store, ("C. Colleague",))


def forget_the_list(store: JsonStore, client: str, _item: Item) -> None:
    with store.locked_codes():
        forget(store, client)


def list_again(store: JsonStore, client: str, _item: Item) -> None:
    write_missing(store, [client])


class Settled(Change):
    """As it was, or as it is to be; the same again makes it so."""

    def done(self, place: Path, calls: set[str]) -> None:
        super().done(place, calls)
        self.expected = self._kept(store_at(place / "store"))

    def _kept(self, store: JsonStore) -> object:
        return store.clients().members, store.client(self.client).open is not None  # it may name too much

    def after(self, place: Path, broken: Broken) -> None:
        super().after(place, broken)
        store = store_at(place / "store")
        self.steps[-1](store, self.client, None)
        assert self._kept(store) == self.expected, broken.where
        is_sound(store, broken)


class Move(Command):
    """An interview is moved to the other client: it is with one of both, or said to be on its way, and never lost."""

    def __init__(self, *, protected: bool) -> None:
        self.protected = protected

    def keys(self) -> Keys:
        return StoreKeys(key_file()[1].records, lambda: key_file()[1].notes) if self.protected else NO_KEYS

    def set_up(self, place: Path) -> None:
        store = store_at(place / "store", self.keys())
        create_store(store, key_file()[0] if self.protected else None)
        self.client, self.other = (add_client(store, code, "en") for code in ("J-014", "K-015"))
        facts = ("/fact reach By letter", "/share f2")
        for client, word, more in ((self.other, "Mirabelle", ()), (self.client, SECRET, facts)):
            with ExitStack() as held:
                lines = (f"+ {word}", "/goal Quitte", "/step one @ Friday", "/share 1", "/importance @jam 7")
                Desk(store, client, held).begin(*lines, *more, "/end")
        self.ref = store.catalog.sessions([self.client])[0]
        self.expected = told(store, self.client)
        self.of_other = told(store, self.other)
        (place / "store" / "locks").mkdir(exist_ok=True)

    def ready(self, place: Path) -> None:
        self.store = store_at(place / "store", self.keys())

    def do(self) -> None:
        move_interview(self.store, self.ref, self.other, client_words("en"))

    def done(self, place: Path, calls: set[str]) -> None:
        assert not self.protected or not in_the_open(place)
        self.is_moved(place, "undisturbed")

    def is_moved(self, place: Path, where: str) -> None:
        """It is whole with the other client, whose own interview is as it was, and nothing of it is with the first."""
        store = store_at(place / "store", self.keys())
        assert store.catalog.sessions([self.client]) == [], where
        assert not store.plan(self.client).goals, where
        assert not store.plan(self.client).shared, where
        assert not store.client_facts(self.client).targets, where
        assert not store.client_facts(self.client).single, where
        assert not store.plan(self.client).facts, where
        there = RecordRef(self.ref.name, self.other)
        entered, readings, visits, goals, shared, rest = told(store, self.other, there)
        assert (entered, readings, visits, rest) == (*self.expected[:3], self.expected[5]), where
        assert goals == self.of_other[3] + self.expected[3], where
        assert shared == self.of_other[4] + self.expected[4], where
        target = store.session(there).readings[0].target
        assert target in [one.id for one in store.client_facts(self.other).targets], where
        assert [*store.client_facts(self.other).single] == ["reach"], where
        assert [copy.words for copy in store.plan(self.other).facts] == ["By letter"], where
        own = next(ref for ref in store.catalog.sessions([self.other]) if ref != there)
        assert told(store, self.other, own)[:3] == self.of_other[:3], where
        is_sound(store, Broken(None, died=False, at=0, call="", where=where))

    def after(self, place: Path, broken: Broken) -> None:
        if isinstance(broken.result, MiError):
            assert no_words(broken.result), broken.where
        store = store_at(place / "store", self.keys())
        sound(store)
        with_it = [ref.client for ref in store.catalog.sessions() if ref.id == self.ref.id]
        halves = len(with_it) != 1 or [goal.words for goal in store.plan(with_it[0]).goals].count("Quitte") != (
            1 if with_it == [self.client] else 2
        )
        assert with_it, broken.where
        assert not halves or any("broken off" in found.why for found in check(store).findings), broken.where
        finish_moves(store)
        if store.catalog.sessions([self.client]):
            self.ready(place)
            self.do()
        self.is_moved(place, broken.where)


class LogEntry(Command):
    """What the log could not tell is told with the next event, and a failure of the log stops nothing."""

    def __init__(self, *, protected: bool) -> None:
        self.interview = Interview(protected=protected)

    def set_up(self, place: Path) -> None:
        self.interview.set_up(place)
        self.client = self.interview.client

    def ready(self, place: Path) -> None:
        self.store = store_at(place / "store", self.interview.keys())
        record = self.store.client(self.client)
        self.store._saved.clear()
        self.store.save(place / "store/clients" / self.client / "client.json", self.store.next_revision(record))

    def do(self) -> None:
        self.store.log_event(EventType.CHANGED, self.client)

    def done(self, place: Path, calls: set[str]) -> None:
        assert {"open", "write", "fsync"} <= calls

    def after(self, place: Path, broken: Broken) -> None:
        assert not isinstance(broken.result, MiError), "what is done is done"
        store = store_at(place / "store", self.interview.keys()) if broken.died else self.store
        is_sound(store, broken)
        store.log_event(EventType.CHANGED)
        logged, record = store.log.reading().saved, f"clients/{self.client}/client.json"
        assert set(logged) == {record, "clients.json", "store.json"}, broken.where
        assert broken.died or logged[record].revision == 2, broken.where
        is_sound(store, broken)
        assert others(place / "store", place / "store" / "clients" / self.client) == {}


# -- what is made of a store, and put into it -------------------------------------------------------------------------


def files(root: Path) -> dict[str, bytes]:
    """Every file there but locks, temporary files, and the log, which goes on."""
    left_out = (".lock", TEMPORARY, "log.jsonl")
    found = (path for path in root.rglob("*") if path.is_file() and not path.name.endswith(left_out))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def in_backup(path: Path) -> dict[str, bytes]:
    with open_backup(path) as backup:
        return {name: backup.read(name) for name in backup.files if name != "log.jsonl"}


class Backup(Command):
    """The third backup, which keeps one before it: one of them is always whole."""

    def set_up(self, place: Path) -> None:
        store = store_at(place / "store")
        two_clients(store)
        for _ in range(2):
            make_backup(store, place / "a.backup", 2, ignore_progress)
        add_client(store_at(place / "store"), "L-016", "en")  # it goes on after its first backup
        self.older, self.newer = in_backup(place / "a.backup"), files(place / "store")

    def ready(self, place: Path) -> None:
        super().ready(place)
        self.place = place

    def do(self) -> None:
        make_backup(self.store, self.place / "a.backup", 2, ignore_progress)

    def after(self, place: Path, broken: Broken) -> None:
        backups = [in_backup(path) for path in sorted(place.glob("a.backup*"))]
        assert self.older in backups, broken.where
        assert broken.failed or self.newer in backups, broken.where
        assert all(backup in (self.older, self.newer) for backup in backups), broken.where
        assert files(place / "store") == self.newer, broken.where
        make_backup(store_at(place / "store"), place / "a.backup", 2, ignore_progress)
        assert in_backup(place / "a.backup") == self.newer, broken.where
        assert broken.died or not list(place.glob(f".*{TEMPORARY}")), broken.where


class Restore(Command):
    """A backup brought back into a new folder, or into a store that lost some of its files."""

    def __init__(self, *, lost_some: bool) -> None:
        self.lost_some = lost_some

    def set_up(self, place: Path) -> None:
        self.backup = place.parent / "a.backup"
        root = place / "store" if self.lost_some else place.parent / "of a backup"
        store = store_at(root)
        client, other = two_clients(store)
        make_backup(store, self.backup, 1, ignore_progress)
        self.wanted = files(root)
        if self.lost_some:
            for path in [*(root / "clients" / client / "notes").iterdir(), root / "clients" / other / "plan.json"]:
                path.unlink()
            (root / "clients" / client / "notes").rmdir()

    def do(self) -> None:
        with open_backup(self.backup) as backup:
            wanted = (RestoreAction.NEW, RestoreAction.OLDER_HERE, RestoreAction.NEWER_HERE)
            chosen = differences(self.store, backup, ignore_progress).of(*wanted)
            restore(self.store, backup, chosen, ignore_progress)

    def done(self, place: Path, calls: set[str]) -> None:
        assert files(place / "store") == self.wanted

    def after(self, place: Path, broken: Broken) -> None:
        if broken.failed:
            self.ready(place)
            self.do()
        assert files(place / "store") == self.wanted, broken.where
        is_sound(store_at(place / "store"), broken)


class Repair(Command):
    """What is damaged is put aside, and nothing is lost."""

    def set_up(self, place: Path) -> None:
        client, _ = two_clients(store_at(place / "store"))
        (place / "store" / "clients" / client / "plan.json").write_bytes(b"{")
        (place / "store" / "clients (1).json").write_text("another version")
        self.before = sorted(files(place / "store").values())

    def do(self) -> None:
        repair(self.store, check(self.store).findings)

    def after(self, place: Path, broken: Broken) -> None:
        assert sorted(files(place / "store").values()) == self.before, broken.where
        self.ready(place)
        self.do()
        is_sound(store_at(place / "store"), broken)
        assert sorted(files(place / "store").values()) == self.before, broken.where


OLD = b"an older handoff"


def delivered(store: JsonStore, client: str) -> list[str]:
    """The names of the files that the log says went out and came; the log is whole."""
    log = entries(store, client)
    assert chain_faults(log, ledger(store, client)) == []
    denied = {entry.of for entry in log if entry.event is Event.NOT_DELIVERED}
    came = [entry for entry in log if entry.event is Event.DISCLOSED and entry.seq not in denied]
    return [Path(entry.path or "").name for entry in came]


class Export(Command):
    """A document is passed on to a file: log and file agree."""

    def __init__(self, *, overwrite: bool) -> None:
        self.overwrite = overwrite
        self.states: set[tuple[bool, bool, int]] = set()
        self.died = False

    def set_up(self, place: Path) -> None:
        store = store_at(place / "store")
        create_store(store)
        self.client = add_client(store, "J-014", "en")
        (place / "documents").mkdir()
        Sender.with_consent(store, self.client).to_file(place / "documents" / "first.md")
        if self.overwrite:
            (place / "documents" / "handoff.md").write_bytes(OLD)

    def ready(self, place: Path) -> None:
        super().ready(place)
        self.target = place / "documents" / "handoff.md"

    def do(self) -> None:
        Sender(self.store, self.client).to_file(self.target, overwrite=self.overwrite)

    def done(self, place: Path, calls: set[str]) -> None:
        assert ("replace" if self.overwrite else "link") in calls

    def after(self, place: Path, broken: Broken) -> None:
        where, store = broken.where, store_at(place / "store")
        there = self.target.exists() and self.target.read_bytes() == DOCUMENT.content
        old = self.target.read_bytes() == OLD if self.overwrite else not self.target.exists()
        assert there or old, where
        assert broken.died or there is not broken.failed, where
        Sender(store, self.client).to_file(place / "documents" / "next.md")
        assert (self.target.exists() and self.target.read_bytes() == DOCUMENT.content) is there, where
        assert delivered(store, self.client) == ["first.md", *(["handoff.md"] if there else []), "next.md"], where
        assert list(place.rglob(f"*{TEMPORARY}")) == [], where
        sound(store)
        self.died |= broken.died
        self.states.add((broken.failed, there, len(entries(store, self.client))))

    def ended(self) -> None:
        # Before the entry; between entry and rename; after the rename.
        assert not self.died or {(True, False, 2), (True, False, 4), (True, True, 3)} <= self.states


# -- whole commands, by what is typed ---------------------------------------------------------------------------------


def unlocked(root: Path) -> tuple[JsonStore, str]:
    """The store as it is protected now, and the passphrase that opens it."""
    protection = Catalog(root).protection
    if protection is Protection.NONE:
        return store_at(root), PASSPHRASE
    for passphrase in (PASSPHRASE, ANOTHER):
        try:
            keys = KeyFile.read(root).unlocked(passphrase)
        except WrongKey:
            continue
        return store_at(root, keys), passphrase
    raise AssertionError("nothing opens it")


def secrets(place: Path) -> dict[str, str]:
    """The environment that gives a command the passphrase of the store in a folder, in files beside that folder."""
    given = {"PASSWORD": unlocked(place / "store")[1], "NEW_PASSWORD": ANOTHER}
    for name, passphrase in given.items():
        (place.parent / name).write_text(passphrase)
    return {f"MI_{name}_FILE": str(place.parent / name) for name in given}


def in_the_open(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def is_plain(root: Path) -> bool:
    return Catalog(root).protection is Protection.NONE and not list(root.rglob("*key*.json"))


def is_sealed(root: Path) -> bool:
    return Catalog(root).protection is Protection.PASSPHRASE and not in_the_open(root)


def opens_with_another(root: Path) -> bool:
    store, passphrase = unlocked(root)
    return passphrase == ANOTHER and not store.keys.are_being_changed


def has_supervisor(root: Path) -> bool:
    return KeyFile.read(root).has_supervisor and not unlocked(root)[0].keys.are_being_changed


def is_purged(root: Path) -> bool:
    return not trash.items(unlocked(root)[0])


@dataclass
class Typed:
    """A whole command on a store of two clients; the first had an interview, and another one that is in the trash."""

    typed: tuple[str, ...]
    is_done: Callable[[Path], bool]
    begins: str = "plain"
    lines: str = ""
    document: str = ""  # what it makes in the place, if anything
    repeats: bool = False  # it can be done again when it is done
    keys: ClassVar = ("private", "public")

    def words(self, place: Path) -> list[str]:
        """What is typed after `mi`."""
        there = {name: str(place.parent / name) for name in self.keys} | {"session": self.ref.id}
        return ["--store", str(place / "store"), *(word.format(place=place, **there) for word in self.typed)]

    def set_up(self, place: Path, run: Run) -> None:
        """Fill the folder; `run` runs a command there."""
        store = store_at(place / "store")
        create_store(store)
        self.client, other = (add_client(store, code, "en") for code in ("J-014", "K-015"))
        with ExitStack() as held:
            desk = Desk(store, self.client, held)
            desk.begin(f"deleted {SECRET}", "/end")
            deleted = desk.ref
            desk.begin(*LINES, "/end seven")
            if self.begins == "with a client in the trash":
                Desk(store, other, held).begin(f"purged {SECRET}", "/end")
        trash.delete_session(store, deleted, "J-014")
        self.ref = store.catalog.sessions([self.client])[0]
        if self.document:
            consented = {"id": "cons0002", "disclosers": ("counselor",), "signed_on": date(2020, 1, 2)}
            add_consent(store, builders.consent(client=self.client, expiry=Expiry(none=True), **consented))
        pair = supervisor.generate()
        for name, key in (("private", pair.jwk), ("public", pair.public)):
            (place.parent / name).write_text(str(key).replace("'", '"'))
        if self.begins != "plain":
            assert run(place, "--store", str(place / "store"), "store", "protect").code == 0
        if self.begins == "with a supervisor":
            recovery = ("store", "recovery", "--notes", "--public-key", str(place.parent / "public"))
            assert run(place, "--store", str(place / "store"), *recovery).code == 0
        if self.begins == "with a client in the trash":
            trash.delete_client(unlocked(place / "store")[0], other, "K-015")
        if self.document == "a.backup":
            assert run(place, *self.words(place)).code == 0
            add_client(store_at(place / "store"), "L-016", "en")
            self.older = in_backup(place / "a.backup")
        self.expected = self._told(place)

    def _told(self, place: Path) -> Any:
        """What the interview has, but for what this command adds to it."""
        said, *rest = told(unlocked(place / "store")[0], self.client, self.ref)
        return [entry for entry in said if entry[1] != "amendment"], rest

    def after(self, place: Path, ran: Ran | None, where: str, run: Run) -> None:
        """Assert what must hold after it met a fault; null when it died. Do it again."""
        if ran is not None:
            assert "fault of its own" not in ran.err, (where, ran.err)
            assert SECRET not in ran.err, where
            assert ran.code != 0 or self.is_done(place) or "clients.json cannot be read" in ran.err, (where, ran)
        self.holds(place, where)
        if self.document.endswith(".md"):
            assert run(place, "--store", str(place / "store"), "disclosures", "list").code == 0
            store = store_at(place / "store")
            assert set(delivered(store, self.client)) == {path.name for path in place.glob("*.md")}, where
            assert not list(place.glob(f".*{TEMPORARY}")), where
        if self.document == "a.backup":
            newer, backups = files(place / "store"), [in_backup(path) for path in sorted(place.glob("a.backup*"))]
            assert self.older in backups, where
            assert all(backup == self.older or set(newer) == set(backup) for backup in backups), where
        if self.repeats or not self.is_done(place):
            again = run(place, *self.words(place), lines=self.lines)
            assert again.code == 0 or any(text in again.err for text in DONE), (where, again)
            assert self.is_done(place), (where, again)
            self.holds(place, where)

    def holds(self, place: Path, where: str) -> None:
        """Nothing is damaged, and what was said before is there."""
        store = unlocked(place / "store")[0]
        sound(store)
        assert self._told(place) == self.expected, where
        if self.begins != "with a client in the trash":
            assert store.client(store.codes()["K-015"]).language == "en", where

    def said(self, place: Path) -> int:
        """How many entries there are in interviews that it began."""
        store = unlocked(place / "store")[0]
        begun: list[RecordRef] = [ref for ref in store.catalog.sessions([self.client]) if ref != self.ref]
        return sum(len(read_notes(store, ref).entries) for ref in begun)


def of_store(is_done: Callable[[Path], bool]) -> Callable[[Path], bool]:
    return lambda place: is_done(place / "store")


def has_document(place: Path) -> bool:
    return (place / "x.md").exists()


def has_backup(place: Path) -> bool:
    return set(in_backup(place / "a.backup")) == set(files(place / "store"))


def has_words(place: Path) -> bool:
    store = store_at(place / "store")
    return any(
        "three" in (entry.words or "") for ref in store.catalog.sessions() for entry in read_notes(store, ref).entries
    )


def has_note(place: Path) -> bool:
    return bool(list(place.rglob("progress-notes/*.json")))


NAMED: Final = (("config", "set", "counselor", "A. Counselor"), ("config", "set", "credentials", "LCDC"))


@dataclass
class NoteTyped(Typed):
    """The interview has a progress note, which these commands were typed for before."""

    before: tuple[tuple[str, ...], ...] = ()

    def set_up(self, place: Path, run: Run) -> None:
        """Fill the folder."""
        super().set_up(place, run)
        for typed in (*NAMED, ("note", "write", "last", "--yes"), *self.before):
            ran = run(place, "--store", str(place / "store"), *typed)
            assert ran.code == 0, ran.err


def is_signed(place: Path) -> bool:
    """A note that is signed is as it was signed."""
    _, note = the_note(store_at(place / "store"), store_at(place / "store").codes()["J-014"])
    assert note.signed is None or is_as_signed(note)
    return note.signed is not None


def is_amended(place: Path) -> bool:
    _, note = the_note(store_at(place / "store"), store_at(place / "store").codes()["J-014"])
    assert is_as_signed(note)
    return bool(note.amendments)


def has_contact(place: Path) -> bool:
    return bool(list(place.rglob("contacts/*.json")))


def has_page(place: Path) -> bool:
    """A page that is there is whole."""
    page = place / "x.html"
    return page.exists() and page.read_text(encoding="utf-8").rstrip().endswith("</html>")


class SettleTyped(Typed):
    """The other client had an interview with a safety concern, which was left open."""

    def set_up(self, place: Path, run: Run) -> None:
        """Fill the folder."""
        super().set_up(place, run)
        store = store_at(place / "store")
        with ExitStack() as held:
            Desk(store, store.codes()["K-015"], held).begin("/safety overdose", "/end")


def is_settled(place: Path) -> bool:
    store = store_at(place / "store")
    (ref,) = store.catalog.sessions([store.codes()["K-015"]])
    return all(concern.closed_at for concern in store.session(ref).safety)


class MoveTyped(Typed):
    """An interview that is with one client or the other."""

    def _told(self, place: Path) -> Any:
        store = unlocked(place / "store")[0]
        finish_moves(store)
        (client,) = {ref.client for ref in store.catalog.sessions() if ref.id == self.ref.id}
        return told(store, client, RecordRef(self.ref.name, client))


def is_moved(place: Path) -> bool:
    store = unlocked(place / "store")[0]
    ids = {code: [ref.id for ref in store.catalog.sessions([client])] for code, client in store.codes().items()}
    return not ids["J-014"] and len(ids["K-015"]) == 1 and not store.catalog.moves


EXPORT = ("goals", "export", "J-014", "-o", "{place}/x.md", "--basis")
SIGN: Final = ("note", "sign", "last", "--yes")
AMEND: Final = ("note", "amend", "last", "-", "--kind", "addendum", "--reason", "left out")
TYPED: dict[str, Callable[[], Typed]] = {
    "interview": lambda: Typed(
        ("session", "start", "J-014"), has_words, lines=f"two {SECRET}\n+ three {SECRET}\n", repeats=True
    ),
    "amend": lambda: Typed(("session", "amend", "J-014", "-"), has_words, lines=f"three {SECRET}", repeats=True),
    "note": lambda: Typed(("note", "write", "last", "--yes"), has_note, repeats=True),
    "sign": lambda: NoteTyped(SIGN, is_signed),
    "amend a note": lambda: NoteTyped(AMEND, is_amended, lines=f"three {SECRET}", repeats=True, before=(SIGN,)),
    "contact": lambda: Typed(("contact", "add", "J-014", "--kind", "missed"), has_contact, repeats=True),
    "settle": lambda: SettleTyped(("session", "settle", "K-015"), is_settled),
    "trend": lambda: Typed(("trend", "J-014", "-o", "{place}/x.html", "--yes"), has_page),
    "move": lambda: MoveTyped(("session", "move", "{session}", "K-015"), is_moved, "protected"),
    "export": lambda: Typed((*EXPORT, "consent"), has_document, document="x.md"),
    "export to the client": lambda: Typed((*EXPORT, "client-copy"), has_document, document="x.md"),
    "backup": lambda: Typed(
        ("store", "backup", "{place}/a.backup", "--keep", "2"), has_backup, document="a.backup", repeats=True
    ),
    "protect": lambda: Typed(("store", "protect"), of_store(is_sealed)),
    "unprotect": lambda: Typed(("store", "unprotect", "--yes"), of_store(is_plain), "protected"),
    "passphrase": lambda: Typed(("store", "passphrase"), of_store(opens_with_another), "protected"),
    "recovery": lambda: Typed(
        ("store", "recovery", "--no-notes", "--public-key", "{public}"), of_store(has_supervisor), "protected"
    ),
    "recover": lambda: Typed(
        ("store", "recover", "--key", "{private}"), of_store(opens_with_another), "with a supervisor"
    ),
    "purge": lambda: Typed(("store", "trash", "purge", "--yes"), of_store(is_purged), "with a client in the trash"),
}
CALLED: dict[str, Callable[[], Command]] = {
    "an interview": Interview,
    "an interview under a passphrase": lambda: Interview(protected=True),
    "adding to notes": lambda: Change(add_to_notes, amends=True),
    "deleting a session": lambda: Change(delete_session),
    "deleting a client": lambda: Change(delete_client),
    "bringing a session back": lambda: Change(delete_session, bring_back),
    "bringing a client back": lambda: Change(delete_client, bring_back),
    "bringing up an earlier trash": lambda: Change(delete_as_before, bring_up),
    "purging a session": lambda: Change(delete_session, purge, purges=True),
    "purging a client": lambda: Change(delete_client, purge, purges=True),
    "writing a note": lambda: OfNote(write_note),
    "signing a note": lambda: OfNote(write_note, sign_note),
    "amending a note": lambda: OfNote(write_note, sign_note, amend_note),
    "typing an answer of a note": lambda: OfNote(write_note, half_type),
    "deleting a draft": lambda: OfNote(write_note, delete_note),
    "naming a member": lambda: Settled(name_a_member),
    "setting a half-filled consent aside": lambda: SetAside(half_fill, set_aside),
    "unlocking for a while": Unlock,
    "listing what is open": lambda: Settled(forget_the_list, list_again),
    "correcting times": lambda: OfNote(correct_times_of),
    "moving an interview": lambda: Move(protected=False),
    "moving an interview under a passphrase": lambda: Move(protected=True),
    "an entry of the log": lambda: LogEntry(protected=False),
    "an entry of the log under a passphrase": lambda: LogEntry(protected=True),
    "passing on to a new file": lambda: Export(overwrite=False),
    "passing on over a file": lambda: Export(overwrite=True),
    "making a backup": Backup,
    "restoring into a new folder": lambda: Restore(lost_some=False),
    "restoring what was lost": lambda: Restore(lost_some=True),
    "repairing": Repair,
}
