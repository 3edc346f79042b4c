"""What is said about records that were set aside."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.aside.model import AsideWords

aside_words: "Selector[AsideWords]" = Selector(__name__)
