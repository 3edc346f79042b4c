"""The words about protection: one shape, and a module for each language."""

from mi_cli.words.languages import language_of
from mi_cli.words.protection.model import ProtectionWords


def protection_words(tag: str | None) -> ProtectionWords:
    """The words for a language tag such as `es` or `es-MX`; English where there are none."""
    if language_of(tag or "") == "es":
        from mi_cli.words.protection.es import ES

        return ES
    from mi_cli.words.protection.en import EN

    return EN
