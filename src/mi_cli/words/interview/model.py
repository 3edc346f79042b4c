"""The shape of the texts of an interview: everything that is shown between its start and its end."""

from collections.abc import Mapping

from mi_cli.records.outside_keys import Reading
from mi_cli.records.terms import Act, Concern, FactName, Kind, Ruler, Stage, Status, Talk
from mi_cli.records.text_keys import Cue, FollowUp, Hold, LookAlike, Problem, RuleName, SyncKind, Theme
from mi_cli.words.answers.model import AnswerWords
from mi_cli.words.disk.model import DiskWords
from mi_cli.words.plan.model import PlanWords
from mi_cli.words.texts import Texts


class InterviewWords(Texts):
    """Names, sentences and pages. Braces are placeholders, never for a client's words."""

    # The names of closed sets, and a sentence for each reason to refuse a line.
    stages: Mapping[Stage, str]
    kinds: Mapping[Kind, str]
    acts: Mapping[Act, str]
    talk: Mapping[Talk, str]
    rulers: Mapping[Ruler, str]
    facts: Mapping[FactName, str]
    statuses: Mapping[Status, str]
    goal_parts: Mapping[str, str]
    ruler_questions: Mapping[Ruler, str]
    questions: Mapping[FollowUp, str]
    problems: Mapping[Problem, str]
    nearest_command: str
    look_alikes: Mapping[LookAlike, str]
    # What /help shows: one page, and a line for each topic.
    help_page: str
    help_topics: Mapping[str, str]
    help_other_names: str
    # The texts of other subjects that an interview needs: see the head of `mi_cli.words`.
    plan: PlanWords
    answers: AnswerWords

    # Around a prompt.
    rules: Mapping[RuleName, str]  # why a prompt came
    holds: Mapping[Hold, str]
    cues: Mapping[Cue, str]
    cue_as_noted: str  # the same, of words that are not the client's own
    cue: str  # {name} of the {words} that may fill a blank
    listen_for: str
    prompt_note: str
    no_more_prompts: str
    no_more_prompts_hint: str
    question_hint: str
    question_why_hint: str
    question_number_hint: str

    # At the start.
    ask_code: str
    ask_open: str
    records_in: str
    own_prompts_unusable: str
    set_changed: str
    set_unreadable: str
    nothing_in_view: str
    in_view: str
    last_unreadable: str
    first_interview: str
    interview_number: str
    last_time: str
    written_up: str
    resumed_from: str
    draft_restored: str

    # In the status bar.
    bar_minutes: str
    bar_tally: str
    bar_keys: str
    bar_question_keys: str
    bar_number_keys: str
    bar_note_keys: str
    bar_more_keys: str
    bar_safety_key: str
    bar_unsaved: str
    bar_concern: str

    # After a line: what was saved, or why it was not.
    saved_entry: str
    saved_entries: str
    saved_mark: str
    saved_reading: str
    reading_why: str
    reading_raise: str
    saved_goal: str
    saved_part: str
    saved_day: str
    saved_step: str
    saved_shared: str
    saved_unshared: str
    ask_client_voice: str
    medical_review: str
    saved_changed: str
    saved_star: str
    star_off: str
    saved_fact: str
    in_facts: str
    out_of_plan: str
    goal_selected: str
    undone: str
    undone_entry: str
    undone_reading: str
    note_open: str
    not_saved: str
    how_to_leave: str
    not_saved_disk: str
    disk_error_code: str
    not_saved_in_use: str
    not_saved_damaged: str
    disk: DiskWords

    # About lines that come from a pipe.
    piped_line: str
    not_utf8: Mapping[Reading, str]
    piped_dashes: str
    piped_left: tuple[str, str]
    piped_broken: str

    # The pages that a command shows.
    more: str
    checks_title: str
    checks: str
    move_on: str
    go_back: str
    traps: str
    prompts_title: str
    prompts_usual: str
    prompts_others: str
    prompts_hint: str
    stages_title: str
    entries_title: str
    entries_none: str
    goals_title: str
    goals_none: str
    goal_in_hand: str
    shareable_title: str
    shareable_none: str
    shareable_hint: str
    already_shared: str
    shared_title: str

    # The recap that is read to the client.
    recap_title: str
    recap_none: str
    recap_doubt: str
    recap_stems: Mapping[Theme, str]  # what is said before the client's words
    recap_strengths: str
    recap_values: str
    recap_missed: str
    recap_counts: str
    recap_key_question: str

    # The safety card. Its other sentences come from the prompt set.
    safety_contacts: str
    safety_lines: str

    # Questions and reports around a line and at the end.
    ask_keep_paste: str
    ask_end: str
    next_step: str
    ask_clear: str
    shared_folders: Mapping[SyncKind, str]
    changed_elsewhere: str
    ask_leave_unsaved: str
    closed: tuple[str, str]
    paused: tuple[str, str]
    paused_hint: str
    hidden: str
    note_prompt: str

    # For newcomers.
    demo_keys: str
    first_time: tuple[str, ...]
    hint_ready: str
    hint_ready_short: str

    # Safety concerns.
    concerns: Mapping[Concern, str]
    saved_concern: str
    concerns_closed: str
    ask_concern: str
    concern_open: str

    # Typing change talk afterwards, at the end.
    untyped_title: str
    ask_untyped: str

    # What is left from last time, shown at the start.
    last_goal: str
    last_step: str
    last_step_when: str
    last_readings: str
    last_concern: str
    steps_hint: str
    steps_hint_of_several: str
    progress_hint: str
    progress_hint_of_several: str

    # The guide to all that can be typed (`mi help`).
    guide_title: str
    guide_marks: str
    guide_types: str
    guide_commands: str
    guide_examples: str
    guide_keys: str
    guide_example_lines: tuple[tuple[str, str], ...]
    guide_key_lines: tuple[tuple[str, str], ...]
