"""The texts about client facts (`mi client facts`): what is known, and one question at a time."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.facts.model import FactWords

fact_words: "Selector[FactWords]" = Selector(__name__)
