"""`mi goals export`: the plan to the CBT therapist, or to the client.

The gate judges what is permitted (`mi_cli.handoff.gate`), the packet holds only that (`mi_cli.handoff.packet`), each
format is made from the packet (`mi_cli.handoff.formats`), and the document is logged before it is anywhere
(`mi_cli.store.records.disclosures`), where the gate judges once more under the lock. Here these are called in turn.
"""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from mi_cli import __version__
from mi_cli.cli import output, settings
from mi_cli.cli.context import Context
from mi_cli.cli.ending_event import ask_about_event
from mi_cli.cli.members import name_members_in_config, program_with_members
from mi_cli.cli.options import Client, single_command
from mi_cli.cli.surroundings import located, new_id, now
from mi_cli.errors import Damaged, Failed, Refused, WrongUsage
from mi_cli.handoff.client_copy import WhomToCall
from mi_cli.handoff.cover import cover_for
from mi_cli.handoff.draft import draft as draft_of
from mi_cli.handoff.formats import Format, HandoffInput, format_of, handoff
from mi_cli.handoff.formats import client_copy as client_copy_of
from mi_cli.handoff.gate import Request, permit, permit_of, to_look_at
from mi_cli.handoff.packet import Packet, needs_facts, packet_of, person_in
from mi_cli.insight.passed_on import latest_sent
from mi_cli.interview.goal_by_id import goal_named
from mi_cli.records.client import Identity
from mi_cli.records.client_facts import Facts
from mi_cli.records.consent import Consent
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.event_type import EventType
from mi_cli.records.facts import SessionFacts
from mi_cli.records.permit import Permit
from mi_cli.records.plan import Plan
from mi_cli.records.terms import Basis, GoalStatus
from mi_cli.store.records.consents import consents
from mi_cli.store.records.disclosures import Outgoing, deliver, entries, file_as_sent, print_out, sources
from mi_cli.store.records.outside import is_there, target_outside
from mi_cli.terminal.page import Line
from mi_cli.terminal.streams import print_message
from mi_cli.words.documents import document_words
from mi_cli.words.languages import language_of
from mi_cli.words.settings import setting_words
from mi_cli.words.sharing import sharing_words
from mi_cli.words.sharing.model import SharingWords
from mi_cli.words.told import told
from mi_cli.words.waiting import waiting_words

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
        typer.Option(metavar="GOAL", help="A goal's number, or the start of its id; again for more. Else all active."),
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
    target = target_outside(context.root, located(given_path)) if given_path else None
    made_of = sources(store, client_id)  # first: what is changed from here on is noticed
    plan = store.plan(client_id)
    goals = _goal_ids(plan, goal)
    code = next(code for code, other_id in store.codes().items() if other_id == client_id)
    identity = None if is_own_copy and not as_sent else store.identity(client_id)
    if as_sent:
        _refuse_what_would_change_it(context, goal, basis, draft, large_print, kind)
        _give_as_sent(context, client_id, code, plan, identity, to, target, language, yes=yes)
        return
    request = Request(
        client_id,
        code,
        recipient=to,
        basis=Basis.CLIENT_COPY if is_own_copy else basis,
        noted_name=identity.name if identity else None,
    )
    damaged: list[Damaged] = []
    on_file = consents(store, client_id, damaged)
    unread = bool(damaged)
    program_with_members(context, damaged)  # to name what speaks against them
    output.warn_damaged(damaged)
    name_members_in_config(context)

    def judge(consents: Sequence[Consent], *, unread: bool) -> Permit:
        return permit(request, consents, program_with_members(context, []), now(), unread=unread)

    if draft:
        _show_draft(
            context,
            _whole_permit(context, request, partial(judge, unread=unread), on_file),
            code,
            plan,
            goals,
            identity,
            language,
        )
        return
    permitted = judge(on_file, unread=unread)
    ask_about_event(context, permitted.consent, yes=yes)
    overwrite = target is not None and _may_write_over(context, target, yes=yes)

    _ask_for_what_is_empty(context, is_own_copy=is_own_copy)
    packet = _packet(context, permitted, code, plan, goals, identity)
    if not is_own_copy:
        _look_at_what_goes(context, packet, language, yes=yes)
    content, notice = _document(context, packet, permitted, format_, language, large=large_print)
    document = Outgoing(
        content,
        format_,
        packet.holds,
        tuple(passed.id for passed in packet.goals),
        notice,
        made_of=made_of,
        content_sha256=packet.sha256,
    )
    if target:
        deliver(store, permitted, judge, document, target, overwrite=overwrite)
    else:
        print_out(store, permitted, judge, document, sys.stdout.buffer.write)
    _report(context, permitted, target)


def _may_write_over(context: Context, target: Path, *, yes: bool) -> bool:
    """Returns whether there is a file at the target, after it was asked whether it may be written over."""
    if is_there(target):
        context.confirm(sharing_words(context.language).over, yes=yes)
        return True
    return False


def _packet(
    context: Context, permitted: Permit, code: str, plan: Plan, goals: frozenset[str], identity: Identity | None
) -> Packet:
    """Returns what may go out of the plan and the interviews."""
    return packet_of(
        packet_id=new_id(),
        client=person_in(permitted, code, identity),
        language=context.store.client(permitted.client).language or context.settings.language or "en",
        plan=plan,
        facts=_facts(context, permitted),
        permitted=permitted.parts,
        goals=goals,
        counselor=context.signature,
        made_at=now(),
        made_by=f"mi {__version__}",
        known=_known(context, permitted),
    )


def _refuse_what_would_change_it(context: Context, *options: object) -> None:
    """Raises WrongUsage if one of these options was given, since what went out is given as it was."""
    if any(options):
        words = sharing_words(context.language)
        raise WrongUsage(words.as_it_was, words.as_it_was_hint)


def _give_as_sent(
    context: Context,
    client_id: str,
    code: str,
    plan: Plan,
    identity: Identity | None,
    to: str | None,
    target: Path | None,
    language: str | None,
    *,
    yes: bool,
) -> None:
    """Gives the client exactly what somebody else got, as the client's own copy (42 CFR 2.23, 45 CFR 164.524).

    The store keeps no documents, but the log has the SHA-256 of each, and of what it tells. So it is the file that went
    out, if that is where it was and as it was; else one that is made anew, and only if it tells the same.
    """
    store, words = context.store, sharing_words(context.language)
    damaged: list[Damaged] = []
    sent = latest_sent(entries(store, client_id, damaged), to)
    on_file = consents(store, client_id, damaged)
    output.warn_damaged(damaged)
    if sent is None:
        raise Failed(words.nothing_sent, words.nothing_sent_hint)
    format_ = Format(sent.format)
    if target and not target.name.lower().endswith(f".{format_}"):
        raise WrongUsage(words.other_format.format(format=format_), words.other_format_hint.format(format=format_))
    content = file_as_sent(sent) or _made_again(context, sent, code, plan, identity, on_file, language)
    if content is None:
        raise Failed(words.not_as_sent, words.not_as_sent_hint.format(code=code))
    request = Request(client_id, code, basis=Basis.CLIENT_COPY, sent=frozenset(sent.what))

    def judge(consents: Sequence[Consent], *, unread: bool) -> Permit:
        return permit(request, consents, program_with_members(context, []), now(), unread=unread)

    permitted = judge(on_file, unread=bool(damaged))
    document = Outgoing(
        content, format_, frozenset(sent.what), sent.goals, sent.notice_version, content_sha256=sent.content_sha256
    )
    if target:
        overwrite = _may_write_over(context, target, yes=yes)
        deliver(store, permitted, judge, document, target, overwrite=overwrite)
    else:
        print_out(store, permitted, judge, document, sys.stdout.buffer.write)
    _report(context, permitted, target)


def _made_again(
    context: Context,
    sent: Disclosure,
    code: str,
    plan: Plan,
    identity: Identity | None,
    on_file: Sequence[Consent],
    language: str | None,
) -> bytes | None:
    """Returns the document that went out, made anew; null if it would not tell the same any more."""
    consent = next((each for each in on_file if each.id == sent.consent), None)
    if sent.content_sha256 is None or (sent.consent and consent is None):
        return None
    permitted = permit_of(sent, consent, context.sound_settings.program)
    packet = _packet(context, permitted, code, plan, frozenset(sent.goals), identity)
    if packet.sha256 != sent.content_sha256:
        return None
    packet = packet.replace(made_at=sent.created_at)
    return _document(context, packet, permitted, Format(sent.format), language, large=False)[0]


def _whole_permit(
    context: Context, request: Request, judge: Callable[[Sequence[Consent]], Permit], on_file: list[Consent]
) -> Permit:
    """Returns the permit that there is; else one to look at everything, and says that nothing permits it yet."""
    try:
        return judge(on_file)
    except Refused as refused:
        print_message(told(refused, context.language)[0])
        return to_look_at(request)


def _show_draft(
    context: Context,
    permitted: Permit,
    code: str,
    plan: Plan,
    goals: frozenset[str],
    identity: Identity | None,
    language: str | None,
) -> None:
    """Shows what would be passed on. It is no disclosure; the store's log has that it was looked at."""
    packet = _packet(context, permitted, code, plan, goals, identity)
    is_own_copy = permitted.basis is Basis.CLIENT_COPY
    words = document_words(language or (packet.language if is_own_copy else context.settings.language or "en"))
    context.store.log_event(EventType.LOOKED_AT, permitted.client)
    if not is_own_copy:
        _warn_of_focus(context, packet, language)
    sys.stdout.buffer.write(draft_of(packet, words, _whom_to_call(context) if is_own_copy else context.program.contact))


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


def _whom_to_call(context: Context) -> WhomToCall:
    """Returns whom the client can call, for the client's own copy."""
    program = context.program
    return WhomToCall(
        counselor=", ".join(filter(None, (context.signature, program.contact))),
        in_an_emergency=context.settings.contacts,
        jurisdiction=program.jurisdiction,
    )


def _ask_for_what_is_empty(context: Context, *, is_own_copy: bool) -> None:
    """Asks once for what a recipient needs to know of the sender and the settings do not say; Enter passes over.

    Without a terminal it is only said that the counselor's name is not set.
    """
    if is_own_copy:
        return
    values, words = settings.read(settings.path()), sharing_words(context.language)
    empty = [key for key in _SENDER if key not in values]
    if not context.interactive:
        if "counselor" in empty and not context.counselor_option:
            print_message(words.name_not_set)
        return
    for key in empty:
        about = setting_words(context.language).about[key]
        answer = context.ask(words.ask_for_recipient.format(about=about), instead="")
        settings.write(settings.path(), {**settings.read(settings.path()), key: answer.strip()})
    if empty:
        for read in ("settings", "counselor"):
            context.__dict__.pop(read, None)


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


def _facts(context: Context, permitted: Permit) -> list[SessionFacts]:
    """Returns the facts of the client's interviews, if any of it may go. An interview that cannot be read is named."""
    if not needs_facts(permitted):
        return []
    damaged: list[Damaged] = []
    with context.waiting(waiting_words(context.language).interviews) as step:
        facts = context.store.facts(permitted.client, damaged, step)
    output.warn_damaged(damaged)
    return facts


def _known(context: Context, permitted: Permit) -> Facts | None:
    """Returns the client facts, which name what readings are about. Without a name they are only told apart."""
    try:
        return context.store.client_facts(permitted.client) if needs_facts(permitted) else None
    except Damaged as error:
        output.warn_damaged([error])
        return None


def _document(
    context: Context, packet: Packet, permitted: Permit, format_: Format, language: str | None, *, large: bool
) -> tuple[bytes, str | None]:
    """Returns the document, and the version of the notice that stands in it; the client's own copy has none."""
    if permitted.recipient is None:
        words = document_words(language or packet.language)
        with context.waiting(waiting_words(context.language).documents):
            return client_copy_of(packet, words, format_, _whom_to_call(context), large=large), None
    words = document_words(language or context.settings.language or "en")
    cover = cover_for(permitted, context.sound_settings.program, context.signature, packet.made_at, words.language)
    assert cover is not None, "there is a recipient"
    with context.waiting(waiting_words(context.language).documents) as step:
        return handoff(HandoffInput(packet, cover, permitted.consent, words), format_, step), cover.notice.version


def _report(context: Context, permitted: Permit, target: Path | None) -> None:
    """Says what was done: on standard error where the document itself is on standard output."""
    words, name = sharing_words(context.language), permitted.recipient.name if permitted.recipient else None
    if target:
        made = words.made_for if name else words.made_for_client
        context.screen.show([Line(made.format(name=name, file=target))])
    else:
        sys.stdout.flush()
        print_message((words.logged_for if name else words.logged_for_client).format(name=name))
