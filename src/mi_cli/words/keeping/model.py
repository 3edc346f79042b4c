"""The shape of the texts of the commands that keep the store: making, checking, trash and backups."""

from collections.abc import Mapping

from mi_cli.records.terms import Protection
from mi_cli.words.texts import Texts


class KeepingWords(Texts):
    """Texts. Braces are placeholders for numbers, days, codes and commands, never for a client's words."""

    # Making the store, and what it is.
    made: str
    there_already: str
    made_meanwhile: str
    made_meanwhile_how: str
    about: tuple[str, ...]
    protection: Mapping[Protection, str]

    # Checking it.
    checking: str
    all_sound: tuple[str, str]
    sound: tuple[str, str]
    to_look_at: tuple[str, str]
    set_aside: tuple[str, str]
    nothing_to_confirm: str
    in_force: str
    ask_confirm: str
    confirmed: str

    # Protection.
    ask_unprotect: str
    opens_with_another: str

    # The trash.
    brought_back: str
    deleted_interview: str
    deleted_client: str
    ask_purge: tuple[str, str]
    out_of_reach: str
    purged: tuple[str, str]
    shared_stays: str
    shared_law: str
    ask_keep_shared: str

    # Backups.
    ask_replace_file: str
    backing_up: str
    backed_up: tuple[str, str]
    not_encrypted: str
    comparing: str
    backup_of: str
    actions: Mapping[str, str]
    ask_replace_newer: str
    nothing_to_restore: str
    ask_restore: tuple[str, str]
    restoring: str
    restored: tuple[str, str]
