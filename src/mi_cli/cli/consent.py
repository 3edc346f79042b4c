"""`mi consent`: what clients have agreed to in writing.

A consent is recorded as it was signed, from a file or question by question, and is never edited. Whether it permits
anything is judged each time by `mi_cli.handoff.gate`, and shown here.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer

from mi_cli.cli import consent_revoking, output
from mi_cli.cli.consent_dialog import ConsentDialog
from mi_cli.cli.consent_file import FromFile, consent_fields
from mi_cli.cli.consent_status import consents_of, judge, show_consent
from mi_cli.cli.context import Context
from mi_cli.cli.first_use import first_use
from mi_cli.cli.options import AsJson, Client, OnlyClient, Yes, command_group
from mi_cli.cli.surroundings import now
from mi_cli.cli.targets import may_write_over, target_of
from mi_cli.errors import Damaged, WrongUsage
from mi_cli.handoff.consent_draft import build_consent, says_purpose_in_words_alone
from mi_cli.handoff.cover import expiry_text
from mi_cli.handoff.form import form as form_as_pdf
from mi_cli.handoff.objections import Objection, ReasonCode
from mi_cli.records.consent import Consent
from mi_cli.records.name_matching import checked_recipient, same_name
from mi_cli.records.terms import Purpose
from mi_cli.store.records import outside
from mi_cli.store.records.consents import add_consent, birth_date_on_file, name_on_file, note_identity
from mi_cli.store.records.consents import consent as read_consent
from mi_cli.store.records.json_store import JsonStore
from mi_cli.terminal.asking import GoBack
from mi_cli.terminal.consent_pages import missing_elements
from mi_cli.terminal.page import BLANK, Line, Role
from mi_cli.words.commands import command_words
from mi_cli.words.consents import consent_words
from mi_cli.words.kept_consents import kept_consent_words
from mi_cli.words.languages import language_of
from mi_cli.words.lists import list_words
from mi_cli.words.said import spoken
from mi_cli.words.waiting import waiting_words

app = command_group("What clients have agreed to in writing.")


@app.command()
def add(ctx: typer.Context, client: Client, file: FromFile = None) -> None:
    """Record a consent as it was signed. Without a file it is asked for; Enter skips a question."""
    context = first_use(ctx.obj)
    store, words = context.store, kept_consent_words(context.language)
    client_id = context.catalog.client_id(client)
    name = name_on_file(store, client_id)
    fields: dict[str, Any] = {"patient_name": name} if name else {}
    noted_birth = birth_date_on_file(store, client_id)
    fields |= {"born_on": noted_birth.isoformat()} if noted_birth else {}
    dialog = ConsentDialog(context, store, client_id, client)
    with dialog.draft_mentioned_if_interrupted():
        if file is None:
            context.require_terminal(words.from_instead)
            fields, consent = _asked_consent(dialog, fields, name)
        else:
            fields |= consent_fields(file, client_id, client)
            if context.interactive and says_purpose_in_words_alone(fields):
                question = f"{words.ask_treatment} {command_words(context.language).yes_or_no}: "
                is_treatment = context.asker(context.language).yes(question, enter=False)
                fields["purpose_codes"] = [Purpose.TREATMENT] if is_treatment else []
            consent = _built(store, client_id, fields)
            _ask_about_other_name(context, consent, name)
    add_consent(store, consent)
    if file is None:
        dialog.drop_draft()
    born_on = date.fromisoformat(fields["born_on"]) if fields.get("born_on") else None
    note_identity(store, consent, born_on)
    page = [Line(words.recorded_as.format(id=consent.id)), *_warnings(context, consent, client)]
    if born_on and noted_birth and born_on != noted_birth:
        page.append(Line(consent_words(context.language).another_born.format(code=client), Role.WARN))
    context.screen.show(page)


def _built(store: JsonStore, client_id: str, fields: dict[str, Any]) -> Consent:
    return build_consent(fields, {"client": client_id, "recorded_by": store.who, **store.new_head(Consent)})


def _asked_consent(dialog: ConsentDialog, known: dict[str, Any], name: str | None) -> tuple[dict[str, Any], Consent]:
    """Asks until the consent is to be recorded as it is shown. Returns its fields, and the consent. Raises Declined."""
    fields, earlier = dialog.begin(known), list[dict[str, Any]]()
    while True:
        fields = dialog.ask(fields, earlier)
        consent = _built(dialog.store, dialog.client, fields)
        _ask_about_other_name(dialog.context, consent, name)
        show_consent(dialog.context, consent, dialog.code)
        try:
            dialog.confirm(fields)
        except GoBack:
            fields = dialog.go_back(earlier) if earlier else fields
        else:
            return fields, consent


def _ask_about_other_name(context: Context, consent: Consent, name: str | None) -> None:
    """Asks at a terminal about a name that is not the one on file. Raises Declined."""
    if context.interactive and name and consent.patient_name and not same_name(name, consent.patient_name):
        context.confirm(kept_consent_words(context.language).ask_other_name, yes=False)


@app.command()
def form(
    ctx: typer.Context,
    client: Annotated[
        str | None, typer.Argument(metavar="CLIENT", help="The client's code; none: a blank form.")
    ] = None,
    out: Annotated[str | None, typer.Option("-o", metavar="FILE", help="Where to; - is standard output.")] = None,
    language: Annotated[str | None, typer.Option("--lang", help="en or es; else the client's.")] = None,
    file: FromFile = None,
    to: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Who may get it; repeatable.")] = None,
    yes: Yes = False,
) -> None:
    """Make the paper to sign, as PDF. What is given is filled in; the rest has lines to write on."""
    context: Context = ctx.obj
    words = kept_consent_words(context.language)
    program = context.sound_settings.program
    target = None if out == "-" else target_of(context, out or "consent.pdf")
    if out not in (None, "-") and not str(out).lower().endswith(".pdf"):
        raise WrongUsage(words.form_is_pdf, words.form_is_pdf_how)
    fields: dict[str, Any] = {"disclosers": [program.name]} if program.name else {}
    client_id = context.catalog.client_id(client) if client else ""
    spoken = language or (context.store.client(client_id).language if client_id else None) or context.settings.language
    if client_id and (identity := context.store.identity(client_id)):
        fields |= {"patient_name": identity.name, "born_on": identity.born_on and identity.born_on.isoformat()}
    if file:
        fields |= consent_fields(file, client_id, client or "")
    if to:
        fields["recipients"] = [{"name": checked_recipient(name)} for name in to]
    with context.waiting(waiting_words(context.language).documents):
        pdf = form_as_pdf(fields, language_of(spoken or "") or "en", program.jurisdiction, now(), client or "")
    if target is None:
        sys.stdout.buffer.write(pdf)
        return
    may_write_over(context, target, yes=yes)
    outside.write(target, pdf)
    context.screen.show([Line(words.made.format(file=target))])


@dataclass(frozen=True)
class _Row:
    """A consent in the list.

    `unserved` are the recipients whom the consent does not serve although it describes them.
    """

    code: str
    consent: Consent
    objections: tuple[Objection, ...]
    unserved: list[str]


@app.command("list")
def list_consents(ctx: typer.Context, client: OnlyClient = None, as_json: AsJson = False) -> None:
    """The consents, newest first, whether they hold, and why not."""
    context: Context = ctx.obj
    damaged: list[Damaged] = []
    rows = _rows(context, client, damaged)
    language = context.language
    words = list_words(language)
    output.show_list(
        rows,
        damaged,
        as_json=as_json,
        json_item=_json_item,
        header=words.consents,
        row=lambda row: (
            row.code,
            row.consent.id,
            str(row.consent.signed_on or ""),
            _holds(row, language),
            _recipients(row, language),
        ),
        empty=words.no_consents,
    )
    if not as_json and (why := _why_not(rows, language)):
        context.screen.show([BLANK, *why])


@app.command()
def show(ctx: typer.Context, consent: consent_revoking.ConsentName, as_json: AsJson = False) -> None:
    """A consent, and whether it holds."""
    context: Context = ctx.obj
    ref = context.catalog.find_consent(consent)
    record = read_consent(context.store, ref)
    if as_json:
        output.show_json(json.loads(record.to_bytes()))
        return
    show_consent(context, record, context.catalog.code_of(damaged=[]).get(ref.client, ref.client))


app.command()(consent_revoking.revoke)
app.command()(consent_revoking.confirm)
app.command()(consent_revoking.ended)


def _warnings(context: Context, consent: Consent, code: str) -> list[Line]:
    """Returns what has to be said of a consent that was just recorded: what it lacks, and the other objections."""
    warnings = []
    if lacks := spoken(missing_elements(consent, context.program.jurisdiction), context.language):
        warnings.append(consent_words(context.language).lacks_elements.format(what=lacks))
    name = name_on_file(context.store, consent.client)
    objections, _ = judge(context, consent, code, consents_of(context, consent.client), name)
    warnings += [
        spoken(objection.sentence, context.language)
        for objection in objections
        if objection.code is not ReasonCode.MISSING
    ]
    warnings += [] if consent.is_signed_with_authority else [kept_consent_words(context.language).no_authority]
    return [Line(text, Role.WARN) for text in warnings]


def _rows(context: Context, client: str | None, damaged: list[Damaged]) -> Sequence[_Row]:
    """Returns the consents of one client or of all, newest first. What cannot be read is put into `damaged`."""
    layout, store = context.catalog, context.store
    codes = layout.code_of(damaged)
    consents: list[Consent] = []
    for ref in layout.list_dated("consents", [layout.client_id(client)] if client else None, damaged):
        try:
            consents.append(read_consent(store, ref))
        except Damaged as error:
            damaged.append(error)
    names = {client_id: name_on_file(store, client_id, damaged) for client_id in {one.client for one in consents}}
    rows = []
    for consent in consents:
        code = codes.get(consent.client, consent.client)
        of_client = [other for other in consents if other.client == consent.client]
        rows.append(_Row(code, consent, *judge(context, consent, code, of_client, names[consent.client])))
    return rows


def _json_item(row: _Row) -> dict[str, Any]:
    consent = row.consent
    return {
        "client": row.code,
        **consent.model_dump(mode="json", include={"id", "kind", "scope_categories", "expiry", "revoked"}),
        "signed_on": consent.signed_on.isoformat() if consent.signed_on else None,
        "recipients": [recipient.name for recipient in consent.recipients],
        "holds": not row.objections,
        "against": [objection.text for objection in row.objections],
    }


def _holds(row: _Row, language: str) -> str:
    words, consent = list_words(language), row.consent
    codes = {objection.code for objection in row.objections}
    if consent.revoked:
        return words.taken_back
    if consent.ended:
        return words.ended
    if not codes:
        end = expiry_text(consent.expiry, language)
        return words.until.format(end=end) if consent.expiry.on or consent.expiry.event else end
    return words.ask_client if codes == {ReasonCode.UNANSWERED} else words.does_not_hold


def _why_not(rows: Sequence[_Row], language: str) -> list[Line]:
    """Returns what speaks against each consent of which the list does not say so itself, and what to do about it."""
    not_told = [row for row in rows if not row.consent.revoked and not row.consent.ended]
    sentences = (spoken(objection.sentence, language) for row in not_told for objection in row.objections)
    return [Line(sentence, Role.WARN) for sentence in dict.fromkeys(sentences)]


def _recipients(row: _Row, language: str) -> str:
    consent = row.consent
    names = "; ".join(recipient.name for recipient in consent.recipients) or consent.recipient_class or ""
    return list_words(language).but_not.format(names=names, others="; ".join(row.unserved)) if row.unserved else names
