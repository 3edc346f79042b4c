"""The texts of the commands about what was passed on."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.passed_on.model import PassedOnWords

passed_on_words: "Selector[PassedOnWords]" = Selector(__name__)
