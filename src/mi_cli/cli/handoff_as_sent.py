"""`mi goals export --as-sent`: the client gets exactly what somebody else got (42 CFR 2.23, 45 CFR 164.524).

The store keeps no documents, but the log has the SHA-256 of each, and of what it tells. So it is the file that went
out, if that is where it was and as it was; else one that is made anew, and only if it tells the same. It is logged as
the client's own copy.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.handoff_making import Material, document_of, packet_for
from mi_cli.cli.passing import Passing
from mi_cli.cli.targets import may_write_over
from mi_cli.errors import Damaged, Failed, WrongUsage
from mi_cli.handoff.formats import Format
from mi_cli.handoff.gate import permit_of
from mi_cli.handoff.objections import Request
from mi_cli.insight.passed_on import latest_sent
from mi_cli.records.consent import Consent
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.permit import Permit
from mi_cli.records.terms import Basis
from mi_cli.store.records.disclosures import Outgoing, entries, file_as_sent
from mi_cli.words.sharing import sharing_words


def give_as_sent(
    context: Context,
    client_id: str,
    material: Material,
    to: str | None,
    target: Path | None,
    language: str | None,
    *,
    yes: bool,
) -> Permit:
    """Gives the client what went out last, or last to that recipient; returns the permit under which it was given.

    Raises Failed where nothing went out, or where it cannot be had as it was; WrongUsage for a file of another format,
    and as `Passing.pass_on`.
    """
    words = sharing_words(context.language)
    damaged: list[Damaged] = []
    sent = latest_sent(entries(context.store, client_id, damaged), to)
    if sent is None:
        output.warn_damaged(damaged)
        raise Failed(words.nothing_sent, words.nothing_sent_hint)
    request = Request(client_id, material.code, basis=Basis.CLIENT_COPY, sent=frozenset(sent.what))
    passing = Passing.of(context, request, damaged)
    output.warn_damaged(damaged)
    format_ = Format(sent.format)
    if target and not target.name.lower().endswith(f".{format_}"):
        raise WrongUsage(words.other_format.format(format=format_), words.other_format_hint.format(format=format_))
    content = file_as_sent(sent) or _made_again(context, sent, material, passing.on_file, language)
    if content is None:
        raise Failed(words.not_as_sent, words.not_as_sent_hint.format(code=material.code))
    permitted = passing.permit()
    document = Outgoing(
        content, format_, frozenset(sent.what), sent.goals, sent.notice_version, content_sha256=sent.content_sha256
    )
    overwrite = target is not None and may_write_over(context, target, yes=yes)
    passing.pass_on(permitted, document, target, overwrite=overwrite)
    return permitted


def _made_again(
    context: Context, sent: Disclosure, material: Material, on_file: Sequence[Consent], language: str | None
) -> bytes | None:
    """Returns the document that went out, made anew; null if it would not tell the same any more."""
    consent = next((each for each in on_file if each.id == sent.consent), None)
    if sent.content_sha256 is None or (sent.consent and consent is None):
        return None
    permitted = permit_of(sent, consent, context.sound_settings.program)
    packet = packet_for(context, permitted, replace(material, goals=frozenset(sent.goals)))
    if packet.sha256 != sent.content_sha256:
        return None
    packet = packet.replace(made_at=sent.created_at)
    return document_of(context, packet, permitted, Format(sent.format), language, large=False)[0]
