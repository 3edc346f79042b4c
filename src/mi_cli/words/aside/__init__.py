"""What is said about records that were set aside."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.aside.model import AsideWords


def aside_words(tag: str | None) -> "AsideWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.aside.es import ES

        return ES
    from mi_cli.words.aside.en import EN

    return EN
