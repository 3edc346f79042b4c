"""`mi note`: the progress note, which belongs in the client's record. It is not the counseling notes.

What is recorded goes into it by itself, what the client said only as picked, and what only a clinician can say stays
blank until a clinician fills it in (`insight.progress_note`). A draft is changed; a signed note is only added to.
"""

import json
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from mi_cli.cli import output
from mi_cli.cli.context import Context
from mi_cli.cli.interruption import Declined
from mi_cli.cli.note_checking import check_notes
from mi_cli.cli.note_passing import pass_on
from mi_cli.cli.note_showing import band_of, page_of, paper_of_program, write_file
from mi_cli.cli.note_writing import own_formats, write_draft
from mi_cli.cli.options import AsJson, Encoding, OnlyClient, Yes, command_group
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged, Failed, MiError, WrongUsage
from mi_cli.handoff.note_document import note_document, note_text, section_named, section_text
from mi_cli.insight.progress_note import formats
from mi_cli.records import dates
from mi_cli.records.progress_note import Amendment, ProgressNote
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import AmendmentKind
from mi_cli.records.utf8 import typed_text
from mi_cli.store.records.progress_notes import (
    amend as amend_note,
)
from mi_cli.store.records.progress_notes import (
    change_draft,
    delete_draft,
    note_of,
    progress_note,
    progress_notes,
    require_signed,
)
from mi_cli.store.records.progress_notes import (
    sign as sign_note,
)
from mi_cli.terminal.asking import ask_in_turn
from mi_cli.terminal.page import BLANK, Line
from mi_cli.words.note import note_words
from mi_cli.words.note.model import NoteWords

app = command_group("Progress notes, for the client's record.")

Named = Annotated[str, typer.Argument(metavar="[NOTE]", help="The start of its id, a client's code, or last.")]


@app.command("write")
def write_note(
    ctx: typer.Context,
    session: Annotated[
        str, typer.Argument(metavar="[SESSION]", help="The start of an interview's id, a client's code, or last.")
    ] = "last",
    format_: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="girp, dap, soap, birp, or your own.")
    ] = None,
    contact: Annotated[
        str | None, typer.Option(metavar="CONTACT", help="Of this contact, by the start of its id.")
    ] = None,
    language: Annotated[str | None, typer.Option("--lang", metavar="LANG", help="en or es. Else yours.")] = None,
    yes: Yes = False,
) -> None:
    """Write the note of an interview, or go on with its draft. Without a terminal: a draft of what is recorded."""
    write_draft(ctx.obj, session, contact, format_, language, ask=ctx.obj.interactive and not yes)


@app.command()
def show(
    ctx: typer.Context,
    note: Named = "last",
    section: Annotated[
        str | None, typer.Option(metavar="NAME", help="This section alone, such as R, to paste.")
    ] = None,
    out: Annotated[str | None, typer.Option("-o", metavar="FILE", help="A file: .md, .docx, .pdf or .txt.")] = None,
    to: Annotated[
        str | None, typer.Option(metavar="NAME", help="For this recipient, through the gate; logged.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write over a file that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """A note: on the screen, as text to paste, or as a file for the client's own record."""
    context: Context = ctx.obj
    shown = _found(context, note)[1]
    words, code = note_words(shown.language), context.code_of(shown.client)
    if to is not None:
        if as_json or section is not None:
            raise WrongUsage(words.no_screen, words.no_screen_how)
        if out is not None and Path(out).suffix.lower() not in (".md", ".docx", ".pdf"):
            raise WrongUsage(words.format_unknown, words.format_unknown_how)
        document = note_document(shown, code, words, band_of(context, shown, words), paper_of_program(context))
        pass_on(context, shown, document, to, out, words, yes=yes)
    elif as_json:
        output.show_json(json.loads(shown.to_bytes()))
    elif out is not None:
        if section is not None:
            raise WrongUsage(words.no_screen, words.no_screen_how)
        write_file(context, shown, out, words, yes=yes)
    elif section is not None:
        chosen = section_named(shown, section)
        if chosen is None:
            names = ", ".join(each.label for each in shown.sections if each.under is None)
            raise WrongUsage(words.no_section, words.no_section_how.format(sections=names))
        sys.stdout.write(section_text(shown, chosen, words))
    elif context.screen.plain:
        sys.stdout.write(note_text(shown, code, words, band_of(context, shown, words)))
    else:
        context.screen.show(page_of(context, shown, words))


@app.command()
def sign(ctx: typer.Context, note: Named = "last", yes: Yes = False) -> None:
    """Sign a draft. From then on it stays as it is, and only amendments are added."""
    context: Context = ctx.obj
    ref, draft = _found(context, note)
    words = note_words(draft.language)
    if draft.signed:  # before anything is asked; the store looks again
        change_draft(context.store, ref, lambda present: present)
    context.screen.show([*page_of(context, draft, words), BLANK, Line(words.signs)])
    by, credentials = _signature(context, words, yes=yes)
    change_draft(
        context.store,
        ref,
        lambda present: present.replace(counselor=by, credentials=credentials or None),
    )
    signed = sign_note(context.store, ref, by, credentials or None)
    context.screen.show([Line(words.is_now_signed.format(id=signed.id))])


@app.command()
def amend(
    ctx: typer.Context,
    note: Named = "last",
    dash: Annotated[str | None, typer.Argument(metavar="[-]", help="- reads the words from standard input.")] = None,
    kind: Annotated[AmendmentKind | None, typer.Option(help="What is added.")] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why it is added.")] = None,
    _encoding: Encoding = None,
) -> None:
    """Add to a signed note: a late entry, an addendum or a correction. The note itself stays as it is."""
    context: Context = ctx.obj
    ref, signed = _found(context, note)
    words = note_words(signed.language)
    if kind is None:
        raise WrongUsage(words.kind_needed, words.kind_needed_how)
    if reason is None or not reason.strip():
        raise WrongUsage(words.reason_needed, words.reason_needed_how)
    require_signed(context.store, ref)
    added = Amendment(
        kind=kind,
        at=now(),
        by=context.counselor,
        reason=typed_text(reason),
        text=context.words(dash, words.ask_amendment),
    )
    amended = amend_note(context.store, ref, added)
    context.screen.show([Line(words.amended.format(id=amended.id, kind=words.amendment_kinds[kind]))])


@app.command()
def delete(ctx: typer.Context, note: Named = "last", yes: Yes = False) -> None:
    """Delete a draft for good. A signed note is never deleted."""
    context: Context = ctx.obj
    ref, draft = _found(context, note)
    words = note_words(draft.language)
    if draft.signed:
        change_draft(context.store, ref, lambda present: present)
    context.confirm(words.ask_delete.format(id=draft.id, code=context.code_of(draft.client)), yes=yes)
    delete_draft(context.store, ref)
    context.screen.show([Line(words.deleted)])


@app.command("list")
def list_notes(ctx: typer.Context, client: OnlyClient = None, as_json: AsJson = False) -> None:
    """The notes, newest first."""
    context: Context = ctx.obj
    damaged: list[Damaged] = []
    words = note_words(context.language)
    codes = context.catalog.code_of(damaged)
    clients = [context.catalog.client_id(client)] if client else context.catalog.client_ids()
    found = [each for client_id in clients for each in progress_notes(context.store, client_id, damaged)]
    output.show_list(
        sorted(found, key=_begun, reverse=True),
        damaged,
        as_json=as_json,
        json_item=lambda each: {**json.loads(each.to_bytes()), "client": codes.get(each.client)},
        header=words.header,
        row=lambda each: (
            each.id,
            dates.day_and_time(_begun(each)),
            codes.get(each.client, f"({each.client})"),
            each.format.upper(),
            words.states[each.state],
            str(len(each.amendments) or ""),
        ),
        empty=words.none,
    )


@app.command()
def check(
    ctx: typer.Context,
    note: Annotated[
        str | None, typer.Argument(metavar="[NOTE]", help="The start of its id, a client's code, or last; else all.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What notes lack, by the requirements in the settings; exit code 1 when there is something."""
    context: Context = ctx.obj
    ref = _found(context, note)[0] if note is not None else None
    raise typer.Exit(check_notes(context, ref, as_json=as_json))


@app.command("formats")
def list_formats(ctx: typer.Context, as_json: AsJson = False) -> None:
    """The note formats: those that come with mi, and your own."""
    context: Context = ctx.obj
    words = note_words(context.language)
    output.show_list(
        formats.note_formats(own_formats(), words),
        [],
        as_json=as_json,
        json_item=lambda each: {
            "name": each.name,
            "label": each.label,
            "sections": [section.label for section in each.sections],
            "own": each.own,
        },
        header=words.formats_header,
        row=lambda each: (
            each.name,
            each.label,
            ", ".join(section.label for section in each.sections),
            words.own if each.own else words.shipped,
        ),
        empty="",
    )


def _begun(note: ProgressNote) -> datetime:
    return note.served[0].from_ if note.served else note.written_at


def _found(context: Context, name: str) -> tuple[RecordRef, ProgressNote]:
    """Returns the note that is named, also by its interview. Raises Failed, WrongUsage, Damaged."""
    store = context.store
    try:
        ref = store.catalog.find_note(name)
    except Failed:
        try:
            session = store.catalog.find_session(name)
        except MiError:
            session = None
        there = note_of(store, session.client, session.id) if session else None
        if there is None:
            raise
        return there
    return ref, progress_note(store, ref)


def _signature(context: Context, words: NoteWords, *, yes: bool) -> tuple[str, str]:
    """Returns the name and the credentials to sign with. What is not set is asked for, and kept once it is signed with.

    Raises Declined for no name or a no, WrongUsage where nobody can be asked.
    """
    present = context.sound_settings
    signer = {"counselor": present.counselor or "", "credentials": present.credentials or ""}
    asked = {
        "counselor": (words.ask_counselor, words.set_counselor, words.set_counselor_how),
        "credentials": (words.ask_credentials, words.set_credentials, words.set_credentials_how),
    }
    unset = [key for key in asked if not signer[key]]
    if unset and not context.interactive:
        raise WrongUsage(*asked[unset[0]][1:])

    def ask(key: str) -> None:
        signer[key] = typed_text(context.ask(f"{asked[key][0]} ", instead="", in_series=True))
        if not signer["counselor"]:
            raise Declined

    def confirm() -> None:
        context.screen.show([Line(words.signs_as.format(name=", ".join(filter(None, signer.values()))))])
        context.confirm(words.ask_sign, yes=yes, in_series=True)

    ask_in_turn([*(partial(ask, key) for key in unset), confirm])
    if unset:
        context.keep_settings(**{key: signer[key] or None for key in unset})
    return signer["counselor"], signer["credentials"]
