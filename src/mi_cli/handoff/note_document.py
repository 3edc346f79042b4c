"""A progress note as a document, and as plain text for the field of another program.

Nothing is left out in any of the forms: an empty blank is printed as one, amendments stand below with their day, and a
draft says on every page that it is one. The plain text has one line for each line of the note, and labels in ASCII.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from mi_cli.handoff.document import (
    CLOSE,
    OPEN,
    Block,
    Document,
    Facts,
    Heading,
    Inline,
    Items,
    Paper,
    Paragraph,
    Run,
    Tone,
    text,
)
from mi_cli.records import dates
from mi_cli.records.progress_note import NoteSection, ProgressNote, Served
from mi_cli.records.terms import NoteAuthor
from mi_cli.records.text import sanitized, with_full_stop
from mi_cli.words.days import day_in_words, time_in_words
from mi_cli.words.documents import document_words
from mi_cli.words.note.model import NoteWords

_ASCII: Final = str.maketrans({OPEN: '"', CLOSE: '"', "–": "-", "—": "-"})


def note_document(
    note: ProgressNote, code: str, words: NoteWords, band: str | None = None, paper: Paper = Paper.LETTER
) -> Document:
    """Returns the note as a document. `code` is the client's, `band` what is said of the minutes, if it is wished."""
    return Document(
        title=words.title.format(code=code),
        language=words.language,
        spoken=words.language,
        author=note.counselor,
        made_at=note.updated_at.replace(microsecond=0),
        notice=None if note.signed else words.draft,
        page_of=document_words(words.language).page_of,
        mark=f"{code} · {day_in_words(note.written_at, words.language)}",
        paper=paper,
        blocks=(
            Facts(tuple((label, tuple(map(text, answers))) for label, answers in _head(note, code, words, band))),
            *_body(note, words),
            *_foot(note, words),
        ),
    )


def note_text(note: ProgressNote, code: str, words: NoteWords, band: str | None = None) -> str:
    """Returns the note as plain text, a line for each of its lines."""
    lines = [words.title.format(code=code)]
    lines += [] if note.signed else [words.draft]
    lines += [f"{label}: {'; '.join(answers)}" for label, answers in _head(note, code, words, band)]
    for section in note.sections:
        if section.under is None:
            lines += ["", section.label, *section_lines(note, section, words)]
    lines += ["", words.signature, *_signature(note, words)]
    if note.amendments:
        lines += ["", words.amendments, *_amendments(note, words)]
    return _hard("\n".join(lines))


def section_text(note: ProgressNote, section: NoteSection, words: NoteWords) -> str:
    """Returns one section as plain text without its heading, for the field of another program."""
    return _hard("\n".join(section_lines(note, section, words)))


def section_named(note: ProgressNote, typed: str) -> NoteSection | None:
    """Returns the section whose label or key begins so, in upper or lower case; null for none."""
    start = typed.strip().casefold()
    own = [section for section in note.sections if section.under is None]
    named = [each for each in own if start and (each.key.startswith(start) or each.label.casefold().startswith(start))]
    return named[0] if named else None


def section_lines(note: ProgressNote, section: NoteSection, words: NoteWords) -> list[str]:
    """Returns the lines of a section, and below them its blanks, whether or not they are filled in."""
    whole = [section, *(each for each in note.sections if each.under == section.key)]
    is_empty = section.by is not NoteAuthor.CLINICIAN and not any(each.lines for each in whole)
    return [words.nothing] * is_empty + [line for each in whole for line in _lines(each, words)]


def _lines(section: NoteSection, words: NoteWords) -> list[str]:
    if section.by is not NoteAuthor.CLINICIAN:
        return [line.text for line in section.lines or ()]
    label = section.label[:1].lower() + section.label[1:]
    if not section.lines:
        return [words.blank.format(blank=label)]
    lines = [line.text for line in section.lines]
    return lines if section.under is None else [f"{label[:1].upper()}{label[1:]}: {lines[0]}", *lines[1:]]


def _head(note: ProgressNote, code: str, words: NoteWords, band: str | None) -> Iterable[tuple[str, Sequence[str]]]:
    served = [_interval(each, words) for each in note.served]
    if len(served) > 1:
        served.append(words.total.format(minutes=note.minutes))
    who = [part for part in (note.counselor, note.credentials) if part]
    yield words.client, [code]
    yield words.served, [*(served or [words.no_times]), *([band] if band else [])]
    yield words.written, [time_in_words(note.written_at, words.language)]
    yield words.modality, [note.modality or words.not_noted]
    yield words.place, [note.place or words.not_noted]
    yield words.present, [note.present or words.not_noted]
    yield words.counselor, [", ".join(who)]
    yield words.in_format, [note.format.upper()]


def _interval(served: Served, words: NoteWords) -> str:
    """Returns an interval with its whole minutes. It has seconds where the minutes alone would not make that number."""
    start, end = served.from_, served.to
    minutes = int((end - start).total_seconds() // 60)
    apart = (end.replace(second=0, microsecond=0) - start.replace(second=0, microsecond=0)).total_seconds() // 60
    time = dates.time if apart == minutes else dates.time_to_the_second
    until = time(end) if end.date() == start.date() else f"{day_in_words(end, words.language)}, {time(end)}"
    return words.interval.format(day=day_in_words(start, words.language), start=time(start), end=until, minutes=minutes)


def _body(note: ProgressNote, words: NoteWords) -> Iterable[Block]:
    for section in note.sections:
        if section.under is None:
            yield Heading(section.label)
            yield Items(tuple(map(_inline, section_lines(note, section, words))))


def _inline(line: str) -> Inline:
    return (Run(line),)


def _foot(note: ProgressNote, words: NoteWords) -> Iterable[Block]:
    yield Heading(words.signature)
    for line in _signature(note, words):
        yield Paragraph((Run(line, Tone.PLAIN),))
    if note.amendments:
        yield Heading(words.amendments)
        yield Items(tuple(_inline(line) for line in _amendments(note, words)))


def _signature(note: ProgressNote, words: NoteWords) -> list[str]:
    signed = note.signed
    if signed is None:
        return [words.draft]
    said = words.signed if signed.credentials else words.signed_bare
    at = time_in_words(signed.at, words.language)
    return [
        said.format(by=signed.by, credentials=signed.credentials, at=at),
        words.digest.format(sha256=signed.sha256),
        words.countersigned,
    ]


def _amendments(note: ProgressNote, words: NoteWords) -> list[str]:
    return [
        words.amendment.format(
            kind=words.amendment_kinds[each.kind],
            at=time_in_words(each.at, words.language),
            by=each.by,
            reason=with_full_stop(each.reason),
            text=each.text,
        )
        for each in note.amendments
    ]


def _hard(lines: str) -> str:
    return sanitized(lines).translate(_ASCII) + "\n"
