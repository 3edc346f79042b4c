"""What is kept of a consent, as it is shown, recorded and taken back."""

from mi_cli.words.kept_consents.model import KeptConsentWords
from mi_cli.words.languages import language_of


def kept_consent_words(tag: str | None) -> KeptConsentWords:
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.kept_consents.es import ES

        return ES
    from mi_cli.words.kept_consents.en import EN

    return EN
