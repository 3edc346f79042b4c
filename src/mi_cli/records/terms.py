"""The field's closed sets of words. The values are what stands in the records."""

from enum import StrEnum


class Stage(StrEnum):
    """The four tasks of MI (Miller & Rollnick 2013, 2023): any order, any number of visits."""

    ENGAGING = "engaging"
    FOCUSING = "focusing"
    EVOKING = "evoking"
    PLANNING = "planning"


class Kind(StrEnum):
    """What an entry is."""

    SAID = "said"
    CHANGE = "change"
    SUSTAIN = "sustain"
    DISCORD = "discord"
    OBSERVATION = "observation"
    STRENGTH = "strength"
    VALUE = "value"
    TRIGGER = "trigger"
    PARKED = "parked"
    FOCUS = "focus"
    AGENDA = "agenda"
    NEXT = "next"
    SAFETY = "safety"
    AMENDMENT = "amendment"


class Talk(StrEnum):
    """The DARN-CAT types of change and sustain talk: the first four prepare, the last three mobilize."""

    DESIRE = "desire"
    ABILITY = "ability"
    REASON = "reason"
    NEED = "need"
    COMMITMENT = "commitment"
    ACTIVATION = "activation"
    TAKING = "taking"

    @property
    def mobilizing(self) -> bool:
        """Whether it is commitment, activation or taking steps."""
        return self in (Talk.COMMITMENT, Talk.ACTIVATION, Talk.TAKING)


class Ruler(StrEnum):
    """A question answered from 0 to 10."""

    IMPORTANCE = "importance"
    CONFIDENCE = "confidence"
    READINESS = "readiness"


class Status(StrEnum):
    """Where a session stands."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Concern(StrEnum):
    """What a safety concern is about."""

    SUICIDE = "suicide"
    OVERDOSE = "overdose"
    WITHDRAWAL = "withdrawal"
    HARM_TO_OTHERS = "harm-to-others"
    ABUSE_OR_NEGLECT = "abuse-or-neglect"


class GoalStatus(StrEnum):
    """Where a goal stands."""

    ACTIVE = "active"
    MET = "met"
    DROPPED = "dropped"


class Reach(StrEnum):
    """Whether a step is a coping task on the way or the target behaviour itself (CLA-PD, Magill et al. 2016)."""

    PROXIMAL = "proximal"
    DISTAL = "distal"
