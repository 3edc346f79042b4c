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
from mi_cli.cli.language import language_here
from mi_cli.cli.options import AsJson, Encoding, IsNew, OnlyClient, Yes, command_group
from mi_cli.errors import Damaged, Failed, MiError, WrongUsage
from mi_cli.records.terms import Stage, Status
from mi_cli.store.records.catalog import find_code
from mi_cli.terminal.page import Line
from mi_cli.words.commands import command_words
from mi_cli.words.days import time_in_words
from mi_cli.words.lists import list_words
from mi_cli.words.lists.model import ListWords
from mi_cli.words.sessions import session_words

if TYPE_CHECKING:
    from mi_cli.prompts.model import PromptSet
    from mi_cli.records.head import SessionHead
    from mi_cli.records.reference import RecordRef

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
    _encoding: Encoding = None,
    new: IsNew = False,
) -> None:
    """Begin an interview."""
    from mi_cli.cli.interview import StartOptions, start_interview

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
    from mi_cli.cli.interview import resume_interview

    context: Context = ctx.obj
    ref = context.find_session(session) if session else context.store.catalog.latest_unfinished()
    raise typer.Exit(resume_interview(context, ref))


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


@app.command()
def show(ctx: typer.Context, session: Name, as_json: AsJson = False) -> None:
    """What was kept of an interview."""
    from mi_cli.store.records.interviews import read_notes
    from mi_cli.terminal.record_pages import session_page
    from mi_cli.words.interview import interview_words

    context: Context = ctx.obj
    ref = context.find_session(session)
    facts, notes = context.store.session(ref), read_notes(context.store, ref)
    if as_json:
        import json

        output.show_json({"session": json.loads(facts.to_bytes()), "notes": json.loads(notes.to_bytes())})
        return
    prompts = _prompts_now(context, facts.prompt_set.name)
    context.screen.show(
        session_page(facts, notes, context.code_of(ref.client), interview_words(facts.language), prompts)
    )


@app.command()
def recap(ctx: typer.Context, session: Name) -> None:
    """The client's own change talk, to read back."""
    from mi_cli.insight.recap import recap as recap_of
    from mi_cli.insight.way import notes_before
    from mi_cli.interview.situation import Earlier
    from mi_cli.store.records.interviews import read_notes
    from mi_cli.terminal.pages import recap_page
    from mi_cli.words.interview import interview_words

    context: Context = ctx.obj
    ref = context.find_session(session)
    facts, notes = context.store.session(ref), read_notes(context.store, ref)
    earlier = Earlier.of(notes_before(context.store, ref))
    context.screen.show(recap_page(recap_of(notes, facts.readings, earlier.talk), interview_words(facts.language)))


@app.command()
def amend(
    ctx: typer.Context,
    session: Name,
    words: Annotated[str | None, typer.Argument(metavar="[-]", help="- reads from standard input.")] = None,
    _encoding: Encoding = None,
) -> None:
    """Add to a closed interview; what is there stays as it is."""
    from mi_cli.store.records.interviews import amend as amend_interview
    from mi_cli.store.records.interviews import require_closed

    context: Context = ctx.obj
    ref = context.find_session(session)
    require_closed(context.store, ref)
    entry = amend_interview(context.store, ref, context.words(words, session_words(context.language).ask_words))
    context.screen.show([Line(session_words(context.language).added.format(id=ref.id, n=entry.n))])


@app.command()
def times(
    ctx: typer.Context,
    session: Name,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why they are corrected.")],
    start: Annotated[str | None, typer.Option(metavar="TIME", help="When it began.")] = None,
    end: Annotated[str | None, typer.Option(metavar="TIME", help="When it ended.")] = None,
) -> None:
    """Correct when a closed interview was. The former times stay in the record."""
    from mi_cli.records.utf8 import typed_text
    from mi_cli.store.records.session_times import Times, correct_times
    from mi_cli.words.note import note_words

    context: Context = ctx.obj
    words = note_words(context.language)
    if start is None and end is None:
        raise WrongUsage(words.times_needed, words.times_needed_how)
    if not reason.strip():
        raise WrongUsage(words.reason_needed, words.reason_needed_how)
    ref = context.find_session(session)
    before = context.store.session(ref)
    right = Times(instant(start), instant(end), typed_text(reason))
    changed = correct_times(context.store, ref, right, words)
    said = words.times_set.format(
        id=changed.id,
        start=time_in_words(changed.started_at, context.language),
        end=time_in_words(changed.ended_at or changed.started_at, context.language),
        minutes=changed.minutes(),
    )
    context.screen.show([Line(words.times_as_is if changed == before else said)])


@app.command()
def settle(
    ctx: typer.Context,
    session: Name,
    words: Annotated[
        str | None, typer.Argument(metavar="[-]", help="- reads what was done from standard input.")
    ] = None,
    _encoding: Encoding = None,
) -> None:
    """Note the open safety concern of a closed interview as dealt with."""
    from mi_cli.store.records.interviews import require_closed
    from mi_cli.store.records.interviews import settle as settle_concerns
    from mi_cli.terminal.entry_labels import concern_names
    from mi_cli.words.due import due_words
    from mi_cli.words.interview import interview_words

    context: Context = ctx.obj
    ref = context.find_session(session)
    facts = context.store.session(ref)
    done = ""
    require_closed(context.store, ref)
    if facts.open_concerns and (words is not None or context.interactive):
        done = context.words_or_none(words, f"{due_words(context.language).ask_done} ") or ""
    names = concern_names(facts.open_concerns, interview_words(facts.language))
    settle_concerns(
        context.store, ref, due_words(facts.language).dealt_with.format(concerns=names) + f" {done}".rstrip()
    )
    context.screen.show([Line(due_words(context.language).settled.format(id=ref.id, concerns=names))])


@app.command()
def delete(ctx: typer.Context, session: Name, yes: Yes = False) -> None:
    """Move an interview to the trash."""
    from mi_cli.store.upkeep.trash import delete_session

    context: Context = ctx.obj
    ref = context.find_session(session)
    head, words = next(context.catalog.heads([ref]), None), session_words(context.language)
    if head is None:
        raise Failed(words.no_such_interview, words.shows_them)
    code = context.code_of(ref.client)
    if isinstance(head, Damaged):
        question = words.ask_delete_unread.format(code=code)
    else:
        question = words.ask_delete.format(when=time_in_words(head.started_at, context.language), code=code)
    context.confirm(question, yes=yes)
    item = delete_session(context.store, ref, code)
    context.screen.show([Line(words.in_trash.format(id=item.id))])


@app.command()
def move(
    ctx: typer.Context,
    session: Name,
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The code of the client whose it is.")],
) -> None:
    """Move an interview to another client. Its goals and what may be passed on of it go along."""
    from mi_cli.store.upkeep.moving import finish_move, move_interview
    from mi_cli.words.clients import client_words
    from mi_cli.words.interview import interview_words

    context: Context = ctx.obj
    words, catalog = client_words(context.language), context.catalog
    fact_names = interview_words(context.language).facts
    target = catalog.client_id(client)
    code = context.code_of(target)
    broken_off = [one for one, to in catalog.moves.items() if to == target]
    store = context.store
    for one in broken_off:
        finish_move(store, one)
        context.screen.show([Line(words.finished.format(id=one, code=code))])
    by_id = session.lower() != "last" and find_code(catalog.read_codes(), session) is None
    if broken_off and (not by_id or any(one.startswith(session.lower()) for one in broken_off)):
        return  # It was this command that was broken off: no other interview is meant.
    ref = catalog.find_session(session)
    former = context.code_of(ref.client)
    if ref.client == target:
        context.screen.show([Line(words.there_already.format(code=code))])
        return
    moved = move_interview(store, ref, target, words)
    lines = [words.moved.format(code=code, goals=moved.goals, shared=moved.shared)]
    lines += [words.moves_back.format(id=ref.id, code=former)]
    lines += [words.goals_stay.format(code=former)] if moved.goals_stay else []
    for names, said in ((moved.facts_go, words.facts_go), (moved.facts_stay, words.facts_stay)):
        named = ", ".join(label for name, label in fact_names.items() if name in names)
        lines += [said.format(code=former, names=named)] if names else []
    lines += [] if any(catalog.named("sessions", [ref.client])) else [words.nothing_left.format(code=former)]
    context.screen.show([Line(line) for line in lines])


def _prompts_now(context: Context, name: str) -> "PromptSet | None":
    """Returns the prompt set of an interview as it is now, or None where it is gone or cannot be used."""
    from mi_cli.prompts.load import load

    try:
        return load(name, context.own_prompts)
    except MiError:
        return None


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
