"""The client's change plan: goals in the client's words, and what the client agreed to pass on."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Final

from pydantic import AfterValidator, AwareDatetime, Field

from mi_cli.records.base import Part, Record
from mi_cli.records.change import Change, RecordPart
from mi_cli.records.terms import GoalStatus, Kind, Reach, Stage, Talk


class EntryRef(Part):
    """Which entry of which session something was copied from."""

    session: str
    n: int
    at: AwareDatetime


# Said without a mark, friction, what the counselor thought, facts of safety: never passed on (see `interview.sharing`).
_NEVER_SHARED: Final = frozenset({Kind.SAID, Kind.DISCORD, Kind.OBSERVATION, Kind.SAFETY, Kind.AMENDMENT})


def _shareable(kind: Kind) -> Kind:
    if kind in _NEVER_SHARED:
        raise ValueError("this is never passed on")
    return kind


class Shared(Part):
    """One thing said that the client agreed to have in the plan."""

    words: str
    kind: Annotated[Kind, AfterValidator(_shareable)]
    talk: Talk | None = None
    from_: EntryRef = Field(alias="from")


class GoalFrom(Part):
    """Where a goal was said; `session` and `stage` are null for one added outside an interview.

    `n` is the entry that was made last before it: a goal is no entry, and that is its place among them.
    """

    session: str | None
    stage: Stage | None
    at: AwareDatetime
    n: int | None = None


class Objective(Part):
    """A measurable wording that may stand beside the client's words, with who worded it."""

    words: str
    by: str


def _is_null(value: object) -> bool:
    return value is None


class Step(Part):
    """What the client will do, and when, where and how.

    `outcome` is the counselor's wording: it is passed on only if the client agreed to that, on `outcome_shared`.
    """

    words: str
    when: str | None = None
    where: str | None = None
    how: str | None = None
    reach: Reach | None = None
    done_on: date | None = None
    outcome: str | None = None
    outcome_shared: date | None = Field(default=None, exclude_if=_is_null)


class Support(Part):
    """Who can help, and how."""

    who: str
    how: str | None = None


class Barrier(Part):
    """What could get in the way, and the client's response to it."""

    what: str
    response: str | None = None


class Progress(Part):
    """What came of it, dated, in the counselor's wording.

    It is passed on only if the client agreed to that, on `shared`; a line without that field was not agreed to.
    """

    at: AwareDatetime
    words: str
    shared: date | None = Field(default=None, exclude_if=_is_null)


# The lists of a goal whose items hold words of the counselor, and the field that says when the client agreed to them.
AGREED_ON: Final[Mapping[str, str]] = {"progress": "shared", "steps": "outcome_shared"}


class Before(Part):
    """What a field held before it was changed."""

    at: AwareDatetime
    field: str
    before: object


class Goal(Part):
    """What the client wants, verbatim. The fields are those of the change plan (MET manual 1992)."""

    id: str
    words: str
    from_: GoalFrom = Field(alias="from")
    objective: Objective | None = None
    reasons: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    supports: tuple[Support, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    signs: tuple[str, ...] = ()
    if_not_working: str | None = None
    importance: int | None = Field(default=None, ge=0, le=10)
    confidence: int | None = Field(default=None, ge=0, le=10)
    review_on: date | None = None
    status: GoalStatus = GoalStatus.ACTIVE
    progress: tuple[Progress, ...] = ()
    history: tuple[Before, ...] = ()


class Plan(Record):
    """`mi.plan/1`. `turns` tells, per session, the last turn of its notes that this plan holds."""

    SCHEMA: ClassVar[str] = "mi.plan/1"

    client: str
    goals: tuple[Goal, ...] = ()
    focus: tuple[Shared, ...] = ()
    talk: tuple[Shared, ...] = ()
    values: tuple[Shared, ...] = ()
    strengths: tuple[Shared, ...] = ()
    triggers: tuple[Shared, ...] = ()
    parked: tuple[Shared, ...] = ()
    next: tuple[Shared, ...] = ()
    turns: dict[str, int] = Field(default_factory=dict)

    def goal(self, goal_id: str | None) -> Goal | None:
        """The goal with that id."""
        return next((goal for goal in self.goals if goal.id == goal_id), None)

    def with_changes(self, *changes: Change) -> "Plan":
        """With the changes made that are to the plan. One to a goal that is no longer there does nothing."""
        plan = self
        for change in changes:
            plan = plan._changed(change)
        return plan

    def _changed(self, change: Change) -> "Plan":
        match change.where:
            case RecordPart.GOAL:
                return self._with_goal(change.key, change.put)
            case RecordPart.GOAL_FIELD | RecordPart.GOAL_LIST if goal := self.goal(change.key):
                fields = goal.model_dump(mode="json")
                if change.where is RecordPart.GOAL_FIELD:
                    fields[change.field] = change.put
                else:
                    fields[change.field] = _relisted(fields[change.field], change, AGREED_ON.get(change.field, ""))
                return self._with_goal(change.key, fields)
            case RecordPart.SHARED:
                if change.put is not None and change.drop is None and self._names(change.put["from"]):
                    return self  # another hand was quicker: an entry stands here once
                items = [item.model_dump(mode="json") for item in getattr(self, change.field)]
                relisted = tuple(Shared.model_validate(item) for item in _relisted(items, change))
                return self.replace(**{change.field: relisted})
            case _:
                return self

    def _names(self, entry: dict[str, Any]) -> bool:
        return self.copy_of(entry["session"], entry["n"]) is not None

    def _with_goal(self, goal_id: str, fields: dict[str, Any] | None) -> "Plan":
        goal = Goal.model_validate(fields) if fields is not None else None
        if self.goal(goal_id) is None:
            return self.replace(goals=(*self.goals, goal)) if goal else self
        replaced = (goal if old.id == goal_id else old for old in self.goals)
        return self.replace(goals=tuple(goal for goal in replaced if goal is not None))

    @property
    def active(self) -> tuple[Goal, ...]:
        """The goals the client is working on."""
        return tuple(goal for goal in self.goals if goal.status is GoalStatus.ACTIVE)

    @property
    def shared(self) -> tuple[Shared, ...]:
        """Everything the client agreed to pass on, list by list: the parked matters, which it is for, first."""
        return self.parked + self.focus + self.talk + self.values + self.strengths + self.triggers + self.next

    def copy_of(self, session: str, n: int) -> Shared | None:
        """The copy of entry `n` of that session, if the client agreed to it."""
        return next((item for item in self.shared if (item.from_.session, item.from_.n) == (session, n)), None)


def _relisted(items: list[Any], change: Change, agreed_on: str = "") -> list[Any]:
    """The list with the value put at its end, or in the place of its last equal to `drop`, or that dropped.

    What is dropped for good goes whether or not the client agreed to it meanwhile (`agreed_on` is that field).
    """
    if change.drop is None:
        return [*items, change.put]
    places = [place for place, item in enumerate(items) if item == change.drop]
    if not places and change.put is None and agreed_on:
        bare = _without(change.drop, agreed_on)
        places = [place for place, item in enumerate(items) if _without(item, agreed_on) == bare]
    for place in places[-1:]:
        items = [*items[:place], *([] if change.put is None else [change.put]), *items[place + 1 :]]
    return items


def _without(item: Any, field: str) -> Any:
    return {key: value for key, value in item.items() if key != field} if isinstance(item, dict) else item
