"""`mi goals export`: the plan to the CBT therapist, or to the client."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from mi_cli import __version__
from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.options import Client
from mi_cli.cli.surroundings import located, new_id, now
from mi_cli.errors import Damaged, WrongUsage
from mi_cli.handoff.cover import cover_for
from mi_cli.handoff.formats import Format, HandoffInput, client_copy, format_of, handoff
from mi_cli.handoff.gate import Request, permit
from mi_cli.handoff.packet import Packet, Person, packet_of
from mi_cli.interview.plan_editor import goal_named
from mi_cli.records.consent import Consent
from mi_cli.records.facts import SessionFacts
from mi_cli.records.permit import Permit
from mi_cli.records.plan import Plan
from mi_cli.records.terms import Basis, Category
from mi_cli.store.disk.atomic import is_there
from mi_cli.store.records.consents import consents
from mi_cli.store.records.disclosures import Outgoing, deliver, print_out
from mi_cli.terminal.page import Line
from mi_cli.terminal.progress import progress
from mi_cli.terminal.streams import print_message
from mi_cli.words.documents import document_words
from mi_cli.words.languages import language_of


def export(
    ctx: typer.Context,
    client: Client,
    out: Annotated[
        str | None, typer.Option("-o", metavar="FILE", help="Where to; its ending says the format. Else the screen.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="md, html, pdf, docx, json, fhir.json or zip.")
    ] = None,
    to: Annotated[str | None, typer.Option(metavar="NAME", help="Who gets it, if more than one could.")] = None,
    goal: Annotated[
        list[str] | None,
        typer.Option(metavar="GOAL", help="The start of a goal's id; again for more. Else all active."),
    ] = None,
    basis: Annotated[Basis | None, typer.Option(help="What permits it. Else a consent.")] = None,
    client_copy: Annotated[bool, typer.Option("--client-copy", help="The client's own page, in their words.")] = False,
    large_print: Annotated[bool, typer.Option("--large-print", help="The client's own page in large print.")] = False,
    language: Annotated[
        str | None, typer.Option("--lang", metavar="LANG", help="en or es. Else yours, or the client's.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write over a file that is there.")] = False,
) -> None:
    """Make the handoff, or the client's own copy. It has the plan and what the client agreed to share; it is logged."""
    context: Context = ctx.obj
    own = client_copy or basis is Basis.CLIENT_COPY
    if own and (to or basis not in (None, Basis.CLIENT_COPY)):
        raise WrongUsage("The client's own copy goes to the client.", "Leave out --to and --basis, or --client-copy.")
    if large_print and not own:
        raise WrongUsage("Large print is for the client's own copy.", "--client-copy --large-print makes it.")
    if language is not None and language_of(language) is None:
        raise WrongUsage("Documents are in English or Spanish.", "--lang en, or --lang es.")
    named = Path(out) if out not in (None, "-") else None
    wanted = _format(named, kind)

    store, client_id = context.store, context.layout.client_id(client)
    target = store.layout.outside(located(named)) if named else None
    plan = store.plan(client_id)
    goals = _chosen(plan, goal)
    code = next(name for name, found in store.codes().items() if found == client_id)
    program = context.program
    identity = None if own else store.identity(client_id)
    request = Request(
        client_id,
        code,
        recipient=to,
        basis=Basis.CLIENT_COPY if own else basis,
        noted_name=identity.name if identity else None,
    )
    damaged: list[Damaged] = []
    known = consents(store, client_id, damaged)
    output.warn_damaged(damaged)
    permitted = permit(request, known, program, now(), unread=bool(damaged))
    overwrite = target is not None and is_there(target)
    if overwrite:
        context.confirm("There is a file of that name. Write over it?", yes=yes)

    packet = _packet(context, code, plan, goals, permitted)
    content, notice = _made(context, packet, permitted, wanted, language, large=large_print)
    document = Outgoing(content, wanted, packet.holds, tuple(one.id for one in packet.goals), notice)

    def judge(found: "Sequence[Consent]") -> "Permit":
        return permit(request, found, program, now(), unread=bool(damaged))

    if target:
        deliver(store, permitted, judge, document, target, overwrite=overwrite)
    else:
        print_out(store, permitted, judge, document, sys.stdout.buffer.write)
    _tell(context, permitted, target)


def _format(target: Path | None, kind: str | None) -> "Format":
    """The format asked for: by name, else by the file's ending, else Markdown. Raises WrongUsage."""
    wanted = format_of(f".{kind}") if kind else format_of(target.name) if target else Format.MARKDOWN
    if kind and target and target.suffix and not target.name.lower().endswith(f".{wanted}"):
        raise WrongUsage("The file's ending says another format.", f"Leave out --format, or end the name in .{wanted}.")
    if target is None and wanted in (Format.PDF, Format.WORD, Format.ZIP) and sys.stdout.isatty():
        raise WrongUsage("That format is no text for a screen.", f"`-o handoff.{wanted}` makes a file of it.")
    return wanted


def _chosen(plan: "Plan", starts: list[str] | None) -> frozenset[str]:
    """The ids of the goals to pass on: those that begin so, or all that are active. Raises WrongUsage, Failed."""
    if not starts:
        return frozenset(goal.id for goal in plan.active)
    return frozenset(goal_named(plan, start).id for start in starts)


def _packet(context: Context, code: str, plan: "Plan", goals: frozenset[str], permitted: "Permit") -> "Packet":
    """What is permitted, as one value. An interview that cannot be read is named, and the rest goes."""
    store, own = context.store, permitted.recipient is None
    identity = None if own else store.identity(permitted.client)
    return packet_of(
        packet_id=new_id(),
        client=Person(code=code, name=identity.name, born_on=identity.born_on) if identity else Person(code=code),
        language=store.client(permitted.client).language or context.settings.language or "en",
        plan=plan,
        facts=_facts(context, permitted),
        permitted=permitted.parts,
        goals=goals,
        counselor=context.counselor,
        made_at=now(),
        made_by=f"mi {__version__}",
    )


def _facts(context: Context, permitted: "Permit") -> "list[SessionFacts]":
    """The facts of the client's interviews, if any of it may go."""
    if not permitted.categories & {Category.READINGS, Category.INTERVIEWS, Category.SAFETY_RAISED}:
        return []
    damaged: list[Damaged] = []
    with progress("Reading the interviews", plain=context.screen.plain) as step:
        found = context.store.facts(permitted.client, damaged, step)
    output.warn_damaged(damaged)
    return found


def _made(
    context: Context, packet: "Packet", permitted: "Permit", wanted: "Format", language: str | None, *, large: bool
) -> tuple[bytes, str | None]:
    """The document, and which version of the notice stands in it."""
    if permitted.recipient is None:
        return client_copy(packet, document_words(language or packet.language), wanted, large=large), None
    words = document_words(language or context.settings.language or "en")
    cover = cover_for(permitted, context.settings.program, context.counselor, packet.made_at, words.language)
    assert cover is not None, "there is a recipient"
    with progress("Making the documents", plain=context.screen.plain) as step:
        return handoff(HandoffInput(packet, cover, permitted.consent, words), wanted, step), cover.notice.version


def _tell(context: Context, permitted: "Permit", target: Path | None) -> None:
    """What was done; on standard error if the document itself is on standard output."""
    whose = f"for {permitted.recipient.name}" if permitted.recipient else "for the client"
    if target:
        context.screen.show([Line(f"Made {whose}: {target}. `mi disclosures list` has it.")])
    else:
        sys.stdout.flush()
        print_message(f"Logged as passed on, {whose}.")
