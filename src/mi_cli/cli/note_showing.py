"""How a progress note is shown, and made as a file for the program's own record."""

from enum import StrEnum
from pathlib import Path

from mi_cli.cli.context import Context
from mi_cli.cli.targets import may_write_over, target_of
from mi_cli.errors import WrongUsage
from mi_cli.handoff.document import Paper, paper_of
from mi_cli.handoff.formats import Format, page
from mi_cli.handoff.note_document import note_document, note_text
from mi_cli.insight.progress_note.bands import band
from mi_cli.records.progress_note import ProgressNote
from mi_cli.store.records.outside import write
from mi_cli.terminal.note_pages import note_page
from mi_cli.terminal.page import Line
from mi_cli.words.note.model import NoteWords
from mi_cli.words.waiting import waiting_words


class NoteFile(StrEnum):
    """In which forms a note is made as a file; the value is the ending."""

    MARKDOWN = "md"
    WORD = "docx"
    PDF = "pdf"
    TEXT = "txt"


def band_of(context: Context, note: ProgressNote, words: NoteWords) -> str | None:
    """Returns the band of minutes, if the settings want it and there are times; null else."""
    return band(note.minutes, words) if context.settings.billing_hints and note.served else None


def paper_of_program(context: Context) -> Paper:
    """Returns the paper that the law of the program's place goes with."""
    return paper_of(context.program.jurisdiction)


def page_of(context: Context, note: ProgressNote, words: NoteWords) -> list[Line]:
    """Returns a note as it stands on the screen."""
    document = note_document(note, context.code_of(note.client), words, band_of(context, note, words))
    return list(note_page(document))


def write_file(context: Context, note: ProgressNote, out: str, words: NoteWords, *, yes: bool) -> None:
    """Writes the note to a file for the program's own record, which is no disclosure."""
    ending = Path(out).suffix.lower().removeprefix(".")
    if ending not in list(NoteFile):
        raise WrongUsage(words.format_unknown, words.format_unknown_how)
    target = target_of(context, out)
    may_write_over(context, target, yes=yes)
    code, hint = context.code_of(note.client), band_of(context, note, words)
    if ending == NoteFile.TEXT:
        content = note_text(note, code, words, hint).encode()
    else:
        with context.waiting(waiting_words(context.language).documents):
            content = page(note_document(note, code, words, hint, paper_of_program(context)), Format(ending))
    write(target, content)
    context.screen.show([Line(words.wrote.format(path=target))])
