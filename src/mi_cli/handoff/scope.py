"""The table of what each category of a handoff consists of. Form, cover, gate and packet all read it.

Theory of operation
-------------------
A consent names *categories* (`Category`). Each category consists of *parts* (`HandoffPart`), and each field of a goal
and each kind of thing said belongs to one part:

    category --PARTS--> parts <--GOAL_FIELDS-- fields of a goal
                              <--KINDS-------- kinds of things said

1. **The form says what the table says.** `described` words a category with its parts, for the form that the client
   signs and for the cover. A client who reads the form knows everything that can be passed on.
2. **A consent permits what its form said.** A consent records the version of the table (`SCOPE_VERSION`), and
   `parts_of` answers for that version. A category that gets a new part raises the version, and consents from before
   do not permit the new part.
3. **What is not in the table is not passed on.** `packet.py` copies only what `GOAL_FIELDS` and `KINDS` name.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from mi_cli.records.terms import Category, HandoffPart, Kind
from mi_cli.words.labels import CATEGORIES, Both, label

# The version of this table. A consent records it; it goes up by one when a category gets another part.
SCOPE_VERSION: Final = 2

PARTS: Final[Mapping[Category, tuple[HandoffPart, ...]]] = {
    Category.GOAL_PLAN: (
        HandoffPart.GOALS,
        HandoffPart.REASONS,
        HandoffPart.STEPS,
        HandoffPart.SUPPORTS,
        HandoffPart.BARRIERS,
        HandoffPart.SIGNS,
        HandoffPart.IF_NOT_WORKING,
        HandoffPart.OBJECTIVE,
        HandoffPart.REVIEW,
        HandoffPart.PROGRESS,
    ),
    Category.READINGS: (HandoffPart.READINGS,),
    Category.SHARED_WORDS: (
        HandoffPart.FOCUS,
        HandoffPart.AGENDA,
        HandoffPart.CHANGE,
        HandoffPart.SUSTAIN,
        HandoffPart.VALUES,
        HandoffPart.STRENGTHS,
        HandoffPart.TRIGGERS,
        HandoffPart.NEXT_STEP,
    ),
    Category.PARKED_MATTERS: (HandoffPart.PARKED,),
    Category.INTERVIEWS: (HandoffPart.INTERVIEWS,),
    Category.SAFETY_RAISED: (HandoffPart.SAFETY,),
}

# The parts that form and cover named in version 1: a consent recorded then permits these and no others.
_PARTS_IN_VERSION_1: Final = frozenset(HandoffPart) - {
    HandoffPart.SIGNS,
    HandoffPart.IF_NOT_WORKING,
    HandoffPart.OBJECTIVE,
    HandoffPart.PROGRESS,
    HandoffPart.AGENDA,
    HandoffPart.SUSTAIN,
    HandoffPart.TRIGGERS,
    HandoffPart.NEXT_STEP,
}

# No name says "my" or "the client's": the same words stand on the form, which the client signs, and on the cover.
PART_NAMES: Final[Mapping[HandoffPart, Both]] = {
    HandoffPart.GOALS: {"en": "goals", "es": "metas"},
    HandoffPart.REASONS: {"en": "reasons", "es": "razones"},
    HandoffPart.STEPS: {"en": "steps and which are done", "es": "pasos y cuáles se dieron"},
    HandoffPart.SUPPORTS: {"en": "who can help", "es": "quién puede ayudar"},
    HandoffPart.BARRIERS: {"en": "what could get in the way", "es": "qué podría estorbar"},
    HandoffPart.SIGNS: {"en": "signs that it is working", "es": "señales de que funciona"},
    HandoffPart.IF_NOT_WORKING: {"en": "what to do if it is not working", "es": "qué hacer si no funciona"},
    HandoffPart.OBJECTIVE: {"en": "a measurable wording", "es": "una redacción medible"},
    HandoffPart.REVIEW: {"en": "review date", "es": "fecha de revisión"},
    HandoffPart.PROGRESS: {
        "en": "what came of it (only the lines agreed to one by one)",
        "es": "qué resultó (solo las líneas aceptadas una por una)",
    },
    HandoffPart.READINGS: {"en": "the numbers given, with dates", "es": "los números dados, con fechas"},
    HandoffPart.FOCUS: {"en": "what it is about", "es": "de qué se trata"},
    HandoffPart.AGENDA: {"en": "what else was on the table", "es": "qué más había por tratar"},
    HandoffPart.CHANGE: {"en": "what speaks for change", "es": "lo que habla a favor del cambio"},
    HandoffPart.SUSTAIN: {
        "en": "what speaks for leaving things as they are",
        "es": "lo que habla a favor de que todo siga igual",
    },
    HandoffPart.VALUES: {"en": "values", "es": "valores"},
    HandoffPart.STRENGTHS: {"en": "strengths", "es": "fortalezas"},
    HandoffPart.TRIGGERS: {"en": "situations of high risk", "es": "situaciones de alto riesgo"},
    HandoffPart.NEXT_STEP: {"en": "the next step agreed", "es": "el próximo paso acordado"},
    HandoffPart.PARKED: {"en": "those set aside for therapy", "es": "los que se apartaron para la terapia"},
    HandoffPart.INTERVIEWS: {"en": "dates, length, stages", "es": "fechas, duración, etapas"},
    HandoffPart.SAFETY: {
        "en": "that one was raised, and when; nothing more about it",
        "es": "que se planteó una, y cuándo; nada más al respecto",
    },
}

# The part to which each kind of thing said belongs. A kind that is not here is never passed on.
KINDS: Final[Mapping[Kind, HandoffPart]] = {
    Kind.FOCUS: HandoffPart.FOCUS,
    Kind.AGENDA: HandoffPart.AGENDA,
    Kind.CHANGE: HandoffPart.CHANGE,
    Kind.SUSTAIN: HandoffPart.SUSTAIN,
    Kind.VALUE: HandoffPart.VALUES,
    Kind.STRENGTH: HandoffPart.STRENGTHS,
    Kind.TRIGGER: HandoffPart.TRIGGERS,
    Kind.NEXT: HandoffPart.NEXT_STEP,
    Kind.PARKED: HandoffPart.PARKED,
}

# The part to which each field of a goal belongs.
GOAL_FIELDS: Final[Mapping[str, HandoffPart]] = {
    "id": HandoffPart.GOALS,
    "words": HandoffPart.GOALS,
    "said_on": HandoffPart.GOALS,
    "status": HandoffPart.GOALS,
    "objective": HandoffPart.OBJECTIVE,
    "reasons": HandoffPart.REASONS,
    "steps": HandoffPart.STEPS,
    "supports": HandoffPart.SUPPORTS,
    "barriers": HandoffPart.BARRIERS,
    "signs": HandoffPart.SIGNS,
    "if_not_working": HandoffPart.IF_NOT_WORKING,
    "importance": HandoffPart.READINGS,
    "confidence": HandoffPart.READINGS,
    "review_on": HandoffPart.REVIEW,
    "progress": HandoffPart.PROGRESS,
}


def parts_of(categories: Iterable[Category], version: int = SCOPE_VERSION) -> frozenset[HandoffPart]:
    """Returns the parts of these categories in that version of the table; an unknown version counts as version 1."""
    parts = frozenset(part for category in categories for part in PARTS[category])
    return parts if version == SCOPE_VERSION else parts & _PARTS_IN_VERSION_1


def described(
    category: Category,
    language: str,
    parts: AbstractSet[HandoffPart] = frozenset(HandoffPart),
    *,
    lead: str | None = None,
) -> str:
    """Returns a category in words with those of its parts that are in `parts`; `lead` replaces the category's name."""
    names = (label(PART_NAMES[part], language) for part in PARTS[category] if part in parts)
    return f"{lead or label(CATEGORIES[category], language)}: {', '.join(names)}"
