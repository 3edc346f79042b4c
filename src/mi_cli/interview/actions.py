"""What a line can mean: one frozen type for each thing that can be done. None has a repr: it would show words."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum, auto

from mi_cli.records.terms import Concern, Kind, Ruler, Stage, Talk


class Problem(StrEnum):
    """Why a line did nothing. Each has a sentence in `words.interview.model`; none repeats what was typed."""

    NO_SUCH_COMMAND = auto()
    NEEDS_WORDS = auto()
    NEEDS_NOTHING = auto()
    NO_SUCH_STAGE = auto()
    NOT_ON_THE_RULER = auto()
    NOT_A_DATE = auto()
    NOT_A_CHOICE = auto()
    NO_SUCH_PROMPT = auto()
    NO_SUCH_ENTRY = auto()
    NO_SUCH_RESULT = auto()
    NO_SUCH_GOAL = auto()
    NO_GOAL_YET = auto()
    WHICH_GOAL = auto()
    NEEDS_NUMBERS = auto()
    NEEDS_TYPE = auto()
    NOT_SHAREABLE = auto()
    NOT_SHARED = auto()
    NOT_A_GOAL_LINE = auto()
    HAS_NO_TALK = auto()
    NOTHING_TO_UNDO = auto()
    NO_SUCH_HELP = auto()
    NO_SUCH_CONCERN = auto()
    NO_OPEN_CONCERN = auto()


class Overview(StrEnum):
    """What can be looked at without changing anything."""

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
    """What needs no more said."""

    MOVE_ON = auto()  # an empty line: past a ruler's question if one is in view, else to the next prompt
    NEXT = auto()
    BACK = auto()
    UNDO = auto()
    HIDE = auto()
    PAUSE = auto()


@dataclass(frozen=True, repr=False)
class Rejected:
    """A line that says nothing the walk can do. `hint` is a command name of our own, never the user's text."""

    problem: Problem
    hint: str = ""


@dataclass(frozen=True, repr=False)
class Say:
    """An unmarked line: what the client said, or the answer to a ruler's question."""

    words: str


@dataclass(frozen=True, repr=False)
class AddEntry:
    """A marked line or a command that makes one entry. Without words it is a tally mark."""

    kind: Kind
    words: str | None
    talk: Talk | None = None


@dataclass(frozen=True, repr=False)
class GoToStage:
    """To a stage; its place is kept."""

    stage: Stage


@dataclass(frozen=True, repr=False)
class Show:
    """Something to show. `topic` is a help topic."""

    overview: Overview
    topic: str = ""


@dataclass(frozen=True, repr=False)
class UsePrompt:
    """Take a prompt of this stage out of turn, by its number from 1."""

    number: int


@dataclass(frozen=True, repr=False)
class AddReading:
    """An answer on a ruler, 0-10, perhaps with the answer to its first question."""

    ruler: Ruler
    value: int
    words: str | None


@dataclass(frozen=True, repr=False)
class AddGoal:
    """A goal, verbatim."""

    words: str


@dataclass(frozen=True, repr=False)
class SelectGoal:
    """Make goal number N, counted from 1 among the active ones, the one that goal lines are for."""

    number: int


@dataclass(frozen=True, repr=False)
class AddGoalPart:
    """Something for the goal: `field` names where, `parts` are its words, split, null where not given."""

    field: str
    parts: tuple[str | None, ...]


@dataclass(frozen=True, repr=False)
class ReviewOn:
    """When to look at the goal again: a date, or a number of days from now."""

    on: date | int


@dataclass(frozen=True, repr=False)
class Share:
    """The client agrees: these entries may stand in the plan, and what is `out` no longer.

    `results` and `results_out` are the same for what came of goals, by the numbers of `interview.results`.
    """

    numbers: tuple[int, ...]
    out: tuple[int, ...] = ()
    results: tuple[int, ...] = ()
    results_out: tuple[int, ...] = ()


@dataclass(frozen=True, repr=False)
class SetEntryType:
    """Give an entry its kind and DARN-CAT type afterwards."""

    number: int
    kind: Kind
    talk: Talk | None


@dataclass(frozen=True, repr=False)
class EditEntry:
    """Change an entry's words."""

    number: int
    words: str


@dataclass(frozen=True, repr=False)
class NoteConcern:
    """A safety concern came up; the words are facts: what was done, who was told."""

    concern: Concern
    words: str | None


@dataclass(frozen=True, repr=False)
class CloseConcerns:
    """What is open has been dealt with; the words are facts: what was done, who was told."""

    words: str | None


@dataclass(frozen=True, repr=False)
class BeginNote:
    """Several lines as one entry, up to a line with a dot alone. `first` may hold the first of them."""

    first: str | None


@dataclass(frozen=True, repr=False)
class End:
    """Close the interview; the words are the next step agreed."""

    words: str | None


Action = (
    SimpleAction
    | Rejected
    | Say
    | AddEntry
    | GoToStage
    | Show
    | UsePrompt
    | AddReading
    | AddGoal
    | SelectGoal
    | AddGoalPart
    | ReviewOn
    | Share
    | SetEntryType
    | EditEntry
    | NoteConcern
    | CloseConcerns
    | BeginNote
    | End
)
