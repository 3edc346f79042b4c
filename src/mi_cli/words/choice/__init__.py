"""The rules by which the next prompt is chosen, said to people: `mi help next`."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.choice.model import ChoiceWords

choice_words: "Selector[ChoiceWords]" = Selector(__name__)
