"""What is asked about a consent, and what speaks against passing something on."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.consents.model import ConsentWords


def consent_words(tag: str | None) -> "ConsentWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.consents.es import ES

        return ES
    from mi_cli.words.consents.en import EN

    return EN
