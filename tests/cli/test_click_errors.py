"""What `mi_cli.cli.click_errors` supposes of Typer: the first to fail when an update changes it."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
import typer

from mi_cli.cli import app, click_errors, goals, store
from mi_cli.cli.click_errors import ClickException, NoArgsIsHelpError, NoSuchOption, UsageError
from mi_cli.cli.lazy_group import Command
from mi_cli.words.commands import command_words
from tests.conftest import Ran

Mi = Callable[..., Ran]


def test_the_errors_are_where_the_shim_takes_them_from() -> None:
    assert issubclass(NoSuchOption, UsageError)
    assert issubclass(NoArgsIsHelpError, UsageError)
    assert issubclass(UsageError, ClickException)
    assert issubclass(typer.BadParameter, UsageError)  # the one of them that Typer exports


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (["config", "path", "Secret"], UsageError, "unexpected extra argument"),
        (["Secret"], UsageError, "No such command"),
        (["config", "path", "--a b"], NoSuchOption, "--a b"),
    ],
)
def test_the_messages_begin_as_the_shim_supposes(arguments: list[str], error: type[UsageError], words: str) -> None:
    group = typer.Typer(cls=app._Commands, rich_markup_mode=None)
    group.callback()(lambda: None)
    with pytest.raises(error) as raised:
        group(arguments, standalone_mode=False)
    assert words in raised.value.format_message()
    assert "Secret" not in click_errors.usage_message(raised.value, command_words("en"))
    assert click_errors.usage_message(raised.value, command_words("en")) != raised.value.format_message()


TABLES = [(group, name, row) for group in (app, goals, store) for name, row in group._Commands.table.items()]


@pytest.mark.parametrize(("group", "name", "row"), TABLES)
def test_the_help_in_a_table_is_that_of_the_command(group: ModuleType, name: str, row: Command) -> None:
    whole: Any = typer.main.get_command(group.app)
    command = whole.get_command(None, name)
    assert command.get_short_help_str(100) == row.help
