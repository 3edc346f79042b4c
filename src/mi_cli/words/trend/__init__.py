"""The texts around the way so far (`mi trend`)."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.trend.model import TrendWords

trend_words: "Selector[TrendWords]" = Selector(__name__)
