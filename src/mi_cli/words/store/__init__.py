"""What goes wrong in the store, and what is not sound in it."""

from mi_cli.words.languages import language_of
from mi_cli.words.store.model import StoreWords


def store_words(tag: str | None) -> StoreWords:
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.store.es import ES

        return ES
    from mi_cli.words.store.en import EN

    return EN
