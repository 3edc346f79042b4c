"""A group of commands of which only the one that is typed is imported.

A table names each command with the module of this package that holds it and one line of help. So `--help` of the group
imports none of them, and a module of a command can import what it needs at its top.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar, NamedTuple

import typer
from typer.core import TyperGroup


class Command(NamedTuple):
    """Where a command is: the module of this package that holds it in its `app`, and the line that the help shows."""

    module: str
    help: str


class LazyGroup(TyperGroup):
    """A group whose commands stand in `table`, in the order of the help."""

    table: ClassVar[Mapping[str, Command]] = {}

    def list_commands(self, _ctx: Any) -> list[str]:  # Typer does not export the type of its context
        """Returns the names of all commands."""
        return list(self.table)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """Returns the command of that name, or None where there is none."""
        if cmd_name not in self.table:
            return None
        command = typer.main.get_command(import_module(f"mi_cli.cli.{self.table[cmd_name].module}").app)
        # A module holds one command or group, or several commands of this group.
        return getattr(command, "commands", {}).get(cmd_name, command)

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        """Writes the list of commands for the help, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help) for name, command in self.table.items()])
