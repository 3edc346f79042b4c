"""Two computers whose folders a sync program copies: what one of them took back does not go out at the other."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest

from tests.builders import PASSPHRASE
from tests.conftest import TESTS, Ran

COPY: Final = "{stem} (conflicted copy 2026-11-24){suffix}"
NAMES: Final = (
    COPY,
    "{stem} (1){suffix}",
    "{stem} 2{suffix}",
    "{stem}-LAPTOP{suffix}",
    "{stem}-laptop12{suffix}",  # ends as an id does
    "{stem}.sync-conflict-20261124-120000-ABCDEFG{suffix}",
    "{stem}_conflict-20261124-120000{suffix}",
    "{stem} (SFConflict a@example.org 2026-11-24){suffix}",
    "{stem}{suffix}.orig",
    "{stem}{suffix}~",
    "unlike any{suffix}",
)
DECIDES: Final = (
    "clients.json", "log.jsonl", "clients/*/plan.json", "clients/*/consents/*.json", "clients/*/sessions/*.json",
)  # fmt: skip
FOLDERS: Final = ("clients", "clients/????????", "clients/*/consents")


@dataclass(frozen=True)
class Computer:
    """A computer of the counselor, with its own copy of the store and its own memory of it."""

    mi: Callable[..., Ran]
    folder: Path
    name: str

    @property
    def root(self) -> Path:
        return self.folder / self.name / "store"

    def run(self, *arguments: str, lines: str = "") -> Ran:
        """Runs a command at this computer."""
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("XDG_STATE_HOME", str(self.folder / self.name / "state"))
            patched.setenv("MI_STORE", str(self.root))
            return self.mi(*arguments, lines=lines)

    def done(self, *arguments: str, lines: str = "") -> Ran:
        """Runs a command, which does what it is to do."""
        ran = self.run(*arguments, lines=lines)
        assert ran.code == 0, ran
        return ran

    def export(self) -> int:
        """Makes a handoff; returns the exit code. One that is refused leaves no file."""
        target = self.folder / "handoff.md"
        target.unlink(missing_ok=True)
        ran = self.run("goals", "export", "J-014", "-o", str(target))
        assert target.exists() is (ran.code == 0), ran
        assert "fault of its own" not in ran.err
        return ran.code


def synced(source: Computer, target: Computer, *, both_changed: bool = False) -> None:
    """Copies what is at one computer to the other. What both changed is at the other twice, under a name of its own."""
    for path in sorted(source.root.rglob("*")):
        place = target.root / path.relative_to(source.root)
        if path.is_dir() or "locks" in path.parts:
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        if both_changed and place.exists() and place.read_bytes() != path.read_bytes():
            place = place.with_name(COPY.format(stem=place.stem, suffix=place.suffix))
        shutil.copyfile(path, place)


@pytest.fixture(params=["plain", "protected"])
def computers(
    request: pytest.FixtureRequest, mi: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Computer, Computer]:
    """A store with a consent, which is the same at both computers."""
    if request.param == "protected":
        (tmp_path / "passphrase").write_text(PASSPHRASE)
        monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    here = Computer(mi, tmp_path, "here")
    there = replace(here, name="there")
    here.done("config", "set", "program.name", "Invented Program")
    here.done("store", "init", *(["--unprotected"] if request.param == "plain" else []))
    here.done("session", "start", "J-014", lines="+d I want to be there\n/goal Be home\n/end\n")
    here.done("consent", "add", "J-014", "--from", str(TESTS / "stores" / "consent.toml"))
    synced(here, there)
    assert (here.export(), there.export()) == (0, 0)
    synced(there, here)
    return here, there


def test_a_revocation_at_one_counts_at_the_other(computers: tuple[Computer, Computer]) -> None:
    here, there = computers
    here.done("consent", "revoke", "J-014", "--how", "by letter", "--yes")
    synced(here, there)
    assert (here.export(), there.export()) == (3, 3)


def test_a_revocation_is_not_undone_by_what_the_other_did_meanwhile(computers: tuple[Computer, Computer]) -> None:
    here, there = computers
    here.done("consent", "revoke", "J-014", "--how", "by letter", "--yes")
    there.done("client", "add", "K-015")
    synced(there, here)
    assert here.export() == 3
    here.done("store", "check", "--confirm", "--yes")
    assert here.export() == 3


def test_a_revocation_that_arrives_as_a_second_version_counts(computers: tuple[Computer, Computer]) -> None:
    """Both changed the log and the consent; the sync program leaves what stood at the other, and adds the copies."""
    here, there = computers
    here.done("consent", "revoke", "J-014", "--how", "by letter", "--yes")
    there.done("client", "add", "K-015")
    synced(here, there, both_changed=True)
    assert there.export() == 3
    assert "conflicted copy" in there.run("store", "check").out
    there.done("store", "check", "--repair")
    assert "taken back" in there.run("consent", "list").out
    there.done("store", "check", "--confirm", "--yes")
    assert there.export() == 3


def test_words_that_were_taken_out_at_one_stay_so_where_they_arrive_as_a_second_version(
    computers: tuple[Computer, Computer],
) -> None:
    here, there = computers
    here.done("goals", "drop", "J-014", "--yes")
    there.done("goals", "add", "J-014", "-", lines="Another\n")
    synced(here, there, both_changed=True)
    assert there.export() == 3
    there.done("store", "check", "--repair")
    there.run("store", "check", "--confirm", "--yes")
    assert there.export() == 0


def test_nothing_goes_out_while_a_second_version_lies_there_whatever_its_name(
    computers: tuple[Computer, Computer],
) -> None:
    _, there = computers
    pairs = [(DECIDES[number % len(DECIDES)], name) for number, name in enumerate(NAMES)]
    for pattern, name in (*pairs, *((folder, "{stem} (1)") for folder in FOLDERS)):
        (path,) = there.root.glob(pattern)
        second = path.with_name(name.format(stem=path.stem, suffix=path.suffix))
        shutil.copytree(path, second) if path.is_dir() else shutil.copyfile(path, second)
        shown = second.relative_to(there.root).as_posix()
        target = there.folder / "handoff.md"
        ran = there.run("goals", "export", "J-014", "-o", str(target), "--yes")
        assert (ran.code, f"{shown}: it may be a second version" in ran.err) == (3, True), (shown, ran)
        assert shown in there.run("store", "check").out
        shutil.rmtree(second) if second.is_dir() else second.unlink()
        assert there.export() == 0, shown
    for path in [path for pattern in (*DECIDES, *FOLDERS) for path in there.root.glob(pattern)]:
        second = path.with_name(f"{path.stem} 2{path.suffix}")
        shutil.copytree(path, second) if path.is_dir() else shutil.copyfile(path, second)
    there.done("store", "check", "--repair")
    assert there.export() == 0, "what they told is known already"


def test_what_systems_and_programs_leave_for_themselves_is_no_second_version(
    computers: tuple[Computer, Computer],
) -> None:
    _, there = computers
    for folder in ("", "clients", *(f"{path.relative_to(there.root)}" for path in there.root.glob("clients/????????"))):
        for name in (".DS_Store", "._plan.json", "desktop.ini", "Thumbs.db", ".plan.json.swp"):
            (there.root / folder / name).write_bytes(b"\x00\x05\x16\x07")
        (there.root / folder / ".stfolder").mkdir()
    assert there.export() == 0
    assert "a sync left" not in there.run("doctor").out
    assert there.done("store", "check", "--repair")
    assert len(list(there.root.rglob(".stfolder"))) == 3, "a sync needs it"
