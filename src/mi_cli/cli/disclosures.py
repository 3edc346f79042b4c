"""`mi disclosures`: what was passed on, to whom, and on what basis.

Every command here first finishes deliveries that a crash interrupted, so that the log says what became of them.
"""

import json
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.options import AsJson, Client, OnlyClient, command_group
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged
from mi_cli.insight.passed_on import accounting as accounted
from mi_cli.insight.passed_on import years_before
from mi_cli.records.dates import day_and_time
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.matters import delivered
from mi_cli.store.records.disclosures import entries, file_state
from mi_cli.store.records.ledger import chain_faults, finish_all_interrupted_deliveries, ledger
from mi_cli.terminal.consent_pages import accounting_page, delivery_text, purpose_of
from mi_cli.terminal.page import Line, Role
from mi_cli.terminal.streams import print_message
from mi_cli.words.languages import counted, language_of
from mi_cli.words.lists import list_words
from mi_cli.words.lists.model import ListWords
from mi_cli.words.passed_on import passed_on_words
from mi_cli.words.said import spoken

app = command_group("What was passed on.")


@app.callback()
def before() -> None:
    """What was passed on, to whom, and why it was permitted."""


@dataclass(frozen=True)
class _Row:
    """An entry of the log in the list, and whether its document was delivered as far as is known."""

    code: str
    entry: Disclosure
    is_delivered: bool


@app.command("list")
def list_disclosures(ctx: typer.Context, client: OnlyClient = None, as_json: AsJson = False) -> None:
    """Every entry of the log, newest first."""
    context: Context = ctx.obj
    finish_all_interrupted_deliveries(context.store)
    damaged: list[Damaged] = []
    rows: list[_Row] = []
    for code, client_id in _clients(context, client).items():
        log = entries(context.store, client_id, damaged)
        delivered_numbers = {entry.seq for entry in delivered(log)}
        rows += [_Row(code, entry, entry.seq in delivered_numbers) for entry in log]
    rows.sort(key=lambda row: (row.entry.created_at, row.entry.seq), reverse=True)
    words = list_words(context.language)
    output.show_list(
        rows,
        damaged,
        as_json=as_json,
        json_item=lambda row: {**json.loads(row.entry.to_bytes()), "client": row.code, "came": row.is_delivered},
        header=words.disclosures,
        row=lambda row: _cells(row, words, context.language),
        empty=words.no_disclosures,
    )


@app.command()
def accounting(
    ctx: typer.Context,
    client: Client,
    years: Annotated[int, typer.Option(min=1, max=100, help="How far back.")] = 3,
    language: Annotated[str | None, typer.Option("--lang", help="en or es; else the client's.")] = None,
    as_json: AsJson = False,
) -> None:
    """With whom it was shared. For the client who asks: date, to whom, what, and what for."""
    context: Context = ctx.obj
    finish_all_interrupted_deliveries(context.store)
    client_id = context.catalog.client_id(client)
    today = now().date()
    since = years_before(today, years)
    damaged: list[Damaged] = []
    disclosed = accounted(entries(context.store, client_id, damaged), since)
    spoken = language_of(language or context.store.client(client_id).language or "") or "en"
    if as_json:
        items = [
            {
                "date": entry.created_at.isoformat(),
                "recipient": entry.recipient,
                "organization": entry.organization,
                "address": entry.address,
                "what": list(entry.what),
                "purpose": purpose_of(entry, spoken),
                "basis": entry.basis,
                "files": [{"format": file.format, "path": file.path} for file in disclosure.files],
            }
            for disclosure in disclosed
            for entry in (disclosure.first,)
        ]
        output.show_list_json(items, damaged)
        return
    context.screen.show(accounting_page(disclosed, client, since, today, spoken))
    output.warn_damaged(damaged)


@app.command()
def verify(ctx: typer.Context, client: OnlyClient = None, as_json: AsJson = False) -> None:
    """Whether the log is whole. Also tells whether the documents, where they still are, are as they went out."""
    context: Context = ctx.obj
    finish_all_interrupted_deliveries(context.store)
    damaged: list[Damaged] = []
    items = []
    for code, client_id in _clients(context, client).items():
        log = entries(context.store, client_id, damaged)
        try:
            faults = chain_faults(log, ledger(context.store, client_id))
        except Damaged as error:
            damaged.append(error)
            faults = []
        files = [{"entry": entry.seq, "path": entry.path, "state": file_state(entry)} for entry in delivered(log)]
        if log or faults:
            items.append({"client": code, "entries": len(log), "faults": faults, "files": files})
    if as_json:
        output.show_list_json(items, damaged)
    else:
        context.screen.show(line for item in items for line in _verification_lines(item, context.language))
        if not items and not damaged:
            print_message(list_words(context.language).no_disclosures)
        output.warn_damaged(damaged)
    if damaged or any(item["faults"] for item in items):
        raise typer.Exit(Damaged.exit_code)


def _cells(row: _Row, words: ListWords, language: str) -> tuple[str, ...]:
    entry = row.entry
    recipient = delivery_text(entry, language, came=row.is_delivered)
    return day_and_time(entry.created_at), row.code, str(entry.seq), words.bases[entry.basis], entry.format, recipient


def _clients(context: Context, client: str | None) -> dict[str, str]:
    """Returns client ids by code: of one client, or of all."""
    codes = context.catalog.read_codes()
    if client is None:
        return codes
    client_id = context.catalog.client_id(client)
    return {code: other_id for code, other_id in codes.items() if other_id == client_id}


def _verification_lines(item: dict[str, Any], language: str) -> list[Line]:
    """Returns the lines about one client: each fault of the log, and the files that are not as they went out."""
    words = passed_on_words(language)
    lines = [Line(spoken(fault, language), Role.WARN, f" {item['client']}  ") for fault in item["faults"]]
    if not lines:
        lines.append(Line(counted(words.whole, item["entries"]), lead=f" {item['client']}  "))
    for file in item["files"]:
        if text := words.files.get(file["state"]):
            role = Role.WARN if file["state"] == "changed" else Role.DIM
            lines.append(Line(text.format(path=file["path"]), role, f"   {file['entry']}  "))
    return lines
