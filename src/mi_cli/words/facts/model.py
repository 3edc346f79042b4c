"""The shape of the texts about client facts."""

from collections.abc import Mapping

from mi_cli.records.terms import Direction, FactSource
from mi_cli.words.texts import Texts


class FactWords(Texts):
    """Labels, questions, and what is said of an answer. Braces are placeholders.

    The keys of `labels` and `questions` are fields of the client facts, of a target or of a mandate.
    """

    language: str
    nothing: str
    ask_one: str
    labels: Mapping[str, str]
    questions: Mapping[str, str]
    directions: Mapping[Direction, str]
    sources: Mapping[FactSource, str]
    origin: str
    sent: str
    present: str
    which_target: str
    which_or_new: str
    choose_direction: str
    no_target: str
    enter_leaves: str
    enter_or_clear: str
    back: str
    not_a_date: str
    noted: str
    removed: str
    unchanged: str

    # The parts of a name.
    ask_family: str
    ask_given: str
    no_such_fact: str
    they_are: str
    no_direction: str
    one_of: str
    target_stays: str
    nothing_noted: str
    note_it: str
    several_targets: str
    give_target: str
    no_such_target: str
    targets_shown: str
