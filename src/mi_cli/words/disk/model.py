"""The shape of the texts about the disk: why the operating system refused a file, and what was left on it."""

from collections.abc import Mapping

from mi_cli.words.texts import Texts


class DiskWords(Texts):
    """`reasons` has a clause for each error number (`errno`), such as "the disk is full". Each stands after a colon.

    `taken_back` and `narrowed` are clauses of the same kind, on a consent that lacks what was recorded against it. The
    others are sentences; in braces are the path of a file, and the codes that clients got.
    """

    reasons: Mapping[int, str]
    unfinished_backup: str
    lost_codes: str
    made_up_codes: str
    taken_back: str
    take_back_again: str
    narrowed: str
    narrow_again: str
    no_ordinary_file: str
    name_ordinary_file: str
    no_such_folder: str
    nothing_changed: str
    not_writable_there: str
    name_another: str
    not_writable_folder: str
    saved_before_whole: str
    folder_is: str
    not_saved: str
    system_refused: str
    in_use: str
    close_it_there: str
    held_by: str
    held_by_another: str
