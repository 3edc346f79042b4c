"""The members of the program, as a command sees them: the store keeps them, and an old config file may name others."""

from dataclasses import replace

from mi_cli.cli import settings
from mi_cli.cli.context import Context
from mi_cli.errors import Damaged
from mi_cli.handoff.program import Program
from mi_cli.store.records.members import members
from mi_cli.terminal.streams import print_message
from mi_cli.words.sharing import sharing_words


def program_with_members(context: Context, damaged: list[Damaged]) -> Program:
    """Returns the program with its members. Where these cannot be believed there are none, and `damaged` says why."""
    try:
        return replace(context.program, recipients=members(context.store))
    except Damaged as error:
        damaged.append(error)
        return context.program


def name_members_in_config(context: Context) -> None:
    """Names the members in a config file of version 0.1.0: a person takes them over, and nothing else does."""
    if names := settings.read(settings.path()).get(settings.MEMBERS):
        print_message(sharing_words(context.language).members_in_config.format(names="; ".join(names)))
