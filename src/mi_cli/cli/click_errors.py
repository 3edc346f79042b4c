"""The errors of Click, on which Typer is built: with `click_help` the only module that knows what is private to it.

Typer 0.26 to 0.28 brings Click along as the private package `typer._click`, and exports none of these errors. Some
kinds of usage error can only be told apart by their messages. tests/cli/test_click_errors.py fails when an update of
Typer moves the classes or changes the messages.
"""

from typing import Any

from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)

from mi_cli.cli.language import language_here
from mi_cli.words.commands.model import CommandWords
from mi_cli.words.help_texts import placeholders_in_language

__all__ = [
    "ClickException",
    "MissingParameter",
    "NoArgsIsHelpError",
    "NoSuchOption",
    "UnknownCommand",
    "UsageError",
    "usage_message",
]


class UnknownCommand(UsageError):
    """A group was given a word that is none of its commands, and `after` it another one, if any.

    Neither is ever shown: they could be a client's words.
    """

    def __init__(self, typed: str, ctx: Any, after: str = "") -> None:
        super().__init__("No such command", ctx)
        self.typed = typed
        self.after = after


def usage_message(error: UsageError, words: CommandWords) -> str:
    """Returns the message to show. What was typed, which may be a client's words, is not repeated in it."""
    message = error.format_message()
    if "unexpected extra argument" in message:
        return words.too_many_words
    if message.startswith("No such command"):
        return words.no_such_command
    if message.startswith("Missing command"):
        return words.command_needed
    match error:
        case NoSuchOption():
            return words.no_such_option
        case MissingParameter(param=param) if param is not None:
            return words.is_missing.format(name=_shown_name(param))
        case BadParameter(param=param) if param is not None:
            return f"{words.cannot_be.format(name=_shown_name(param))} {_allowed(param, words)}".strip()
        case BadOptionUsage(option_name=name):
            takes_none = "does not take a value" in message
            return (words.takes_no_value if takes_none else words.needs_value).format(name=name)
        case _:
            return message


def _shown_name(param: Any) -> str:
    """Returns `--limit` for an option, CLIENT for an argument, as the help names it."""
    if param.param_type_name == "option":
        return str(param.opts[0])
    return placeholders_in_language(param.metavar or param.name.upper(), language_here())


def _allowed(param: Any, words: CommandWords) -> str:
    """Returns which values there are, if that is known of the type."""
    if choices := getattr(param.type, "choices", None):
        return words.one_of.format(choices=", ".join(str(getattr(one, "value", one)) for one in choices))
    least, most = getattr(param.type, "min", None), getattr(param.type, "max", None)
    if least is None:
        return ""
    return words.at_least.format(least=least) if most is None else words.between.format(least=least, most=most)
