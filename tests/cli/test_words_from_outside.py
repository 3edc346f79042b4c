"""`-`: words on standard input. What stands in a record afterwards is what was written, or nothing is kept."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from mi_cli.cli.app import app
from tests.conftest import Ran

Mi = Callable[..., Ran]

CAFE = "I’d like to go back to the café."


@pytest.fixture
def kept(mi: Mi) -> Mi:
    """`mi` with a closed interview and a goal with a step."""
    assert mi("store", "init", "--unprotected").code == 0
    lines = "/goal Be at Saturday breakfast.\n/step Ring Ana @ Friday\n/end\n"
    assert mi("session", "start", "J-014", lines=lines).code == 0
    return mi


COMMANDS = {
    "amend": ("session", "amend", "last", "-"),
    "add": ("goals", "add", "J-014", "-"),
    "edit": ("goals", "edit", "J-014", "-", "--field", "words"),
    "progress": ("goals", "progress", "J-014", "-"),
    "plan": ("goals", "plan", "J-014", "-"),
    "name": ("client", "edit", "J-014", "--name"),
    "name of a new client": ("client", "add", "M-200", "--name"),
    "fact": ("client", "facts", "J-014", "safer-use", "-"),
    "contact": ("contact", "add", "J-014", "-", "--kind", "phone"),
}


def _commands(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command below one, with the words that name it."""
    if not hasattr(command, "list_commands"):
        yield path, command
        return
    context = command.make_context("mi", [], resilient_parsing=True)
    for name in command.list_commands(context):
        yield from _commands(command.get_command(context, name), (*path, name))


def stored(folder: Path) -> str:
    """Everything in the records, as text."""
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.json")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("name", COMMANDS)
def test_the_words_are_kept_as_they_were_written(kept: Mi, tmp_path: Path, name: str, encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    line = f"/reason {CAFE}" if name == "plan" else CAFE
    ran = kept(*COMMANDS[name], lines=f"{mark}{line}\r\n".encode(encoding))
    assert ran.code == 0
    assert ("Windows-1252: line 1" in ran.err) == (encoding == "cp1252")
    text = stored(tmp_path / "store" / "clients")
    assert f'"{CAFE}"' in text
    assert not set("\ufeff\ufffd\0\r") & set(text)
    assert "\\u0000" not in text


@pytest.mark.parametrize(
    ("encoding", "written"), [("utf-16-le", CAFE), ("cp850", "Ich war im Café."), ("shift_jis", "散歩に行きたい")]
)
@pytest.mark.parametrize("name", COMMANDS)
def test_another_encoding_can_be_named(kept: Mi, tmp_path: Path, name: str, encoding: str, written: str) -> None:
    line = f"/reason {written}" if name == "plan" else written
    ran = kept(*COMMANDS[name], "--encoding", encoding, lines=f"{line}\r\n".encode(encoding))
    assert (ran.code, ran.err) == (0, "")
    assert f'"{written}"' in stored(tmp_path / "store" / "clients")


@pytest.mark.parametrize("name", COMMANDS)
def test_an_encoding_that_does_not_exist_is_refused(kept: Mi, tmp_path: Path, name: str) -> None:
    before = stored(tmp_path / "store" / "clients")
    ran = kept(*COMMANDS[name], "--encoding", "hex", lines="words\n")
    assert (ran.code, ran.out) == (2, "")
    assert "There is no such encoding." in ran.err
    assert stored(tmp_path / "store" / "clients") == before


def test_whatever_reads_words_takes_the_name_of_their_encoding() -> None:
    found = {" ".join(path): command.params for path, command in _commands(typer.main.get_command(app), ())}
    reads = {name for name, params in found.items() if any(each.metavar == "[-]" for each in params)}
    reads |= {"client add", "client edit", "session start", "session resume"}  # where nobody is at the terminal
    assert {name for name, params in found.items() if any("--encoding" in each.opts for each in params)} == reads


@pytest.mark.parametrize("data", [b"one\nca\x81e", "words".encode("utf-16-le"), b"%PDF-1.7", b"PK\x03\x04 words"])
@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_no_text_is_refused_and_nothing_is_kept(kept: Mi, tmp_path: Path, name: str, data: bytes) -> None:
    before = stored(tmp_path / "store" / "clients")
    ran = kept(*COMMANDS[name], lines=data)
    assert (ran.code, ran.out) == (1, "")
    assert "Save it as plain text in UTF-8" in ran.err
    assert "words" not in ran.err
    assert stored(tmp_path / "store" / "clients") == before
