"""The closed sets of terms of the field, and of the law. Their values are what is written in the records."""

from enum import StrEnum
from typing import Final


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
    AMBIVALENCE = "ambivalence"
    DISCORD = "discord"
    OBSERVATION = "observation"
    STRENGTH = "strength"
    VALUE = "value"
    TRIGGER = "trigger"
    PARKED = "parked"
    FOCUS = "focus"
    AGENDA = "agenda"
    NEXT = "next"
    LAPSE = "lapse"
    MINE = "mine"
    SAFETY = "safety"
    AMENDMENT = "amendment"


class Act(StrEnum):
    """What the counselor did, of an entry of kind `mine`: OARS, and information with permission."""

    REFLECTION = "reflection"
    AFFIRMATION = "affirmation"
    QUESTION = "question"
    INFORMATION = "information"
    SUMMARY = "summary"


# The kinds of entries whose words are the client's own.
CLIENTS_WORDS: Final = frozenset(
    {
        Kind.SAID,
        Kind.CHANGE,
        Kind.SUSTAIN,
        Kind.AMBIVALENCE,
        Kind.DISCORD,
        Kind.VALUE,
        Kind.TRIGGER,
        Kind.PARKED,
        Kind.FOCUS,
        Kind.AGENDA,
        Kind.NEXT,
        Kind.LAPSE,
    }
)


# The kinds of entries that are kept verbatim, and so stand between quotation marks. The others of `CLIENTS_WORDS` are
# as told, or as agreed: the counselor put them into words.
VERBATIM: Final = frozenset(
    {Kind.SAID, Kind.CHANGE, Kind.SUSTAIN, Kind.AMBIVALENCE, Kind.DISCORD, Kind.VALUE, Kind.FOCUS}
)


class Talk(StrEnum):
    """The DARN-CAT types of change and sustain talk: the first four prepare, the last three mobilize."""

    DESIRE = "desire"
    ABILITY = "ability"
    REASON = "reason"
    NEED = "need"
    COMMITMENT = "commitment"
    ACTIVATION = "activation"
    TAKING_STEPS = "taking"

    @property
    def mobilizing(self) -> bool:
        """Whether it is commitment, activation or taking steps."""
        return self in (Talk.COMMITMENT, Talk.ACTIVATION, Talk.TAKING_STEPS)


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
    PARTNER_VIOLENCE = "partner-violence"
    DRIVING = "driving"


class GoalStatus(StrEnum):
    """Where a goal stands."""

    ACTIVE = "active"
    MET = "met"
    DROPPED = "dropped"


class StepStatus(StrEnum):
    """What became of a step; `replaced` is one in whose place another was agreed."""

    OPEN = "open"
    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not"
    REPLACED = "replaced"


class Direction(StrEnum):
    """Where the client wants to go with a behavior. None of them is better than another."""

    STOP = "stop"
    LESS = "less"
    SAFER = "safer"
    UNDECIDED = "undecided"


class FactSource(StrEnum):
    """Who told a client fact."""

    CLIENT = "client"
    REFERRAL = "referral"
    COUNSELOR = "counselor"


class FactName(StrEnum):
    """What a client fact is about: the names that `mi client facts` and `/fact` take."""

    TARGET = "target"
    DIRECTION = "direction"
    MEDICINES = "medicines"
    MANDATE = "mandate"
    SAFER_USE = "safer-use"
    REACH = "reach"
    APPOINTMENT = "appointment"
    LIMITS = "limits"
    HELPED = "helped"
    COLLATERAL = "collateral"
    OFF_LIMITS = "off-limits"
    PRACTICE = "practice"


class ContactKind(StrEnum):
    """What a contact was; `return` is the answer of the CBT therapist who took over."""

    MISSED = "missed"
    CANCELLED = "cancelled"
    PHONE = "phone"
    RETURN = "return"
    OTHER = "other"


class ContactTopic(StrEnum):
    """What a line of the therapist's answer is about."""

    WORKED_ON = "worked-on"
    CHANGED = "changed"
    MOTIVATION = "motivation"


class NoteState(StrEnum):
    """Where a progress note stands. A signed one is never changed; amendments are added to it."""

    DRAFT = "draft"
    SIGNED = "signed"


class NoteAuthor(StrEnum):
    """Who words a section of a progress note: the record, the counselor, or a clinician alone."""

    RECORD = "record"
    COUNSELOR = "counselor"
    CLINICIAN = "clinician"


class AmendmentKind(StrEnum):
    """What is added to a signed note: three things that the rules keep apart (Ala. Admin. Code 560-X-1-.21)."""

    LATE_ENTRY = "late-entry"
    ADDENDUM = "addendum"
    CORRECTION = "correction"


class NoteFact(StrEnum):
    """What the record puts into a section of a progress note: a format says which section."""

    GOALS = "goals"
    ACTS = "acts"
    TECHNIQUES = "techniques"
    READINGS = "readings"
    STEPS = "steps"
    WORDS = "words"
    OBSERVATIONS = "observations"
    SAFETY = "safety"
    NEXT = "next"


class Technique(StrEnum):
    """What a counselor may say that was done in an interview. All but the last two can be marked as an `Act` in it."""

    QUESTION = "question"
    REFLECTION = "reflection"
    AFFIRMATION = "affirmation"
    SUMMARY = "summary"
    INFORMATION = "information"
    AGENDA = "agenda"
    KEY_QUESTION = "key-question"


class NoteBlank(StrEnum):
    """A line of a progress note that only a clinician fills in."""

    ASSESSMENT = "assessment"
    MEDICAL_NECESSITY = "medical-necessity"
    DIAGNOSIS = "diagnosis"
    MENTAL_STATUS = "mental-status"
    FUNCTIONAL_STATUS = "functional-status"
    PROGNOSIS = "prognosis"
    RISK = "risk"
    TEST_RESULTS = "test-results"
    USE_SINCE = "use-since"
    NEXT_APPOINTMENT = "next-appointment"
    REFERRALS = "referrals"


class NoteNeed(StrEnum):
    """What a rule may want a progress note to hold, as far as a program can see whether it does."""

    TIMES = "times"
    SERVICE = "service"
    PLACE = "place"
    GOAL = "goal"
    INTERVENTION = "intervention"
    RESPONSE = "response"
    BEHAVIOR = "behavior"
    NEXT_STEP = "next-step"
    SIGNATURE = "signature"
    CREDENTIALS = "credentials"
    PLAN_UPDATE = "plan-update"
    EVERY_VISIT = "every-visit"


class Reach(StrEnum):
    """Whether a step is a coping task on the way or the target behavior itself (CLA-PD, Magill et al. 2016)."""

    PROXIMAL = "proximal"
    DISTAL = "distal"


class Jurisdiction(StrEnum):
    """Whose rules the gate and the notices follow."""

    US_PART2 = "us-part2"
    GENERAL = "general"


class ConsentKind(StrEnum):
    """What a consent is for: treatment, payment and operations as a whole, or one named purpose (42 CFR 2.31)."""

    TPO = "tpo"
    PURPOSE = "purpose"


class RecipientKind(StrEnum):
    """What a recipient is to the law: it decides what they may pass on (42 CFR 2.33(b)).

    `other` says that this is not known; `not-covered` that it is known that they are none of the others.
    """

    COVERED_ENTITY = "covered-entity"
    BUSINESS_ASSOCIATE = "business-associate"
    PART2_PROGRAM = "part2-program"
    NOT_COVERED = "not-covered"
    OTHER = "other"


class Category(StrEnum):
    """What a consent can name: all of it but progress notes is what a handoff is made of. `HandoffPart` is of what."""

    GOAL_PLAN = "goal-plan"
    READINGS = "readings"
    SHARED_WORDS = "shared-words"
    PARKED_MATTERS = "parked-matters"
    INTERVIEWS = "interviews"
    SAFETY_RAISED = "safety-raised"
    PROGRESS_NOTES = "progress-notes"


class HandoffPart(StrEnum):
    """A part of a category: what a form can name, and a consent permit or not (`handoff.scope` is the table)."""

    GOALS = "goals"
    REASONS = "reasons"
    STEPS = "steps"
    SUPPORTS = "supports"
    BARRIERS = "barriers"
    SIGNS = "signs"
    IF_NOT_WORKING = "if-not-working"
    OBJECTIVE = "objective"
    REVIEW = "review"
    PROGRESS = "progress"
    READINGS = "readings"
    ANSWERS = "answers"
    FOCUS = "focus"
    AGENDA = "agenda"
    CHANGE = "change"
    SUSTAIN = "sustain"
    VALUES = "values"
    STRENGTHS = "strengths"
    TRIGGERS = "triggers"
    NEXT_STEP = "next-step"
    AMBIVALENCE = "ambivalence"
    FACTS = "facts"
    FIRST_VISIT = "first-visit"
    PARKED = "parked"
    INTERVIEWS = "interviews"
    SAFETY = "safety"
    NOTES = "notes"


class Purpose(StrEnum):
    """What a disclosure is for; the values are those of HL7's PurposeOfUse."""

    TREATMENT = "TREAT"
    PAYMENT = "HPAYMT"
    OPERATIONS = "HOPERAT"
    CLIENT_REQUEST = "PATRQT"


class Basis(StrEnum):
    """Why a handoff is permitted: consent; within one program (42 CFR 2.12(c)(3)); the client's own (2.23)."""

    CONSENT = "consent"
    SAME_PROGRAM = "same-program"
    CLIENT_COPY = "client-copy"


class Medium(StrEnum):
    """How a consent was signed."""

    PAPER = "paper"
    ELECTRONIC = "electronic"


class Capacity(StrEnum):
    """Who signed: the client, or somebody with the authority to (42 CFR 2.14, 2.15)."""

    CLIENT = "client"
    PARENT = "parent"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"


class Statement(StrEnum):
    """What a consent must tell the client before it is signed (42 CFR 2.31(a)(4)(iii), (6), (10))."""

    REVOCATION = "revocation"
    HIPAA_REDISCLOSURE = "hipaa-redisclosure"
    TPO_REDISCLOSURE = "tpo-redisclosure"
    TPO_REFUSAL = "tpo-refusal"


class Event(StrEnum):
    """What an entry in the log of disclosures says.

    A document went out; one that was logged never did; or nobody can tell, because the place it was to go to could not
    be looked at any more. It then counts as gone out.
    """

    DISCLOSED = "disclosed"
    NOT_DELIVERED = "not-delivered"
    UNCERTAIN = "uncertain"


class Protection(StrEnum):
    """How a store is protected.

    Only version 0.1.0 wrote PROTECTING and UNPROTECTING: it changed file after file, and was broken off.
    """

    NONE = "none"
    PROTECTING = "protecting"
    PASSPHRASE = "passphrase"  # noqa: S105  # the name of a way to protect, no secret
    UNPROTECTING = "unprotecting"
