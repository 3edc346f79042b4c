"""The texts of the lists: their headers, what stands in their cells, and what is said of an empty one."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.lists.model import ListWords


def list_words(tag: str | None) -> "ListWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.lists.es import ES

        return ES
    from mi_cli.words.lists.en import EN

    return EN
