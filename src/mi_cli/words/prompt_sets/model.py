"""The shape of the texts of the commands about prompt sets."""

from mi_cli.words.texts import Texts


class PromptSetWords(Texts):
    """Texts. Braces are placeholders for numbers, days, codes and commands, never for a client's words."""

    # What is missing, what was made, and what was found.
    no_such_prompt: str
    show_them: str
    no_such_base: str
    bases: str
    builds_on: str
    another_name: str
    there_already: str
    it_is_in: str
    written: str
    edit_there: str
    none_of_your_own: str
    nothing_to_mend: str
    set_named: str
    no_such_set: str
    list_sets: str
    folder_unread: str
    no_such_language: str
    list_or_set: str
    more_to_mend: str
    check_shows: str

    # The comments in the files of a new set.
    draft_set: str
    draft_stage: str
    draft_safety: str
