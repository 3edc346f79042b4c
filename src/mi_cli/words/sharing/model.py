"""The shape of the texts about who may get a handoff."""

from mi_cli.words.texts import Texts


class SharingWords(Texts):
    """Texts about the members of the program, and reasons against passing something on. Braces are placeholders."""

    # The members of the program, which the store keeps.
    members: str
    members_in_config: str
    members_not_known: str
    # Reasons against passing something on.
    unread_consent: str
    unread_consent_remedy: str
    made_of_meanwhile: str
    try_again: str
    # What went to somebody else, for the client.
    as_it_was: str
    as_it_was_hint: str
    nothing_sent: str
    nothing_sent_hint: str
    other_format: str
    other_format_hint: str
    not_as_sent: str
    not_as_sent_hint: str
    # What a consent ends with, other than a day.
    ends_with: str
    event_remedy: str
    ask_event: str
    has_ended: str
    to_the_client: str
    leave_out_to: str
    large_for_client: str
    large_makes: str
    languages: str
    give_language: str
    draft_is_text: str
    leave_out_file: str
    is_empty: str
    ask_empty: str
    name_not_set: str
    ask_for_recipient: str
    ending_differs: str
    end_name_in: str
    not_for_screen: str
    file_instead: str
    made_for: str
    made_for_client: str
    logged_for: str
    logged_for_client: str
    no_such_ending: str
    endings: str
    page_to_read: str
    can_be: str
    no_pdf: str
    other_formats: str
    picture_unnamed: str
    report_it: str
