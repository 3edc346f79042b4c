"""`mi consent`: what clients have agreed to in writing."""

import json
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from mi_cli.cli import consent_options as given
from mi_cli.cli import consent_revoking, output
from mi_cli.cli.consent_options import Options
from mi_cli.cli.consent_standing import judged, noted_name, of_client, show_consent
from mi_cli.cli.consent_taking import TakingDown, around
from mi_cli.cli.context import Context
from mi_cli.cli.first_use import first_use
from mi_cli.cli.options import AsJson, Yes, command_group
from mi_cli.cli.surroundings import located, now
from mi_cli.errors import Damaged, WrongUsage
from mi_cli.handoff import consent_questions as taking
from mi_cli.handoff.cover import until
from mi_cli.handoff.form import form as make_form
from mi_cli.handoff.gate import Objection, ReasonCode
from mi_cli.records.consent import Consent
from mi_cli.records.name_matching import is_visible, same
from mi_cli.records.terms import Capacity
from mi_cli.store.disk import atomic
from mi_cli.store.disk.layout import Layout
from mi_cli.store.records.consents import add_consent, drop_draft
from mi_cli.store.records.consents import consent as read
from mi_cli.terminal.page import Line, Role
from mi_cli.terminal.sharing_pages import lacking
from mi_cli.terminal.streams import print_message
from mi_cli.words.languages import language_of

app = command_group("What clients have agreed to in writing.")

Code = Annotated[str, typer.Argument(metavar="CLIENT", help="The client's code.")]


@app.command()
def add(
    ctx: typer.Context,
    client: Code,
    file: given.FromFile = None,
    kind: given.Kind = None,
    to: given.To = None,
    to_kind: given.ToKind = None,
    organization: given.Organization = None,
    address: given.Address = None,
    to_class: given.ToClass = None,
    from_whom: given.FromWhom = None,
    what: given.What = None,
    what_text: given.WhatText = None,
    purpose: given.ForPurpose = None,
    purpose_text: given.PurposeText = None,
    until: given.Until = None,
    revocation: given.Revocation = None,
    our_form: given.OurForm = False,
    statement: given.Says = None,
    signed: given.Signed = None,
    signed_by: given.SignedBy = None,
    medium: given.SignedAs = None,
    kept_at: given.KeptAt = None,
    scan: given.Scan = None,
) -> None:
    """Record a consent as it was signed. What is not given is asked for; any question can be passed over."""
    context = first_use(ctx.obj)
    store = context.store
    client_id = context.layout.client_id(client)
    options = Options(
        kind=kind, to=to, to_kind=to_kind, organization=organization, address=address, to_class=to_class,
        from_whom=from_whom, what=what, what_text=what_text, purpose=purpose, purpose_text=purpose_text, until=until,
        revocation=revocation, our_form=our_form, statements=statement, signed=signed, signed_by=signed_by,
        medium=medium, kept_at=kept_at, scan=scan,
    )  # fmt: skip
    noted = noted_name(store, client_id)
    known: dict[str, Any] = {"patient_name": noted} if noted else {}
    known |= given.from_file(file, client_id, client) if file else {}
    on_line = options.known(now().date())
    taking_down = TakingDown(context, store, client_id, client)
    asks = context.interactive and file is None
    with taking_down.kept_if_interrupted():
        if asks:
            known = taking_down.asked(known, on_line)
        elif file is None:
            known = _unasked(context, {**known, **on_line})
        else:
            known |= on_line
        head = {"client": client_id, "recorded_by": store.who, **store.new_head(Consent)}
        consent = taking.build_consent(known, head)
        if context.interactive and noted and consent.patient_name and not same(noted, consent.patient_name):
            question = "It is in another name than the one that is noted for this client. Record it all the same?"
            context.confirm(question, yes=False)
        if asks:
            show_consent(context, consent, client)
            taking_down.confirmed(known)
    add_consent(store, consent)
    if asks:
        drop_draft(store, client_id)
    if is_visible(consent.patient_name) and not noted:
        store.save_identity(client_id, consent.patient_name)
    context.screen.show([Line(f"Recorded: {consent.id}."), *_warnings(context, consent, client)])


@app.command()
def form(
    ctx: typer.Context,
    client: Annotated[
        str | None, typer.Argument(metavar="CLIENT", help="The client's code; none: a blank form.")
    ] = None,
    out: Annotated[str | None, typer.Option("-o", metavar="FILE", help="Where to; - is standard output.")] = None,
    language: Annotated[str | None, typer.Option("--lang", help="en or es; else the client's.")] = None,
    file: given.FromFile = None,
    kind: given.Kind = None,
    to: given.To = None,
    organization: given.Organization = None,
    address: given.Address = None,
    to_class: given.ToClass = None,
    from_whom: given.FromWhom = None,
    what: given.What = None,
    purpose_text: given.PurposeText = None,
    until: given.Until = None,
    revocation: given.Revocation = None,
    yes: Yes = False,
) -> None:
    """Make the paper to sign, as PDF. What is given is filled in; the rest has lines to write on."""
    context: Context = ctx.obj
    program = context.settings.program
    target = None if out == "-" else Layout(context.root).outside(located(out or "consent.pdf"))
    known: dict[str, Any] = {"disclosers": [program.name]} if program.name else {}
    client_id = context.layout.client_id(client) if client else ""
    spoken = language or (context.store.client(client_id).language if client_id else None) or context.settings.language
    if client_id and (identity := context.store.identity(client_id)):
        known["patient_name"] = identity.name
    known |= given.from_file(file, client_id, client or "") if file else {}
    options = Options(
        kind=kind, to=to, organization=organization, address=address, to_class=to_class, from_whom=from_whom, what=what,
        purpose_text=purpose_text, until=until, revocation=revocation,
    )  # fmt: skip
    known |= options.known(now().date())
    pdf = make_form(known, language_of(spoken or "") or "en", program.jurisdiction, now())
    if target is None:
        sys.stdout.buffer.write(pdf)
        return
    if atomic.is_there(target):
        context.confirm("There is a file of that name. Write over it?", yes=yes)
    atomic.write(target, pdf)
    context.screen.show([Line(f"Made: {target}. Signed, `mi consent add` records it.")])


@app.command("list")
def list_consents(
    ctx: typer.Context,
    client: Annotated[str | None, typer.Argument(help="Only this client's.")] = None,
    as_json: AsJson = False,
) -> None:
    """The consents, newest first, and whether they hold."""
    context: Context = ctx.obj
    damaged: list[Damaged] = []
    found = _listed(context, client, damaged)
    if as_json:
        items = [
            {
                "client": code,
                **consent.model_dump(mode="json", include={"id", "kind", "scope_categories", "expiry", "revoked"}),
                "signed_on": consent.signed_on.isoformat() if consent.signed_on else None,
                "recipients": [recipient.name for recipient in consent.recipients],
                "holds": not against,
                "against": [one.text for one in against],
            }
            for code, consent, against, _ in found
        ]
        output.show_list_json(items, damaged)
        return
    if found:
        rows = [
            (code, consent.id, str(consent.signed_on or ""), _holds(consent, against), _recipients(consent, but))
            for code, consent, against, but in found
        ]
        output.show_table(("CLIENT", "ID", "SIGNED", "HOLDS", "MAY GET IT"), rows)
    else:
        print_message("No consents yet. `mi consent form` makes the paper, `mi consent add` records it.")
    output.warn_damaged(damaged)


@app.command()
def show(ctx: typer.Context, consent: consent_revoking.Which, as_json: AsJson = False) -> None:
    """A consent, and whether it holds."""
    context: Context = ctx.obj
    ref = context.layout.find_consent(consent)
    found = read(context.store, ref)
    if as_json:
        output.show_json(json.loads(found.to_bytes()))
        return
    show_consent(context, found, context.layout.code_of(damaged=[]).get(ref.client, ref.client))


app.command()(consent_revoking.revoke)
app.command()(consent_revoking.confirm)


def _unasked(context: Context, known: dict[str, Any]) -> dict[str, Any]:
    """What is known when there is nobody to ask. Raises WrongUsage, naming what is needed."""
    known, needed = taking.unasked(known, around(context))
    if needed:
        raise WrongUsage(
            "There is no terminal to ask on, and a consent needs more than was given.", f"Give {', '.join(needed)}."
        )
    return known


def _warnings(context: Context, consent: "Consent", code: str) -> list[Line]:
    """What has to be said of a consent that was just recorded: what it lacks, and what else is against it."""
    lines = []
    if lacks := lacking(consent):
        lines.append(f"It lacks {lacks}. It is kept, and permits nothing.")
    noted = noted_name(context.store, consent.client)
    against, _ = judged(context, consent, code, of_client(context, consent.client), noted)
    lines += [f"{one.text} {one.remedy}" for one in against if one.code is not ReasonCode.MISSING]
    signer = consent.signer
    if signer and signer.capacity is not Capacity.CLIENT and not is_visible(signer.authority_ref):
        lines.append("Somebody signed for the client, and on what authority is not noted (42 CFR 2.14, 2.15).")
    return [Line(text, Role.WARN) for text in lines]


def _holds(consent: "Consent", against: "Sequence[Objection]") -> str:

    if consent.revoked:
        return "taken back"
    if against and all(one.code is ReasonCode.UNANSWERED for one in against):
        return "ask the client"
    return "does not hold" if against else f"until {until(consent.expiry, 'en')}"


def _recipients(consent: "Consent", but: "Sequence[str]") -> str:
    named = "; ".join(one.name for one in consent.recipients) or consent.recipient_class or ""
    return f"{named} (not {'; '.join(but)})" if but else named


def _listed(
    context: Context, client: str | None, damaged: list[Damaged]
) -> "list[tuple[str, Consent, tuple[Objection, ...], list[str]]]":
    """Code, consent, what is against it, and whom it does not serve though it describes them."""
    layout, store = context.layout, context.store
    codes = layout.code_of(damaged)
    found: list[Consent] = []
    for ref in layout.list_dated("consents", [layout.client_id(client)] if client else None, damaged):
        try:
            found.append(read(store, ref))
        except Damaged as error:
            damaged.append(error)
    names = {client_id: noted_name(store, client_id, damaged) for client_id in {one.client for one in found}}
    listed = []
    for consent in found:
        code = codes.get(consent.client, consent.client)
        of_client = [other for other in found if other.client == consent.client]
        listed.append((code, consent, *judged(context, consent, code, of_client, names[consent.client])))
    return listed
