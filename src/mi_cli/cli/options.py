"""What several commands share: their arguments and options, each declared once, and how a command group is made."""

from dataclasses import replace
from typing import Annotated

import typer
from typer.core import TyperGroup

from mi_cli.cli.lazy_group import Group

Client = Annotated[str, typer.Argument(metavar="CLIENT", help="The client's code.")]
Code = Annotated[str, typer.Argument(metavar="CODE", help="The client's code, such as J-014.")]
OnlyClient = Annotated[str | None, typer.Argument(metavar="CLIENT", help="Only this client's.")]
Session = Annotated[str, typer.Argument(metavar="SESSION", help="The start of its id, a client's code, or last.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
IsNew = Annotated[bool, typer.Option("--new", help="A new client, even if the code looks like another one.")]
Yes = Annotated[bool, typer.Option("--yes", help="Go ahead without asking.")]


def _take_encoding(ctx: typer.Context, name: str | None) -> None:
    """Puts the encoding into the context of the command."""
    if name is not None and not ctx.resilient_parsing:
        ctx.obj = replace(ctx.obj, encoding_option=name)


# A command that reads standard input takes it, and finds it in its context: no command reads the parameter itself.
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        callback=_take_encoding,
        help="How standard input is encoded, if it is neither UTF-8 nor UTF-16 with its mark.",
    ),
]


def command_group(about: str = "", *, runs_alone: bool = False, cls: type[TyperGroup] | None = None) -> typer.Typer:
    """Returns an empty group of commands. Without a subcommand it shows its help, unless it `runs_alone`."""
    return typer.Typer(
        help=about, no_args_is_help=not runs_alone, cls=cls or Group, rich_markup_mode=None, add_completion=False
    )


def single_command() -> typer.Typer:
    """Returns what a module with one command, which is no group, registers it in."""
    return typer.Typer(rich_markup_mode=None, add_completion=False)
