"""`mi session amend / times / settle / delete / move`: what changes an interview that is over."""

from typing import Annotated

import typer

from mi_cli.cli.context import Context
from mi_cli.cli.dates import instant
from mi_cli.cli.options import Encoding, Session, Yes, command_group
from mi_cli.errors import Damaged, Failed, WrongUsage
from mi_cli.records.utf8 import typed_text
from mi_cli.store.records.catalog import find_code
from mi_cli.store.records.interviews import amend as amend_interview
from mi_cli.store.records.interviews import require_closed
from mi_cli.store.records.interviews import settle as settle_concerns
from mi_cli.store.records.session_times import Times, correct_times
from mi_cli.store.upkeep.moving import finish_move, move_interview
from mi_cli.store.upkeep.trash import delete_session
from mi_cli.terminal.entry_labels import concern_names
from mi_cli.terminal.page import Line
from mi_cli.words.clients import client_words
from mi_cli.words.days import time_in_words
from mi_cli.words.due import due_words
from mi_cli.words.interview import interview_words
from mi_cli.words.note import note_words
from mi_cli.words.sessions import session_words

app = command_group()


@app.command()
def amend(
    ctx: typer.Context,
    session: Session,
    words: Annotated[str | None, typer.Argument(metavar="[-]", help="- reads from standard input.")] = None,
    _encoding: Encoding = None,
) -> None:
    """Add to a closed interview; what is there stays as it is."""
    context: Context = ctx.obj
    ref = context.find_session(session)
    require_closed(context.store, ref)
    entry = amend_interview(context.store, ref, context.words(words, session_words(context.language).ask_words))
    context.screen.show([Line(session_words(context.language).added.format(id=ref.id, n=entry.n))])


@app.command()
def times(
    ctx: typer.Context,
    session: Session,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why they are corrected.")],
    start: Annotated[str | None, typer.Option(metavar="TIME", help="When it began.")] = None,
    end: Annotated[str | None, typer.Option(metavar="TIME", help="When it ended.")] = None,
) -> None:
    """Correct when a closed interview was. The former times stay in the record."""
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
    session: Session,
    words: Annotated[
        str | None, typer.Argument(metavar="[-]", help="- reads what was done from standard input.")
    ] = None,
    _encoding: Encoding = None,
) -> None:
    """Note the open safety concern of a closed interview as dealt with."""
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
def delete(ctx: typer.Context, session: Session, yes: Yes = False) -> None:
    """Move an interview to the trash."""
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
    session: Session,
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The code of the client whose it is.")],
) -> None:
    """Move an interview to another client. Its goals and what may be passed on of it go along."""
    context: Context = ctx.obj
    words, catalog = client_words(context.language), context.catalog
    fact_names = interview_words(context.language).facts
    target = _receiver(context, session, client)
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


def _receiver(context: Context, session: str, code: str) -> str:
    """Returns the id of the client to whom an interview goes. Raises Failed where there is none; Damaged.

    Where the interview is all that its client has, the code alone was wrong, and it can be put right there.
    """
    words, catalog = client_words(context.language), context.catalog
    if (match := find_code(catalog.read_codes(), code)) is not None:
        return match[1]
    former = catalog.find_session(session).client
    is_alone = len(list(catalog.named("sessions", [former]))) == 1
    remedy = words.code_put_right.format(code=context.code_of(former)) if is_alone else words.receiver_set_up
    raise Failed(words.no_such_receiver, remedy)
