"""Nothing that is typed as a code, an id or a name becomes a path out of the store; and what is in it is private."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mi_cli.store.records.clients import add_client
from mi_cli.store.records.json_store import JsonStore
from tests.conftest import Desk, Ran

# Each command is given another kind of name. All of them call `checked_name`, and `tests/records/test_names.py` tests
# that function with every kind.
COMMANDS_AND_NAMES = (
    (("session", "start"), "../x"),
    (("client", "add"), "a/b"),
    (("client", "edit", "J-014", "--code"), "a\x1b[31mb"),
    (("session", "start", "J-014", "--set"), "/etc/passwd"),
    (("prompts", "check"), ".."),
)
# Names that are only looked up are compared with those that exist, and never become a path.
LOOK_UPS_AND_NAMES = (
    (("session", "show"), "../x"),
    (("session", "resume"), "/etc/passwd"),
    (("client", "show"), "a\x1b[31mb"),
    (("goals", "show"), "*"),
)


def tree(folder: Path) -> set[str]:
    """Every path below, but for what a command needs to run."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return {path for path in found if path != "stdin" and not path.startswith("store/locks")}


@pytest.mark.parametrize(("command", "name"), COMMANDS_AND_NAMES)
def test_no_name_leads_out_of_the_store(
    mi: Callable[..., Ran], files: JsonStore, tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    add_client(files, "J-014")
    before = tree(tmp_path)
    ran = mi(*command, name, lines="x\n")
    assert ran.code == 2, ran.err
    assert "fault of its own" not in ran.err
    assert "\x1b" not in ran.err
    assert tree(tmp_path) == before


@pytest.mark.parametrize("option", ["--code", "--set"])
def test_an_empty_name_is_none(mi: Callable[..., Ran], files: JsonStore, option: str) -> None:
    add_client(files, "J-014")
    command = ("client", "edit", "J-014") if option == "--code" else ("session", "start", "J-014")
    ran = mi(*command, option, "", lines="x\n")
    assert ran.code in (0, 1), ran.err
    assert "fault of its own" not in ran.err


@pytest.mark.parametrize(("command", "name"), LOOK_UPS_AND_NAMES)
def test_no_name_is_looked_up_outside(
    mi: Callable[..., Ran], files: JsonStore, command: tuple[str, str], name: str
) -> None:
    assert mi("session", "start", "J-014", lines="Zwetschge\n").code == 0
    ran = mi(*command, name)
    assert ran.code in (1, 2)
    assert "Zwetschge" not in ran.out + ran.err
    assert "\x1b" not in ran.err
    assert "fault of its own" not in ran.err


@pytest.mark.parametrize("name", ["Ana\udcff", "A\x00b", "\x1b[31m", "🦆" * 100, "../x"], ids=ascii)
def test_any_counselor_can_be_named(mi: Callable[..., Ran], files: JsonStore, name: str) -> None:
    ran = mi("session", "start", "J-014", "--counselor", name, lines="one\n")
    assert ran.code == 0, ran.err
    listed = mi("session", "list", "--json")
    assert listed.code == 0
    shown = mi("session", "show", "last")
    assert shown.code == 0
    assert "\x1b" not in shown.out


@pytest.mark.parametrize(
    "command", [("client", "add", "K-015"), ("client", "edit", "J-014"), ("session", "start", "J-014")], ids=" ".join
)
def test_any_language_can_be_named(mi: Callable[..., Ran], files: JsonStore, command: tuple[str, ...]) -> None:
    add_client(files, "J-014")
    assert "fault of its own" not in mi(*command, "--lang", "e\udcff", lines="one\n").err
    assert mi("store", "check").code == 0


def test_bytes_that_are_no_utf8_cost_no_line(desk: Desk) -> None:
    recorder = desk.begin("caf\udce9 \ud83d", "next")  # as a terminal gives them
    recorder.enter_pasted("two\nl\udcefnes")
    assert desk.words == ["caf\ufffd \ufffd", "next", "two\nl\ufffdnes"]


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
@pytest.mark.usefixtures("open_umask")
def test_nobody_else_can_look_in(tmp_path: Path, mi: Callable[..., Ran]) -> None:
    root = tmp_path / "deep" / "er" / "store"
    at = ("--store", str(root))
    steps: tuple[tuple[tuple[str, ...], str], ...] = (
        (("store", "init", "--unprotected"), ""),
        (("client", "add", "J-014", "--name"), "Jane\n"),
        (("session", "start", "J-014"), "+ one\n/goal two\n/share 1\n/importance 3\n"),
        (("session", "resume"), "three\n/end\n"),
        (("session", "amend", "J-014", "-"), "four\n"),
        (("session", "start", "J-014"), "five\n"),
        (("session", "delete", "J-014", "--yes"), ""),
        (("client", "edit", "J-014", "--lang", "es", "--code", "K-015"), ""),
        (("session", "start", "L-016"), "six\n"),
        (("client", "delete", "L-016", "--yes"), ""),
        (("config", "set", "counselor", "Ana"), ""),
    )
    for command, lines in steps:
        ran = mi(*at, *command, lines=lines)
        assert ran.code == 0, (command, ran.err)
    paths = [tmp_path / "deep", tmp_path / "deep" / "er", root, *root.rglob("*"), tmp_path / "config"]
    paths += (tmp_path / "config").rglob("*")
    assert len(paths) > 20
    modes = {path: stat.S_IMODE(path.lstat().st_mode) for path in paths}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert "records are sound." in mi(*at, "store", "check").out


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
@pytest.mark.usefixtures("open_umask")
def test_a_held_interview_is_private_too(desk_files: list[tuple[Path, int]]) -> None:
    assert {mode for _, mode in desk_files} == {0o600}
    assert any(path.suffix == ".lock" for path, _ in desk_files)
    assert any(path.suffix == ".draft" for path, _ in desk_files)


@pytest.fixture
def desk_files(desk: Desk, open_umask: None) -> list[tuple[Path, int]]:
    """The files that are there while an interview is held with a half-typed line."""
    recorder = desk.begin("one")
    recorder.keep_draft("half a li")
    paths = [path for path in desk.store.layout.root.rglob("*") if path.is_file() and path.name != "store.json"]
    return [(path, stat.S_IMODE(path.stat().st_mode)) for path in paths]
