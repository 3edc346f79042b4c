"""Counselor and client go through what could be passed on; only what the client agrees to is copied into the plan."""

from collections.abc import Callable, Mapping
from functools import partial

from mi_cli.interview import sharing
from mi_cli.interview.actions import Share
from mi_cli.interview.grammar import parse
from mi_cli.records.change import Made
from mi_cli.records.plan import Plan, Shared
from mi_cli.terminal import plan_pages
from mi_cli.terminal.page import Line, Role, Screen
from mi_cli.terminal.words import Words


def go_through(
    rows: Mapping[int, Shared],
    plan: Plan,
    change: Callable[[Callable[[Plan], Made]], Plan],
    ask: Callable[[str], str | None],
    screen: Screen,
    words: Words,
    *,
    dated: bool = False,
) -> None:
    """Show what there is by number, and take numbers until Enter: `7 8` into the plan, `-7` out again.

    `change` makes what a rule says of the plan, saves it, and gives the plan as it is then. `dated` when it was said.
    """
    screen.show(plan_pages.share_page(rows, plan, words, dated=dated))
    while answer := ask(words.plan.share_ask):
        action = parse(f"/share {answer}")
        if not isinstance(action, Share) or not {*action.numbers, *action.out} <= rows.keys():
            screen.show([Line(words.plan.share_numbers, Role.WARN, " ")])
            continue
        chosen, out = ([rows[number] for number in numbers] for numbers in (action.numbers, action.out))
        plan = change(partial(sharing.decided, chosen, out))
        in_plan = [number for number, item in rows.items() if plan.copy_of(item.from_.session, item.from_.n)]
        now = words.plan.share_now.format(numbers=", ".join(map(str, in_plan)) or "–")
        screen.show([Line(now, Role.DIM, " ")])
