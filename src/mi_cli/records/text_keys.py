"""Closed sets that texts are keyed by: `words` has a sentence for each member.

They stand here since `words` may import nothing above `records`. The terms of the field and of the law are in `terms`.
"""

from enum import StrEnum, auto


class Problem(StrEnum):
    """Why a line that was typed in an interview did nothing. No sentence on it repeats what was typed."""

    NO_SUCH_COMMAND = auto()
    LEAVING = auto()  # `/quit`
    NEEDS_WORDS = auto()
    NEEDS_NOTHING = auto()
    UNDO_ONE = auto()
    NO_SUCH_STAGE = auto()
    NOT_ON_THE_RULER = auto()
    NOT_A_DATE = auto()
    NOT_A_CHOICE = auto()
    NO_SUCH_PROMPT = auto()
    NO_SUCH_ENTRY = auto()
    NO_SUCH_RESULT = auto()
    NO_SUCH_SHARED_FACT = auto()
    NO_SUCH_GOAL = auto()
    NO_GOAL_YET = auto()
    WHICH_GOAL = auto()
    NEEDS_NUMBERS = auto()
    NEEDS_TYPE = auto()
    NOT_SHAREABLE = auto()
    NOT_SHARED = auto()
    NOT_A_GOAL_LINE = auto()
    HAS_NO_TALK = auto()
    CANNOT_BE_MARKED = auto()
    NOTHING_TO_UNDO = auto()
    NO_SUCH_HELP = auto()
    NO_SUCH_CONCERN = auto()
    NO_OPEN_CONCERN = auto()
    NOT_THEIR_WORDS = auto()
    NOTHING_TO_STAR = auto()
    GOAL_CAME_FROM_IT = auto()
    NO_SUCH_FACT = auto()
    NO_SUCH_DIRECTION = auto()
    WHICH_TARGET = auto()
    WHICH_STEP = auto()
    NO_SUCH_STEP = auto()
    NO_OPEN_STEP = auto()
    NEEDS_STEP = auto()


class LookAlike(StrEnum):
    """What a line looked like that was kept as words: the screen says what would have worked."""

    TYPE = auto()  # `+x words`
    MARK = auto()  # `=` alone
    PART = auto()  # `>R words`
    STAR = auto()  # `* words`
    LONG_DASH = auto()  # `— words`
    COMMAND = auto()  # `help`
    LEAVING = auto()  # `quit`


class FollowUp(StrEnum):
    """A follow-up question of a ruler (`interview.rulers` says which comes when)."""

    WHY_NOT_LOWER = auto()
    WHAT_WOULD_MAKE_IT_ONE = auto()
    WHAT_WOULD_RAISE_IT = auto()


class DueKind(StrEnum):
    """What can be due, the worst first (`insight.due`)."""

    SAFETY = "safety-concern"
    NOTE = "note-unsigned"
    PLAN = "plan-update"
    REVIEW = "review-past"
    STEP = "step-past"
    APPOINTMENT = "appointment-today"
    CONSENT_ENDS = "consent-ends"
    CONSENT_TAKEN_BACK = "consent-taken-back"
    NOT_SEEN = "not-seen"
    PAUSED = "interview-paused"
    BACKUP = "backup-missing"


class SyncKind(StrEnum):
    """Who else may write to a folder that locks on this computer do not hold off (`store.upkeep.shared_folder`)."""

    NETWORK = auto()  # the folder is on another computer
    SYNCED = auto()  # a program copies the folder to other computers


class Need(StrEnum):
    """What must be so before a prompt may come unasked. `interview.needs` says how each is found."""

    CHANGE_TALK = "change-talk"
    SUSTAIN_TALK = "sustain-talk"
    BOTH_SIDES = "both-sides"
    WORRY = "worry"
    WISH = "wish"
    ABILITY_TALK = "ability-talk"
    REASON_TALK = "reason-talk"
    COMMITMENT = "commitment"
    TAKING = "taking"
    VALUE = "value"
    STRENGTH = "strength"
    TRIGGER = "trigger"
    PARKED = "parked"
    AGENDA = "agenda"
    AGENDA_2 = "agenda-2"
    FOCUS = "focus"
    NO_FOCUS = "no-focus"
    GOAL = "goal"
    NO_GOAL = "no-goal"
    REASON = "reason"
    NO_REASON = "no-reason"
    STEP = "step"
    NO_STEP = "no-step"
    WHEN = "when"
    NO_WHEN = "no-when"
    SUPPORT = "support"
    NO_SUPPORT = "no-support"
    BARRIER = "barrier"
    NO_BARRIER = "no-barrier"
    RESPONSE = "response"
    NO_RESPONSE = "no-response"
    SIGN = "sign"
    NO_SIGN = "no-sign"
    OTHERWISE = "otherwise"
    NO_OTHERWISE = "no-otherwise"
    REVIEW = "review"
    NO_REVIEW = "no-review"
    OPEN_STEP = "open-step"
    EARLIER_TALK = "earlier-talk"
    EARLIER_FOCUS = "earlier-focus"
    NOTHING_SAID = "nothing-said"
    MANDATED = "mandated"
    NOT_MANDATED = "not-mandated"
    LAPSE = "lapse"
    NO_LAPSE = "no-lapse"
    NO_DISCORD = "no-discord"
    IMPORTANCE = "importance"
    CONFIDENCE = "confidence"
    NO_IMPORTANCE = "no-importance"
    NO_CONFIDENCE = "no-confidence"
    NO_READINESS = "no-readiness"
    LOW_CONFIDENCE = "low-confidence"
    CONFIDENT = "confident"
    FEAR = "fear"
    MEDICINES = "medicines"
    SEVERAL_SUBSTANCES = "several-substances"
    CHILDREN = "children"
    PAIN = "pain"
    MOOD = "mood"


class RuleName(StrEnum):
    """The rules that choose the next prompt (`interview.rules`)."""

    LAPSE = "lapse"
    DISCORD = "discord"
    SUSTAIN_TALK = "sustain-talk"
    SUSTAIN_AGAIN = "sustain-again"
    AMBIVALENCE = "ambivalence"
    CHANGE_TALK = "change-talk"
    STRENGTH = "strength"
    PARKED = "parked"
    FOCUS_AGREED = "focus-agreed"
    LOW_READING = "low-reading"
    HIGH_READING = "high-reading"
    MANDATED = "mandated"
    OVERDOSE = "overdose"
    STAYING_SAFE = "staying-safe"
    RECAP = "recap"


class Hold(StrEnum):
    """What the view says when it holds up no prompt, because the counselor's own words are better or silence is."""

    REFLECT = "reflect"
    AFFIRM = "affirm"
    THANK = "thank"
    WAIT = "wait"


class Cue(StrEnum):
    """Whose words fill a blank of a prompt: the latest of that kind in the interview, or what the counselor knows."""

    CHANGE_TALK = "change-talk"
    SUSTAIN_TALK = "sustain-talk"
    SAID = "said"
    LAPSE = "lapse"
    FOCUS = "focus"
    AGENDA = "agenda"
    VALUE = "value"
    STRENGTH = "strength"
    TRIGGER = "trigger"
    PARKED = "parked"
    GOAL = "goal"
    REASON = "reason"
    STEP = "step"
    WHEN = "when"
    BARRIER = "barrier"
    RESPONSE = "response"
    SUPPORT = "support"
    EARLIER_TALK = "earlier-talk"
    EARLIER_FOCUS = "earlier-focus"
    NEXT = "next"
    MANDATE = "mandate"
    OWN = "own"


class Theme(StrEnum):
    """What a line of a recap says."""

    WANT = "want"
    BECAUSE = "because"
    COULD = "could"
    WILL = "will"
    BEGUN = "begun"
