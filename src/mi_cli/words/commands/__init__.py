"""The texts about commands as such: what was typed, and where."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.commands.model import CommandWords


def command_words(tag: str | None) -> "CommandWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.commands.es import ES

        return ES
    from mi_cli.words.commands.en import EN

    return EN
