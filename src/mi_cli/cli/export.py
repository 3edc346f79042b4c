"""`mi goals export`: the plan to the CBT therapist, or to the client.

The gate judges what is permitted (`mi_cli.handoff.gate`), the packet holds only that (`mi_cli.handoff.packet`), each
format is made from the packet (`mi_cli.handoff.formats`), and the document is logged before it is anywhere
(`mi_cli.store.records.disclosures`), where the gate judges once more under the lock. Here these are called in turn.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from mi_cli import __version__
from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.options import Client, single_command
from mi_cli.cli.surroundings import located, new_id, now
from mi_cli.errors import Damaged, WrongUsage
from mi_cli.handoff.cover import cover_for
from mi_cli.handoff.formats import Format, HandoffInput, format_of, handoff
from mi_cli.handoff.formats import client_copy as client_copy_of
from mi_cli.handoff.gate import Request, permit
from mi_cli.handoff.packet import Packet, needs_facts, packet_of, person_in
from mi_cli.interview.plan_editor import goal_named
from mi_cli.records.consent import Consent
from mi_cli.records.facts import SessionFacts
from mi_cli.records.permit import Permit
from mi_cli.records.plan import Plan
from mi_cli.records.terms import Basis
from mi_cli.store.records.consents import consents
from mi_cli.store.records.disclosures import Outgoing, deliver, print_out
from mi_cli.store.records.outside import is_there, target_outside
from mi_cli.terminal.page import Line
from mi_cli.terminal.progress import progress
from mi_cli.terminal.streams import print_message
from mi_cli.words.documents import document_words
from mi_cli.words.languages import language_of

app = single_command()


@app.command()
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
    is_own_copy = client_copy or basis is Basis.CLIENT_COPY
    if is_own_copy and (to or basis not in (None, Basis.CLIENT_COPY)):
        raise WrongUsage("The client's own copy goes to the client.", "Leave out --to and --basis, or --client-copy.")
    if large_print and not is_own_copy:
        raise WrongUsage("Large print is for the client's own copy.", "--client-copy --large-print makes it.")
    if language is not None and language_of(language) is None:
        raise WrongUsage("Documents are in English or Spanish.", "--lang en, or --lang es.")
    given_path = Path(out) if out not in (None, "-") else None
    format_ = _format(given_path, kind)

    store, client_id = context.store, context.catalog.client_id(client)
    target = target_outside(context.root, located(given_path)) if given_path else None
    plan = store.plan(client_id)
    goals = _goal_ids(plan, goal)
    code = next(code for code, other_id in store.codes().items() if other_id == client_id)
    program = context.program
    identity = None if is_own_copy else store.identity(client_id)
    request = Request(
        client_id,
        code,
        recipient=to,
        basis=Basis.CLIENT_COPY if is_own_copy else basis,
        noted_name=identity.name if identity else None,
    )
    damaged: list[Damaged] = []
    on_file = consents(store, client_id, damaged)
    output.warn_damaged(damaged)

    def judge(consents: Sequence[Consent]) -> Permit:
        return permit(request, consents, program, now(), unread=bool(damaged))

    permitted = judge(on_file)
    overwrite = target is not None and is_there(target)
    if overwrite:
        context.confirm("There is a file of that name. Write over it?", yes=yes)

    packet = packet_of(
        packet_id=new_id(),
        client=person_in(permitted, code, identity),
        language=store.client(client_id).language or context.settings.language or "en",
        plan=plan,
        facts=_facts(context, permitted),
        permitted=permitted.parts,
        goals=goals,
        counselor=context.counselor,
        made_at=now(),
        made_by=f"mi {__version__}",
    )
    content, notice = _document(context, packet, permitted, format_, language, large=large_print)
    document = Outgoing(content, format_, packet.holds, tuple(passed.id for passed in packet.goals), notice)
    if target:
        deliver(store, permitted, judge, document, target, overwrite=overwrite)
    else:
        print_out(store, permitted, judge, document, sys.stdout.buffer.write)
    _report(context, permitted, target)


def _format(path: Path | None, name: str | None) -> Format:
    """Returns the format asked for: by name, else by the file's ending, else Markdown. Raises WrongUsage."""
    format_ = format_of(f".{name}") if name else format_of(path.name) if path else Format.MARKDOWN
    if name and path and path.suffix and not path.name.lower().endswith(f".{format_}"):
        raise WrongUsage(
            "The file's ending says another format.", f"Leave out --format, or end the name in .{format_}."
        )
    if path is None and format_ in (Format.PDF, Format.WORD, Format.ZIP) and sys.stdout.isatty():
        raise WrongUsage("That format is no text for a screen.", f"`-o handoff.{format_}` makes a file of it.")
    return format_


def _goal_ids(plan: Plan, starts: list[str] | None) -> frozenset[str]:
    """Returns the ids of the goals to pass on: those that begin so, or all active ones. Raises WrongUsage, Failed."""
    if not starts:
        return frozenset(goal.id for goal in plan.active)
    return frozenset(goal_named(plan, start).id for start in starts)


def _facts(context: Context, permitted: Permit) -> list[SessionFacts]:
    """Returns the facts of the client's interviews, if any of it may go. An interview that cannot be read is named."""
    if not needs_facts(permitted):
        return []
    damaged: list[Damaged] = []
    with progress("Reading the interviews", plain=context.screen.plain) as step:
        facts = context.store.facts(permitted.client, damaged, step)
    output.warn_damaged(damaged)
    return facts


def _document(
    context: Context, packet: Packet, permitted: Permit, format_: Format, language: str | None, *, large: bool
) -> tuple[bytes, str | None]:
    """Returns the document, and the version of the notice that stands in it; the client's own copy has none."""
    if permitted.recipient is None:
        return client_copy_of(packet, document_words(language or packet.language), format_, large=large), None
    words = document_words(language or context.settings.language or "en")
    cover = cover_for(permitted, context.settings.program, context.counselor, packet.made_at, words.language)
    assert cover is not None, "there is a recipient"
    with progress("Making the documents", plain=context.screen.plain) as step:
        return handoff(HandoffInput(packet, cover, permitted.consent, words), format_, step), cover.notice.version


def _report(context: Context, permitted: Permit, target: Path | None) -> None:
    """Says what was done: on standard error where the document itself is on standard output."""
    whose = f"for {permitted.recipient.name}" if permitted.recipient else "for the client"
    if target:
        context.screen.show([Line(f"Made {whose}: {target}. `mi disclosures list` has it.")])
    else:
        sys.stdout.flush()
        print_message(f"Logged as passed on, {whose}.")
