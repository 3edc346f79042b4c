"""Help: by task on the first page, with an example of each command, in 80 columns and in both languages."""

import re
import shlex
from collections.abc import Callable
from typing import Any

import pytest
import typer.main

from mi_cli.cli.app import _commands, app
from mi_cli.cli.examples import EXAMPLES, FIRST_PAGE, example
from mi_cli.words.commands import command_words
from mi_cli.words.commands.model import Shown, Task
from tests.conftest import Ran

Mi = Callable[..., Ran]
ROOT: Any = typer.main.get_command(app)
PATHS = [" ".join(path) for path in _commands(ROOT)]
SHORT = ["start", "resume", "list", "show", "export"]


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """The command that the words begin with, and what is left of them."""
    command, rest = ROOT, list(words)
    while rest and hasattr(command, "list_commands") and (inner := command.get_command(None, rest[0])):
        command = inner
        rest.pop(0)
    return command, rest


def test_every_command_has_an_example_and_nothing_else_has() -> None:
    assert set(EXAMPLES) == {*PATHS, *SHORT}


@pytest.mark.parametrize("typed", [example(path) for path in EXAMPLES], ids=str)
def test_an_example_can_be_typed_so(typed: str) -> None:
    command, rest = command_of(shlex.split(typed)[1:])
    options = [name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)]
    given = [word for word in rest if word.startswith("-")]
    assert set(given) <= set(options), typed
    ctx = command.make_context(typed, list(rest), resilient_parsing=True)
    assert not ctx.args, f"{typed} has more words than the command takes"


@pytest.mark.parametrize("path", [*PATHS, *SHORT])
@pytest.mark.parametrize(("language", "label"), [("en", "Example"), ("es", "Ejemplo")])
def test_the_help_of_each_command_ends_with_it(
    mi: Mi, monkeypatch: pytest.MonkeyPatch, path: str, language: str, label: str
) -> None:
    monkeypatch.setenv("LANG", language)
    ran = mi(*path.split(), "-h")
    assert ran.code == 0
    assert ran.out.rstrip().splitlines()[-1].strip() == f"{label}: {example(path)}"
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_first_page_is_by_task_in_80_columns(mi: Mi, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("LANG", language)
    monkeypatch.setenv("COLUMNS", "80")
    words, page = command_words(language), mi("--help").out
    for task, lines in FIRST_PAGE.items():
        assert f"\n{words.tasks[task]}:\n" in page
        for line, typed in lines.items():
            assert f"  {typed}  " in page
            assert words.shown[line] in " ".join(page.split())
            command_of(shlex.split(typed)[1:])
    assert max(map(len, page.splitlines())) <= 80
    assert set(FIRST_PAGE) == set(Task)
    assert {line for lines in FIRST_PAGE.values() for line in lines} == set(Shown)


@pytest.mark.parametrize("typed", [typed for lines in FIRST_PAGE.values() for typed in lines.values()])
def test_what_the_first_page_shows_can_be_typed(typed: str) -> None:
    command, rest = command_of(shlex.split(typed)[1:])
    assert command is not ROOT
    assert not command.make_context(typed, list(rest), resilient_parsing=True).args


@pytest.mark.parametrize("columns", ["40", "60", "80"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_group_tells_of_each_command_in_a_whole_sentence(
    mi: Mi, monkeypatch: pytest.MonkeyPatch, language: str, columns: str
) -> None:
    monkeypatch.setenv("LANG", language)
    monkeypatch.setenv("COLUMNS", columns)
    for group in sorted({path.rpartition(" ")[0] for path in PATHS if " " in path}):
        about = mi(*group.split(), "-h").out.partition("\n\n  ")[2]
        assert re.search(r"\w\.\.\.", about) is None, f"{group}: {about}"


def test_every_group_is_named_on_the_first_page(mi: Mi) -> None:
    page = " ".join(mi("--help").out.split())
    assert f"All commands: {', '.join(ROOT.list_commands(None))}." in page


def test_the_setting_decides_about_the_language(mi: Mi) -> None:
    mi("config", "set", "language", "es")
    assert "Acompaña la entrevista motivacional." in mi("--help").out
    assert "Ejemplo: mi session show last" in mi("help", "session", "show").out
