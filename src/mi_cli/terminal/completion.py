"""What a half-typed line of an interview could become: the names of commands, stages and types."""

from collections.abc import Iterable

from mi_cli.interview.commands import command_names, commands
from mi_cli.interview.likeness import folded, starting_with
from mi_cli.records.terms import Stage, Talk
from mi_cli.words.typed_names import typed_names


def completions(before: str, language: str = "en") -> list[str]:
    """Returns what a line could be completed to: commands, stages after `/stage`, types after `+` or `-`.

    All of them are completed in the language of the interview too, where no English name begins so.
    """
    names = typed_names(language)
    command, blank, start = before.partition(" ")
    if blank and command.removeprefix("/") in ("stage", *command_names("stage", language)) and command[0] == "/":
        stages = [name for name, value in names.values.items() if isinstance(value, Stage)]
        return [f"{command} {stage}" for stage in _beginning(start, Stage, stages)]
    if blank:
        return []
    if before.startswith("/"):
        return [f"/{name}" for name in _beginning(before[1:], commands(), names.commands)]
    if before[:1] in ("+", "-") and before[1:].isalpha():
        return [f"{before[0]}{talk} " for talk in _beginning(before[1:], Talk, names.types)]
    return []


def _beginning(start: str, english: Iterable[str], local: Iterable[str]) -> list[str]:
    """Returns the English names that begin so, else those of the language."""
    return starting_with(start.lower(), english) or [name for name in local if folded(name).startswith(folded(start))]
