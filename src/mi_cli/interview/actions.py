"""What a line can mean: a closed set of actions, one frozen type for each thing that can be done in an interview.

`grammar` makes an action from a line, `lines` says what it does. No type has a repr of its own fields, which would put
a client's words into a traceback.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum, auto
from typing import Final

from mi_cli.records.terms import Act, Concern, FactName, Kind, Ruler, Stage, StepStatus, Talk
from mi_cli.records.text_keys import LookAlike, Problem

NOTE_END: Final = "."  # the line that ends a note of several lines


class Overview(StrEnum):
    """A page that can be shown without changing anything."""

    PROMPTS = auto()
    CHECKS = auto()
    RECAP = auto()
    ENTRIES = auto()
    GOALS = auto()
    SHAREABLE = auto()
    SAFETY = auto()
    HELP = auto()
    STAGES = auto()


class SimpleAction(Enum):
    """An action without any data."""

    MOVE_ON = auto()  # an empty line: past a ruler's question if one is in view, else to the next prompt
    NEXT = auto()
    BACK = auto()
    AGAIN = auto()  # what is in view, once more
    UNDO = auto()
    CLOSE_NOTE = auto()  # the line with a dot alone, in an open note
    HIDE = auto()
    PAUSE = auto()


@dataclass(frozen=True, repr=False)
class Rejected:
    """A line that cannot be done, and why. `hint` is a command name of our own, never the user's text."""

    problem: Problem
    hint: str = ""


@dataclass(frozen=True, repr=False)
class Say:
    """An unmarked line: what the client said, or the answer to a ruler's question.

    `look_alike` is set when it looks like a mark or a command; `hint` is then the name of the command, our own.
    """

    words: str
    look_alike: LookAlike | None = field(default=None, compare=False)
    hint: str = field(default="", compare=False)


@dataclass(frozen=True, repr=False)
class AddEntry:
    """A marked line or a command that makes one entry. Without words it is a tally mark.

    `act` is what the counselor did, for an entry of the counselor's part. `other_dash`: the minus of the mark was typed
    as another dash.
    """

    kind: Kind
    words: str | None
    talk: Talk | None = None
    act: Act | None = None
    other_dash: bool = field(default=False, compare=False)


@dataclass(frozen=True, repr=False)
class Star:
    """Mark an entry as a strong one, or (`on` is false) take that off; without a number, the last of the client's."""

    number: int | None = None
    on: bool = True


@dataclass(frozen=True, repr=False)
class GoToStage:
    """Go to a stage; the position among the prompts of the present one is kept."""

    stage: Stage


@dataclass(frozen=True, repr=False)
class Show:
    """Show a page. `topic` is the help topic that was named, if any."""

    overview: Overview
    topic: str = ""


@dataclass(frozen=True, repr=False)
class UsePrompt:
    """Use a prompt of this stage out of order, by its number, counted from 1."""

    number: int


@dataclass(frozen=True, repr=False)
class AddReading:
    """Add an answer on a ruler, 0-10; `words` answer the ruler's first follow-up question, or are null.

    `target` is the name of the target that was typed after `@`; without it the reading is about the focus.
    """

    ruler: Ruler
    value: int
    words: str | None
    target: str | None = None


@dataclass(frozen=True, repr=False)
class AskRuler:
    """Bring a ruler's own question into view, which asks for a number; `target` is the name of a target, or null."""

    ruler: Ruler
    target: str | None = None


@dataclass(frozen=True, repr=False)
class AddGoal:
    """Add a goal, in the client's exact words."""

    words: str


@dataclass(frozen=True, repr=False)
class AddGoalFromEntry:
    """Add a goal that has the words of entry `number`, as they stand."""

    number: int


@dataclass(frozen=True, repr=False)
class SelectGoal:
    """Make goal number N, counted from 1 among the active ones, the one that goal lines are for."""

    number: int


@dataclass(frozen=True, repr=False)
class AddGoalPart:
    """Add something to a goal: `field` is the field of the goal, `parts` the words for it, null where not given.

    `goal` is its number, counted from 1 among the active ones; null for the goal in hand.
    """

    field: str
    parts: tuple[str | None, ...]
    goal: int | None = None


@dataclass(frozen=True, repr=False)
class AddGoalPartFromEntry:
    """Add an item to a list of a goal that has the words of entry `number`, as they stand; `goal` as above."""

    field: str
    number: int
    goal: int | None = None


@dataclass(frozen=True, repr=False)
class SettleStep:
    """Note what became of a step: step `number` of the goal, counted from 1, or the only open one if that is null.

    `outcome` is what came of it, in the counselor's words, or null.
    """

    status: StepStatus
    number: int | None = None
    outcome: str | None = None


@dataclass(frozen=True, repr=False)
class ReplaceStep:
    """Put another step in the place of one, which is named as in `SettleStep`; `when` is null where not given."""

    number: int | None
    words: str
    when: str | None = None


@dataclass(frozen=True, repr=False)
class ReviewOn:
    """Set when to look at a goal again: a date, or a number of days from now; `goal` as in `AddGoalPart`."""

    on: date | int
    goal: int | None = None


@dataclass(frozen=True, repr=False)
class Share:
    """The client agrees that these entries may stand in the plan, and that those in `out` no longer may.

    `results` and `results_out` are the same for results of goals, by the numbers of `interview.results`; `facts` and
    `facts_out` for client facts, by those of `interview.fact_sharing`.
    """

    numbers: tuple[int, ...]
    out: tuple[int, ...] = ()
    results: tuple[int, ...] = ()
    results_out: tuple[int, ...] = ()
    facts: tuple[int, ...] = ()
    facts_out: tuple[int, ...] = ()


@dataclass(frozen=True, repr=False)
class SetEntryType:
    """Give an entry its kind afterwards, with its DARN-CAT type or what the counselor did."""

    number: int
    kind: Kind
    talk: Talk | None
    act: Act | None = None


@dataclass(frozen=True, repr=False)
class EditEntry:
    """Change an entry's words."""

    number: int
    words: str


@dataclass(frozen=True, repr=False)
class UndoEntry:
    """Take back an older entry, by its number."""

    number: int


@dataclass(frozen=True, repr=False)
class SetMandate:
    """Note, as a client fact, that somebody has sent the client; `by` is who, or null."""

    by: str | None


@dataclass(frozen=True, repr=False)
class SetFact:
    """Note a client fact: the words for the fact of that name."""

    name: FactName
    words: str


@dataclass(frozen=True, repr=False)
class NoteConcern:
    """Note that a safety concern came up; the words are facts: what was done, who was told."""

    concern: Concern
    words: str | None


@dataclass(frozen=True, repr=False)
class CloseConcerns:
    """Note that the open concerns were dealt with; the words are facts: what was done, who was told."""

    words: str | None


@dataclass(frozen=True, repr=False)
class BeginNote:
    """Begin a note: several lines as one entry, up to a line with a dot alone. `first` is its first line, or null."""

    first: str | None


@dataclass(frozen=True, repr=False)
class AddNoteLine:
    """Add a line to the open note, whatever the line looks like."""

    words: str


@dataclass(frozen=True, repr=False)
class End:
    """Close the interview; the words are the next step that was agreed, or null."""

    words: str | None


Action = (
    SimpleAction
    | Rejected
    | Say
    | AddEntry
    | Star
    | GoToStage
    | Show
    | UsePrompt
    | AddReading
    | AskRuler
    | AddGoal
    | AddGoalFromEntry
    | SelectGoal
    | AddGoalPart
    | AddGoalPartFromEntry
    | SettleStep
    | ReplaceStep
    | ReviewOn
    | Share
    | SetEntryType
    | EditEntry
    | UndoEntry
    | SetMandate
    | SetFact
    | NoteConcern
    | CloseConcerns
    | BeginNote
    | AddNoteLine
    | End
)
