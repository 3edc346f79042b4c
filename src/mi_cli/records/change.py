"""A change to a record, as data: so that it can be saved, applied again after a crash, and undone.

`Change` is a small patch format for the session, the notes and the plan. It names a part of a record (`RecordPart`) and
the JSON value to put there or to drop. Each record applies the changes that are to it and ignores the others
(`Session.with_change`, `Notes.with_change`, `Plan.with_changes`). A change whose target is gone does nothing, so it is
safe to apply one to a record that another process has changed meanwhile.

Who uses them: `interview.turns` (undo and repair), and `interview.goals`, `sharing` and `results`, which make them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from mi_cli.records.base import Part


class RecordPart(StrEnum):
    """The part of a record that a change is to. The comments name the record, and the key and field that it needs."""

    ENTRY = "entry"  # notes: key n
    READING = "reading"  # session: key turn
    SAFETY = "safety"  # session: key turn
    GOAL = "goal"  # plan: key goal id
    GOAL_FIELD = "goal-field"  # plan: key goal id, field
    GOAL_LIST = "goal-list"  # plan: key goal id, field
    SHARED = "shared"  # plan: field is the list


IN_SESSION = frozenset({RecordPart.READING, RecordPart.SAFETY})


class Change(Part):
    """Puts a JSON value into a part of a record, or drops one.

    For a part with a key only, `put` replaces what the key names, or adds it; a null `put` removes it. A goal field is
    set to `put`. In a list `put` is appended and `drop` is the value to remove; with both, `put` takes the place of
    `drop`, if that is still there.
    """

    where: RecordPart
    key: str = ""
    field: str = ""
    put: Any = None
    drop: Any = None


@dataclass(frozen=True, repr=False)
class ReversibleChange:
    """A set of changes and their inverse, for undo."""

    changes: tuple[Change, ...] = ()
    inverse: tuple[Change, ...] = ()

    def __add__(self, other: "ReversibleChange") -> "ReversibleChange":
        """Returns both, one after the other; their inverses are in the opposite order."""
        return ReversibleChange(self.changes + other.changes, other.inverse + self.inverse)


NO_CHANGE: Final = ReversibleChange()
