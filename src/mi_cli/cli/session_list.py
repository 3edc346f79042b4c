"""`mi session list`: which interviews there were. It loads no large library (tests/cli/test_light.py)."""

from itertools import takewhile
from typing import TYPE_CHECKING, Annotated

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.dates import since_stamp
from mi_cli.cli.language import language_here
from mi_cli.cli.options import AsJson, OnlyClient, single_command
from mi_cli.errors import Damaged, MiError, WrongUsage
from mi_cli.records.terms import Status
from mi_cli.words.commands import command_words
from mi_cli.words.lists import list_words
from mi_cli.words.lists.model import ListWords

if TYPE_CHECKING:
    from mi_cli.records.head import SessionHead
    from mi_cli.records.reference import RecordRef

app = single_command()


@app.command("list")
def list_sessions(
    ctx: typer.Context,
    only: OnlyClient = None,
    client: Annotated[str | None, typer.Option(metavar="CODE", help="Only this client's.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Only those begun on or after this day.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only those that stand so.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Interviews, newest first."""
    catalog = ctx.obj.catalog
    damaged: list[Damaged] = []
    if only and client:
        raise WrongUsage(command_words(language_here()).named_twice, command_words(language_here()).leave_out_client)
    code = only or client
    heads = catalog.newest_heads([catalog.client_id(code)] if code else None, damaged)
    if since is not None:
        stamp = since_stamp(since)
        heads = takewhile(lambda pair: pair[0].name >= stamp, heads)
    listed: list[SessionHead] = []
    for ref, head in heads:
        if isinstance(head, Damaged):
            damaged.append(head)
        elif status is None or head.status is status:
            listed.append(head if head.status is not Status.OPEN else _counted(ctx.obj, ref, head))
        if len(listed) == limit:
            break
    codes, words = catalog.code_of(damaged), list_words(ctx.obj.language)
    output.show_list(
        listed,
        damaged,
        as_json=as_json,
        json_item=lambda head: _json_item(head, codes),
        header=words.sessions,
        row=lambda head: _row(head, codes, words),
        empty=words.no_sessions,
    )


def _counted(context: Context, ref: "RecordRef", head: "SessionHead") -> "SessionHead":
    """Returns the head of an interview that is open, with the counts of now: they are written when it is left."""
    from mi_cli.store.records.interviews import read_notes

    try:
        tally = read_notes(context.store, ref).tally
    except MiError:  # The list shows what it has; `mi store check` names what is damaged.
        return head
    return head._replace(change=tally.change, sustain=tally.sustain)


def _json_item(head: "SessionHead", codes: dict[str, str]) -> dict[str, object]:
    return {
        "id": head.id,
        "client": codes.get(head.client),
        "counselor": head.counselor,
        "status": head.status,
        "started_at": head.started_at.isoformat(),
        "ended_at": head.ended_at.isoformat() if head.ended_at else None,
        "minutes": head.minutes,
        "stages": head.stages,
        "change": head.change,
        "sustain": head.sustain,
    }


def _row(head: "SessionHead", codes: dict[str, str], words: ListWords) -> tuple[str, ...]:
    from mi_cli.records.dates import day_and_time

    return (
        head.id,
        day_and_time(head.started_at),
        codes.get(head.client, f"({head.client})"),
        str(head.minutes),
        " ".join(words.stages[stage] for stage in head.stages),
        f"{head.change}:{head.sustain}",
        words.statuses[head.status],
    )
