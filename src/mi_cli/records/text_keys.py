"""Closed sets that texts are keyed by and that no record holds: `words` has a sentence for each member.

They stand here since `words` may import nothing above `records`. The sets that records hold are in `terms`.
"""

from enum import StrEnum, auto


class Problem(StrEnum):
    """Why a line that was typed in an interview did nothing. No sentence on it repeats what was typed."""

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


class FollowUp(StrEnum):
    """A follow-up question of a ruler (`interview.rulers` says which comes when)."""

    WHY_NOT_LOWER = auto()
    WHAT_WOULD_MAKE_IT_ONE = auto()
    WHAT_WOULD_RAISE_IT = auto()


class SyncKind(StrEnum):
    """Who else may write to a folder that locks on this computer do not hold off (`store.upkeep.shared_folder`)."""

    NETWORK = auto()  # the folder is on another computer
    SYNCED = auto()  # a program copies the folder to other computers
