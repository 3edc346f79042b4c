"""The client's change plan: goals in the client's words, and what the client agreed to pass on.

The plan is all that a handoff is made from. Changes come as `records.change.Change`, from an interview and from
`mi goals`; `with_changes` applies them to the plan as it is, so two processes can change it in turn.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Final

from pydantic import AfterValidator, AwareDatetime, Field

from mi_cli.records.base import Part, Record, Upgrade
from mi_cli.records.change import Change, RecordPart
from mi_cli.records.terms import FactName, FactSource, GoalStatus, Kind, Reach, Stage, StepStatus, Talk
from mi_cli.records.upgrades import plan_2, step_id


def _is_null(value: object) -> bool:
    return value is None


class EntryRef(Part):
    """The entry that something was copied from, by its session and number."""

    session: str
    n: int
    at: AwareDatetime


# Kinds that are never passed on: discord, a lapse, the counselor's own observations and part, safety, amendments. Of
# unmarked talk only the answers to a ruler's questions can be (see `interview.sharing`).
_NEVER_SHARED: Final = frozenset({Kind.DISCORD, Kind.LAPSE, Kind.OBSERVATION, Kind.MINE, Kind.SAFETY, Kind.AMENDMENT})


def _shareable(kind: Kind) -> Kind:
    if kind in _NEVER_SHARED:
        raise ValueError("this is never passed on")
    return kind


class Shared(Part):
    """A copy of one entry that the client agreed to have in the plan."""

    words: str
    kind: Annotated[Kind, AfterValidator(_shareable)]
    talk: Talk | None = None
    from_: EntryRef = Field(alias="from")


class SharedFact(Part):
    """A copy of one client fact in words that the client agreed, on the day `shared`, to have in the plan.

    `session` is the interview that the fact was told in; null for one that was noted outside an interview.
    """

    name: FactName
    words: str
    on: date
    source: FactSource
    shared: date
    session: str | None = Field(default=None, exclude_if=_is_null)


class GoalFrom(Part):
    """When and where a goal was said; `session` and `stage` are null for one that was added outside an interview.

    A goal is no entry; `n` is the number of the last entry before it, which gives its place among them. `entry` is the
    entry whose words it has, if it was made from one (`/goal 7`).
    """

    session: str | None
    stage: Stage | None
    at: AwareDatetime
    n: int | None = None
    entry: int | None = Field(default=None, exclude_if=_is_null)


class Objective(Part):
    """A measurable wording that may stand beside the client's words, with who worded it."""

    words: str
    by: str


class Step(Part):
    """What the client will do, and when, where and how: `when` as the client said it, `due` the day that it means.

    `status` is what became of it and `on` the day of that; null while it is open. `outcome` is in the counselor's
    words. It is passed on only if the client agreed; `outcome_shared` is that day.
    """

    id: str
    words: str
    when: str | None = None
    due: date | None = Field(default=None, exclude_if=_is_null)
    where: str | None = None
    how: str | None = None
    reach: Reach | None = None
    status: StepStatus = StepStatus.OPEN
    on: date | None = None
    outcome: str | None = None
    outcome_shared: date | None = Field(default=None, exclude_if=_is_null)

    @property
    def is_open(self) -> bool:
        """Whether nothing is noted of what became of it."""
        return self.status is StepStatus.OPEN and self.outcome is None

    @property
    def done_on(self) -> date | None:
        """The day on which it was done; null if it was not, or not wholly."""
        return self.on if self.status is StepStatus.DONE else None


class Support(Part):
    """Who can help, and how."""

    who: str
    how: str | None = None


class Barrier(Part):
    """What could get in the way, and the client's response to it."""

    what: str
    response: str | None = None


class Progress(Part):
    """A dated progress line, in the counselor's words.

    It is passed on only if the client agreed; `shared` is the day of that, null if the client did not.
    """

    at: AwareDatetime
    words: str
    shared: date | None = Field(default=None, exclude_if=_is_null)


# The change plan in the order it is asked about: the MET manual's (1992, public domain), with the SMART Recovery
# worksheet's two rulers and what to do if it is not working.
CHANGE_PLAN: Final = (
    "reasons",
    "importance",
    "steps",
    "supports",
    "barriers",
    "signs",
    "if_not_working",
    "confidence",
    "review_on",
)
# The lists of a goal whose items have words of the counselor, and the field with the day when the client agreed.
AGREED_ON: Final[Mapping[str, str]] = {"progress": "shared", "steps": "outcome_shared"}


class Before(Part):
    """What a field held before it was changed."""

    at: AwareDatetime
    field: str
    before: object


class Goal(Part):
    """What the client wants, in the client's exact words. The fields are those of the change plan (MET manual 1992).

    `target` is the id of the behavior that it is about, one of the client facts, or null.
    """

    id: str
    words: str
    from_: GoalFrom = Field(alias="from")
    target: str | None = Field(default=None, exclude_if=_is_null)
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
    """`mi.plan/2`. `turns` maps a session's id to its last turn that this plan contains (see `interview.turns`).

    `facts` are copies of the client facts that the client agreed to pass on.
    """

    SCHEMA: ClassVar[str] = "mi.plan/2"
    UPGRADES: ClassVar[tuple[Upgrade, ...]] = (plan_2,)

    client: str
    goals: tuple[Goal, ...] = ()
    focus: tuple[Shared, ...] = ()
    talk: tuple[Shared, ...] = ()
    values: tuple[Shared, ...] = ()
    strengths: tuple[Shared, ...] = ()
    triggers: tuple[Shared, ...] = ()
    parked: tuple[Shared, ...] = ()
    next: tuple[Shared, ...] = ()
    facts: tuple[SharedFact, ...] = Field(default=(), exclude_if=lambda facts: not facts)
    turns: dict[str, int] = Field(default_factory=dict)

    def goal(self, goal_id: str | None) -> Goal | None:
        """Returns the goal with that id, or null."""
        return next((goal for goal in self.goals if goal.id == goal_id), None)

    def with_changes(self, *changes: Change) -> "Plan":
        """Returns the plan with the changes applied that are to it. One to a goal that is gone does nothing."""
        plan = self
        for change in changes:
            plan = plan._with_change(change)
        return plan

    def _with_change(self, change: Change) -> "Plan":
        match change.where:
            case RecordPart.GOAL:
                return self._with_goal(change.key, change.put)
            case RecordPart.GOAL_FIELD | RecordPart.GOAL_LIST if goal := self.goal(change.key):
                fields = goal.model_dump(mode="json")
                if change.where is RecordPart.GOAL_FIELD:
                    fields[change.field] = change.put
                else:
                    items, agreed_on = fields[change.field], AGREED_ON.get(change.field, "")
                    if change.field == "steps":
                        change = _with_step_ids(change, items)
                    fields[change.field] = _changed_list(items, change, agreed_on)
                return self._with_goal(change.key, fields)
            case RecordPart.SHARED if change.field == "facts":
                items = [item.model_dump(mode="json") for item in self.facts]
                if change.drop is None and change.put in items:
                    return self  # another process has shared this fact already
                facts = tuple(SharedFact.model_validate(item) for item in _changed_list(items, change))
                return self.replace(facts=facts)
            case RecordPart.SHARED:
                if change.put is not None and change.drop is None and self._has_copy_of(change.put["from"]):
                    return self  # another process has shared this entry already; do not add it twice
                items = [item.model_dump(mode="json") for item in getattr(self, change.field)]
                changed = tuple(Shared.model_validate(item) for item in _changed_list(items, change))
                return self.replace(**{change.field: changed})
            case _:
                return self

    def _has_copy_of(self, entry: dict[str, Any]) -> bool:
        return self.copy_of(entry["session"], entry["n"]) is not None

    def _with_goal(self, goal_id: str, fields: dict[str, Any] | None) -> "Plan":
        goal = Goal.model_validate(fields) if fields is not None else None
        if self.goal(goal_id) is None:
            return self.replace(goals=(*self.goals, goal)) if goal else self
        replaced = (goal if old.id == goal_id else old for old in self.goals)
        return self.replace(goals=tuple(goal for goal in replaced if goal is not None))

    @property
    def active(self) -> tuple[Goal, ...]:
        """The goals that the client is working on."""
        return tuple(goal for goal in self.goals if goal.status is GoalStatus.ACTIVE)

    @property
    def shared(self) -> tuple[Shared, ...]:
        """Every entry that the client agreed to pass on; parked matters, which a handoff is for, come first."""
        return self.parked + self.focus + self.talk + self.values + self.strengths + self.triggers + self.next

    def copy_of(self, session: str, n: int) -> Shared | None:
        """Returns the copy of entry `n` of that session; null if the client did not agree to share it."""
        return next((item for item in self.shared if (item.from_.session, item.from_.n) == (session, n)), None)


def _changed_list(items: list[Any], change: Change, agreed_on: str = "") -> list[Any]:
    """Returns the list with `put` appended, or in the place of the last item that equals `drop`, or `drop` removed.

    An item to remove is also found when the client has agreed to it, or withdrawn that, since the change was made:
    then the field `agreed_on` is not compared.
    """
    if change.drop is None:
        return [*items, change.put]
    indexes = [index for index, item in enumerate(items) if item == change.drop]
    if not indexes and change.put is None and agreed_on:
        dropped = _without(change.drop, agreed_on)
        indexes = [index for index, item in enumerate(items) if _without(item, agreed_on) == dropped]
    for index in indexes[-1:]:
        items = [*items[:index], *([] if change.put is None else [change.put]), *items[index + 1 :]]
    return items


def _with_step_ids(change: Change, steps: list[dict[str, Any]]) -> Change:
    """Returns a change to the steps of a goal with the ids of its steps, if it is one that 0.1.0 wrote without them.

    Such a step is the last of the plan's that is like it in all else; one that is new gets an id from its place. What
    replaces a step keeps its id.
    """
    drop, put = change.drop, change.put
    if drop is not None and "id" not in drop:
        alike = [step for step in steps if _without(step, "id") == drop]
        if not alike and put is None:  # `_changed_list` finds it too, whether or not the client has agreed since
            agreed_on = AGREED_ON["steps"]
            bare = _without(drop, agreed_on)
            alike = [step for step in steps if _without(_without(step, "id"), agreed_on) == bare]
        drop = {**drop, "id": alike[-1]["id"]} if alike else drop
    if put is not None and "id" not in put:
        replaced = drop.get("id") if drop is not None else None
        put = {**put, "id": replaced or step_id(change.key, len(steps) + 1, [step["id"] for step in steps])}
    return change.replace(drop=drop, put=put)


def _without(item: Any, field: str) -> Any:
    return {key: value for key, value in item.items() if key != field} if isinstance(item, dict) else item
