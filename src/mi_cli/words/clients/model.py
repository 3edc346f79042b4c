"""The shape of the texts about client codes, and about moving an interview to another client."""

from mi_cli.words.texts import Texts


class ClientWords(Texts):
    """Questions and refusals. Braces are placeholders for client codes and options, never for a client's words."""

    # A new code that could be a slip for one that exists.
    ask_new: str
    not_set_up: str
    easily_confused: str
    which_client: str

    # Moving an interview to another client.
    cannot_move_open: str
    close_it: str
    was_passed_on: str
    write_it_again: str
    has_note: str
    delete_note: str
    signed_stays: str
    moved: str
    finished: str
    no_such_receiver: str
    code_put_right: str
    receiver_set_up: str
    moves_back: str
    there_already: str
    facts_go: str
    facts_stay: str
    goals_stay: str
    nothing_left: str

    # What became of a client.
    set_up: str
    ask_name: str
    changed: str
    nothing_to_change: str
    one_or_the_other: str
    leave_one_out: str
    ask_delete: str
    interviews: tuple[str, str]
    in_trash: str

    # The rows of `client show`.
    no_birth_date: str
    day_not_yet: str
    birth_date_so: str
    rows: tuple[str, ...]
    not_noted: str
