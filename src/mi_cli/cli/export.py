"""`mi goals export`: the plan to the CBT therapist, or to the client.

The gate judges what is permitted (`mi_cli.cli.passing`), the packet holds only that, each format is made from the
packet (`mi_cli.cli.handoff_making`), and the document is logged before it is anywhere. Here these are called in turn.
"""

import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from mi_cli.cli import output, settings
from mi_cli.cli.context import Context
from mi_cli.cli.ending_event import ask_about_event
from mi_cli.cli.handoff_as_sent import give_as_sent
from mi_cli.cli.handoff_making import Material, document_of, packet_for, whom_to_call
from mi_cli.cli.members import name_members_in_config, program_with_members
from mi_cli.cli.options import Client, single_command
from mi_cli.cli.passing import Passing
from mi_cli.cli.targets import may_write_over, target_of
from mi_cli.errors import Damaged, Refused, WrongUsage
from mi_cli.handoff.draft import draft as draft_of
from mi_cli.handoff.formats import Format, format_of
from mi_cli.handoff.gate import to_look_at
from mi_cli.handoff.objections import Request
from mi_cli.handoff.packet import Packet
from mi_cli.interview.goal_by_id import goal_named
from mi_cli.records.event_type import EventType
from mi_cli.records.permit import Permit
from mi_cli.records.plan import Plan
from mi_cli.records.terms import Basis, GoalStatus
from mi_cli.store.records.disclosures import Outgoing, sources
from mi_cli.terminal.asking import ask_in_turn
from mi_cli.terminal.page import Line
from mi_cli.terminal.streams import print_message
from mi_cli.words.documents import document_words
from mi_cli.words.languages import language_of
from mi_cli.words.settings import setting_words
from mi_cli.words.sharing import sharing_words
from mi_cli.words.sharing.model import SharingWords
from mi_cli.words.told import told

app = single_command()

_SENDER: Final = ("counselor", "credentials", "telephone")


@app.command()
def export(
    ctx: typer.Context,
    client: Client,
    out: Annotated[
        str | None, typer.Option("-o", metavar="FILE", help="Where to; its ending says the format. Else the screen.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="An ending as -o takes it, without the dot."),
    ] = None,
    to: Annotated[str | None, typer.Option(metavar="NAME", help="Who gets it, if more than one could.")] = None,
    goal: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GOAL",
            help="A goal's number, or the start of its id; again for more. Else all that were not dropped.",
        ),
    ] = None,
    basis: Annotated[Basis | None, typer.Option(help="What permits it. Else a consent.")] = None,
    client_copy: Annotated[bool, typer.Option("--client-copy", help="The client's own page, in their words.")] = False,
    large_print: Annotated[bool, typer.Option("--large-print", help="The client's own page in large print.")] = False,
    language: Annotated[
        str | None, typer.Option("--lang", metavar="LANG", help="en or es. Else yours, or the client's.")
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Look at it on the screen; nothing is passed on.")] = False,
    as_sent: Annotated[
        bool, typer.Option("--as-sent", help="For the client: exactly what was passed on last, or last to --to NAME.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write over a file that is there; pass on what is empty.")] = False,
) -> None:
    """Make the handoff, or the client's own copy. It has the plan and what the client agreed to share; it is logged."""
    context: Context = ctx.obj
    words = sharing_words(context.language)
    is_own_copy = client_copy or basis is Basis.CLIENT_COPY or as_sent
    if is_own_copy and not as_sent and (to or basis not in (None, Basis.CLIENT_COPY)):
        raise WrongUsage(words.to_the_client, words.leave_out_to)
    if large_print and not is_own_copy:
        raise WrongUsage(words.large_for_client, words.large_makes)
    if language is not None and language_of(language) is None:
        raise WrongUsage(words.languages, words.give_language)
    if draft and (kind or out not in (None, "-")):
        raise WrongUsage(words.draft_is_text, words.leave_out_file)
    given_path = Path(out) if out not in (None, "-") else None
    format_ = _format(given_path, kind, words)

    store, client_id = context.store, context.catalog.client_id(client)
    target = target_of(context, given_path) if given_path else None
    made_of = sources(store, client_id)  # first: what is changed from here on is noticed
    plan = store.plan(client_id)
    identity = None if is_own_copy and not as_sent else store.identity(client_id)
    material = Material(context.code_of(client_id), plan, _goal_ids(plan, goal), identity)
    if as_sent:
        if any((goal, basis, draft, large_print, kind)):
            raise WrongUsage(words.as_it_was, words.as_it_was_hint)
        _report(context, give_as_sent(context, client_id, material, to, target, language, yes=yes), target)
        return
    request = Request(
        client_id,
        material.code,
        recipient=to,
        basis=Basis.CLIENT_COPY if is_own_copy else basis,
        noted_name=identity.name if identity else None,
    )
    damaged: list[Damaged] = []
    passing = Passing.of(context, request, damaged)
    program_with_members(context, damaged)  # to name what speaks against them
    output.warn_damaged(damaged)
    name_members_in_config(context)
    if draft:
        _show_draft(context, _whole_permit(passing), material, language)
        return
    permitted = passing.permit()
    ask_about_event(context, permitted.consent, yes=yes)
    overwrite = target is not None and may_write_over(context, target, yes=yes)

    if not is_own_copy:
        _ask_for_what_is_empty(context)
    packet = packet_for(context, permitted, material)
    if not is_own_copy:
        _look_at_what_goes(context, packet, language, yes=yes)
    content, notice = document_of(context, packet, permitted, format_, language, large=large_print)
    document = Outgoing(
        content,
        format_,
        packet.holds,
        tuple(passed.id for passed in packet.goals),
        notice,
        made_of=made_of,
        content_sha256=packet.sha256,
    )
    passing.pass_on(permitted, document, target, overwrite=overwrite)
    _report(context, permitted, target)


def _whole_permit(passing: Passing) -> Permit:
    """Returns the permit that there is; else one to look at everything, and says that nothing permits it yet."""
    try:
        return passing.permit()
    except Refused as refused:
        print_message(told(refused, passing.context.language)[0])
        return to_look_at(passing.request)


def _show_draft(context: Context, permitted: Permit, material: Material, language: str | None) -> None:
    """Shows what would be passed on. It is no disclosure; the store's log has that it was looked at."""
    packet = packet_for(context, permitted, material)
    is_own_copy = permitted.basis is Basis.CLIENT_COPY
    words = document_words(language or (packet.language if is_own_copy else context.settings.language or "en"))
    context.store.log_event(EventType.LOOKED_AT, permitted.client)
    if not is_own_copy:
        _warn_of_focus(context, packet, language)
    sys.stdout.buffer.write(draft_of(packet, words, whom_to_call(context) if is_own_copy else context.program.contact))


def _look_at_what_goes(context: Context, packet: Packet, language: str | None, *, yes: bool) -> None:
    """Asks whether an empty packet is to go, and says it where it will not be known which change it is about."""
    if not packet.holds:
        words = sharing_words(context.language)
        print_message(words.is_empty)
        context.confirm(words.ask_empty, yes=yes)
    _warn_of_focus(context, packet, language)


def _warn_of_focus(context: Context, packet: Packet, language: str | None) -> None:
    """Says it where the document will not say which change it is about."""
    if not packet.tells_what_it_is_about:
        print_message(document_words(language or context.settings.language or "en").not_told_about)


def _ask_for_what_is_empty(context: Context) -> None:
    """Asks once for what a recipient needs to know of the sender and the settings do not say; Enter passes over.

    Without a terminal it is only said that the counselor's name is not set.
    """
    values, words = settings.read(settings.path()), sharing_words(context.language)
    empty = [key for key in _SENDER if key not in values]
    if not context.interactive:
        if "counselor" in empty and not context.counselor_option:
            print_message(words.name_not_set)
        return

    def ask(key: str) -> None:
        about = setting_words(context.language).about[key]
        answer = context.ask(words.ask_for_recipient.format(about=about), instead="", in_series=True)
        context.keep_settings(**{key: answer})

    ask_in_turn([partial(ask, key) for key in empty])


def _format(path: Path | None, name: str | None, words: SharingWords) -> Format:
    """Returns the format asked for: by name, else by the file's ending, else Markdown. Raises WrongUsage."""
    format_ = format_of(f".{name}") if name else format_of(path.name) if path else Format.MARKDOWN
    if name and path and path.suffix and not path.name.lower().endswith(f".{format_}"):
        raise WrongUsage(words.ending_differs, words.end_name_in.format(format=format_))
    if path is None and format_ in (Format.PDF, Format.WORD, Format.ZIP) and sys.stdout.isatty():
        raise WrongUsage(words.not_for_screen, words.file_instead.format(format=format_))
    return format_


def _goal_ids(plan: Plan, starts: list[str] | None) -> frozenset[str]:
    """Returns the ids of the goals to pass on: those that begin so, or all that were not dropped.

    Raises WrongUsage, Failed.
    """
    if not starts:
        return frozenset(goal.id for goal in plan.goals if goal.status is not GoalStatus.DROPPED)
    return frozenset(goal_named(plan, start).id for start in starts)


def _report(context: Context, permitted: Permit, target: Path | None) -> None:
    """Says what was done: on standard error where the document itself is on standard output."""
    words, name = sharing_words(context.language), permitted.recipient.name if permitted.recipient else None
    if target:
        made = words.made_for if name else words.made_for_client
        context.screen.show([Line(made.format(name=name, file=target))])
    else:
        print_message((words.logged_for if name else words.logged_for_client).format(name=name))
