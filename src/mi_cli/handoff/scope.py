"""What each category of a handoff is made of: the one table that form, cover, gate and packet are made from.

A consent names categories, and the form says of each which parts it has. Nothing may go out under a category that is
not among its parts here, so that a client who reads the form knows all that can be passed on.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from mi_cli.records.terms import Category, HandoffPart, Kind
from mi_cli.words.labels import CATEGORIES, Both, label

# The version of this table, which a consent keeps from the day it was recorded: it goes up when a category gets a part.
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

# What both form and cover said in the first version: a consent recorded then permits that, and no more.
_FIRST: Final = frozenset(HandoffPart) - {
    HandoffPart.SIGNS,
    HandoffPart.IF_NOT_WORKING,
    HandoffPart.OBJECTIVE,
    HandoffPart.PROGRESS,
    HandoffPart.AGENDA,
    HandoffPart.SUSTAIN,
    HandoffPart.TRIGGERS,
    HandoffPart.NEXT_STEP,
}

# Without "my" or "the client's": the same words stand on the form, which the client signs, and on the cover.
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

# The part that each kind of thing said belongs to; a kind that is not here is never passed on.
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

# The part that each field of a goal belongs to.
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
    """What these categories are made of, by the table of that version; by the first for one that is not known."""
    parts = frozenset(part for category in categories for part in PARTS[category])
    return parts if version == SCOPE_VERSION else parts & _FIRST


def described(
    category: Category,
    language: str,
    parts: AbstractSet[HandoffPart] = frozenset(HandoffPart),
    *,
    lead: str | None = None,
) -> str:
    """A category and its parts, as far as they are among `parts`; `lead` calls the category in other words."""
    names = (label(PART_NAMES[part], language) for part in PARTS[category] if part in parts)
    return f"{lead or label(CATEGORIES[category], language)}: {', '.join(names)}"
