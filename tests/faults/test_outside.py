"""Nothing that is typed as a code, an id or a name becomes a path out of the store; and what is in it is private."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mi_cli.interview.actions import AddEntry
from mi_cli.records.terms import Kind
from mi_cli.store.records.json_store import JsonStore
from tests.conftest import Desk, Ran

NAMES = (
    "../x",
    "..",
    ".",
    "/etc/passwd",
    "/tmp/x",
    "a/b",
    "a\\b",
    "C:\\x",
    "\\\\host\\share",
    "a\x1b[31mb",
    "a\nb",
    "a\tb",
    "a b",
    " a",
    "\u202eab",
    "\u200bab",
    "a\udcffb",
    "CON",
    "nul",
    "com1",
    "LPT9.txt",
    "aux.json",
    "last",
    "LAST",
    ".hidden",
    "a.",
    "-",
    "~",
    "~root",
    "$HOME",
    "%TEMP%",
    "*",
    "a" * 65,
    "ä" * 65,
    "",
)


def tree(folder: Path) -> set[str]:
    """Every path below, but for what a command needs to run."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return {path for path in found if path != "stdin" and not path.startswith("store/locks")}


@pytest.mark.parametrize(
    "before",
    [
        ("session", "start"),
        ("client", "add"),
        ("client", "edit", "J-014", "--code"),
        ("session", "start", "J-014", "--set"),
        ("prompts", "check"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_no_name_leads_out_of_the_store(
    mi: Callable[..., Ran], files: JsonStore, tmp_path: Path, before: tuple[str, ...], name: str
) -> None:
    files.add_client("J-014")
    there = tree(tmp_path)
    ran = mi(*before, *(["--"] if name.startswith("-") and "--" not in before[-1] else []), name, lines="x\n")
    if before[0] == "prompts":
        assert ran.code != 0
    elif name == "" and before[-1] in ("--code", "--set"):
        assert ran.code in (0, 1)  # nothing was given
    else:
        assert ran.code == 2, ran.err
    assert "fault of its own" not in ran.err
    assert "\x1b" not in ran.err
    if not (name == "" and before[-1] == "--set"):
        assert tree(tmp_path) == there


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("last", "LAST", "", "-")], ids=ascii)
@pytest.mark.parametrize("command", [("session", "show"), ("session", "resume"), ("client", "show"), ("goals", "show")])
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
    files.add_client("J-014")
    assert "fault of its own" not in mi(*command, "--lang", "e\udcff", lines="one\n").err
    assert mi("store", "check").code == 0


def test_bytes_that_are_no_utf8_cost_no_line(desk: Desk) -> None:
    recorder = desk.begin("caf\udce9 \ud83d", "next")  # as a terminal gives them
    recorder.do(AddEntry(Kind.SAID, "two\nl\udcefnes"))
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
    assert "are sound, 0 things" in mi(*at, "store", "check").out


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
