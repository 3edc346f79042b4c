"""Where a file that a person named is to go, whatever command makes it."""

from pathlib import Path

from mi_cli.cli.context import Context
from mi_cli.cli.surroundings import located
from mi_cli.store.records.outside import is_there, target_outside
from mi_cli.words.commands import command_words


def target_of(context: Context, named: str | Path) -> Path:
    """Returns where the file is to go. Raises WrongUsage for a place within the store, Failed for no ordinary file."""
    return target_outside(context.root, located(named))


def may_write_over(context: Context, target: Path, *, yes: bool) -> bool:
    """Returns whether there is a file at the target, after it was asked whether it may be written over.

    Raises Declined on a no, WrongUsage where nobody can be asked.
    """
    if is_there(target):
        context.confirm(command_words(context.language).write_over, yes=yes)
        return True
    return False
