"""Counselor and client go through what could be passed on; only what the client agrees to is copied into the plan."""

from collections.abc import Callable, Mapping
from datetime import date

from mi_cli.interview import results, sharing
from mi_cli.interview.actions import Share
from mi_cli.interview.grammar import parse
from mi_cli.interview.results import Result
from mi_cli.records.change import ReversibleChange
from mi_cli.records.plan import Plan, Shared
from mi_cli.terminal import plan_pages
from mi_cli.terminal.page import Line, Role, Screen
from mi_cli.words.interview.model import InterviewWords


def go_through(
    rows: Mapping[int, Shared],
    came_of_it: Mapping[int, Result],
    plan: Plan,
    change: Callable[[Callable[[Plan], ReversibleChange]], Plan],
    ask: Callable[[str], str | None],
    screen: Screen,
    words: InterviewWords,
    today: date,
    *,
    dated: bool = False,
) -> None:
    """Show what there is by number, and take numbers until Enter: `7 p1` may be passed on, `-7` no longer.

    `change` makes what a rule says of the plan, saves it, and gives the plan as it is then. `dated` when it was said.
    """
    screen.show(plan_pages.share_page(rows, came_of_it, plan, words, dated=dated))
    while answer := ask(words.plan.share_ask):
        action = parse(f"/share {answer}")
        known = isinstance(action, Share) and (
            {*action.numbers, *action.out} <= rows.keys()
            and {*action.results, *action.results_out} <= came_of_it.keys()
        )
        if not isinstance(action, Share) or not known:
            screen.show([Line(words.plan.share_numbers, Role.WARN, " ")])
            continue
        plan = change(_rule(action, rows, came_of_it, today))
        agreed = [str(number) for number, item in rows.items() if plan.copy_of(item.from_.session, item.from_.n)]
        agreed += [f"p{n}" for n, one in came_of_it.items() if any(now.shared_on for now in results.in_plan(one, plan))]
        now = words.plan.share_now.format(numbers=", ".join(agreed) or "–")
        screen.show([Line(now, Role.DIM, " ")])


def _rule(
    action: Share, rows: Mapping[int, Shared], came_of_it: Mapping[int, Result], today: date
) -> Callable[[Plan], ReversibleChange]:
    """What the numbers mean for the plan."""
    chosen, out = ([rows[number] for number in numbers] for numbers in (action.numbers, action.out))
    agreed, withdrawn = ([came_of_it[n] for n in numbers] for numbers in (action.results, action.results_out))
    return lambda plan: sharing.decided(chosen, out, plan) + results.decided(agreed, withdrawn, plan, today)
