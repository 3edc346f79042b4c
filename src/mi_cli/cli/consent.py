"""`mi consent`: what clients have agreed to in writing."""

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mi_cli.cli import consent_options as given
from mi_cli.cli import output
from mi_cli.cli.consent_options import Options
from mi_cli.cli.context import Context, Declined, located, now
from mi_cli.cli.options import AsJson, Yes
from mi_cli.errors import Damaged, WrongUsage
from mi_cli.records.terms import Jurisdiction
from mi_cli.records.text import disarmed
from mi_cli.terminal.page import BLANK, Line, Role
from mi_cli.terminal.streams import tell

if TYPE_CHECKING:
    from mi_cli.handoff.taking import Around
    from mi_cli.records.consent import Consent

app = typer.Typer(help="What clients have agreed to in writing.", no_args_is_help=True, rich_markup_mode=None)

Code = Annotated[str, typer.Argument(metavar="CLIENT", help="The client's code.")]
Which = Annotated[str, typer.Argument(metavar="CONSENT", help="The start of its id, a client's code, or last.")]


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
    from mi_cli.cli.first_use import first_use
    from mi_cli.handoff import taking
    from mi_cli.records.consent import Consent
    from mi_cli.store.consents import add_consent
    from mi_cli.terminal.sharing_pages import lacking

    context = first_use(ctx.obj)
    store = context.store
    client_id = context.layout.client_id(client)
    options = Options(
        kind=kind, to=to, to_kind=to_kind, organization=organization, address=address, to_class=to_class,
        from_whom=from_whom, what=what, what_text=what_text, purpose=purpose, purpose_text=purpose_text, until=until,
        revocation=revocation, our_form=our_form, statements=statement, signed=signed, signed_by=signed_by,
        medium=medium, kept_at=kept_at, scan=scan,
    )  # fmt: skip
    identity = store.identity(client_id)
    known: dict[str, Any] = {"patient_name": identity.name} if identity and identity.name else {}
    known |= given.from_file(file, client_id, client) if file else {}
    known |= options.known(now().date())
    asks = context.interactive and file is None
    if file is None:
        known = _asked(context, known) if asks else _unasked(context, known)
    head = {"client": client_id, "recorded_by": store.who, **store.fresh(Consent)}
    consent = taking.taken(known, head)
    if asks:
        _show(context, consent, client)
        if context.ask("Record it? Enter records, n leaves: ", instead="").lower().startswith("n"):
            raise Declined
    add_consent(store, consent)
    if consent.patient_name and not (identity and identity.name):
        store.save_identity(client_id, consent.patient_name)
    lines = [Line(f"Recorded: {consent.id}.")]
    if lacks := lacking(consent):
        lines.append(Line(f"It lacks {lacks}. It is kept, and permits nothing.", Role.WARN))
    context.screen.show(lines)


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
    from mi_cli.handoff.form import form as make_form
    from mi_cli.store import atomic
    from mi_cli.store.layout import Layout
    from mi_cli.terminal.words import language_of

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
                "against": against,
            }
            for code, consent, against in found
        ]
        output.show_list_json(items, damaged)
        return
    if found:
        rows = [
            (code, consent.id, str(consent.signed_on or ""), _holds(consent, against), _recipients(consent))
            for code, consent, against in found
        ]
        output.show_table(("CLIENT", "ID", "SIGNED", "HOLDS", "MAY GET IT"), rows)
    else:
        tell("No consents yet. `mi consent form` makes the paper, `mi consent add` records it.")
    output.warn_damaged(damaged)


@app.command()
def show(ctx: typer.Context, consent: Which, as_json: AsJson = False) -> None:
    """A consent, and whether it holds."""
    from mi_cli.store.consents import consent as read

    context: Context = ctx.obj
    ref = context.layout.find_consent(consent)
    found = read(context.store, ref)
    if as_json:
        output.show_json(json.loads(found.encoded()))
        return
    _show(context, found, context.layout.code_of(damaged=[]).get(ref.client, ref.client))


@app.command()
def revoke(
    ctx: typer.Context,
    consent: Which,
    how: Annotated[str | None, typer.Option(metavar="TEXT", help="How the client took it back: by letter.")] = None,
    yes: Yes = False,
) -> None:
    """The client takes it back: nothing more goes out under it. Says who has it already."""
    from mi_cli.insight.passed_on import served
    from mi_cli.store.consents import consent as read
    from mi_cli.store.consents import revoke as take_back
    from mi_cli.store.disclosures import entries
    from mi_cli.terminal.sharing_pages import served_page

    context: Context = ctx.obj
    store = context.store
    ref = context.layout.find_consent(consent)
    code = context.layout.code_of(damaged=[]).get(ref.client, ref.client)
    if not yes:
        _show(context, read(store, ref), code)
    context.confirm("Take it back, from now on?", yes=yes)
    said = how or (context.ask("How did the client take it back? (Enter: in writing) ", instead="") if not yes else "")
    taken_back = take_back(store, ref, said or "in writing")
    damaged: list[Damaged] = []
    has_it = served(entries(store, ref.client, damaged), taken_back.id)
    context.screen.show([Line("Taken back. Nothing more goes out under it."), *served_page(has_it)])
    output.warn_damaged(damaged)


def _asked(context: Context, known: dict[str, Any]) -> dict[str, Any]:
    """Ask what is not known yet; what is answered so that nobody can tell is asked again."""
    from mi_cli.handoff import taking

    around = _around(context)
    context.screen.show([Line("As it stands on the paper. Enter passes over a question.", Role.DIM)])
    while question := taking.next_question(known, around):
        lines = [BLANK, Line(question.text, Role.SAY)]
        lines += [Line(text, lead=f"  {n}  ") for n, (_, text) in enumerate(question.choices, 1)]
        context.screen.show(lines)
        default = dict(question.choices).get(question.default or "", question.default)
        many = "Numbers, or all. " if question.many else ""
        enter = f"{many}Enter: {disarmed(default)}" if default else many.strip()
        try:
            answer = context.ask(f"  {enter} › " if enter else "  › ", instead="")
            known = taking.answered(known, question, answer, around)
        except WrongUsage as error:
            context.screen.show([Line(f"{error.message} {error.hint}".strip(), Role.WARN)])
    return known


def _unasked(context: Context, known: dict[str, Any]) -> dict[str, Any]:
    """What is known when there is nobody to ask. Raises WrongUsage, naming what is needed."""
    from mi_cli.handoff import taking

    known, needed = taking.unasked(known, _around(context))
    if needed:
        raise WrongUsage(
            "There is no terminal to ask on, and a consent needs more than was given.", f"Give {', '.join(needed)}."
        )
    return known


def _around(context: Context) -> "Around":
    from mi_cli.handoff.taking import Around

    program = context.settings.program
    us = program.jurisdiction is Jurisdiction.US_PART2
    return Around(program.name or context.counselor, now().date(), us=us)


def _show(context: Context, consent: "Consent", code: str) -> None:
    from mi_cli.handoff.gate import standing
    from mi_cli.terminal.sharing_pages import consent_page

    against = standing(consent, code, context.settings.program, now().date())
    context.screen.show(consent_page(consent, code, [f"{one.text} {one.put_right}" for one in against]))


def _holds(consent: "Consent", against: list[str]) -> str:
    from mi_cli.handoff.cover import until

    if consent.revoked:
        return "taken back"
    return "does not hold" if against else f"until {until(consent.expiry, 'en')}"


def _recipients(consent: "Consent") -> str:
    return "; ".join(one.name for one in consent.recipients) or consent.recipient_class or ""


def _listed(context: Context, client: str | None, damaged: list[Damaged]) -> list[tuple[str, "Consent", list[str]]]:
    """Code, consent, and what is against it."""
    from mi_cli.handoff.gate import standing
    from mi_cli.store.consents import consent as read

    layout, store = context.layout, context.store
    codes = layout.code_of(damaged)
    refs = layout.dated("consents", [layout.client_id(client)] if client else None, damaged)
    found = []
    for ref in refs:
        code = codes.get(ref.client, ref.client)
        try:
            consent = read(store, ref)
        except Damaged as error:
            damaged.append(error)
            continue
        against = standing(consent, code, context.settings.program, now().date())
        found.append((code, consent, [one.text for one in against]))
    return found
