"""The shape of the texts of progress notes."""

from collections.abc import Mapping

from mi_cli.records.terms import Act, AmendmentKind, NoteBlank, NoteNeed, NoteState, StepStatus, Technique
from mi_cli.words.texts import Texts


class NoteWords(Texts):
    """Braces are placeholders."""

    language: str

    # The head and the foot of a note.
    title: str
    draft: str  # on every page, and before the text
    client: str
    served: str
    interval: str
    total: str
    no_times: str
    band: str  # `billing.hints`
    below_bands: str
    above_bands: str
    written: str
    modality: str
    place: str
    present: str
    counselor: str
    in_format: str
    not_noted: str
    nothing: str
    blank: str
    signature: str
    signed: str
    signed_bare: str
    digest: str
    countersigned: str
    amendments: str
    amendment: str
    amendment_kinds: Mapping[AmendmentKind, str]
    blanks: Mapping[NoteBlank, str]
    states: Mapping[NoteState, str]

    # What the record puts into it.
    in_stages: str  # the modality
    of_contact: str
    contact_was: str
    of_goal: str  # where a note is about several
    objective: str
    held: str
    ruler_asked: str
    goals_written: tuple[str, str]
    plan_changed: str
    copy_given: str
    handed_off: str
    marked: str
    marked_other: str
    acts: Mapping[Act, str]
    ticked: str
    techniques: Mapping[Technique, str]
    reading: str
    reading_of: str
    reading_before: str
    then: str
    steps: Mapping[StepStatus, str]
    progress: str
    safety_raised: str
    agreed: str
    step_planned: str
    step_when: str
    review: str

    # The questions of `mi note write`.
    begun: str
    goes_on: str
    how: str
    begun_before: str
    present_is: str
    enter_leaves: str
    enter_or_clear: str
    ask_place: str
    ask_present: str
    ask_techniques: str
    ask_goals: str
    ask_lines: str
    moves: str
    number_hint: str
    no_such_number: str
    in_the_note: str
    ask_blank: str
    clinician_only: str
    finished: str
    kept: str

    # The commands.
    none: str
    header: tuple[str, ...]
    is_signed: str
    not_ended: str
    end_it: str
    other_format: str
    other_format_how: str
    no_format: str
    no_format_how: str
    no_profile: str
    no_profile_how: str
    formats_header: tuple[str, ...]
    own: str
    shipped: str
    no_section: str
    no_section_how: str
    signs: str  # what is said before it is signed
    signs_as: str
    ask_sign: str
    ask_counselor: str
    ask_credentials: str
    set_counselor: str
    set_counselor_how: str
    set_credentials: str
    set_credentials_how: str
    is_now_signed: str
    ask_amendment: str
    kind_needed: str
    kind_needed_how: str
    reason_needed: str
    reason_needed_how: str
    amended: str
    ask_delete: str
    deleted: str
    wrote: str
    format_unknown: str
    format_unknown_how: str
    draft_stays: str
    draft_stays_how: str
    passed: str
    passed_out: str
    no_screen: str
    no_screen_how: str

    # A format or a profile that cannot be used.
    file_bad: str
    file_mend: str
    bad_toml: str
    bad_text: str
    bad_unreadable: str
    bad_key: str
    bad_value: str
    bad_double: str
    bad_extends: str
    bad_missing: str

    # What `mi note check` finds.
    checked: str
    checked_visits: str
    interview_without_note: str
    missed_without_note: str
    all_there: str
    needs: Mapping[NoteNeed, str]
    missing: str
    one_day: str
    days: str
    late_unsigned: str
    late_signed: str
    not_signed_yet: str
    late_amendment: str
    in_the_future: str
    other_times: str
    goal_not_active: str
    review_due: str
    plan_due: str
    interviews: tuple[str, str]
    alike: str
    alike_day: str

    # `mi session times`.
    times_needed: str
    times_needed_how: str
    times_not_closed: str
    times_not_closed_how: str
    times_end_first: str
    times_future: str
    times_overlap: str
    times_as_is: str
    times_set: str
