"""A group of commands of which only the one that is typed is imported.

A table names each command with the module of this package that holds it and one line of help. So `--help` of the group
imports none of them, and a module of a command can import what it needs at its top.

A module may hold a group of ten commands. Typer would make its own form of each, with all options, though one is run:
`_Unmade` has that done for the one that is asked for.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from importlib import import_module
from typing import Any, ClassVar, Final, NamedTuple

import typer
from typer.core import TyperGroup

from mi_cli.cli.click_errors import NoSuchOption, UnknownCommand, UsageError
from mi_cli.cli.click_help import HelpContext
from mi_cli.cli.examples import example
from mi_cli.cli.language import language_here
from mi_cli.terminal.typeable import typeable_command
from mi_cli.words.commands import command_words

_WHOLE: Final = 1000  # letters, of a sentence that is not to be cut


class Command(NamedTuple):
    """Where a command is: the module of this package that holds it in its `app`, and the line that the help shows."""

    module: str
    help: str


class Group(TyperGroup):
    """A group of commands that says which word of it is none, and what it and its commands do in every language."""

    context_class = HelpContext

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # Typer does not export the type of its context
        """Returns the command that the first word names. Raises UnknownCommand."""
        try:
            name, command, rest = super().resolve_command(ctx, args)
        except NoSuchOption:
            raise
        except UsageError:
            raise UnknownCommand(args[0], ctx, "".join(args[1:2])) from None
        if command is not None:
            command.context_class = HelpContext
        typed = example(" ".join((*ctx.command_path.split()[1:], args[0])))
        if typed and command is not None and {"-h", "--help"} & {*rest}:
            command.epilog = command_words(language_here()).example.format(example=typeable_command(typed))
        return name, command, rest

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes the list of commands for the help, each with the whole first sentence of what it does."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._about(ctx, name)) for name in self.list_commands(ctx)])

    def _about(self, ctx: Any, name: str) -> str:
        command: Any = self.get_command(ctx, name)
        return str(command.get_short_help_str(limit=_WHOLE))


class LazyGroup(Group):
    """A group whose commands stand in `table`, in the order of the help. `short` are other names, not listed there."""

    table: ClassVar[Mapping[str, Command]] = {}
    short: ClassVar[Mapping[str, Command]] = {}

    def list_commands(self, _ctx: Any) -> list[str]:  # Typer does not export the type of its context
        """Returns the names of all commands."""
        return list(self.table)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """Returns the command of that name, or None where there is none."""
        entry = self.table.get(cmd_name) or self.short.get(cmd_name)
        if entry is None:
            return None
        command = _made(import_module(f"mi_cli.cli.{entry.module}").app)
        # A module holds one command or group, or several commands of this group.
        return getattr(command, "commands", {}).get(cmd_name, command)

    def _about(self, _ctx: Any, name: str) -> str:
        return self.table[name].help  # without importing any


class _Unmade(Mapping[str, Any]):
    """The commands of a group by their names, each made when it is asked for; `groups` are those within it, made."""

    def __init__(self, app: typer.Typer, groups: Mapping[str, Any]) -> None:
        self._app = app
        self._groups = groups
        self._of = {
            info.name or typer.main.get_command_name(info.callback.__name__): info
            for info in app.registered_commands
            if info.callback
        }

    def __getitem__(self, name: str) -> Any:
        """Returns the command of that name. Raises KeyError."""
        if name in self._groups:
            return self._groups[name]
        short, markup = self._app.pretty_exceptions_short, self._app.rich_markup_mode
        return typer.main.get_command_from_info(self._of[name], pretty_exceptions_short=short, rich_markup_mode=markup)

    def __iter__(self) -> Iterator[str]:
        """Yields the names in the order of the help."""
        return iter((*self._of, *self._groups))

    def __len__(self) -> int:
        """Returns how many there are."""
        return len(self._of) + len(self._groups)


def _made(app: typer.Typer) -> Any:
    """Returns what Typer makes of a module's commands, a group without making each of its commands."""
    if len(app.registered_commands) < 2:
        return typer.main.get_command(app)
    groups = copy(app)
    groups.registered_commands = []
    group: Any = typer.main.get_group(groups)
    group.commands = _Unmade(app, group.commands)
    return group
