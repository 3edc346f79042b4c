"""What comes of a line: the one result of it, from the rules up to the screen, and the two ways in which it is made.

A line that cannot be done is `rejected` and leaves the state as it was. One that changes a record is a turn: only
`make_turn` and undo (`interview.entry_lines`) change records, by way of `interview.turns`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum, auto

from mi_cli.errors import MiError
from mi_cli.interview import turns
from mi_cli.interview.actions import Rejected, Show
from mi_cli.interview.state import InterviewState
from mi_cli.records.change import NO_CHANGE, ReversibleChange
from mi_cli.records.notes import Entry
from mi_cli.records.text_keys import LookAlike, Problem


class Effect(StrEnum):
    """What a line did. The screen tells it to the counselor in a word or two."""

    ENTRY = auto()
    ENTRIES = auto()
    READING = auto()
    GOAL = auto()
    GOAL_PART = auto()
    GOAL_SELECTED = auto()
    STEP = auto()
    SHARED = auto()
    UNSHARED = auto()
    ENTRY_CHANGED = auto()
    UNDONE = auto()
    NOTE_OPEN = auto()
    CONCERN = auto()
    CONCERNS_CLOSED = auto()
    STARRED = auto()
    ENTRY_TAKEN_BACK = auto()
    FACT = auto()


@dataclass(frozen=True)
class Applied:
    """A reply: the line did something.

    `entry` is the entry that was made, changed or removed; `n` a number that belongs to the effect (of a goal, a
    reading, or how many were shared); `name` one of our own terms, never the user's text. `ask_voice` is true when a
    goal or a step does not sound like the client, and the counselor should ask whether these are the client's words.
    `medical_review` is true when a goal or a step means stopping alcohol or sedatives at once.
    `unshared`: the entry is no longer in the plan; `in_facts`: its words are now in the client facts, outside the
    notes. `on` is the day that was set. `look_alike` and `hint` are those of `actions.Say`.
    """

    effect: Effect
    entry: Entry | None = None
    n: int = 0
    name: str = ""
    ask_voice: bool = False
    medical_review: bool = False
    unshared: bool = False
    in_facts: bool = False
    on: date | None = None
    look_alike: LookAlike | None = field(default=None, compare=False)
    hint: str = field(default="", compare=False)


Reply = Applied | Rejected | Show | None


class Leaving(StrEnum):
    """How the interview is left."""

    PAUSED = auto()
    ENDED = auto()


@dataclass(frozen=True)
class Outcome:
    """What came of a line.

    `state` is the interview after the line. `show_view` asks to show again what is in view, `hide` to clear the screen.
    `leaving` tells that the interview is over, and how. `error` is set by the recorder when the line is not on the
    disk: it is then in memory only, and the next save that succeeds saves it too.
    """

    state: InterviewState
    reply: Reply = None
    show_view: bool = False
    hide: bool = False
    leaving: Leaving | None = None
    error: MiError | None = None


def rejected(state: InterviewState, problem: Problem, hint: str = "") -> Outcome:
    """Returns the outcome of a line that cannot be done."""
    return Outcome(state, Rejected(problem, hint))


def make_turn(
    state: InterviewState,
    at: datetime,
    reply: Applied,
    *,
    entry: Entry | None = None,
    change: ReversibleChange = NO_CHANGE,
) -> Outcome:
    """Returns the outcome of a line that changes the records: with a new entry, a change to any of the four, or both.

    Without either nothing is changed, and there is no turn to be taken back.
    """
    if entry is None and not change.changes:
        return Outcome(state, reply)
    return Outcome(state.with_records(turns.make_turn(state.records, at, entry=entry, change=change), at), reply)
