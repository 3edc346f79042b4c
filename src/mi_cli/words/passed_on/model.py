"""The shape of the texts of the commands about what was passed on."""

from collections.abc import Mapping

from mi_cli.words.texts import Texts


class PassedOnWords(Texts):
    """Texts. Braces are placeholders for numbers, days, codes and commands, never for a client's words."""

    # Whether the log is whole, and the documents are as they went out.
    whole: tuple[str, str]
    files: Mapping[str, str]
