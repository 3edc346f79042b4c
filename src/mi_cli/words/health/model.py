"""The shape of what `mi doctor` says of the store."""

from collections.abc import Mapping

from mi_cli.records.text_keys import SyncKind
from mi_cli.words.texts import Texts


class HealthWords(Texts):
    """Texts. Braces are placeholders for numbers, days, codes and commands, never for a client's words."""

    # The folder and the disk.
    not_writable: str
    shared: Mapping[SyncKind, str]
    one_computer: str
    copies: tuple[str, str]
    temporary: tuple[str, str]
    little_space: str
    clock: str

    # Backups and protection.
    no_backup: str
    old_backup: str
    unprotected: str
    no_sheet: str
    wrong_tries: tuple[str, str]
