"""The texts about commands as such: what was typed, and where."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.commands.model import CommandWords

command_words: "Selector[CommandWords]" = Selector(__name__)
