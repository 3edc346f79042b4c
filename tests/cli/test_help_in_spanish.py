"""The pages of `--help` in Spanish: nothing on them is English but what is typed."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
import typer

from mi_cli.cli.app import app
from mi_cli.words.help_texts import in_language, is_translated
from tests.conftest import Ran

Mi = Callable[..., Ran]
Path = tuple[str, ...]
ROOT: Final[Any] = typer.main.get_command(app)


def commands(command: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield path, command
    for name in command.list_commands(None) if hasattr(command, "list_commands") else ():
        yield from commands(command.get_command(None, name), (*path, name))


LIMIT: Final = "--limit no puede tener ese valor. Es un número, 1 o más."
STATUS: Final = "--status no puede tener ese valor. Puede ser uno de estos: open, paused, closed."
YEARS: Final = "--years no puede tener ese valor. Es un número de 1 a 100."
ALL: Final = list(commands(ROOT))


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) or "mi" for path, _ in ALL])
def test_every_sentence_of_a_help_page_is_translated(path: Path, command: Any) -> None:
    tables = (getattr(command, "table", {}), getattr(command, "short", {}))
    texts = [command.help, *(getattr(param, "help", None) for param in command.params)]
    texts += [entry.help for table in tables for entry in table.values()]
    texts = [text for text in texts if text and text.strip()]
    if path:  # the first page is made of words.commands
        assert [text for text in texts if not is_translated(text)] == []


def test_a_sentence_without_a_translation_would_be_noticed() -> None:
    assert not is_translated("A sentence of nobody.")
    assert not is_translated("Begin an interview. A sentence of nobody.")
    assert (
        in_language("Begin an interview. A sentence of nobody.", "es")
        == "Comienza una entrevista. A sentence of nobody."
    )
    assert in_language("Begin an interview.", "en") == "Begin an interview."


@pytest.mark.parametrize("path", [path for path, _ in ALL], ids=lambda path: " ".join(path) or "mi")
def test_a_page_has_no_english_heading_or_placeholder(mi: Mi, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setenv("LANG", "es_MX.UTF-8")
    page = mi(*path, "--help")
    assert page.code == 0
    english = r"Usage|Options|Arguments|Commands|OPTIONS|COMMAND|CLIENT\b|Show this|default|required|<str>|<path>|<int"
    assert re.search(english, page.out) is None
    assert max(map(len, page.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("session", "list", "--limit", "0"), LIMIT),
        (("session", "list", "--limit", "Secret"), LIMIT),
        (
            ("session", "list", "--status", "Secret"),
            STATUS,
        ),
        (
            ("disclosures", "accounting", "J-014", "--years", "999"),
            YEARS,
        ),
        (("session", "list", "--since"), "--since necesita un valor detrás."),
        (("config", "get"), "Falta AJUSTE."),
        (("store", "restore"), "Falta ARCHIVO."),
        (("session", "list", "--json=Secret"), "--json no lleva ningún valor."),
        (("config", "path", "Secret"), "Hay demasiadas palabras para este comando."),
    ],
)
def test_what_is_wrong_with_a_command_is_said_in_spanish(
    mi: Mi, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.setenv("LANG", "es_MX.UTF-8")
    ran = mi(*arguments)
    assert ran.code == 2
    assert ran.err.splitlines()[0] == said
    assert "Secret" not in ran.err
