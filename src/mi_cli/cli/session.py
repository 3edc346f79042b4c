"""`mi session`: an interview, and what was kept of it.

`session list` loads no large library (tests/cli/test_light.py), so that the imports of the other commands, which load
pydantic and the words, stand in their functions.
"""

from itertools import takewhile
from typing import TYPE_CHECKING, Annotated

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.dates import instant, since_stamp
from mi_cli.cli.options import AsJson, Yes, command_group
from mi_cli.errors import Damaged, Failed, MiError
from mi_cli.records.terms import Stage, Status
from mi_cli.terminal.page import Line

if TYPE_CHECKING:
    from mi_cli.prompts.model import PromptSet
    from mi_cli.records.head import SessionHead

app = command_group("Interviews.")

Name = Annotated[str, typer.Argument(metavar="SESSION", help="The start of its id, a client's code, or last.")]


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
) -> None:
    """Begin an interview."""
    from mi_cli.cli.interview import StartOptions, start_interview

    options = StartOptions(client, prompt_set, language, stage, counselor, instant(started), instant(ended))
    raise typer.Exit(start_interview(ctx.obj, options))


@app.command()
def resume(
    ctx: typer.Context,
    session: Annotated[
        str | None, typer.Argument(metavar="[SESSION]", help="The start of its id, a client's code, or last.")
    ] = None,
) -> None:
    """Go on where an interview stopped. If none is named, with the latest not closed."""
    from mi_cli.cli.interview import resume_interview

    context: Context = ctx.obj
    catalog = context.catalog
    ref = catalog.find_session(session) if session else catalog.latest_unfinished()
    raise typer.Exit(resume_interview(context, ref))


@app.command("list")
def list_sessions(
    ctx: typer.Context,
    client: Annotated[str | None, typer.Option(metavar="CODE", help="Only this client's.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Only those begun on or after this day.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only those that stand so.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Interviews, newest first."""
    catalog = ctx.obj.catalog
    damaged: list[Damaged] = []
    heads = catalog.newest_heads([catalog.client_id(client)] if client else None, damaged)
    if since:
        stamp = since_stamp(since)
        heads = takewhile(lambda pair: pair[0].name >= stamp, heads)
    listed: list[SessionHead] = []
    for _, head in heads:
        if isinstance(head, Damaged):
            damaged.append(head)
        elif status is None or head.status is status:
            listed.append(head)
        if len(listed) == limit:
            break
    codes = catalog.code_of(damaged)
    output.show_list(
        listed,
        damaged,
        as_json=as_json,
        json_item=lambda head: _json_item(head, codes),
        header=("ID", "WHEN", "CLIENT", "MIN", "STAGES", "CHANGE:SUSTAIN", "STATUS"),
        row=lambda head: _row(head, codes),
        empty="No interviews yet. `mi session start` begins one.",
    )


@app.command()
def show(ctx: typer.Context, session: Name, as_json: AsJson = False) -> None:
    """What was kept of an interview."""
    from mi_cli.store.records.interviews import read_notes
    from mi_cli.terminal.record_pages import session_page
    from mi_cli.words.interview import interview_words

    context: Context = ctx.obj
    ref = context.catalog.find_session(session)
    facts, notes = context.store.session(ref), read_notes(context.store, ref)
    if as_json:
        import json

        output.show_json({"session": json.loads(facts.to_bytes()), "notes": json.loads(notes.to_bytes())})
        return
    prompts = _prompts_now(context, facts.prompt_set.name)
    context.screen.show(
        session_page(facts, notes, _code(context, ref.client), interview_words(facts.language), prompts)
    )


@app.command()
def recap(ctx: typer.Context, session: Name) -> None:
    """The client's own change talk, to read back."""
    from mi_cli.insight.last_session import notes_before
    from mi_cli.insight.recap import recap as recap_of
    from mi_cli.interview.situation import Earlier
    from mi_cli.store.records.interviews import read_notes
    from mi_cli.terminal.pages import recap_page
    from mi_cli.words.interview import interview_words

    context: Context = ctx.obj
    ref = context.catalog.find_session(session)
    facts, notes = context.store.session(ref), read_notes(context.store, ref)
    earlier = Earlier.of(notes_before(context.store, ref))
    context.screen.show(recap_page(recap_of(notes, facts.readings, earlier.talk), interview_words(facts.language)))


@app.command()
def amend(
    ctx: typer.Context,
    session: Name,
    words: Annotated[str | None, typer.Argument(metavar="[-]", help="- reads from standard input.")] = None,
) -> None:
    """Add to a closed interview; what is there stays as it is."""
    from mi_cli.store.records.interviews import amend as amend_interview

    context: Context = ctx.obj
    ref = context.catalog.find_session(session)
    entry = amend_interview(context.store, ref, context.words(words, "What is to be added: "))
    context.screen.show([Line(f"Added to interview {ref.id} as entry {entry.n}.")])


@app.command()
def delete(ctx: typer.Context, session: Name, yes: Yes = False) -> None:
    """Move an interview to the trash."""
    from mi_cli.records.dates import day_and_time
    from mi_cli.store.upkeep.trash import delete_session

    context: Context = ctx.obj
    ref = context.catalog.find_session(session)
    head = next(context.catalog.heads([ref]), None)
    if head is None:
        raise Failed("There is no such interview.", "`mi session list` shows them.")
    code = _code(context, ref.client)
    when = "" if isinstance(head, Damaged) else f" of {day_and_time(head.started_at)}"
    context.confirm(f"The interview{when} with {code}, its notes with it, goes to the trash. Go ahead?", yes=yes)
    item = delete_session(context.store, ref, code)
    context.screen.show([Line(f"In the trash. `mi store trash restore {item.id}` brings it back.")])


def _prompts_now(context: Context, name: str) -> "PromptSet | None":
    """Returns the prompt set of an interview as it is now, or None where it is gone or cannot be used."""
    from mi_cli.prompts.load import load

    try:
        return load(name, context.own_prompts)
    except MiError:
        return None


def _code(context: Context, client_id: str) -> str:
    return context.catalog.code_of(damaged=[]).get(client_id, f"({client_id})")


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


def _row(head: "SessionHead", codes: dict[str, str]) -> tuple[str, ...]:
    from mi_cli.records.dates import day_and_time

    return (
        head.id,
        day_and_time(head.started_at),
        codes.get(head.client, f"({head.client})"),
        str(head.minutes),
        " ".join(stage[:3] for stage in head.stages),
        f"{head.change}:{head.sustain}",
        head.status,
    )
