"""What a note must hold, and by when, as data: a profile for each jurisdiction, each line with its source and day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from mi_cli.errors import Failed
from mi_cli.insight.due import PlanEvery
from mi_cli.insight.progress_note.toml_files import NoteFile, file_names, note_file
from mi_cli.records.terms import NoteNeed
from mi_cli.words.note.model import NoteWords

_FOLDER: Final = "note-requirements"
_KEYS: Final = (
    "label", "sign_within", "sign_source", "amend_within", "amend_source", "read_on", "line", "extends",
)  # fmt: skip
_OF_PLAN: Final = ("interviews", "weeks")
_MOST: Final = 3650


@dataclass(frozen=True)
class Requirement:
    """One thing that a note must hold, where that is required, and on which day this was read.

    `plan` is how often the plan is to be changed, in the line that needs that (`NoteNeed.PLAN_UPDATE`).
    """

    needs: NoteNeed
    source: str
    read_on: date
    plan: PlanEvery | None = None


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

    @property
    def plan(self) -> PlanEvery | None:
        """How often the plan is to be changed; null where nothing says it."""
        return next((line.plan for line in self.lines if line.plan), None)


def profile(name: str, own: Path | None, words: NoteWords) -> Profile:
    """Returns the profile of that name. Raises Failed for one that there is not, BadNoteFile."""
    file = note_file(_FOLDER, own, name.lower(), "line", "needs", words)
    if file is None:
        names = ", ".join(file_names(_FOLDER, own))
        raise Failed(words.no_profile, words.no_profile_how.format(names=names))
    file.check_keys(file.name, file.values, _KEYS)
    lines = []
    for place, item in file.items("line", "needs"):
        needs = file.members(f"{place}, needs", [item["needs"]], NoteNeed)[0]
        of_plan = _OF_PLAN if needs is NoteNeed.PLAN_UPDATE else ()
        file.check_keys(place, item, ("needs", "source", "read_on", *of_plan))
        every = PlanEvery(*(_number(file, f"{place}, {key}", item.get(key)) for key in of_plan)) if of_plan else None
        source = file.text(f"{place}, source", item.get("source"))
        lines.append(Requirement(needs, source, _day(file, place, item), every))
    label = file.label(file.name, file.values.get("label", name))[words.language]
    return Profile(name.lower(), label, tuple(lines), _limit(file, "sign"), _limit(file, "amend"))


def _limit(file: NoteFile, what: str) -> Limit | None:
    days = file.values.get(f"{what}_within")
    if days is None:
        return None
    number = _number(file, f"{what}_within", days)
    return Limit(number, file.text(f"{what}_source", file.values.get(f"{what}_source")))


def _number(file: NoteFile, place: str, value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _MOST:
        file.bad(file.words.bad_value.format(place=place, known=f"0–{_MOST}"))
    return value


def _day(file: NoteFile, place: str, item: Mapping[str, Any]) -> date:
    day = item.get("read_on")
    if type(day) is not date:
        file.bad(file.words.bad_missing.format(place=f"{place}, read_on"))
    return day
