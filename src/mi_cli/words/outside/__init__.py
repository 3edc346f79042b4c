"""What is said to text from outside that is no text, or no interview."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.outside.model import OutsideWords

outside_words: "Selector[OutsideWords]" = Selector(__name__)
