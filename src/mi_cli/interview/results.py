"""What came of a goal: its progress lines, and the outcomes of its steps.

The counselor words them, so a client who confirms the plan has not agreed to pass them on. Each is passed on only once
the client agreed to it; the day of that stands beside the words, and other words have no such day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mi_cli.interview import goals
from mi_cli.interview.goals import FieldPath
from mi_cli.records.change import ReversibleChange
from mi_cli.records.plan import AGREED_ON, Goal, Plan, Progress, Step


@dataclass(frozen=True, repr=False)
class Result:
    """A progress line, or the outcome of a step. `item` holds it, without the day on which the client agreed."""

    goal: str
    spot: FieldPath
    item: Progress | Step
    shared_on: date | None

    @property
    def name(self) -> str:
        """What `mi goals share` calls it: the goal's id, and the place in the goal as `mi goals edit` names it."""
        return f"{self.goal}:{self.spot}"

    @property
    def words(self) -> str:
        """What the counselor noted."""
        return (self.item.words if isinstance(self.item, Progress) else self.item.outcome) or ""

    @property
    def step(self) -> str | None:
        """The step that it is the outcome of."""
        return self.item.words if isinstance(self.item, Step) else None

    @property
    def on(self) -> date | None:
        """The day of the progress line, or on which the step was done."""
        return self.item.at.date() if isinstance(self.item, Progress) else self.item.done_on

    def noted_since(self, moment: datetime) -> bool:
        """Whether it was noted after that moment, as far as is known: of a step only the day is."""
        if isinstance(self.item, Progress):
            return self.item.at >= moment
        return self.on is not None and self.on >= moment.date()


def numbered(plan: Plan, since: datetime | None = None) -> Mapping[int, Result]:
    """What came of all goals, by number: outcomes first, then the progress lines, oldest first.

    A new progress line comes last, so that a number keeps its meaning through an interview. With `since` only what is
    not older than that, with the same numbers.
    """
    outcomes = [one for goal in plan.goals for one in _outcomes(goal)]
    lines = [one for goal in plan.goals for one in _lines(goal)]
    lines.sort(key=lambda found: found[0])
    everything = enumerate([*outcomes, *(result for _, result in lines)], 1)
    return {number: one for number, one in everything if since is None or one.noted_since(since)}


def in_plan(result: Result, plan: Plan) -> list[Result]:
    """The same words as they stand in that plan: none where they are there no longer, several where they are twice."""
    return [one for one in numbered(plan).values() if (one.goal, one.item) == (result.goal, result.item)]


def decided(agreed: Iterable[Result], withdrawn: Iterable[Result], plan: Plan, on: date) -> ReversibleChange:
    """What the client agreed to, on that day, may be passed on; what was withdrawn may not.

    What is no longer in the plan in these words stays as it is: the client agreed to other words.
    """
    made = ReversibleChange()
    for day, chosen in ((on, agreed), (None, withdrawn)):
        standing = {now.name: now for result in chosen for now in in_plan(result, plan)}
        for now in standing.values():
            if (now.shared_on is None) != (day is None):
                made += goals.swapped(now.goal, now.spot.field, _json(now, now.shared_on), _json(now, day))
    return made


def as_json(result: Result, code: str) -> dict[str, object]:
    """An item of the list of what could be passed on, for programs."""
    return {
        "name": result.name,
        "client": code,
        "session": None,
        "n": None,
        "goal": result.goal,
        "at": result.item.at.isoformat() if isinstance(result.item, Progress) else None,
        "kind": "progress" if result.step is None else "outcome",
        "talk": None,
        "words": result.words,
        "in_plan": result.shared_on is not None,
    }


def _outcomes(goal: Goal) -> Iterator[Result]:
    for place, step in enumerate(goal.steps, 1):
        if step.outcome is not None:
            spot = FieldPath("steps", place, "outcome")
            yield Result(goal.id, spot, step.replace(outcome_shared=None), step.outcome_shared)


def _lines(goal: Goal) -> Iterator[tuple[datetime, Result]]:
    for place, line in enumerate(goal.progress, 1):
        yield line.at, Result(goal.id, FieldPath("progress", place), line.replace(shared=None), line.shared)


def _json(result: Result, day: date | None) -> object:
    return result.item.replace(**{AGREED_ON[result.spot.field]: day}).model_dump(mode="json")
