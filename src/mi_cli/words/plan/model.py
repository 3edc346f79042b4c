"""The words around a change plan, once per language: its questions, to be read aloud together, and its labels."""

from collections.abc import Mapping
from dataclasses import dataclass

from mi_cli.records.terms import GoalStatus, Reach


@dataclass(frozen=True, eq=False, repr=False)
class PlanWords:
    """Braces are filled in. `questions` and `more` are said to the client; their keys are places in a goal."""

    ask_goal: str
    ask_voice: str
    ask_voice_edit: str
    added: str
    lines_taken: str
    which: str
    keys: str
    keys_list: str
    count: str
    titles: Mapping[str, str]
    questions: Mapping[str, str]
    more: Mapping[str, str]
    standing: str
    walked: str

    labels: Mapping[str, str]
    statuses: Mapping[GoalStatus, str]
    reaches: Mapping[Reach, str]
    worded_by: str
    done: str
    from_interview: str
    from_entry: str
    from_outside: str
    history: str
    history_none: str
    before: str

    edit_title: str
    edit_ask: str
    edit_value: str
    edit_goal: str
    edit_by: str
    edited: str
    not_edited: str

    ask_progress: str
    readings: str
    open_steps: str
    ask_step: str
    ask_outcome: str
    ask_stands: Mapping[GoalStatus, str]
    stands: Mapping[GoalStatus, str]

    share_offer: str
    share_ask: str
    share_numbers: str
    share_now: str
    share_agreed: str
    share_failed: str
    share_entry: str
    share_headings: Mapping[str, str]
