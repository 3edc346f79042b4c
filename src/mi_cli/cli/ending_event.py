"""Asks, before something is passed on, whether the event came about that the consent ends with."""

from mi_cli.cli.context import Context
from mi_cli.errors import Refused
from mi_cli.records.consent import Consent
from mi_cli.records.name_matching import is_visible
from mi_cli.terminal.streams import print_message
from mi_cli.words.sharing import sharing_words


def ask_about_event(context: Context, consent: Consent | None, *, yes: bool) -> None:
    """Asks whether the event came about that the consent ends with; without a terminal, says so. Raises Refused."""
    if consent is None or not is_visible(consent.expiry.event):
        return
    words = sharing_words(context.language)
    ends = words.ends_with.format(id=consent.id, event=consent.expiry.event)
    record = words.event_remedy.format(id=consent.id)
    if not context.interactive or yes:
        print_message(f"{ends} {record}")
    elif context.asker(context.language).yes(words.ask_event.format(ends=ends), enter=False):
        raise Refused(words.has_ended, record)
