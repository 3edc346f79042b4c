"""The texts of the settings."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.settings.model import SettingWords

setting_words: "Selector[SettingWords]" = Selector(__name__)
