"""Anything may stand in the place of a file or folder of the store: no command hangs, and no file elsewhere is touched.

Each object stands once in each place. Which command meets it goes round, so that each command meets each kind.
"""

import os
import shutil
import socket
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Final

import pytest

from mi_cli.store.disk.door import LARGEST_LOG
from mi_cli.store.records.consents import add_consent
from mi_cli.store.records.json_store import JsonStore
from tests import builders
from tests.conftest import Ran
from tests.zygote import Zygote

VICTIM: Final = b"An invented file that is no part of the store.\n"
EXPECTED: Final = {0, 1, 2, 3, 4, 5, 6}  # the exit codes of docs/cli.md


def _pipe(place: Path, _victim: Path) -> None:
    os.mkfifo(place)


def _socket(place: Path, _victim: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(place.parent)  # the path of a socket must be short
        listening.bind(place.name)
        os.chdir(here)


def _device(place: Path, _victim: Path) -> None:
    os.mknod(place, 0o20666, os.makedev(1, 5))  # as /dev/zero, which never ends


def _link(place: Path, victim: Path) -> None:
    place.symlink_to(victim)


def _link_to_device(place: Path, _victim: Path) -> None:
    place.symlink_to("/dev/zero")


def _dangling(place: Path, victim: Path) -> None:
    place.symlink_to(victim.with_name("made by a link"))


def _to_folder(place: Path, victim: Path) -> None:
    place.symlink_to(victim.parent, target_is_directory=True)


def _hard_link(place: Path, victim: Path) -> None:
    place.hardlink_to(victim)


def _folder(place: Path, _victim: Path) -> None:
    place.mkdir()


def _huge(place: Path, _victim: Path) -> None:
    with place.open("wb") as file:
        file.truncate(10 << 30)


def _empty(place: Path, _victim: Path) -> None:
    place.touch()


OBJECTS: Final[dict[str, Callable[[Path, Path], None]]] = {
    made.__name__.strip("_"): made
    for made in (
        _pipe, _socket, _device, _link, _link_to_device, _dangling, _to_folder, _hard_link, _folder, _huge, _empty,
    )
}  # fmt: skip
PLACES: Final = (
    "store.json",
    "clients.json",
    "keys.json",
    "log.jsonl",
    "tries.txt",
    "clients",
    "locks",
    "aside",
    "trash",
    "locks/clients.lock",
    "locks/log.lock",
    "{client}",
    "{client}/client.json",
    "{client}/identity.json",
    "{client}/facts.json",
    "{client}/plan.json",
    "{client}/ledger.json",
    "{client}/consent.draft",
    "{client}/records.key.json",
    "{client}/sessions",
    "{client}/notes",
    "{client}/consents",
    "{client}/disclosures",
    "{client}/deleted",
    "{client}/contacts",
    "{client}/progress-notes",
    "{session}",
    "{notes}",
    "{draft}",
    "{consent}",
)
COMMANDS: Final = (
    "session list",
    "session show last",
    "session start J-014",
    "session amend last -",
    "session delete last --yes",
    "client list",
    "client add K-015",
    "client delete J-014 --yes",
    "goals list",
    "goals add J-014 -",
    "consent list",
    "consent revoke J-014 --yes",
    "goals export J-014 --client-copy",
    "contact add J-014 --kind missed",
    "contact list",
    "note write last --yes",
    "note list",
    "trend J-014",
    "today",
    "disclosures list",
    "store check",
    "store check --repair",
    "store backup {elsewhere}/a.backup --yes",
    "store log",
    "store info",
    "store trash",
    "store aside",
    "doctor",
)
AT_ONCE: Final = 1  # commands for each object in each place; all of them with MI_EVERY_FAULT=1


@pytest.fixture
def home(mi: Callable[..., Ran], files: JsonStore, tmp_path: Path) -> Path:
    """A store with an interview, a consent and a draft."""
    assert mi("session", "start", "J-014", lines="one\n/goal home by six\n/end\n").code == 0
    client = files.codes()["J-014"]
    add_consent(files, builders.consent(client=client, id="cons0001"))
    return tmp_path


def places(store: JsonStore) -> dict[str, str]:
    layout, ref = store.layout, store.catalog.sessions()[0]
    consent = next(store.catalog.named("consents"))
    paths = {
        "client": layout.client(ref.client),
        "session": layout.session(ref),
        "notes": layout.notes(ref),
        "draft": layout.draft(ref),
        "consent": layout.consent(consent),
    }
    return {name: layout.display_path(path) for name, path in paths.items()}


def put(kind: str, place: Path, victim: Path) -> None:
    """Puts the object there, in the place of whatever it is."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    OBJECTS[kind](place, victim)


def fresh(home: Path, kept: Path) -> None:
    """The store and what this computer remembers of it, as they were before anything was put there."""
    for name in ("store", "state"):
        shutil.rmtree(home / name, ignore_errors=True)
        shutil.copytree(kept / name, home / name)


@pytest.mark.parametrize("kind", OBJECTS)
def test_nothing_hangs_and_nothing_elsewhere_is_touched(
    home: Path, files: JsonStore, zygote: Zygote, kind: str
) -> None:
    if kind == "device" and os.geteuid() != 0:
        pytest.skip("only root makes devices")
    named, root, kept, elsewhere = places(files), files.root, home / "kept", home / "elsewhere"
    for name in ("store", "state"):
        shutil.copytree(home / name, kept / name)
    at_once = len(COMMANDS) if os.environ.get("MI_EVERY_FAULT") else AT_ONCE
    commands = cycle(COMMANDS)
    next(islice(commands, list(OBJECTS).index(kind), None))  # each kind begins with another command
    for place in PLACES:
        for command in islice(commands, at_once):
            fresh(home, kept)
            shutil.rmtree(elsewhere, ignore_errors=True)
            elsewhere.mkdir()
            victim = elsewhere / "victim"
            victim.write_bytes(VICTIM)
            where = place.format_map(named)
            put(kind, root / where, victim)
            typed = command.format(elsewhere=elsewhere).split()
            ran = zygote.mi("--store", str(root), *typed).finish("Quitte\n")
            shown = f"{kind} in {where}: {command}: {ran.err.decode()}"
            assert ran.code in EXPECTED, shown
            assert b"fault of its own" not in ran.err, shown
            assert victim.read_bytes() == VICTIM, shown
            assert {path.name for path in elsewhere.iterdir()} <= {"victim", "a.backup"}, shown


@pytest.mark.parametrize("number", range(len(PLACES)))
def test_commands_lead_out_of_it(home: Path, mi: Callable[..., Ran], files: JsonStore, number: int) -> None:
    store, state, place = home / "store", home / "state", PLACES[number].format_map(places(files))
    kinds = [*OBJECTS] if os.environ.get("MI_EVERY_FAULT") else [[*OBJECTS][number % len(OBJECTS)]]
    if kinds == ["device"] and os.geteuid() != 0:
        return
    assert mi("store", "backup", str(home / "a.backup")).code == 0
    for folder in (store, state):
        shutil.copytree(folder, home / "kept" / folder.name)
    for kind in kinds:
        fresh(home, home / "kept")
        shutil.rmtree(home / "elsewhere", ignore_errors=True)
        (home / "elsewhere").mkdir()
        (home / "elsewhere" / "victim").write_bytes(VICTIM)
        put(kind, store / place, home / "elsewhere" / "victim")
        shown = f"{kind} in {place}"
        assert mi("session", "start", "K-015", lines="one\n/end\n").code == 0 or place in (
            "clients",
            "clients.json",
            "locks",
        ), shown
        for command in ("check --repair", f"restore {home / 'a.backup'} --yes", "check --confirm --yes"):
            assert "fault of its own" not in mi("store", *command.split()).err, shown
        for command in (
            "session start J-014", "session show last", "contact add J-014 --kind missed", "goals add J-014 -",
            "consent list", "note write last --yes", "store trash list", "session delete last --yes", "client list",
        ):  # fmt: skip
            ran = mi(*command.split(), lines="Quitte\n")
            assert ran.code == 0, (shown, command, ran)
        # An ordinary file that cannot be read may stay, where it permits nothing: a consent.
        assert mi("store", "check").code in (0, 1) or kind in ("hard_link", "huge", "empty"), shown
        assert (home / "elsewhere" / "victim").read_bytes() == VICTIM, shown


@pytest.mark.parametrize("place", ["clients", "locks", "{client}/notes", "log.jsonl"])
def test_a_link_to_a_sound_folder_or_file_elsewhere_is_not_followed(
    home: Path, mi: Callable[..., Ran], files: JsonStore, place: str
) -> None:
    """What the link leads to is all in order; and yet nothing is written there."""
    path, elsewhere = files.root / place.format_map(places(files)), home / "elsewhere"
    path.rename(elsewhere) if path.exists() else elsewhere.mkdir()
    path.symlink_to(elsewhere)
    before = {one: one.read_bytes() for one in [elsewhere, *elsewhere.rglob("*")] if one.is_file()}
    names = sorted(elsewhere.rglob("*"))
    ran = mi("session", "start", "J-014", lines="Zwetschge\n/end\n")
    assert ran.code != 0 or place in ("locks", "log.jsonl")  # the link to the locks gets another name
    assert "Zwetschge" not in ran.err
    assert sorted(elsewhere.rglob("*")) == names
    assert {one: one.read_bytes() for one in before} == before


def test_nothing_is_moved_out_of_a_linked_folder(home: Path, mi: Callable[..., Ran], files: JsonStore) -> None:
    folder, elsewhere = files.layout.session(files.catalog.sessions()[0]).parent, home / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)
    names = sorted(elsewhere.rglob("*"))
    assert mi("session", "delete", "last", "--yes").code != 0
    assert sorted(elsewhere.rglob("*")) == names


@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "folder", "link_to_device"])
def test_a_backup_that_is_no_ordinary_file_is_refused(home: Path, files: JsonStore, zygote: Zygote, kind: str) -> None:
    if kind == "device" and os.geteuid() != 0:
        pytest.skip("only root makes devices")
    put(kind, home / "a.backup", home / "victim")
    ran = zygote.mi("--store", str(files.root), "store", "restore", str(home / "a.backup"), "--yes").finish()
    assert ran.code == 5
    assert b"The backup cannot be read" in ran.err


def test_a_log_with_a_second_name_goes_on_and_the_other_stays(
    home: Path, mi: Callable[..., Ran], files: JsonStore
) -> None:
    """A copy of the store that was made by hard links, as some programs for backups do."""
    other = home / "copy of the log"
    other.hardlink_to(files.layout.log)
    before = other.read_bytes()
    assert mi("client", "add", "K-015").code == 0
    assert other.read_bytes() == before
    assert files.layout.log.read_bytes().startswith(before)
    assert len(files.layout.log.read_bytes()) > len(before)
    assert mi("store", "check").out.endswith(" records are sound.\n")


def test_a_file_larger_than_any_is_named_and_not_read(home: Path, mi: Callable[..., Ran], files: JsonStore) -> None:
    with files.layout.log.open("r+b") as log:
        log.truncate(LARGEST_LOG + 1)
    ran = mi("store", "check")
    assert "log.jsonl: it is larger than anything mi keeps" in ran.out
    assert mi("session", "start", "J-014", lines="Zwetschge\n/end\n").code == 0
