"""The texts about client facts (`mi client facts`): what is known, and one question at a time."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.facts.model import FactWords


def fact_words(tag: str | None) -> "FactWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.facts.es import ES

        return ES
    from mi_cli.words.facts.en import EN

    return EN
