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
