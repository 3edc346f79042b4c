"""The texts of setting a passphrase, opening a store, and the recovery sheet."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.protection.model import ProtectionWords


def protection_words(tag: str | None) -> "ProtectionWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.protection.es import ES

        return ES
    from mi_cli.words.protection.en import EN

    return EN
