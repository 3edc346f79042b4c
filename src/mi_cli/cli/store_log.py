"""`mi store log`: what was done with the store. It loads no records, so it is there at once."""

import json
from typing import Annotated

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.options import AsJson, single_command
from mi_cli.records.dates import day_and_time
from mi_cli.store.records.log import LogEvent, events

app = single_command()


@app.command()
def log(
    ctx: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """What was done, by whom and when, newest first. It holds nothing that was said."""
    context: Context = ctx.obj
    catalog = context.catalog
    logged = [event for event in events(catalog.layout) if isinstance(event, LogEvent)][: -limit - 1 : -1]
    codes = catalog.code_of(damaged=[])
    output.show_list(
        logged,
        [],
        as_json=as_json,
        json_item=lambda event: {**json.loads(event.line), "client": codes.get(event.client or "", event.client)},
        header=("WHEN", "WHAT", "CLIENT", "RECORD", "BY"),
        row=lambda event: (
            day_and_time(event.at),
            event.what,
            codes.get(event.client or "", event.client or ""),
            event.record or "",
            event.by,
        ),
        empty="Nothing was logged yet.",
    )
