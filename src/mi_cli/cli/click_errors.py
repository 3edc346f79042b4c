"""The errors of Click, on which Typer is built: the one module that knows what is private to them.

Typer 0.26 to 0.28 brings Click along as the private package `typer._click`, and exports none of these errors. Two kinds
of usage error can only be told apart by their messages. tests/cli/test_click_errors.py fails when an update of Typer
moves the classes or changes the messages.
"""

from typing import Final

from typer._click.exceptions import ClickException, NoArgsIsHelpError, NoSuchOption, UsageError

__all__ = ["ClickException", "NoArgsIsHelpError", "NoSuchOption", "UsageError", "usage_message"]

_BEFORE_THE_COMMAND: Final = ("--plain", "--store")


def usage_message(error: UsageError) -> str:
    """Returns the message to show. Unexpected words, which may be a client's, are not repeated in it."""
    message = error.format_message()
    if "unexpected extra argument" in message:
        return "There are more words than the command takes."
    if message.startswith("No such command"):
        return "There is no such command."
    if isinstance(error, NoSuchOption):
        if error.option_name in _BEFORE_THE_COMMAND:
            return f"{error.option_name} goes before the command: mi {error.option_name} …"
        if " " in error.option_name:
            return "There is no such option."
    return message
