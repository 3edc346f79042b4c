"""The texts of the lists: their headers, what stands in their cells, and what is said of an empty one."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.lists.model import ListWords

list_words: "Selector[ListWords]" = Selector(__name__)
