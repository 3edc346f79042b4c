"""What goes wrong in the store, and what is not sound in it.

Every module of the store can say what went wrong, and every command loads some of them. So the shape, which takes as
long to load as the rest of a list together, is loaded with the first sentence.
"""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.store.model import StoreWords


def store_words(tag: str | None) -> "StoreWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.store.es import ES

        return ES
    from mi_cli.words.store.en import EN

    return EN
