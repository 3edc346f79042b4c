"""Writes the draft of a progress note, of an interview or of a contact, or goes on with the one that is there."""

from pathlib import Path

from mi_cli.cli import output, settings
from mi_cli.cli.context import Context
from mi_cli.cli.interruption import interrupted_with
from mi_cli.cli.note_showing import page_of
from mi_cli.cli.note_source import NoteSource, of_contact, of_interview
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged, Failed
from mi_cli.insight.progress_note import formats
from mi_cli.insight.progress_note.compose import goals_addressed, modality_of, refreshed, sections_of
from mi_cli.records.progress_note import ProgressNote
from mi_cli.records.reference import RecordRef
from mi_cli.records.terms import Status
from mi_cli.store.records.progress_notes import add_note, change_draft, note_of
from mi_cli.terminal.note_dialog import NoteDialog, ask_note
from mi_cli.terminal.page import BLANK, Line
from mi_cli.terminal.system import without_echo
from mi_cli.words.days import time_in_words
from mi_cli.words.note import note_words
from mi_cli.words.note.model import NoteWords


def write_draft(
    context: Context, session: str, contact: str | None, format_: str | None, language: str | None, *, ask: bool
) -> None:
    """Makes or goes on with the draft, and asks what the record does not know, if it is to `ask`. Raises Failed."""
    words = note_words(language or context.language)
    source = _source(context, session, contact, words)
    there = note_of(context.store, source.client, source.facts.session, source.facts.contact)
    if there:
        ref, note = there
        words = note_words(note.language)
        note, form = _gone_on(context, ref, note, source, format_, words)
        said = words.goes_on.format(at=time_in_words(note.written_at, context.language), id=note.id)
    else:
        form = formats.note_format(format_ or formats.DEFAULT, own_formats(), words)
        note = _new_note(context, source, form, words)
        ref = add_note(context.store, note)
        said = words.begun.format(id=note.id)
    context.screen.show([*page_of(context, note, words), BLANK, Line(said)])
    if ask:
        kept = words.kept.format(session=source.facts.session or f"--contact {source.facts.contact}")
        with interrupted_with(kept), without_echo():
            dialog = NoteDialog(
                context.screen,
                context.keeping_reader(),
                words,
                form,
                source.facts,
                source.lines,
                lambda change: change_draft(context.store, ref, change),
            )
            note = ask_note(dialog, note)
        context.screen.show([BLANK, *page_of(context, note, words), BLANK])
    context.screen.show([Line(words.finished.format(id=note.id))])


def own_formats() -> Path:
    """Returns the folder with the agency's own note formats."""
    return settings.path().parent / formats.FOLDER


def _source(context: Context, session: str, contact: str | None, words: NoteWords) -> NoteSource:
    """Returns what the note is made from. Raises Failed for an interview that is still open."""
    if contact is not None:
        return of_contact(context.store, context.store.catalog.find_contact(contact), words.language)
    ref = context.find_session(session)
    if context.store.session(ref).status is Status.OPEN:
        raise Failed(words.not_ended, words.end_it)
    damaged: list[Damaged] = []
    source = of_interview(context.store, ref, damaged)
    output.warn_damaged(damaged)
    return source


def _new_note(context: Context, source: NoteSource, form: formats.NoteFormat, words: NoteWords) -> ProgressNote:
    goals = goals_addressed(source.facts)
    return ProgressNote(
        **context.store.new_head(ProgressNote),
        client=source.client,
        session=source.facts.session,
        contact=source.facts.contact,
        format=form.name,
        language=words.language,
        served=source.facts.served,
        written_at=now(),
        counselor=context.counselor,
        credentials=context.settings.credentials,
        modality=modality_of(source.facts, words),
        goals=goals,
        sections=sections_of(source.facts, goals, form, words),
    )


def _gone_on(
    context: Context, ref: RecordRef, note: ProgressNote, source: NoteSource, format_: str | None, words: NoteWords
) -> tuple[ProgressNote, formats.NoteFormat]:
    """Returns the draft that is there, with what is recorded now, and its format. Raises Failed for a signed one."""
    if note.signed:
        raise Failed(words.is_signed.format(id=note.id), words.is_now_signed.format(id=note.id))
    if format_ is not None and format_.lower() != note.format:
        how = words.other_format_how.format(id=note.id)
        raise Failed(words.other_format.format(format=note.format.upper()), how)
    form = formats.note_format(note.format, own_formats(), words)
    return change_draft(context.store, ref, lambda draft: refreshed(draft, source.facts, form, words)), form
