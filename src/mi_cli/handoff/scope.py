"""The table of what each category that a consent can name consists of. Form, cover, gate and packet all read it.

Theory of operation
-------------------
A consent names *categories* (`Category`). Each category consists of *parts* (`HandoffPart`), and each field of a goal,
each kind of thing said and each client fact belongs to one part:

    category --PARTS--> parts <--GOAL_FIELDS-- fields of a goal
                              <--KINDS-------- kinds of things said
                              <--FACTS-------- client facts

1. **The form says what the table says.** `described` words a category with its parts, for the form that the client
   signs and for the cover. A client who reads the form knows everything that can be passed on.
2. **A consent permits what its form said.** A consent records the version of the table (`SCOPE_VERSION`), and
   `parts_of` answers for that version. A category that gets a new part raises the version, and consents from before
   do not permit the new part; nor do they permit a category of which they named no part (`named`).
3. **What is not in the table is not passed on.** `collecting.py` copies only what `GOAL_FIELDS`, `KINDS` and `FACTS`
   name. A progress note is no part of a handoff: it goes out whole, by itself, where its category is permitted.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from mi_cli.records.terms import Category, FactName, HandoffPart, Kind
from mi_cli.words.labels import label_words

# The version of this table. A consent records it; it goes up by one when a category gets another part.
SCOPE_VERSION: Final = 5

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
    Category.READINGS: (HandoffPart.READINGS, HandoffPart.ANSWERS),
    Category.SHARED_WORDS: (
        HandoffPart.FOCUS,
        HandoffPart.AGENDA,
        HandoffPart.CHANGE,
        HandoffPart.SUSTAIN,
        HandoffPart.VALUES,
        HandoffPart.STRENGTHS,
        HandoffPart.TRIGGERS,
        HandoffPart.NEXT_STEP,
        HandoffPart.AMBIVALENCE,
        HandoffPart.FACTS,
        HandoffPart.FIRST_VISIT,
    ),
    Category.PARKED_MATTERS: (HandoffPart.PARKED,),
    Category.INTERVIEWS: (HandoffPart.INTERVIEWS,),
    Category.SAFETY_RAISED: (HandoffPart.SAFETY,),
    Category.PROGRESS_NOTES: (HandoffPart.NOTES,),
}

# The parts that form and cover named in earlier versions: a consent recorded then permits these and no others.
_PARTS_IN_VERSION_4: Final = frozenset(HandoffPart) - {HandoffPart.FIRST_VISIT}
_PARTS_IN_VERSION_3: Final = _PARTS_IN_VERSION_4 - {HandoffPart.NOTES}
_PARTS_IN_VERSION_2: Final = _PARTS_IN_VERSION_3 - {
    HandoffPart.ANSWERS,
    HandoffPart.AMBIVALENCE,
    HandoffPart.FACTS,
}
_PARTS_IN_VERSION_1: Final = _PARTS_IN_VERSION_2 - {
    HandoffPart.SIGNS,
    HandoffPart.IF_NOT_WORKING,
    HandoffPart.OBJECTIVE,
    HandoffPart.PROGRESS,
    HandoffPart.AGENDA,
    HandoffPart.SUSTAIN,
    HandoffPart.TRIGGERS,
    HandoffPart.NEXT_STEP,
}

_NAMED: Final[Mapping[int, frozenset[HandoffPart]]] = {
    SCOPE_VERSION: frozenset(HandoffPart),
    4: _PARTS_IN_VERSION_4,
    3: _PARTS_IN_VERSION_3,
    2: _PARTS_IN_VERSION_2,
}

# The part to which each kind of thing said belongs. A kind that is not here is never passed on.
KINDS: Final[Mapping[Kind, HandoffPart]] = {
    Kind.FOCUS: HandoffPart.FOCUS,
    Kind.AGENDA: HandoffPart.AGENDA,
    Kind.CHANGE: HandoffPart.CHANGE,
    Kind.SUSTAIN: HandoffPart.SUSTAIN,
    Kind.AMBIVALENCE: HandoffPart.AMBIVALENCE,
    Kind.VALUE: HandoffPart.VALUES,
    Kind.STRENGTH: HandoffPart.STRENGTHS,
    Kind.TRIGGER: HandoffPart.TRIGGERS,
    Kind.NEXT: HandoffPart.NEXT_STEP,
    Kind.PARKED: HandoffPart.PARKED,
}

# The part to which each client fact belongs. The first form that names facts does not name those of the first visit.
FACTS: Final[Mapping[FactName, HandoffPart]] = {
    FactName.TARGET: HandoffPart.FACTS,
    FactName.DIRECTION: HandoffPart.FACTS,
    FactName.MEDICINES: HandoffPart.FACTS,
    FactName.MANDATE: HandoffPart.FACTS,
    FactName.SAFER_USE: HandoffPart.FACTS,
    FactName.REACH: HandoffPart.FACTS,
    FactName.APPOINTMENT: HandoffPart.FACTS,
    FactName.LIMITS: HandoffPart.FIRST_VISIT,
    FactName.HELPED: HandoffPart.FIRST_VISIT,
    FactName.COLLATERAL: HandoffPart.FIRST_VISIT,
    FactName.OFF_LIMITS: HandoffPart.FIRST_VISIT,
    FactName.PRACTICE: HandoffPart.FIRST_VISIT,
}

# The part to which each field of a goal belongs.
GOAL_FIELDS: Final[Mapping[str, HandoffPart]] = {
    "id": HandoffPart.GOALS,
    "words": HandoffPart.GOALS,
    "said_on": HandoffPart.GOALS,
    "status": HandoffPart.GOALS,
    "status_on": HandoffPart.GOALS,
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
    return parts & _NAMED.get(version, _PARTS_IN_VERSION_1)


def named(categories: Iterable[Category], version: int) -> frozenset[Category]:
    """Returns those of the categories of which that version of the table names a part."""
    return frozenset(category for category in categories if parts_of((category,), version))


def category_description(
    category: Category,
    language: str,
    parts: AbstractSet[HandoffPart] = frozenset(HandoffPart),
    *,
    lead: str | None = None,
) -> str:
    """Returns a category in words with those of its parts that are in `parts`; `lead` replaces the category's name."""
    names = (label_words(language).parts[part] for part in PARTS[category] if part in parts)
    return f"{lead or label_words(language).categories[category]}: {', '.join(names)}"
