"""The results of goals: progress lines, and the outcomes of steps.

They are in the counselor's words, so a client who confirms the plan has not agreed to pass them on. Each one is passed
on only after the client agreed to it. The day of the agreement is kept beside the words (`Progress.shared`,
`Step.outcome_shared`), and changing the words removes it.
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
        """Its name for `mi goals share`: the goal's id, and the place in the goal as `mi goals edit` names it."""
        return f"{self.goal}:{self.spot}"

    @property
    def words(self) -> str:
        """The counselor's words."""
        return (self.item.words if isinstance(self.item, Progress) else self.item.outcome) or ""

    @property
    def step(self) -> str | None:
        """The words of the step that it is the outcome of; null for a progress line."""
        return self.item.words if isinstance(self.item, Step) else None

    @property
    def on(self) -> date | None:
        """The day of the progress line, or the day on which the outcome of the step was noted, if that is known."""
        return self.item.at.date() if isinstance(self.item, Progress) else self.item.on

    def noted_since(self, moment: datetime) -> bool:
        """Whether it was noted at that moment or later. Of a step only the day is known."""
        if isinstance(self.item, Progress):
            return self.item.at >= moment
        return self.on is not None and self.on >= moment.date()


def numbered(plan: Plan, since: datetime | None = None) -> Mapping[int, Result]:
    """Returns the results of all goals by number, from 1: outcomes first, then the progress lines, oldest first.

    A new progress line comes last, so a number keeps its meaning through an interview. With `since`, results that are
    older are left out; the others keep their numbers.
    """
    outcomes = [result for goal in plan.goals for result in _outcomes(goal)]
    dated = [dated_line for goal in plan.goals for dated_line in _progress_lines(goal)]
    dated.sort(key=lambda dated_line: dated_line[0])
    all_results = enumerate([*outcomes, *(result for _, result in dated)], 1)
    return {number: result for number, result in all_results if since is None or result.noted_since(since)}


def in_plan(result: Result, plan: Plan) -> list[Result]:
    """Returns the results of the plan that have the same words: none if they are gone, several if they stand twice."""
    return [other for other in numbered(plan).values() if (other.goal, other.item) == (result.goal, result.item)]


def share_and_withdraw(agreed: Iterable[Result], withdrawn: Iterable[Result], plan: Plan, on: date) -> ReversibleChange:
    """Records that the client agreed, on that day, to pass on some results, and withdrew others.

    A result whose words are no longer in the plan stays as it is: the client agreed to other words.
    """
    change = ReversibleChange()
    for day, chosen in ((on, agreed), (None, withdrawn)):
        current = {now.name: now for result in chosen for now in in_plan(result, plan)}
        for now in current.values():
            if (now.shared_on is None) != (day is None):
                change += goals.swap_item(now.goal, now.spot.field, _as_item(now, now.shared_on), _as_item(now, day))
    return change


def as_json(result: Result, code: str) -> dict[str, object]:
    """Returns an item of the list of what could be passed on, as JSON. `code` is the client's code."""
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
    for number, step in enumerate(goal.steps, 1):
        if step.outcome is not None:
            spot = FieldPath("steps", number, "outcome")
            yield Result(goal.id, spot, step.replace(outcome_shared=None), step.outcome_shared)


def _progress_lines(goal: Goal) -> Iterator[tuple[datetime, Result]]:
    for number, line in enumerate(goal.progress, 1):
        yield line.at, Result(goal.id, FieldPath("progress", number), line.replace(shared=None), line.shared)


def _as_item(result: Result, day: date | None) -> object:
    return result.item.replace(**{AGREED_ON[result.spot.field]: day}).model_dump(mode="json")
