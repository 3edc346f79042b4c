"""Note formats as data: which section a note has, what the record puts into each, and which blanks stand below it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mi_cli.errors import Failed
from mi_cli.insight.progress_note.toml_files import file_names, note_file
from mi_cli.records.terms import NoteAuthor, NoteBlank, NoteFact
from mi_cli.words.note.model import NoteWords

FOLDER: Final = "note-formats"
DEFAULT: Final = "girp"


@dataclass(frozen=True)
class FormatSection:
    """A section: its key, its label, the facts that stand in it in this order, and the blanks below it.

    One that only a clinician fills has no facts.
    """

    key: str
    label: str
    facts: tuple[NoteFact, ...]
    blanks: tuple[NoteBlank, ...]
    by: NoteAuthor


@dataclass(frozen=True)
class NoteFormat:
    """A format with its labels in one language. `own` says whether a file of the agency's own had a part in it."""

    name: str
    label: str
    sections: tuple[FormatSection, ...]
    own: bool

    def section_of(self, fact: NoteFact) -> FormatSection | None:
        """Returns the section in which such facts stand; null where the format has no place for them."""
        return next((section for section in self.sections if fact in section.facts), None)


def note_formats(own: Path | None, words: NoteWords) -> list[NoteFormat]:
    """Returns all formats. Raises BadNoteFile."""
    return [note_format(name, own, words) for name in file_names(FOLDER, own)]


def note_format(name: str, own: Path | None, words: NoteWords) -> NoteFormat:
    """Returns the format of that name. Raises Failed for one that there is not, BadNoteFile."""
    file = note_file(FOLDER, own, name.lower(), "section", "key", words)
    if file is None:
        raise Failed(words.no_format, words.no_format_how)
    file.check_keys(file.name, file.values, ("label", "section", "extends"))
    sections = []
    for place, item in file.items("section", "key"):
        file.check_keys(place, item, ("key", "label", "facts", "blanks", "by"))
        by = file.members(f"{place}, by", [item.get("by", NoteAuthor.RECORD)], NoteAuthor)[0]
        facts = file.members(f"{place}, facts", item.get("facts", []), NoteFact)
        if by is NoteAuthor.CLINICIAN and facts:  # what only a clinician words is never filled in by the record
            file.bad(words.bad_value.format(place=f"{place}, facts", known="[]"))
        sections.append(
            FormatSection(
                key=item["key"],
                label=file.label(place, item.get("label"))[words.language],
                facts=facts,
                blanks=file.members(f"{place}, blanks", item.get("blanks", []), NoteBlank),
                by=by,
            )
        )
    for named in (
        [key for section in sections for key in (section.key, *section.blanks)],
        [str(fact) for section in sections for fact in section.facts],
    ):
        if double := next((one for one in named if named.count(one) > 1), None):
            file.bad(words.bad_double.format(place=double))
    label = file.label(file.name, file.values.get("label", name.upper()))[words.language]
    return NoteFormat(name.lower(), label, tuple(sections), own=file_names(FOLDER, own)[name.lower()])
