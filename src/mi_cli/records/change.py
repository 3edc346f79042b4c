"""A change to a record, as data: so that it can be saved, applied again after a crash, and undone.

`Change` is a small patch format for the session, the notes, the client facts and the plan. It names a part of a record
(`RecordPart`) and the JSON value to put there or to drop. Each record applies the changes that are to it and ignores
the others (`Session.with_change`, `Notes.with_change`, `Facts.with_changes`, `Plan.with_changes`). A change whose
target is gone does nothing, so it is safe to apply one to a record that another process has changed meanwhile.

Who uses them: `interview.turns` (undo and repair), and those who make them: `interview.goals`, `sharing`, `results` and
`client_facts`.
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
    FACTS = "facts"  # client facts: field; of the list of targets, key target id


IN_SESSION: Final = frozenset({RecordPart.READING, RecordPart.SAFETY})
IN_FACTS: Final = frozenset({RecordPart.FACTS})
IN_PLAN: Final = frozenset({RecordPart.GOAL, RecordPart.GOAL_FIELD, RecordPart.GOAL_LIST, RecordPart.SHARED})


class Change(Part):
    """Puts a JSON value into a part of a record, or drops one.

    For a part with a key only, `put` replaces what the key names, or adds it; a null `put` removes it. A goal field is
    set to `put`. In a list `put` is appended and `drop` is the value to remove; with both, `put` takes the place of
    `drop`, if that is still there. A client fact is set to `put`; with a `drop` only if it is still that.
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
