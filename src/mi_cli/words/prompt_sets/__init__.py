"""The texts of the commands about prompt sets."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.prompt_sets.model import PromptSetWords

prompt_set_words: "Selector[PromptSetWords]" = Selector(__name__)
