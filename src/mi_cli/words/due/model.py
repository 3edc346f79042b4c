"""The shape of the texts around what is due."""

from collections.abc import Mapping

from mi_cli.records.text_keys import DueKind
from mi_cli.words.texts import Texts


class DueWords(Texts):
    """Braces are placeholders for numbers and days. `kinds` stand in the list, `counts` on the first page."""

    kinds: Mapping[DueKind, str]
    counts: Mapping[DueKind, str]
    no_backup_yet: str  # in the place of its kind, where none was ever made
    header: tuple[str, ...]
    file: str  # what stands for the name of a file in a command
    today: str
    one_day: str
    days: str
    in_one_day: str
    in_days: str
    nothing: str
    due: str  # the heading above the counts
    due_row: str
    locked: str
    no_store: str
    begins: str
    shows_all: str
    asks_all: str
    tries: str

    # A safety concern that is noted as dealt with after the interview.
    ask_done: str
    dealt_with: str
    settled: str
