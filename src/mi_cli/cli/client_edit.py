"""`mi client add / show / edit / delete`: a client, known by a code."""

import json
from functools import partial
from typing import Annotated

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.first_use import first_use
from mi_cli.cli.new_codes import require_meant
from mi_cli.cli.options import AsJson, Code, Encoding, IsNew, Yes, command_group
from mi_cli.cli.surroundings import now
from mi_cli.cli.today import as_json_item, as_text, due_with_client
from mi_cli.handoff.consent_draft import birth_date
from mi_cli.prompts.pick import require_language
from mi_cli.records.names import checked_name
from mi_cli.records.outside_keys import NameOf
from mi_cli.records.utf8 import typed_text
from mi_cli.store.records.catalog import find_code
from mi_cli.store.records.clients import (
    add_client,
    change_client,
    rename_client,
    save_birth_date,
    save_identity,
)
from mi_cli.store.upkeep.trash import delete_client
from mi_cli.terminal.asking import ask_in_turn
from mi_cli.terminal.page import Line
from mi_cli.words.clients import client_words
from mi_cli.words.days import day_in_words
from mi_cli.words.due import due_words
from mi_cli.words.facts import fact_words
from mi_cli.words.languages import counted

app = command_group()

# Another name than CODE: where it is missing, none of the clients who are there is offered (`app`).
NewCode = Annotated[str, typer.Argument(metavar="NEW_CODE", help="A code that nobody has yet, such as J-014.")]
Language = Annotated[str | None, typer.Option("--lang", help="The client's language: en, es …")]
Counselor = Annotated[str | None, typer.Option(help="Whose client this is.")]
AskName = Annotated[bool, typer.Option("--name", help="Ask for the client's name; it is kept apart.")]


@app.command()
def add(
    ctx: typer.Context,
    code: NewCode,
    language: Language = None,
    counselor: Counselor = None,
    name: AskName = False,
    new: IsNew = False,
    _encoding: Encoding = None,
) -> None:
    """Set up a client. The first interview does it too."""
    code = checked_name(code, NameOf.CLIENT)
    _require_language(ctx.obj, language)
    context = first_use(ctx.obj)
    store = context.store
    codes = store.codes()
    if find_code(codes, code) is None:
        require_meant(context, code, codes, insists=new)
    noted = _ask_name(context, language) if name else ()
    client_id = add_client(store, code, language, counselor or context.counselor)
    words = client_words(context.language)
    if name:
        save_identity(store, client_id, *noted)
    context.screen.show([Line(words.set_up.format(code=code))])


@app.command()
def show(ctx: typer.Context, code: Code, as_json: AsJson = False) -> None:
    """A client: language, counselor, name, and what is due."""
    context: Context = ctx.obj
    store = context.store
    client_id = context.catalog.client_id(code)
    client, identity = store.client(client_id), store.identity(client_id)
    due = due_with_client(context, context.catalog, client_id)
    if as_json:
        identity_fields = json.loads(identity.to_bytes()) if identity else None
        items = [as_json_item(each, context.catalog.code_of()) for each in due]
        output.show_json({"client": json.loads(client.to_bytes()), "identity": identity_fields, "due": items})
        return
    interviews = len(list(context.catalog.named("sessions", [client_id])))
    words = client_words(context.language)
    born = day_in_words(identity.born_on, context.language) if identity and identity.born_on else None
    name = identity.name if identity else None
    values = (client.id, client.language, client.counselor, str(interviews), name, born)
    rows = [(label, value or words.not_noted) for label, value in zip(words.rows, values, strict=True)]
    words_of_due = due_words(context.language)
    rows += [
        ("" if number else words_of_due.due_row, as_text(each, code, words_of_due)) for number, each in enumerate(due)
    ]
    context.screen.show([Line(value, lead=f" {label:<11} ") for label, value in rows])


@app.command()
def edit(
    ctx: typer.Context,
    code: Code,
    new_code: Annotated[str | None, typer.Option("--code", help="Another code for this client.")] = None,
    language: Language = None,
    counselor: Counselor = None,
    name: AskName = False,
    born: Annotated[
        str | None, typer.Option(metavar="DAY", help="The client's birth date, such as 1984-05-31.")
    ] = None,
    new: IsNew = False,
    _encoding: Encoding = None,
) -> None:
    """Change a client's code, language, counselor, name or birth date."""
    context: Context = ctx.obj
    born_on = birth_date(born, now().date()) if born is not None else None
    _require_language(context, language)
    store = context.store
    codes = context.catalog.read_codes()
    client_id = context.catalog.client_id(code)
    if new_code:
        new_code = checked_name(new_code, NameOf.CLIENT)
        others = {known: other for known, other in codes.items() if other != client_id}
        if find_code(others, new_code) is None:
            require_meant(context, new_code, others, insists=new)
    changes = {"language": language, "counselor": counselor}
    new_values = {field: typed_text(value) for field, value in changes.items() if value is not None}
    if name:
        store.require_saving(client_id, store.locked_codes())
    new_name = _ask_name(context, store.client(client_id).language) if name else ()
    if new_values:
        change_client(store, client_id, lambda client: client.replace(**new_values))
    if name:
        save_identity(store, client_id, *new_name)
    if born_on:
        save_birth_date(store, client_id, born_on)
    if new_code:
        rename_client(store, code, new_code)
    words = client_words(context.language)
    context.screen.show([Line(words.changed if new_values or name or born_on or new_code else words.nothing_to_change)])


@app.command()
def delete(ctx: typer.Context, code: Code, yes: Yes = False) -> None:
    """Move a client and everything kept of them to the trash."""
    context: Context = ctx.obj
    client_id = context.catalog.client_id(code)
    count = len(list(context.catalog.named("sessions", [client_id])))
    words = client_words(context.language)
    context.confirm(words.ask_delete.format(code=code, interviews=counted(words.interviews, count)), yes=yes)
    item = delete_client(context.store, client_id, code)
    context.screen.show([Line(words.in_trash.format(id=item.id))])


def _ask_name(context: Context, language: str | None) -> tuple[str, str | None, str | None]:
    """Returns the client's name with its family and given names, from the terminal or from standard input.

    Other programs keep the parts apart; they are asked for at a terminal alone. Raises WrongUsage, Interrupted.
    """
    if not context.interactive:
        return context.words("-", ""), None, None
    words = fact_words(language or context.settings.language or "en")
    asker, answers = context.asker(context.language).with_back, ["", "", ""]

    def ask(place: int, question: str) -> None:
        answers[place] = asker.text(question) or ""

    questions = (client_words(context.language).ask_name, words.ask_family, words.ask_given)
    ask_in_turn([partial(ask, place, question) for place, question in enumerate(questions)])
    name, family, given = answers
    return name, family or None, given or None


def _require_language(context: Context, language: str | None) -> None:
    """Raises WrongUsage for a language that was given and has no prompts."""
    if language is not None:
        require_language(language, context.own_prompts)
