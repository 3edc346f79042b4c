"""`mi store log`: what was done with the store. It loads no records, so it is there at once."""

import json
from typing import Annotated, Any

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.options import AsJson, single_command
from mi_cli.errors import Damaged
from mi_cli.records.dates import day_and_time
from mi_cli.records.event_type import EventType
from mi_cli.store.records.log import Log, LogEvent
from mi_cli.words.commands import command_words
from mi_cli.words.lists import list_words
from mi_cli.words.lists.model import ListWords

app = single_command()


@app.command()
def log(
    ctx: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """What was done, by whom and when, newest first. It holds nothing that was said. What is wrong with it is named."""
    context: Context = ctx.obj
    catalog = context.catalog
    lines = list(Log(catalog.layout).events())
    logged = [line for line in lines if isinstance(line, LogEvent)][: -limit - 1 : -1]
    shown = catalog.layout.display_path(catalog.layout.log)
    faults = [
        Damaged(shown, line, command_words(context.language).check_looks) for line in lines if isinstance(line, str)
    ]
    codes = catalog.code_of(damaged=[])
    words = list_words(context.language)

    def clients(event: LogEvent) -> list[str]:
        return [codes.get(client, client) for client in event.clients]

    def json_item(event: LogEvent) -> dict[str, Any]:
        named = clients(event)
        return {**json.loads(event.line), "client": named[0] if len(named) == 1 else None}

    output.show_list(
        logged,
        faults,
        as_json=as_json,
        json_item=json_item,
        header=words.log,
        row=lambda event: (
            day_and_time(event.at), _what(event, words), ", ".join(clients(event)), event.record or "", event.by,
        ),
        empty=words.log_empty,
    )  # fmt: skip


def _what(event: LogEvent, words: ListWords) -> str:
    """Returns what was done; of a change, to what."""
    what = words.events[EventType(event.what)] if event.what in set(EventType) else event.what
    names = dict.fromkeys(words.changed.get(name, name) for name in event.changed)
    return f"{what}: {', '.join(names)}" if names else what
