"""The texts of the settings."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.settings.model import SettingWords


def setting_words(tag: str | None) -> "SettingWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.settings.es import ES

        return ES
    from mi_cli.words.settings.en import EN

    return EN
