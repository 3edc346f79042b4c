"""What `mi doctor` says of the store."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.health.model import HealthWords


def health_words(tag: str | None) -> "HealthWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.health.es import ES

        return ES
    from mi_cli.words.health.en import EN

    return EN
