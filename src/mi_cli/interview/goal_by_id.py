"""How a person names a goal: an active one by its number, every one by its id."""

from mi_cli.errors import Failed, WrongUsage
from mi_cli.records.plan import Goal, Plan
from mi_cli.words.goals import goal_words
from mi_cli.words.said import said


def goal_named(plan: Plan, name: str) -> Goal:
    """Returns the goal whose id begins with `name`, or the active one with that number, as `/goal` counts them.

    Raises Failed when there is none, WrongUsage when there are several.
    """
    start, number = name.lower(), name.removeprefix("#")
    numbered = (goal for place, goal in enumerate(plan.active, 1) if number == str(place))
    by_start = (goal for goal in plan.goals if start and goal.id.startswith(start))
    matching = list({goal.id: goal for goal in (*numbered, *by_start)}.values())
    if len(matching) > 1:
        raise WrongUsage(
            said(goal_words, lambda words: words.more_than_one),
            said(goal_words, lambda words: words.one_more_character),
        )
    if not matching:
        raise Failed(
            said(goal_words, lambda words: words.no_such_goal), said(goal_words, lambda words: words.goals_shown)
        )
    return matching[0]


def name_of(plan: Plan, goal_id: str) -> str:
    """Returns how the goal is named to a person: `#2`, or its id where it is not active and has no number."""
    numbers = {goal.id: f"#{number}" for number, goal in enumerate(plan.active, 1)}
    return numbers.get(goal_id, goal_id)
