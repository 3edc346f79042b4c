"""What several commands share: their arguments and options, each declared once, and how a command group is made."""

from typing import Annotated

import typer
from typer.core import TyperGroup

Client = Annotated[str, typer.Argument(metavar="CLIENT", help="The client's code.")]
OnlyClient = Annotated[str | None, typer.Argument(metavar="CLIENT", help="Only this client's.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
Yes = Annotated[bool, typer.Option("--yes", help="Go ahead without asking.")]


def command_group(about: str = "", *, runs_alone: bool = False, cls: type[TyperGroup] | None = None) -> typer.Typer:
    """Returns an empty group of commands. Without a subcommand it shows its help, unless it `runs_alone`."""
    return typer.Typer(help=about, no_args_is_help=not runs_alone, cls=cls, rich_markup_mode=None, add_completion=False)


def single_command() -> typer.Typer:
    """Returns what a module with one command, which is no group, registers it in."""
    return typer.Typer(rich_markup_mode=None, add_completion=False)
