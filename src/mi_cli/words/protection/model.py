"""The shape of the texts about setting a passphrase, opening a store, and the recovery sheet."""

from collections.abc import Mapping

from mi_cli.records.decoding import Untypable
from mi_cli.words.texts import Texts


class ProtectionWords(Texts):
    """Questions, refusals and reports. Braces are placeholders, never for a passphrase."""

    # Setting a passphrase, or going without one.
    ask_how: str
    choice_made_up: str
    choice_own: str
    choice_none: str
    choose: str
    choose_of_two: str
    these_words: str
    keep_words: str
    type_words: str
    words_stay: str
    not_the_same: str
    new: str
    new_again: str
    short: str
    guessable: str
    untypable: str
    untypable_kinds: Mapping[Untypable, str]
    protected: str
    unprotected: str
    unasked: str
    undecided: str
    cannot_protect_now: str
    # The counselor, who is asked once.
    ask_name: str
    ask_credentials: str
    made_alone: str
    # What became of the files when a store was protected, or the protection taken off.
    sealed: tuple[str, str]
    opened: tuple[str, str]
    left_as_it_is: str
    readable: str
    brought_up: str
    # Asking for the passphrase.
    required: str
    required_how: str
    ask: str
    tries_left: str
    one_try_left: str
    # Unlocking the store for a while.
    unlocked: str
    unlocked_weaker: str
    unlocked_now: str
    locked: str
    was_locked: str
    cannot_unlock: str
    cannot_unlock_why: str
    no_such_time: str
    time_examples: str
    screen_locked: str
    screen_hidden: str
    any_line: str

    # Offering and printing the recovery sheet.
    sheet_offer: str
    sheet_now: str
    notes_law: str
    notes_ask: str
    sheet_where: str
    sheet_print: str
    sheet_enter_alone: str
    sheet_gone: str
    key_words: str
    key_words_more: str
    key_words_too_many: str
    key_word_unknown: str
    key_word_nearest: str
    key_word_again: str
    key_word_one: str
    key_words_wrong: str
    key_words_maybe: str
    key_word_which: str

    # On the sheet itself.
    sheet_title: str
    sheet_made: str
    sheet_opens_records: str
    sheet_opens_all: str
    sheet_use: str
    sheet_keep: str
    how_without_terminal: str
    or_unprotected: str
    given_wrong: str
    nothing_changed: str
    no_terminal: str
    stays_locked: str
    not_protected: str
    protect_it: str
    how_not_said: str
    new_needed: str
    new_how: str
    command_gave_none: str
    try_command: str
    file_unread: str
    given_unread: str
    gave_none: str
    keyrings: Mapping[str, str]
    keyring_missing: str
    keyring_install: str
    no_keyring: str
    no_file_keyring: str
    asked_as_before: str
    keyring_means: str
    asked_from_now: str
    already_protected: str
    give_another: str
    no_sheet_made: str
    sheet_set_up: str
    recovered: str
    notes_lost: str
    notes_open_again: str
    sheet_instead: str
    sheet_file_there: str
    name_another: str
    sheet_delete: str
    sheet_interrupted: str
    old_needed: str
    ask_old: str
    key_unread: str
    key_kinds: str
