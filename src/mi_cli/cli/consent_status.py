"""How a consent stands, with all that has to be read for that: the client's other consents, and the name noted."""

from collections.abc import Sequence

from mi_cli.cli.context import Context
from mi_cli.cli.surroundings import now
from mi_cli.handoff.objections import Objection, objections_to, recipients_not_served
from mi_cli.records.consent import Consent
from mi_cli.store.records.consents import consents, name_on_file
from mi_cli.terminal.consent_pages import consent_page
from mi_cli.words.said import spoken


def consents_of(context: Context, client_id: str) -> list[Consent]:
    """Returns the client's consents, without those that cannot be read."""
    return consents(context.store, client_id, damaged=[])


def judge(
    context: Context, consent: Consent, code: str, others: Sequence[Consent], name: str | None
) -> tuple[tuple[Objection, ...], list[str]]:
    """Returns the objections against a consent, and the recipients it does not serve although it describes them.

    `others` are all consents of the client, `name` is the client's name on file.
    """
    program, today = context.program, now().date()
    return (
        objections_to(consent, code, program, today, noted_name=name, consents=others),
        recipients_not_served(consent, code, program, today, noted_name=name, consents=others),
    )


def show_consent(context: Context, consent: Consent, code: str) -> None:
    """Shows a consent, with the objections against using it. Raises Damaged."""
    name = name_on_file(context.store, consent.client)
    objections, unserved = judge(context, consent, code, consents_of(context, consent.client), name)
    reasons = [spoken(objection.sentence, context.language) for objection in objections]
    context.screen.show(consent_page(consent, code, reasons, unserved, context.language))
