"""The shape of the texts of the handoff, its cover sheet, and the client's own copy of the plan."""

from collections.abc import Mapping

from mi_cli.records.terms import Category, FactName, FactSource, GoalStatus, Reach, Ruler, Stage, StepStatus, Talk
from mi_cli.words.texts import Texts


class DocumentWords(Texts):
    """Headings, labels and sentences. Braces are placeholders, never for a client's words."""

    language: str
    stages: Mapping[Stage, str]
    rulers: Mapping[Ruler, str]
    talk: Mapping[Talk, str]
    reach: Mapping[Reach, str]
    sources: Mapping[FactSource, str]
    languages: Mapping[str, str]  # a language without a name here is called by its tag
    weekdays: tuple[str, ...]  # from Monday
    day_in_words: str
    page_of: str

    # On the cover sheet, and of the consent behind it.
    cover: str
    to: str
    one_of: str
    from_: str
    purpose: str
    basis: str
    scope: str
    date: str
    holds: str
    holds_nothing: str
    held: Mapping[Category, str]
    consent_heading: str
    as_signed: str
    consent: str
    consent_line: str
    notice: str
    passing_on: str
    misdirected: str

    # In the handoff: its head.
    title: str
    draft: str
    birth_date: str
    handed_on: str
    made_with: str
    how_to_read: str
    as_noted: str
    nothing_passed_on: str
    nothing_on: str
    abbreviations: str
    not_told_about: str
    not_here: str
    more: str

    # The overview on its first half page.
    overview: str
    spoken: str
    sender: str
    wants: str
    why: str
    next: str
    past: str
    parked_short: str
    rulers_short: str

    # Matters for the therapist, and the goals.
    parked: str
    parked_as_told: str
    goals: str
    goal: str
    said_on: str
    objective: str
    worded_by: str
    reasons: str
    steps: str
    done: str
    step_statuses: Mapping[StepStatus, str]
    goal_statuses: Mapping[GoalStatus, str]
    successes: str
    outcome: str
    not_noted: str
    supports: str
    barriers: str
    then: str
    signs: str
    if_not_working: str
    importance_and_confidence: str
    review: str
    review_on: str
    review_was: str
    progress: str

    # What the client said and agreed to share.
    said: str
    focus: str
    agenda: str
    change: str
    mobilizing: str
    sustain: str
    values: str
    strengths: str
    triggers: str
    next_step: str
    ambivalence: str

    # Facts that the client agreed to pass on.
    facts: str
    fact_names: Mapping[FactName, str]

    # Answers on the rulers.
    readings: str
    readings_caption: str
    readings_columns: tuple[str, str, str, str]
    chart_left_out: str
    in_general: str
    nth_subject: str
    subject_asked: str
    why_not_lower: str
    to_raise: str
    one_reading: str
    unchanged: str
    from_to: str
    chart: str

    # Interviews held, and safety concerns.
    interviews: str
    interviews_caption: str
    interviews_columns: tuple[str, str, str]
    safety: str
    safety_raised: str

    # On the client's own copy, in the first person.
    my_plan: str
    my_plan_intro: str
    my_goal: str
    my_goals: str
    my_success: str
    my_why: str
    my_strengths: str
    my_appointment: str
    my_next: str
    my_practice: str
    my_call: str
    my_counselor: str
    my_night: str
    my_night_line: str
    my_steps: str
    my_done: str
    my_helpers: str
    my_ifs: str
    my_signs: str
    my_if_not: str
    my_review: str
    my_outro: str
    no_goal_yet: str
    if_: str
    my_then: str
