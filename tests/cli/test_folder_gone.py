"""The folder in which a command is typed is gone: one true sentence, and nothing is blamed on the output."""

import errno
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from mi_cli.cli import doctor
from mi_cli.cli.app import app
from tests.conftest import Ran

Mi = Callable[..., Ran]
GONE = "The folder that this window stands in no longer exists, so no file can be named from there."
# What a command needs to be more than a usage error; "REL" is a file in the folder that is gone, "ABS" one elsewhere.
GIVEN: dict[str, tuple[str, ...]] = {
    "session amend": ("last", "-"), "session move": ("last", "K-200"), "goals add": ("J-014", "-"),
    "goals plan": ("J-014", "-"), "client add": ("L-300",), "client facts": ("J-014", "medicines", "-"),
    "consent form": ("J-014", "-o", "ABS.pdf"), "prompts new": ("ours",), "config get": ("language",),
    "config set": ("language", "en"), "config unset": ("language",), "store backup": ("ABS.bak",),
    "store restore": ("ABS.bak",), "store recovery": ("-o", "ABS.html"), "help": ("session",),
    "session start": ("J-014",),
}  # fmt: skip
RELATIVE = [
    ("--store", "rel", "session", "list"),
    ("--store", "rel", "client", "add", "J-014"),
    ("store", "backup", "x.bak"),
    ("store", "backup", "./x.bak", "--keep", "2"),
    ("store", "backup", "../x.bak"),
    ("store", "restore", "x.bak"),
    ("goals", "export", "J-014", "--client-copy", "-o", "x.pdf"),
    ("goals", "export", "J-014", "--client-copy", "-o", "x.md"),
    ("goals", "export", "J-014", "--client-copy", "-o", "below/x.docx"),
    ("consent", "form", "J-014"),
    ("consent", "form", "-o", "x.pdf"),
    ("consent", "add", "J-014", "--from", "x.toml"),
]


def leaves(command: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command that can be typed."""
    ctx = typer.Context(command)
    if not hasattr(command, "list_commands"):
        yield above
        return
    for name in command.list_commands(ctx):
        yield from leaves(command.get_command(ctx, name), (*above, name))


@pytest.fixture
def gone(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store, and a folder that is gone, in which every command is typed. Returns a folder that is there."""
    for code in ("J-014", "K-200"):
        assert mi("client", "add", code).code == 0
    assert mi("session", "start", "J-014", lines="+ Words\n/goal Be home\n/end\n").code == 0
    here, there = tmp_path / "gone", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    monkeypatch.chdir(here)
    here.rmdir()
    return there


def is_honest(ran: Ran) -> bool:
    return "fault of its own" not in ran.err and "output could be written" not in ran.err


@pytest.mark.parametrize("words", list(leaves(typer.main.get_command(app))), ids=" ".join)
def test_every_command_works_or_says_what_is_true(mi: Mi, gone: Path, words: tuple[str, ...]) -> None:
    given = GIVEN.get(" ".join(words), ())
    if not given and any(word in ("show", "edit", "delete", "drop", "progress", "share") for word in words):
        given = ("last",) if words[0] == "session" else ("J-014",)
    ran = mi(*words, *(word.replace("ABS", str(gone / "file")) for word in given), lines="Words\n")
    assert is_honest(ran), ran.err
    assert GONE not in ran.err, "no path was typed that depends on the folder"


@pytest.mark.parametrize("words", RELATIVE, ids=" ".join)
def test_a_path_from_there_is_refused_with_the_reason(mi: Mi, gone: Path, words: tuple[str, ...]) -> None:
    ran = mi(*words)
    assert ran.code == 1
    assert ran.err.splitlines() == [GONE, "Go to another folder (`cd`), or write the whole path."]
    assert list(gone.iterdir()) == []


@pytest.mark.parametrize("ending", ["md", "html", "pdf", "docx", "json", "fhir.json", "zip"])
def test_every_document_can_be_made_elsewhere(mi: Mi, gone: Path, ending: str) -> None:
    target = gone / f"x.{ending}"
    assert mi("config", "set", "program.recipients", "A. Therapist").code == 0
    made = mi("goals", "export", "J-014", "--basis", "same-program", "--to", "A. Therapist", "-o", str(target))
    assert made.code == 0, made.err
    assert target.stat().st_size > 100


def test_the_form_can_be_made_elsewhere(mi: Mi, gone: Path) -> None:
    assert mi("consent", "form", "J-014", "--to", "A. T.", "-o", str(gone / "f.pdf")).code == 0
    assert (gone / "f.pdf").read_bytes().startswith(b"%PDF")


def test_the_environment_may_name_a_store_from_there_too(mi: Mi, gone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MI_STORE", "rel")
    assert mi("session", "list").err.startswith(GONE)


def test_it_is_said_in_spanish(mi: Mi, gone: Path) -> None:
    mi("config", "set", "language", "es")
    assert mi("store", "backup", "x.bak").err.startswith("La carpeta en la que está esta ventana ya no existe")


def test_a_path_from_home_is_none_of_the_folder(mi: Mi, gone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(gone))
    assert mi("store", "backup", "~/x.bak").code == 0
    assert (gone / "x.bak").exists()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOENT, GONE),
        (errno.ENOSPC, "Not all of the output could be written."),
        (errno.EMFILE, "mi stopped on a fault of its own"),
    ],
)
def test_an_error_that_names_no_file_is_blamed_on_the_output_only_if_writing_fails_so(
    mi: Mi, gone: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def fails(_context: object) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(doctor, "_report", fails)
    assert mi("doctor").err.startswith(said)


def test_elsewhere_such_an_error_is_a_fault(mi: Mi, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_context: object) -> None:
        raise OSError(errno.ENOENT, "")

    monkeypatch.setattr(doctor, "_report", fails)
    assert mi("doctor").err.startswith("mi stopped on a fault of its own: FileNotFoundError.")
