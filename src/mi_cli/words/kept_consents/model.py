"""The shape of: what is kept of a consent, as it is shown, recorded and taken back."""

from collections.abc import Mapping

from mi_cli.records.terms import ConsentKind, Medium, Statement
from mi_cli.words.texts import Texts


class KeptConsentWords(Texts):
    """Sentences, each said alone; one that begins small stands within another. Braces are placeholders."""

    no_authority: str
    says: Mapping[Statement, str]
    media: Mapping[Medium, str]
    title: str
    kinds: Mapping[ConsentKind, str]
    draft_title: str
    client: str
    may_share: str
    these_include: str
    may_get: str
    of_kind: str
    through: str
    those_who_treat: str
    class_through: str
    what: str
    what_for: str
    until: str
    take_back: str
    it_says: str
    signed: str
    signed_by: str
    kept_at: str
    recorded: str
    on_by: str
    taken_back: str
    back_on: str
    back_for: str
    as_records_tell: str
    ended: str
    ended_on: str
    still_holds: str
    upheld: str
    not_served: str
    holds: str
    nobody_has_it: str
    who_has_it: str
    cannot_be_told: str
    never_came: str
    from_instead: str
    ask_treatment: str
    ask_other_name: str
    recorded_as: str
    form_is_pdf: str
    form_is_pdf_how: str
    made: str
    no_file: str
    no_scan: str
    not_recorded: str
    neither: str
    holds_none: str
    prints_shape: str
    field_unknown: str
    fields: str
    value_unknown: str
    anothers: str
    name_client: str
    no_draft: str
    no_day: str
    day_so: str
    whom_only: str
    ask_take_back: str
    ask_how: str
    in_writing: str
    back_for_done: str
    back_done: str
    back_interrupted: str
    no_event: str
    revoke_instead: str
    not_ended_then: str
    on_so: str
    ask_ended: str
    ended_done: str
    names_not: str
    names: str
    nothing_to_confirm: str
    show_tells: str
    ask_still_holds: str
    upheld_done: str
    also_lets: str
    also_lets_signed: str
    ask_about_other: str
    other_back: str
    other_unknown: str
    other_holds: str
    nobody: str
    value_wrong: str
