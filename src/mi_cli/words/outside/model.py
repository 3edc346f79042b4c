"""The shape of what is said to text from outside: a pipe, `-`, a file that was named, settings, prompt sets."""

from collections.abc import Mapping

from mi_cli.records.outside_keys import FileKind, NameOf, Untaken
from mi_cli.words.texts import Texts


class OutsideWords(Texts):
    """Sentences. Braces are placeholders for numbers, and for reasons of our own."""

    kinds: Mapping[FileKind, str]  # what was given, and why it is not taken: a sentence
    at_line: str  # one of `kinds`, with the line
    save_as_text: str  # what to do about it
    name_encoding: str  # what else one can do where --encoding is an option
    read_as_windows: str
    unreadable: str  # the input, for a reason of the system

    # The config file.
    config_unreadable: str
    config_not_text: str
    config_not_toml: str
    config_not_ours: str
    config_unknown_key: str
    config_wrong_value: str
    config_mend: str
    config_mend_value: str
    config_mend_key: str
    config_gone_without: str
    config_needed: str
    names_of: Mapping[NameOf, str]
    names_like: Mapping[NameOf, str]
    untaken: Mapping[Untaken, str]
    untaken_how: Mapping[Untaken, str]
