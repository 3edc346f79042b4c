"""The texts of the commands about what was passed on."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.passed_on.model import PassedOnWords


def passed_on_words(tag: str | None) -> "PassedOnWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.passed_on.es import ES

        return ES
    from mi_cli.words.passed_on.en import EN

    return EN
