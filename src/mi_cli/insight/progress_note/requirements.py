"""What a note must hold, and by when, as data: a profile for each jurisdiction, each line with its source and day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from mi_cli.errors import Failed
from mi_cli.insight.progress_note.toml_files import NoteFile, file_names, note_file
from mi_cli.records.terms import NoteNeed
from mi_cli.words.note.model import NoteWords

FOLDER: Final = "note-requirements"
DEFAULT: Final = "general"
_KEYS: Final = (
    "label", "sign_within", "sign_source", "amend_within", "amend_source", "read_on", "line", "extends",
)  # fmt: skip


@dataclass(frozen=True)
class Requirement:
    """One thing that a note must hold, where that is required, and on which day this was read."""

    needs: NoteNeed
    source: str
    read_on: date


@dataclass(frozen=True)
class Limit:
    """Within how many days after the service something must be done, and where that is required."""

    days: int
    source: str


@dataclass(frozen=True)
class Profile:
    """The requirements of one jurisdiction; a limit is null where there is none."""

    name: str
    label: str
    lines: tuple[Requirement, ...]
    sign: Limit | None
    amend: Limit | None


def profile(name: str, own: Path | None, words: NoteWords) -> Profile:
    """Returns the profile of that name. Raises Failed for one that there is not, BadNoteFile."""
    file = note_file(FOLDER, own, name.lower(), "line", "needs", words)
    if file is None:
        names = ", ".join(file_names(FOLDER, own))
        raise Failed(words.no_profile, words.no_profile_how.format(names=names))
    file.check_keys(file.name, file.values, _KEYS)
    lines = []
    for place, item in file.items("line", "needs"):
        file.check_keys(place, item, ("needs", "source", "read_on"))
        needs = file.members(f"{place}, needs", [item["needs"]], NoteNeed)[0]
        lines.append(Requirement(needs, file.text(f"{place}, source", item.get("source")), _day(file, place, item)))
    label = file.label(file.name, file.values.get("label", name))[words.language]
    return Profile(name.lower(), label, tuple(lines), _limit(file, "sign"), _limit(file, "amend"))


def _limit(file: NoteFile, what: str) -> Limit | None:
    days = file.values.get(f"{what}_within")
    if days is None:
        return None
    if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= 3650:
        file.bad(file.words.bad_value.format(place=f"{what}_within", known="0–3650"))
    return Limit(days, file.text(f"{what}_source", file.values.get(f"{what}_source")))


def _day(file: NoteFile, place: str, item: Mapping[str, Any]) -> date:
    day = item.get("read_on")
    if type(day) is not date:
        file.bad(file.words.bad_missing.format(place=f"{place}, read_on"))
    return day
