"""A command that is printed can be typed as it is printed, wherever the program is."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mi_cli.cli.app import _Commands
from mi_cli.terminal.typeable import NAMES, UNMARKED, typeable
from mi_cli.words.languages import LANGUAGES
from tests.conftest import Ran
from tests.words.subjects import SUBJECTS, texts


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`mi` in a folder that is not on the PATH, as it runs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    file = folder / "mi"
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(file), "session", "list"])
    monkeypatch.setenv("PATH", "/nowhere")
    return file


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("`mi store init` makes one.", "`{mi} store init` makes one."),
        ("`mi` and `mi --help`", "`{mi}` and `{mi} --help`"),
        ("`mi start J-014`, `mi lock`", "`{mi} start J-014`, `{mi} lock`"),
        ("Closed. mi session show k3q9xabc", "Closed. {mi} session show k3q9xabc"),
        ("“Es `mi hija` y mi esposa.”", "“Es `mi hija` y mi esposa.”"),
        ("“En mi show favorito.”", "“En mi show favorito.”"),
        ("“Mi list no para, mi export business tampoco.”", "“Mi list no para, mi export business tampoco.”"),
        ("“mi note dice eso, mi store cierra”", "“mi note dice eso, mi store cierra”"),
        ("“de mi demo con mi client nuevo”", "“de mi demo con mi client nuevo”"),
        ("“mi goals son dos, mi session empieza”", "“mi goals son dos, mi session empieza”"),
        ("mi session", "mi session"),
        ("semi session show", "semi session show"),
        ("/usr/bin/mi session show", "/usr/bin/mi session show"),
    ],
)
def test_a_command_is_printed_with_the_path_where_mi_alone_is_not_found(program: Path, text: str, typed: str) -> None:
    assert typeable(text) == typed.format(mi=program)


@pytest.mark.parametrize("arguments", [(), ("today",), ("demo",), ("goals", "show", "-h"), ("--help",)], ids=str)
def test_every_page_that_shows_commands_shows_what_can_be_typed(
    program: Path, mi: Callable[..., Ran], arguments: tuple[str, ...]
) -> None:
    assert mi("session", "start", "J-014", lines="hello\n").code == 0
    shown = mi(*arguments).out
    if arguments == ("--help",):
        shown, above, _ = shown.partition("\nAn interview:")
        assert above
        assert f"type {program} where mi stands below" in " ".join(shown.split())
        shown = shown.replace("where mi stands below", "")
    shown = " ".join(shown.replace("Usage: mi", "").split())  # a row may end within a command whose path is long
    typed = re.findall(rf"(\S*\bmi)(?= (?:--store|{'|'.join(NAMES)})\b)", shown)
    assert {name.removeprefix("`") for name in typed} == {str(program)}


def test_where_the_path_leads_to_it_the_command_is_printed_as_it_is(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(program.parent))
    assert typeable("`mi doctor`") == "`mi doctor`"


def test_another_program_of_that_name_is_not_taken_for_ours(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "mi").write_text("#!/bin/sh\n")
    (other / "mi").chmod(0o755)
    monkeypatch.setenv("PATH", f"{other}:{program.parent}")
    assert typeable("`mi doctor`") == f"`{program} doctor`"


def test_a_folder_with_a_blank_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "my tools"
    folder.mkdir()
    (folder / "mi").touch()
    monkeypatch.setattr(sys, "argv", [str(folder / "mi")])
    monkeypatch.setenv("PATH", "/nowhere")
    assert typeable("`mi doctor`") == f"`'{folder / 'mi'}' doctor`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_without_backticks_in_our_own_sentences_is_known(language: str) -> None:
    sentences = [text for select in SUBJECTS.values() for _, text in texts(select(language))]
    named = {found for text in sentences for found in re.findall(rf"(?<![`\w/])mi ({'|'.join(NAMES)}) ([a-z]+)", text)}
    assert {" ".join(words) for words in named} == UNMARKED


def test_every_command_is_known() -> None:
    assert set(_Commands.table) | set(_Commands.short) <= NAMES
