"""The shape of the texts about what is to be corrected in a prompt set."""

from mi_cli.words.texts import Texts


class PromptFindingWords(Texts):
    """Texts. Braces are placeholders for names, ids and numbers, and for words of the prompt file."""

    # Where it is.
    line: str
    item: str

    # What is wrong with a file, a value or the set.
    missing_file: str
    not_shipped: str
    another_name: str
    no_ordinary_file: str
    too_large: str
    is_utf16: str
    not_utf8: str
    unreadable: str
    bad_toml: str
    missing: str
    no_such_key: str
    one_of: str
    no_such_one_of: str
    did_you_mean: str
    text_needed: str
    list_needed: str
    table_needed: str
    id_form: str
    id_needed: str
    ids_needed: str
    language_code: str
    id_twice: str
    concern_once: str
    set_name: str
    stray_file: str
    unknown_hidden: str
    unknown_after: str
    after_itself: str
    after_one_below: str
    card_lacks: str
    original_unread: str
    untranslated: str
    same_words: str

    # What a rater of MI would mark in a prompt.
    more_blanks: str
    more_cues: str
    nothing_brings_it: str
    only_a_label: str
    openers_en: str
    openers_es: str
    closed: str
    closed_follow_up: str
    two_in_one: str
    two_in_follow_up: str
    righting: str
    why_not_higher: str
    too_long: str
    hard_to_read: str
