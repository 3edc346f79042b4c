"""`mi client`: the people interviews are held with, by code.

`client list` loads no large library (tests/cli/test_light.py), so that heavy imports stand in functions.
"""

import json
from typing import Annotated, Any

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.interruption import interrupted_with
from mi_cli.cli.options import AsJson, Yes, command_group
from mi_cli.errors import Damaged, WrongUsage
from mi_cli.records.names import checked_name, replace_surrogates
from mi_cli.records.terms import FactSource
from mi_cli.terminal.page import Line

app = command_group("Clients, known by a code.")

Code = Annotated[str, typer.Argument(metavar="CODE", help="The client's code, such as J-014.")]
Language = Annotated[str | None, typer.Option("--lang", help="The client's language: en, es …")]
Counselor = Annotated[str | None, typer.Option(help="Whose client this is.")]
AskName = Annotated[bool, typer.Option("--name", help="Ask for the client's name; it is kept apart.")]


@app.command()
def add(
    ctx: typer.Context, code: Code, language: Language = None, counselor: Counselor = None, name: AskName = False
) -> None:
    """Set up a client. The first interview does it too."""
    from mi_cli.cli.first_use import first_use

    code = checked_name(code, "client code")
    context = first_use(ctx.obj)
    store = context.store
    client_id = store.add_client(code, language, counselor or context.counselor)
    if name:
        with interrupted_with("The client is set up; no name was noted."):
            store.save_identity(client_id, _ask_name(context))
    context.screen.show([Line("Set up. `mi session start` with the code begins an interview.")])


@app.command("list")
def list_clients(ctx: typer.Context, as_json: AsJson = False) -> None:
    """The codes there are. With how many interviews, and when the last one began."""
    catalog = ctx.obj.catalog
    items: list[dict[str, Any]] = []
    damaged: list[Damaged] = []
    for code, client_id in catalog.read_codes().items():
        refs = list(catalog.named("sessions", [client_id], damaged))
        try:
            client = catalog.read_client(client_id)
        except Damaged as error:
            damaged.append(error)
            continue
        items.append(
            {
                "client": code,
                "id": client_id,
                "language": client["language"],
                "counselor": client["counselor"],
                "sessions": len(refs),
                "last": _day(refs[0].name) if refs else None,
            }
        )
    output.show_list(
        items,
        damaged,
        as_json=as_json,
        json_item=lambda item: item,
        header=("CODE", "INTERVIEWS", "LAST", "COUNSELOR"),
        row=lambda item: (item["client"], str(item["sessions"]), item["last"] or "", str(item["counselor"] or "")),
        empty="No clients yet. `mi session start` sets one up.",
    )


@app.command()
def show(ctx: typer.Context, code: Code, as_json: AsJson = False) -> None:
    """A client: language, counselor, and the name if it was noted."""
    context: Context = ctx.obj
    store = context.store
    client_id = context.catalog.client_id(code)
    client, identity = store.client(client_id), store.identity(client_id)
    if as_json:
        identity_fields = json.loads(identity.to_bytes()) if identity else None
        output.show_json({"client": json.loads(client.to_bytes()), "identity": identity_fields})
        return
    interviews = len(list(context.catalog.named("sessions", [client_id])))
    rows = [("id", client.id), ("language", client.language), ("counselor", client.counselor)]
    rows += [("interviews", str(interviews)), ("name", identity.name if identity else None)]
    context.screen.show([Line(value or "not noted", lead=f" {label:<11} ") for label, value in rows])


@app.command()
def facts(
    ctx: typer.Context,
    code: Code,
    name: Annotated[
        str | None,
        typer.Argument(help="Asks for that one: target, direction, medicines, mandate, safer-use, reach, appointment."),
    ] = None,
    dash: Annotated[str | None, typer.Argument(metavar="[-]", help="- reads standard input instead of asking.")] = None,
    source: Annotated[FactSource | None, typer.Option(help="Who told it.")] = None,
    target: Annotated[str | None, typer.Option(help="A direction is of this target: the start of its id.")] = None,
    as_json: AsJson = False,
) -> None:
    """What is known of a client. With a name it asks for that one thing alone; nothing of it is passed on."""
    from mi_cli.cli.client_facts import note_fact, show_facts

    if name is None:
        show_facts(ctx.obj, code, as_json=as_json)
    elif as_json:
        raise WrongUsage("--json shows all facts, and takes no name of one.", "Leave out one of them.")
    else:
        note_fact(ctx.obj, code, name, dash, source, target)


@app.command()
def edit(
    ctx: typer.Context,
    code: Code,
    new_code: Annotated[str | None, typer.Option("--code", help="Another code for this client.")] = None,
    language: Language = None,
    counselor: Counselor = None,
    name: AskName = False,
) -> None:
    """Change a client's code, language, counselor or name."""
    context: Context = ctx.obj
    store = context.store
    client_id = context.catalog.client_id(code)
    changes = {"language": language, "counselor": counselor}
    new_values = {field: replace_surrogates(value) for field, value in changes.items() if value is not None}
    new_name = _ask_name(context) if name else None
    if new_values:
        store.save_client(store.client(client_id).replace(**new_values))
    if name:
        store.save_identity(client_id, new_name)
    if new_code:
        store.rename_client(code, new_code)
    context.screen.show([Line("Changed." if new_values or name or new_code else "Nothing to change was given.")])


@app.command()
def delete(ctx: typer.Context, code: Code, yes: Yes = False) -> None:
    """Move a client and everything kept of them to the trash."""
    from mi_cli.store.upkeep.trash import delete_client

    context: Context = ctx.obj
    client_id = context.catalog.client_id(code)
    count = len(list(context.catalog.named("sessions", [client_id])))
    contents = f"{count} interviews with notes, the plan, consents, and the log of what was passed on"
    context.confirm(f"Client {code} goes to the trash: {contents}. Go ahead?", yes=yes)
    item = delete_client(context.store, client_id, code)
    context.screen.show([Line(f"In the trash. `mi store trash restore {item.id}` brings it back.")])


def _ask_name(context: Context) -> str:
    """Returns the client's name, from the terminal or from standard input. Raises WrongUsage, Interrupted."""
    if context.interactive:
        return context.ask("Name: ", instead="")
    return context.words("-", "")


def _day(session_name: str) -> str:
    return f"{session_name[:4]}-{session_name[4:6]}-{session_name[6:8]}"
