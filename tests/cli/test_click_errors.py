"""What `mi_cli.cli.click_errors` supposes of Typer: the first to fail when an update changes it."""

from collections.abc import Callable
from importlib import import_module

import pytest
import typer

from mi_cli.cli import click_errors
from mi_cli.cli.app import _COMMANDS, LazyGroup
from mi_cli.cli.click_errors import ClickException, NoArgsIsHelpError, NoSuchOption, UsageError
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
        (["config", "path", "--plain"], NoSuchOption, "--plain"),
        (["config", "path", "--a b"], NoSuchOption, "--a b"),
    ],
)
def test_the_messages_begin_as_the_shim_supposes(arguments: list[str], error: type[UsageError], words: str) -> None:
    group = typer.Typer(cls=LazyGroup, rich_markup_mode=None)
    group.callback()(lambda: None)
    with pytest.raises(error) as raised:
        group(arguments, standalone_mode=False)
    assert words in raised.value.format_message()
    assert "Secret" not in click_errors.usage_message(raised.value)
    assert click_errors.usage_message(raised.value) != raised.value.format_message()


@pytest.mark.parametrize("name", _COMMANDS)
def test_the_help_in_the_table_is_that_of_the_command(name: str) -> None:
    command = typer.main.get_command(import_module(f"mi_cli.cli.{name}").app)
    assert command.get_short_help_str(100) == _COMMANDS[name]
