"""The rules for client facts, the same in an interview and in `mi client facts`. Pure functions.

Each rule returns a `ReversibleChange` to the facts and applies nothing itself: an interview makes a turn of it
(`interview.turns`), `mi client facts` applies it to the facts on the disk. The inverse of a change takes back only what
the change itself put there: what somebody else has noted since stays.

`session` is the id of the interview that a fact is told in, and null outside of one.

A name of a target is compared without regard to case, blanks and invisible characters; it is kept as it was typed.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from mi_cli.interview.likeness import value_named
from mi_cli.records.base import Part
from mi_cli.records.change import NO_CHANGE, Change, RecordPart, ReversibleChange
from mi_cli.records.client_facts import Fact, Facts, Mandate, Target
from mi_cli.records.name_matching import same_name
from mi_cli.records.terms import Direction, FactName, FactSource
from mi_cli.words.typed_names import typed_names

NewId = Callable[[], str]

# The facts in words alone, and the field of `Facts` that each is kept in.
IN_WORDS: Final[Mapping[FactName, str]] = {
    FactName.MEDICINES: "medicines",
    FactName.SAFER_USE: "safer_use",
    FactName.REACH: "reach",
    FactName.APPOINTMENT: "appointment",
    FactName.LIMITS: "limits",
    FactName.HELPED: "helped",
    FactName.COLLATERAL: "collateral",
    FactName.OFF_LIMITS: "off_limits",
    FactName.PRACTICE: "practice",
}


def target_named(facts: Facts, name: str) -> Target | None:
    """Returns the target of that name, or null."""
    return next((target for target in facts.targets if same_name(target.name, name)), None)


def with_target(
    facts: Facts,
    name: str,
    new_id: NewId,
    at: datetime,
    source: FactSource = FactSource.CLIENT,
    session: str | None = None,
) -> tuple[Target, ReversibleChange]:
    """Returns the target of that name, and the change that adds it to the facts if it is not among them yet."""
    if known := target_named(facts, name):
        return known, NO_CHANGE
    target = Target(id=new_id(), name=name, on=at.date(), source=source, session=session)
    return target, set_target(facts, target)


def with_mandate(
    facts: Facts,
    by: str | None,
    at: datetime,
    source: FactSource = FactSource.COUNSELOR,
    session: str | None = None,
) -> ReversibleChange:
    """Notes that the client was sent, and by whom if that is known. What was known of it before is kept."""
    known = facts.mandate
    kept = known.replace(by=by or known.by) if known else None
    if kept == known and known is not None:
        return NO_CHANGE
    mandate = kept or Mandate(by=by, on=at.date(), source=source)
    more = known is not None and (known.reported, known.until) != (None, None)
    told_in = known.session if known and more else session
    return set_mandate(facts, mandate.replace(on=at.date(), source=source, session=told_in))


def with_fact(
    facts: Facts,
    name: FactName,
    words: str,
    at: datetime,
    new_id: NewId,
    source: FactSource = FactSource.CLIENT,
    session: str | None = None,
) -> ReversibleChange:
    """Notes one fact in words. A mandate's words are who sent the client; a target's are its name.

    A direction that is none of `Direction`, or that there is not just one target for, changes nothing: a caller that
    has to tell which of these it was reads the direction itself (`likeness.value_named`) and looks at the targets.
    """
    match name:
        case FactName.TARGET:
            return with_target(facts, words, new_id, at, source, session)[1]
        case FactName.MANDATE:
            return with_mandate(facts, words, at, source, session)
        case FactName.DIRECTION:
            direction = value_named(words, Direction, typed_names(None))
            if direction is None or len(facts.targets) != 1:
                return NO_CHANGE
            return with_direction(facts, facts.targets[0], direction, at, source)
        case _:
            fact = Fact(words=words, on=at.date(), source=source, session=session)
            known: Fact | None = getattr(facts, IN_WORDS[name])
            said_before = known is not None and known.replace(session=session) == fact
            return NO_CHANGE if said_before else _set(facts, IN_WORDS[name], fact)


def with_direction(
    facts: Facts, target: Target, direction: Direction | None, at: datetime, source: FactSource = FactSource.CLIENT
) -> ReversibleChange:
    """Notes where the client wants to go with that behavior; null takes it out."""
    if target.direction is direction:
        return NO_CHANGE
    return set_target(facts, target.replace(direction=direction, on=at.date(), source=source))


def set_mandate(facts: Facts, mandate: Mandate | None) -> ReversibleChange:
    """Puts a mandate in the place of the one that is known; null removes it."""
    return _set(facts, "mandate", mandate)


def set_target(facts: Facts, target: Target) -> ReversibleChange:
    """Adds a target, or puts it in the place of the one with its id."""
    before, after = _as_json(facts.target(target.id)), _as_json(target)
    where: dict[str, Any] = {"where": RecordPart.FACTS, "field": "targets", "key": target.id}
    return ReversibleChange((Change(**where, put=after),), (Change(**where, put=before, drop=after),))


def remove_fact(facts: Facts, name: FactName) -> ReversibleChange:
    """Removes a mandate, or a fact in words."""
    return _set(facts, "mandate" if name is FactName.MANDATE else IN_WORDS[name], None)


def _set(facts: Facts, field: str, part: Part | None) -> ReversibleChange:
    before, after = _as_json(getattr(facts, field)), _as_json(part)
    if before == after:
        return NO_CHANGE
    where: dict[str, Any] = {"where": RecordPart.FACTS, "field": field}
    return ReversibleChange((Change(**where, put=after),), (Change(**where, put=before, drop=after),))


def _as_json(part: Part | None) -> Any:
    return part.model_dump(mode="json") if part is not None else None
