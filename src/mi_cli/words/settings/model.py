"""The shape of the texts of the settings."""

from collections.abc import Mapping

from mi_cli.words.texts import Texts


class SettingWords(Texts):
    """Texts. Braces are placeholders for numbers, days, codes and commands, never for a client's words."""

    # What each setting is for.
    about: Mapping[str, str]

    # A value that a setting cannot have.
    no_such_setting: str
    there_are: str
    true_or_false: str
    number: str
    one_of: str

    # What was done.
    changed: str
    taken_away: str
