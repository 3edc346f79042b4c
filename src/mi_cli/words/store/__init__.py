"""What goes wrong in the store, and what is not sound in it.

Every module of the store can say what went wrong, and every command loads some of them. So the shape, which takes as
long to load as the rest of a list together, is loaded with the first sentence.
"""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.store.model import StoreWords

store_words: "Selector[StoreWords]" = Selector(__name__)
