"""The shape of the texts around a change plan: questions that are read aloud to the client, and labels of a goal."""

from collections.abc import Mapping

from mi_cli.records.terms import GoalStatus, Reach, StepStatus
from mi_cli.words.texts import Texts


class PlanWords(Texts):
    """Braces are placeholders.

    The keys of `titles`, `questions`, `more` and `labels` are fields of a goal, such as `steps`, or parts of a field,
    such as `steps.when`.
    """

    language: str

    # Going through a goal together (`mi goals plan`). The client hears `questions` and `more`.
    ask_goal: str
    ask_client_voice: str
    ask_client_voice_edit: str
    added: str
    lines_added: tuple[str, str]
    ask_which: str
    enter_passes_over: str
    enter_or_back: str
    enter_goes_on: str
    count: str
    titles: Mapping[str, str]
    questions: Mapping[str, str]
    more_questions: Mapping[str, str]
    so_far: str
    finished: str

    # Showing a plan, and what stood there before.
    labels: Mapping[str, str]
    statuses: Mapping[GoalStatus, str]
    reaches: Mapping[Reach, str]
    worded_by: str
    settled: str
    due: str
    step_statuses: Mapping[StepStatus, str]
    from_interview: str
    from_entry: str
    from_words_of: str
    from_outside: str
    history: str
    history_none: str
    earlier_value: str

    # Editing a goal.
    edit_title: str
    edit_ask: str
    edit_value: str
    edit_goal: str
    edit_by: str
    edited: str
    not_edited: str

    # Noting what came of a goal, and changing its status.
    ask_progress: str
    readings: str
    open_steps: str
    ask_step: str
    ask_became: str
    ask_outcome: str
    ask_status: Mapping[GoalStatus, str]
    status_changed: Mapping[GoalStatus, str]

    # Asking what may be passed on.
    share_offer: str
    share_ask: str
    share_numbers: str
    share_now: str
    share_agreed: str
    share_failed: str
    share_entry: str
    share_headings: Mapping[str, str]
