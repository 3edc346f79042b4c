"""The shape of the texts of the commands about interviews."""

from mi_cli.words.texts import Texts


class SessionWords(Texts):
    """Texts. Braces are placeholders for numbers, days, codes and commands, never for a client's words."""

    # Adding to an interview, and deleting one.
    ask_words: str
    added: str
    no_such_interview: str
    shows_them: str
    ask_delete: str
    ask_delete_unread: str
    in_trash: str
    is_closed: str
    closed_instead: str
    both_times: str
    end_after_start: str
    give_times: str
    no_time: str
    time_so: str
    skipped_time: str
    skipped_so: str
