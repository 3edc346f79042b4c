"""Makes a handoff, or the client's own copy, of what the store holds: the packet first, then the document of it."""

from dataclasses import dataclass

from mi_cli import __version__
from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.surroundings import new_id, now
from mi_cli.errors import Damaged
from mi_cli.handoff.client_copy import WhomToCall
from mi_cli.handoff.collecting import needs_facts, packet_of, person_in
from mi_cli.handoff.cover import cover_for
from mi_cli.handoff.formats import Format, HandoffInput, handoff
from mi_cli.handoff.formats import client_copy as client_copy_of
from mi_cli.handoff.packet import Packet
from mi_cli.records.client import Identity
from mi_cli.records.client_facts import Facts
from mi_cli.records.facts import SessionFacts
from mi_cli.records.permit import Permit
from mi_cli.records.plan import Plan
from mi_cli.words.documents import document_words
from mi_cli.words.waiting import waiting_words


@dataclass(frozen=True)
class Material:
    """What a handoff is made of: the plan, the ids of the goals that are wanted, and who the client is."""

    code: str
    plan: Plan
    goals: frozenset[str]
    identity: Identity | None


def packet_for(context: Context, permitted: Permit, material: Material) -> Packet:
    """Returns what may go out of the material and of the interviews. What cannot be read is named."""
    return packet_of(
        packet_id=new_id(),
        client=person_in(permitted, material.code, material.identity),
        language=context.store.client(permitted.client).language or context.settings.language or "en",
        plan=material.plan,
        facts=_facts(context, permitted),
        permitted=permitted.parts,
        goals=material.goals,
        counselor=context.signature,
        made_at=now(),
        made_by=f"mi {__version__}",
        known=_known(context, permitted),
    )


def document_of(
    context: Context, packet: Packet, permitted: Permit, format_: Format, language: str | None, *, large: bool
) -> tuple[bytes, str | None]:
    """Returns the document, and the version of the notice that stands in it; the client's own copy has none."""
    if permitted.recipient is None:
        words = document_words(language or packet.language)
        with context.waiting(waiting_words(context.language).documents):
            return client_copy_of(packet, words, format_, whom_to_call(context), large=large), None
    words = document_words(language or context.settings.language or "en")
    cover = cover_for(permitted, context.sound_settings.program, context.signature, packet.made_at, words.language)
    assert cover is not None, "there is a recipient"
    with context.waiting(waiting_words(context.language).documents) as step:
        return handoff(HandoffInput(packet, cover, permitted.consent, words), format_, step), cover.notice.version


def whom_to_call(context: Context) -> WhomToCall:
    """Returns whom the client can call, for the client's own copy."""
    program = context.program
    return WhomToCall(
        counselor=", ".join(filter(None, (context.signature, program.contact))),
        in_an_emergency=context.settings.contacts,
        jurisdiction=program.jurisdiction,
    )


def _facts(context: Context, permitted: Permit) -> list[SessionFacts]:
    """Returns the facts of the client's interviews, if any of it may go. An interview that cannot be read is named."""
    if not needs_facts(permitted):
        return []
    damaged: list[Damaged] = []
    with context.waiting(waiting_words(context.language).interviews) as step:
        facts = context.store.facts(permitted.client, damaged, step)
    output.warn_damaged(damaged)
    return facts


def _known(context: Context, permitted: Permit) -> Facts | None:
    """Returns the client facts, which name what readings are about. Without a name they are only told apart."""
    try:
        return context.store.client_facts(permitted.client) if needs_facts(permitted) else None
    except Damaged as error:
        output.warn_damaged([error])
        return None
