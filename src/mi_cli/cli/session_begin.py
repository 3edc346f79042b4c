"""`mi session start` and `resume`: an interview begins or goes on (`mi_cli.cli.interview`)."""

from typing import Annotated

import typer

from mi_cli.cli.context import Context
from mi_cli.cli.dates import instant
from mi_cli.cli.interview import StartOptions, resume_interview, start_interview
from mi_cli.cli.options import Encoding, IsNew, command_group
from mi_cli.records.terms import Stage

app = command_group()


@app.command()
def start(
    ctx: typer.Context,
    client: Annotated[
        str | None, typer.Argument(metavar="[CLIENT]", help="The client's code; a new one is set up.")
    ] = None,
    prompt_set: Annotated[str | None, typer.Option("--set", metavar="NAME", help="The prompt set to use.")] = None,
    language: Annotated[str | None, typer.Option("--lang", metavar="LANGUAGE", help="en, es …")] = None,
    stage: Annotated[Stage, typer.Option(help="The stage to begin in.")] = Stage.ENGAGING,
    counselor: Annotated[str | None, typer.Option(metavar="NAME", help="Who holds the interview.")] = None,
    started: Annotated[
        str | None, typer.Option(metavar="TIME", help="When it began, to write one up afterwards.")
    ] = None,
    ended: Annotated[str | None, typer.Option(metavar="TIME", help="When it ended.")] = None,
    _encoding: Encoding = None,
    new: IsNew = False,
) -> None:
    """Begin an interview."""
    options = StartOptions(client, prompt_set, language, stage, counselor, instant(started), instant(ended), new)
    raise typer.Exit(start_interview(ctx.obj, options))


@app.command()
def resume(
    ctx: typer.Context,
    session: Annotated[
        str | None, typer.Argument(metavar="[SESSION]", help="The start of its id, a client's code, or last.")
    ] = None,
    _encoding: Encoding = None,
) -> None:
    """Go on where an interview stopped. If none is named, with the latest not closed."""
    context: Context = ctx.obj
    ref = context.find_session(session) if session else context.store.catalog.latest_unfinished()
    raise typer.Exit(resume_interview(context, ref))
