"""`mi schema`: the JSON Schema of a record, or of a handoff as JSON."""

import sys
from typing import Annotated, Final

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.options import single_command
from mi_cli.errors import WrongUsage
from mi_cli.handoff.formats import Handoff
from mi_cli.records.base import Record
from mi_cli.records.client import Client, Codes, Identity, StoreInfo
from mi_cli.records.client_facts import Facts
from mi_cli.records.consent import Consent
from mi_cli.records.contact import Contact
from mi_cli.records.disclosure import Disclosure, Ledger
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.progress_note import ProgressNote
from mi_cli.records.session import Session
from mi_cli.words.commands import command_words

_RECORDS: Final[tuple[type[Record] | type[Handoff], ...]] = (
    Session, Notes, Plan, Facts, Contact, ProgressNote, Consent, Disclosure, Ledger, Client, Identity, Codes,
    StoreInfo, Handoff,
)  # fmt: skip
SCHEMAS: Final = {record.SCHEMA.removeprefix("mi.").partition("/")[0]: record for record in _RECORDS}

app = single_command()


@app.command()
def schema(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(help="session, notes, plan, client …; without one, the names.")] = None,
) -> None:
    """The JSON Schema of a record, or of a handoff as JSON."""
    context: Context = ctx.obj
    if name is None:
        sys.stdout.write("".join(f"{known}\n" for known in SCHEMAS))
        return
    if name not in SCHEMAS:
        words = command_words(context.language)
        raise WrongUsage(words.no_such_record, words.they_are.format(names=", ".join(SCHEMAS)))
    record = SCHEMAS[name]
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": record.SCHEMA}
    output.show_json(document | record.model_json_schema(by_alias=True))
