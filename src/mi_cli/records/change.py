"""One change to a record, as data: so that it can be saved, made again after a crash, and taken back."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from mi_cli.records.base import Part


class RecordPart(StrEnum):
    """What a change is made to; the key and field it needs are named beside each."""

    ENTRY = "entry"  # notes: key n
    READING = "reading"  # session: key turn
    SAFETY = "safety"  # session: key turn
    GOAL = "goal"  # plan: key goal id
    GOAL_FIELD = "goal-field"  # plan: key goal id, field
    GOAL_LIST = "goal-list"  # plan: key goal id, field
    SHARED = "shared"  # plan: field is the list


IN_SESSION = frozenset({RecordPart.READING, RecordPart.SAFETY})


class Change(Part):
    """Put a JSON value, or drop one.

    Where there is a key, `put` replaces what stands there, and null takes it away; in a list `put` goes to the end
    and `drop` is the value to take out. With both, `put` takes the place of `drop`, if that is still there.
    """

    where: RecordPart
    key: str = ""
    field: str = ""
    put: Any = None
    drop: Any = None


@dataclass(frozen=True, repr=False)
class ReversibleChange:
    """Changes, and those that take them back."""

    changes: tuple[Change, ...] = ()
    inverse: tuple[Change, ...] = ()

    def __add__(self, other: "ReversibleChange") -> "ReversibleChange":
        """Both, one after the other; taken back in the other order."""
        return ReversibleChange(self.changes + other.changes, other.inverse + self.inverse)


NO_CHANGE: Final = ReversibleChange()
