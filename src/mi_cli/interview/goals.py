"""The rules for goals, the same in an interview and in `mi goals`. Pure functions.

Theory of operation
===================

A *field path* names one place in a goal: a field (`objective`), an item of a list (`reasons.2`), or a part of an item
(`steps.1.when`). `read_value` turns what was typed for a place into the value that is kept there, or a problem.

Each rule under "changes" returns a `ReversibleChange` to the plan and applies nothing itself: an interview makes a turn
of it (`interview.turns`), `mi goals` applies it to the plan on the disk (`interview.plan_editor`).

The rules:

1. Nothing that was in a goal is lost: a value that is replaced or removed goes into `Goal.history`, with the time
   (`_record_history`). Filling in an empty field loses nothing and adds no history.
2. Words of the counselor (a progress line, the outcome of a step) are passed on only if the client agreed to these very
   words. When they are changed the day of the agreement is removed (`_reworded`).
3. A step is open until something is noted of it: that it was done, partly done, not done, or that another took its
   place (`settle_step`, `replace_step`). None of it deletes the step. The day that "this Friday" means is found when
   the words for *when* are typed (`records.due_day`), and found anew when they are changed.
4. A rule works on the goal as it is when the change is made. An item that another process has removed since then is
   left alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from mi_cli.interview.actions import AddGoalPart, ReplaceStep, ReviewOn, SettleStep
from mi_cli.interview.likeness import value_named
from mi_cli.records.base import Part
from mi_cli.records.change import Change, RecordPart, ReversibleChange
from mi_cli.records.dates import day_from
from mi_cli.records.due_day import due_day
from mi_cli.records.plan import (
    AGREED_ON,
    CHANGE_PLAN,
    Barrier,
    Before,
    Goal,
    GoalFrom,
    Objective,
    Plan,
    Progress,
    Step,
    Support,
)
from mi_cli.records.terms import GoalStatus, Reach, Ruler, StepStatus
from mi_cli.records.text_keys import Problem
from mi_cli.words.typed_names import typed_names

NewId = Callable[[], str]

# The lists of a goal, and what an item of each is made of: nothing, where it is words alone. `done_on` of a step is the
# day in `Step.on`, of one that is done.
LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "reasons": (),
    "steps": ("words", "when", "where", "how", "reach", "done_on", "outcome"),
    "supports": ("who", "how"),
    "barriers": ("what", "response"),
    "signs": (),
    "progress": ("words",),
}
# The parts of a new item that are asked about after its first part: those that can be known before it is done.
ASKED_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "steps": ("when", "where", "how", "reach"),
    "supports": ("how",),
    "barriers": ("response",),
}
_SINGLE: Final = ("words", "objective", "if_not_working", "importance", "confidence", "review_on", "status")
_NEVER_EMPTY: Final = ("words", "status")
RULERS: Final = ("importance", "confidence")
_DATES: Final = ("review_on", "done_on")
_CHOICES: Final[Mapping[str, type[Reach | GoalStatus]]] = {"reach": Reach, "status": GoalStatus}


@dataclass(frozen=True)
class FieldPath:
    """A place in a goal: a field; in a list the item, counted from 1; of an item with parts, one of the parts."""

    field: str
    item: int = 0
    part: str = ""

    @property
    def can_be_empty(self) -> bool:
        """Whether the value can be removed: everything but the goal's words and its status."""
        return self.field not in _NEVER_EMPTY

    @property
    def is_spoken(self) -> bool:
        """Whether its words should be the client's own: those of a goal, and of a step."""
        return self.field == "words" or (self.field, self.part) == ("steps", "words")

    def __str__(self) -> str:
        item = (str(self.item),) if self.item else ()
        return ".".join((self.field, *item, *((self.part,) if self.part else ())))


def parse_field_path(name: str, goal: Goal) -> FieldPath | None:
    """Returns the place in the goal that a name such as `words`, `reasons.2` or `steps.1.when` means, or null.

    An item alone means its first part: `steps.1` is the words of the step.
    """
    field, *rest = name.split(".")
    if field in _SINGLE:
        return None if rest else FieldPath(field)
    if field not in LISTS or not rest or len(rest) > 2:
        return None
    item, parts = rest[0], LISTS[field]
    if not (item.isascii() and item.isdecimal() and len(item) < 6 and 1 <= int(item) <= len(getattr(goal, field))):
        return None
    part = rest[1] if len(rest) == 2 else parts[0] if parts else ""
    return FieldPath(field, int(item), part) if part in parts or not (part or parts) else None


def field_paths(goal: Goal) -> tuple[FieldPath, ...]:
    """Returns every place of a goal that can be changed: its words, fields, whole items of its lists, its status."""
    paths = [FieldPath("words"), FieldPath("objective")]
    for field in (*CHANGE_PLAN, "progress"):
        if field in LISTS:
            paths += [FieldPath(field, number) for number in range(1, len(getattr(goal, field)) + 1)]
        else:
            paths.append(FieldPath(field))
    return (*paths, FieldPath("status"))


def value_at(goal: Goal, at: FieldPath) -> Any:
    """Returns the JSON value at a place, or null. `at` must be a place of this goal."""
    value = goal.model_dump(mode="json")[at.field]
    if at.item:
        value = value[at.item - 1]
        if at.part == "done_on":
            return value["on"] if value["status"] == StepStatus.DONE else None
        return value[at.part] if at.part else value
    return value["words"] if at.field == "objective" and value else value


def read_value(at: FieldPath, text: str, today: date, language: str = "en") -> str | int | Problem:
    """Returns the value to keep at a place for what was typed, or the problem. Words are kept exactly as typed.

    A ruler takes 0-10, a date field what `day` takes, a field with choices an unambiguous start of one, in English or
    in that language.
    """
    name, typed = at.part or at.field, text.strip()
    if name in RULERS:
        number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 3 else 11
        return number if number <= 10 else Problem.NOT_ON_THE_RULER
    if name in _DATES:
        on = day_from(typed, today)
        return on.isoformat() if on else Problem.NOT_A_DATE
    if name in _CHOICES:
        chosen = value_named(text, _CHOICES[name], typed_names(language))
        return chosen.value if chosen else Problem.NOT_A_CHOICE
    return text


def choices(at: FieldPath, language: str = "en") -> tuple[str, ...]:
    """Returns the only words that are allowed at a place, as that language shows them; none where any words are."""
    return tuple(map(typed_names(language).shown, _CHOICES.get(at.part or at.field, ())))


def resolved(on: date | int, today: date) -> date:
    """Returns the day that a date, or a number of days from today, means."""
    return today + timedelta(days=on) if isinstance(on, int) else on


# -- changes -------------------------------------------------------------------------------------------------------


def new_goal(
    goal_id: str, words: str, origin: GoalFrom, review_on: date | None = None, target: str | None = None
) -> ReversibleChange:
    """Adds a goal, in the client's exact words. `target` is the id of the behavior that it is about, or null."""
    goal = Goal(id=goal_id, words=words, from_=origin, review_on=review_on, target=target)
    add = Change(where=RecordPart.GOAL, key=goal_id, put=goal.model_dump(mode="json"))
    return ReversibleChange((add,), (Change(where=RecordPart.GOAL, key=goal_id),))


def from_line(action: AddGoalPart | ReviewOn, goal: Goal, at: datetime, new_id: NewId) -> ReversibleChange:
    """Does to the goal what a goal line of an interview says. `new_id` gives the id of a step."""
    if isinstance(action, ReviewOn):
        return set_field(goal, "review_on", resolved(action.on, at.date()).isoformat(), at)
    first, second = (*action.parts, None)[:2]
    if action.field == "if_not_working":
        return set_field(goal, action.field, first, at)
    return add_item(goal, action.field, make_item(action.field, first or "", at, new_id, second))


def from_step_line(
    action: SettleStep | ReplaceStep, goal: Goal, number: int, at: datetime, new_id: NewId
) -> ReversibleChange:
    """Does to step `number` of the goal what a line about it says."""
    if isinstance(action, ReplaceStep):
        return replace_step(goal, number, action.words, action.when, at, new_id)
    return settle_step(goal, number, action.status, action.outcome, at)


def from_reading(ruler: Ruler, value: int, goal: Goal, at: datetime) -> ReversibleChange:
    """Sets the goal's importance or confidence from a reading; readiness has no place in a change plan."""
    return set_field(goal, ruler.value, value, at) if ruler.value in RULERS else ReversibleChange()


def make_item(field: str, first: str, at: datetime, new_id: NewId, second: str | None = None) -> Any:
    """Returns an item for a list of the goal as a JSON value, from its first and second part.

    An item of a list without parts is its words alone.
    """
    part: Part
    match field:
        case "steps":
            part = Step(id=new_id(), words=first, when=second, due=due_day(second, at.date()))
        case "supports":
            part = Support(who=first, how=second)
        case "barriers":
            part = Barrier(what=first, response=second)
        case "progress":
            part = Progress(at=at, words=first)
        case _:
            return first
    return part.model_dump(mode="json")


def add_item(goal: Goal, field: str, value: Any) -> ReversibleChange:
    """Adds an item at the end of a list."""
    where = {"where": RecordPart.GOAL_LIST, "key": goal.id, "field": field}
    return ReversibleChange((Change(**where, put=value),), (Change(**where, drop=value),))


def set_field(goal: Goal, field: str, value: Any, at: datetime) -> ReversibleChange:
    """Sets a field to another value; null empties it."""
    before = goal.model_dump(mode="json")[field]
    if before == value:
        return ReversibleChange()
    changes = (Change(where=RecordPart.GOAL_FIELD, key=goal.id, field=field, put=put) for put in (value, before))
    new, old = changes
    return ReversibleChange((new,), (old,)) + _record_history(goal, field, before, value, at)


def edit_field(goal: Goal, spot: FieldPath, value: str | int | None, at: datetime, by: str = "") -> ReversibleChange:
    """Sets a place to another value. Null removes it; removing the first part of an item removes the whole item.

    `by` is who worded an objective.
    """
    if not spot.item:
        as_json = Objective(words=str(value), by=by).model_dump(mode="json") if spot.field == "objective" else value
        return set_field(goal, spot.field, as_json if value is not None else None, at)
    items = goal.model_dump(mode="json")[spot.field]
    if spot.item > len(items):  # another process has removed an item meanwhile
        return ReversibleChange()
    before = items[spot.item - 1]
    if not spot.part:
        return _replaced(goal, spot.field, before, value, at)
    removes_item = value is None and spot.part == LISTS[spot.field][0]
    return _replaced(goal, spot.field, before, None if removes_item else _reworded(spot, before, value, at), at)


def settle_step(goal: Goal, number: int, status: StepStatus, outcome: str | None, at: datetime) -> ReversibleChange:
    """Notes what became of step `number`, counted from 1, on the day of `at`, with its outcome if there is one."""
    if number > len(goal.steps):  # another process has removed an item meanwhile
        return ReversibleChange()
    before = goal.model_dump(mode="json")["steps"][number - 1]
    after = {**before, "status": status.value, "on": at.date().isoformat()}
    if status is not StepStatus.DONE:  # it goes out only together with an outcome that the client agreed to as it is
        after.pop(AGREED_ON["steps"], None)
    if outcome is not None:
        after = _reworded(FieldPath("steps", number, "outcome"), after, outcome, at)
    return _replaced(goal, "steps", before, after, at)


def replace_step(
    goal: Goal, number: int, words: str, when: str | None, at: datetime, new_id: NewId
) -> ReversibleChange:
    """Adds a step, and notes that it took the place of step `number`, counted from 1."""
    settled = settle_step(goal, number, StepStatus.REPLACED, None, at)
    return settled + add_item(goal, "steps", make_item("steps", words, at, new_id, when))


def step_meant(plan: Plan, in_hand: Goal | None, number: int | None) -> tuple[Goal, int] | Problem:
    """Returns the goal and the number of the step that a line is about, or why that cannot be told.

    With a number it is that step of the goal in hand. Without one it is the only open step of the goal in hand, or, if
    that has none, the only open step of all active goals.
    """
    if number is not None:
        if in_hand is None:
            return Problem.WHICH_GOAL if plan.active else Problem.NO_GOAL_YET
        return (in_hand, number) if 1 <= number <= len(in_hand.steps) else Problem.NO_SUCH_STEP
    everywhere = [(goal, step) for goal in plan.active for step in open_steps(goal)]
    found = [(goal, step) for goal, step in everywhere if goal == in_hand] or everywhere
    if len(found) == 1:
        return found[0]
    return Problem.WHICH_STEP if found else Problem.NO_OPEN_STEP


def active_goal(plan: Plan, number: int) -> Goal | None:
    """Returns the active goal of that number, from 1, or null."""
    return plan.active[number - 1] if 1 <= number <= len(plan.active) else None


def open_steps(goal: Goal) -> Mapping[int, Step]:
    """Returns the steps of which nothing is noted yet, by their number in the goal, from 1."""
    return {number: step for number, step in enumerate(goal.steps, 1) if step.is_open}


def set_status(goal: Goal, status: GoalStatus, at: datetime) -> ReversibleChange:
    """Sets the goal to met, dropped or active again. Nothing of the goal is deleted."""
    return set_field(goal, "status", status.value, at)


def swap_item(goal_id: str, field: str, before: Any, after: Any) -> ReversibleChange:
    """Puts `after` in the place of the item `before` of a list, if that is still there; null removes it."""
    where = {"where": RecordPart.GOAL_LIST, "key": goal_id, "field": field}
    change = Change(**where, put=after, drop=before)
    inverse = Change(**where, put=before) if after is None else Change(**where, put=before, drop=after)
    return ReversibleChange((change,), (inverse,))


def _reworded(spot: FieldPath, item: Mapping[str, Any], value: Any, at: datetime) -> dict[str, Any]:
    """Returns an item with another value in one part. The client's agreement was to the old words, so it goes.

    The day that a step is due was found from the old words for when, so that is found anew.
    """
    agreed_on = AGREED_ON.get(spot.field)
    new_words = spot.part in ("words", "outcome") and item[spot.part] != value
    kept = {key: old for key, old in item.items() if not (new_words and key == agreed_on)}
    if spot.part == "when" and item["when"] != value:
        day = due_day(value, at.date())
        other = {key: old for key, old in kept.items() if key != "due"}
        return {**other, "when": value, **({"due": day.isoformat()} if day else {})}
    if spot.part != "done_on":
        return {**kept, spot.part: value}
    if value is None and item["status"] != StepStatus.DONE:
        return kept  # It has no such day: what became of it instead stays.
    return {**kept, "status": (StepStatus.OPEN if value is None else StepStatus.DONE).value, "on": value}


def _replaced(goal: Goal, field: str, before: Any, after: Any, at: datetime) -> ReversibleChange:
    if before == after:
        return ReversibleChange()
    return swap_item(goal.id, field, before, after) + _record_history(goal, field, before, after, at)


def _record_history(goal: Goal, field: str, before: Any, after: Any, at: datetime) -> ReversibleChange:
    """Adds a line to the goal's history if something is lost; filling in what was empty loses nothing."""
    if not _loses(before, after):
        return ReversibleChange()
    return add_item(goal, "history", Before(at=at, field=field, before=before).model_dump(mode="json"))


def _loses(before: Any, after: Any) -> bool:
    if isinstance(before, dict) and isinstance(after, dict):
        if before.get("status") == StepStatus.OPEN:  # that of a step: that nothing came of it yet is nothing to keep
            before = {**before, "status": None}
        return any(_loses(value, after.get(key)) for key, value in before.items())
    return before is not None and before != after
