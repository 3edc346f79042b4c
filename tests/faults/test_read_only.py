"""A store that nobody may write to any more: all of it is read and backed up, and what writes says which folder it is.

`test_waiting` has the same on a disk that was mounted read-only.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mi_cli.store.upkeep import backup
from tests.conftest import Ran

Mi = Callable[..., Ran]

READING = {
    "interviews": ("session", "list"),
    "an interview": ("session", "show", "last"),
    "clients": ("client", "list"),
    "a plan": ("goals", "show", "J-014"),
    "the way so far": ("trend", "J-014"),
    "consents": ("consent", "list"),
    "what was passed on": ("disclosures", "list"),
    "whether its log is whole": ("disclosures", "verify"),
    "the trash": ("store", "trash", "list"),
    "the check": ("store", "check"),
    "the store": ("store", "info"),
    "the log": ("store", "log"),
    "the day": ("today",),
    "the doctor": ("doctor",),
}
WRITING = {
    "a client": (("client", "add", "K-015"), ""),
    "an interview": (("session", "start", "J-014"), "said now\n"),
    "more of one": (("session", "amend", "last", "-"), "said now\n"),
    "a goal": (("goals", "add", "J-014", "-"), "said now\n"),
    "what is deleted": (("session", "delete", "last", "--yes"), ""),
    "what goes out": (("goals", "export", "J-014", "--client-copy"), ""),
}


def modes(root: Path, folder: int, file: int) -> None:
    for path in [*sorted(root.rglob("*"), reverse=True), root]:
        path.chmod(folder if path.is_dir() else file)


@pytest.fixture(params=["plain", "protected", "plain, and its memory", "without a folder of locks"])
def closed(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A store with an interview and a goal, in which nothing may be written."""
    if request.param == "protected":
        (tmp_path / "passphrase").write_text("six made up words and more 73")
        monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    assert mi("store", "init", *(() if request.param == "protected" else ("--unprotected",))).code == 0
    assert mi("session", "start", "J-014", lines="one\n/goal Be there.\n/end\n").code == 0
    root = tmp_path / "store"
    if request.param == "without a folder of locks":
        for path in sorted((root / "locks").rglob("*"), reverse=True):
            path.unlink()
        (root / "locks").rmdir()
    shut = [root, *([tmp_path / "state"] if request.param == "plain, and its memory" else [])]
    for each in shut:
        modes(each, 0o500, 0o400)
    yield root
    for each in shut:
        modes(each, 0o700, 0o600)


def all_of(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("no_privileges")
def test_it_is_read_and_backed_up_and_nothing_is_written(mi: Mi, closed: Path, tmp_path: Path) -> None:
    before = all_of(closed)
    for what, command in READING.items():
        ran = mi(*command)
        assert (ran.code, "fault" in ran.err) == (0, False), (what, ran.err)
    assert "Be there." in mi("goals", "show", "J-014").out
    ran = mi("store", "backup", str(tmp_path / "a.backup"))
    assert ran.code == 0, ran.err
    with backup.open_backup(tmp_path / "a.backup") as made:
        assert {name: made.read(name) for name in made.files} == {
            name: data for name, data in before.items() if name in made.files
        }
        assert {name for name in before if name.startswith("clients")} <= set(made.files)
    for what, (command, lines) in WRITING.items():
        ran = mi(*command, lines=lines)
        assert (ran.code, "fault" in ran.err) == (1, False), (what, ran.out, ran.err)
        assert str(closed) in ran.err, what
        assert "said now" not in ran.err
    assert all_of(closed) == before
