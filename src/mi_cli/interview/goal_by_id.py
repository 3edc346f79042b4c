"""The goal that a person names by its id."""

from mi_cli.errors import Failed, WrongUsage
from mi_cli.records.plan import Goal, Plan


def goal_named(plan: Plan, name: str) -> Goal:
    """Returns the goal whose id begins with `name`.

    Raises Failed when there is none, WrongUsage when there are several.
    """
    matching = [goal for goal in plan.goals if name and goal.id.startswith(name.lower())]
    if len(matching) > 1:
        raise WrongUsage("That is the start of more than one goal's id.", "Give a character more.")
    if not matching:
        raise Failed("There is no such goal.", "`mi goals list` shows the goals and their ids.")
    return matching[0]
