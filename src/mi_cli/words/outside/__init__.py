"""What is said to text from outside that is no text, or no interview."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.outside.model import OutsideWords


def outside_words(tag: str | None) -> "OutsideWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.outside.es import ES

        return ES
    from mi_cli.words.outside.en import EN

    return EN
