"""`mi contact`: what is no interview and belongs in the record, such as a missed visit or a telephone call."""

import json
from typing import Annotated

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.dates import instant
from mi_cli.cli.interruption import Declined
from mi_cli.cli.options import AsJson, Client, Encoding, OnlyClient, command_group
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged, WrongUsage
from mi_cli.records import dates
from mi_cli.records.contact import Contact, ContactLine
from mi_cli.records.terms import ContactKind
from mi_cli.store.records.contacts import add_contact, contacts
from mi_cli.terminal.contact_dialog import ask_contact
from mi_cli.terminal.greeting import topic_of
from mi_cli.terminal.page import Line
from mi_cli.terminal.system import without_echo
from mi_cli.words.contacts import contact_words
from mi_cli.words.contacts.model import ContactWords
from mi_cli.words.days import day_in_words

app = command_group("Missed visits, calls, and what came back from CBT.")


@app.command()
def add(
    ctx: typer.Context,
    client: Client,
    dash: Annotated[str | None, typer.Argument(metavar="[-]", help="- reads the words from standard input.")] = None,
    kind: Annotated[ContactKind | None, typer.Option(help="What it was.")] = None,
    at: Annotated[str | None, typer.Option(metavar="TIME", help="When it was; else now.")] = None,
    _encoding: Encoding = None,
) -> None:
    """Note a contact: what it was, when, and a few facts."""
    context: Context = ctx.obj
    client_id = context.catalog.client_id(client)
    code = context.catalog.code_of()[client_id]
    words = contact_words(context.language)
    when = instant(at) or now()
    if kind is None and (dash is not None or not context.interactive):
        raise WrongUsage(words.nobody_to_ask, words.give_kind)
    context.store.require_saving(client_id, context.store.locked_codes())
    asker = context.asker(context.language, read=context.line_reader(words.give_dash, edited=True))
    lines: list[ContactLine] = []
    if dash is not None:
        lines = [ContactLine(words=line) for line in context.words(dash, "").split("\n") if line.strip()]
    elif context.interactive:
        with without_echo():
            noted = ask_contact(context.screen, asker, words, kind)
        if noted is None:
            raise Declined
        kind, lines = noted
    assert kind is not None, "where nobody is asked it was given"
    added = add_contact(context.store, client_id, kind, when, lines)
    said = words.noted.format(code=code, kind=words.kinds[kind], day=day_in_words(added.at, context.language))
    context.screen.show([Line(said)])


@app.command("list")
def list_contacts(ctx: typer.Context, client: OnlyClient = None, as_json: AsJson = False) -> None:
    """The contacts, newest first."""
    context: Context = ctx.obj
    damaged: list[Damaged] = []
    words = contact_words(context.language)
    codes = context.catalog.code_of(damaged)
    clients = [context.catalog.client_id(client)] if client else context.catalog.client_ids()
    found = [each for client_id in clients for each in contacts(context.store, client_id, damaged)]
    output.show_list(
        sorted(found, key=lambda each: each.at, reverse=True),
        damaged,
        as_json=as_json,
        json_item=lambda each: {**json.loads(each.to_bytes()), "client": codes.get(each.client)},
        header=words.header,
        row=lambda each: (
            codes.get(each.client, f"({each.client})"),
            each.id,
            dates.day_and_time(each.at),
            words.kinds[each.kind],
            _noted(each, words),
        ),
        empty=words.none,
    )


def _noted(contact: Contact, words: ContactWords) -> str:
    return " / ".join(f"{topic_of(line, words)} {line.words}".strip() for line in contact.lines)
