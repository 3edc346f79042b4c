"""How a consent stands, with all that has to be read for that: the client's other consents, and the name noted."""

from collections.abc import Sequence

from mi_cli.cli.context import Context
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged
from mi_cli.handoff.gate import Objection, not_served, standing
from mi_cli.records.consent import Consent
from mi_cli.records.name_matching import is_visible
from mi_cli.store.records.consents import consents
from mi_cli.store.records.json_store import JsonStore
from mi_cli.terminal.sharing_pages import consent_page


def of_client(context: Context, client_id: str) -> list[Consent]:
    """The client's consents, but for those that cannot be read."""
    return consents(context.store, client_id, damaged=[])


def noted_name(store: JsonStore, client_id: str, damaged: list[Damaged] | None = None) -> str | None:
    """The client's name, if one is noted.

    A record that cannot be read is put into `damaged`; without it, Damaged is raised.
    """
    try:
        identity = store.identity(client_id)
    except Damaged as error:
        if damaged is None:
            raise
        damaged.append(error)
        return None
    return identity.name if identity and is_visible(identity.name) else None


def judged(
    context: Context, consent: Consent, code: str, others: Sequence[Consent], noted: str | None
) -> tuple[tuple[Objection, ...], list[str]]:
    """What is against a consent, and whom it does not serve though it describes them."""
    program, today = context.program, now().date()
    return (
        standing(consent, code, program, today, noted_name=noted, consents=others),
        not_served(consent, code, program, today, noted_name=noted, consents=others),
    )


def show_consent(context: Context, consent: Consent, code: str) -> None:
    """Show it, with what is against using it. Raises Damaged."""
    noted = noted_name(context.store, consent.client)
    against, but = judged(context, consent, code, of_client(context, consent.client), noted)
    context.screen.show(consent_page(consent, code, [f"{one.text} {one.remedy}" for one in against], but))
