"""Changes a client's plan outside an interview: `mi goals`, and what is decided when an interview is closed.

Every change goes through `PlanEditor.change`: the store locks the plan and reads it anew, a rule (a pure function, such
as those in `interview.goals`) says what to change, and the store saves the result. So no process overwrites what
another has just added. Unlike in an interview there is no undo; `Goal.history` keeps what was replaced.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from mi_cli.errors import Failed
from mi_cli.interview import actions, goals
from mi_cli.interview.actions import Action, AddGoalPart, Rejected, ReviewOn, SimpleAction
from mi_cli.records.change import ReversibleChange
from mi_cli.records.plan import Goal, GoalFrom, Plan
from mi_cli.records.text_keys import Problem
from mi_cli.store.records.base import Store
from mi_cli.words.goals import goal_words
from mi_cli.words.goals.model import GoalWords
from mi_cli.words.said import said


@dataclass(frozen=True)
class PlanEditor:
    """An editor of one client's plan. `now` is the clock, `new_id` the source of ids."""

    store: Store
    client: str
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    @property
    def plan(self) -> Plan:
        """The plan as it is on the disk. Raises Damaged."""
        return self.store.plan(self.client)

    def change(self, rule: Callable[[Plan], ReversibleChange]) -> Plan:
        """Applies what the rule says and returns the new plan. Raises Damaged, InUse, SaveFailed."""
        return self.store.change_plan(self.client, lambda plan: plan.with_changes(*rule(plan).changes))

    def add(self, words: str, review_on: date | None = None) -> Goal:
        """Adds a goal in the client's exact words and returns it. Raises Damaged, InUse, SaveFailed."""
        goal_id = self.new_id()
        change = goals.new_goal(goal_id, words, GoalFrom(session=None, stage=None, at=self.now()), review_on)
        return _goal_in(self.change(lambda _: change), goal_id)

    def change_goal(self, goal_id: str, rule: Callable[[Goal, datetime], ReversibleChange]) -> Goal:
        """Applies what the rule says to the goal and returns it.

        Raises Failed when the goal is gone; Damaged, InUse, SaveFailed.
        """
        at = self.now()
        return _goal_in(self.change(lambda plan: rule(_goal_in(plan, goal_id), at)), goal_id)

    def add_part(self, goal_id: str, action: AddGoalPart | ReviewOn) -> Goal:
        """Does to the goal what a goal line says, and returns it. Raises as `change_goal`."""
        return self.change_goal(goal_id, lambda goal, at: goals.from_line(action, goal, at, self.new_id))

    def settle(self, goal_id: str, number: int, action: actions.SettleStep | actions.ReplaceStep) -> Goal:
        """Notes what became of step `number` of the goal, and returns the goal. Raises as `change_goal`."""
        return self.change_goal(goal_id, lambda goal, at: goals.from_step_line(action, goal, number, at, self.new_id))

    def apply(self, action: Action, goal_id: str | None) -> str | Rejected | None:
        """Does what a goal line means, as in an interview, to the goal with that id; null when no goal was chosen yet.

        Returns the id of the goal that the next line is for, or why the line did nothing. Raises Failed when the goal
        is gone; Damaged, InUse, SaveFailed.
        """
        match action:
            case SimpleAction.MOVE_ON:
                return goal_id
            case actions.AddGoal(words):
                return self.add(words).id
            case actions.SelectGoal(number):
                selected = goals.active_goal(self.plan, number)
                return selected.id if selected else Rejected(Problem.NO_SUCH_GOAL)
            case (actions.AddGoalPart(goal=int(number)) | actions.ReviewOn(goal=int(number))) as part:
                named = goals.active_goal(self.plan, number)
                return self.add_part(named.id, part).id if named else Rejected(Problem.NO_SUCH_GOAL)
            case actions.AddGoalPart() | actions.ReviewOn() if goal_id:
                return self.add_part(goal_id, action).id
            case actions.SettleStep() | actions.ReplaceStep():
                plan = self.plan
                in_hand = plan.goal(goal_id) or (plan.active[0] if len(plan.active) == 1 else None)
                found = goals.step_meant(plan, in_hand, action.number)
                return Rejected(found) if isinstance(found, Problem) else self.settle(found[0].id, found[1], action).id
            case actions.AddReading(ruler, value, None) if goal_id and ruler.value in goals.RULERS:
                return self.change_goal(goal_id, lambda goal, at: goals.from_reading(ruler, value, goal, at)).id
            case actions.AddGoalPart() | actions.ReviewOn() | actions.AddReading():
                return Rejected(Problem.NO_GOAL_YET if not goal_id else Problem.NOT_A_GOAL_LINE)
            case Rejected():
                return action
            case _:
                return Rejected(Problem.NOT_A_GOAL_LINE)


def _goal_in(plan: Plan, goal_id: str) -> Goal:
    goal = plan.goal(goal_id)
    if goal is None:
        raise _failed(lambda words: words.goal_gone)
    return goal


def _failed(choose: Callable[[GoalWords], str]) -> Failed:
    return Failed(said(goal_words, choose), said(goal_words, lambda words: words.goals_shown))
