"""The texts around the way so far (`mi trend`)."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.trend.model import TrendWords


def trend_words(tag: str | None) -> "TrendWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.trend.es import ES

        return ES
    from mi_cli.words.trend.en import EN

    return EN
