"""The dialog in which the client decides what may be passed on to others.

Only what the client agrees to is copied into the plan, and what is not in the plan is never passed on. Three lists are
numbered: entries of interviews (`7`), results, which are progress lines and outcomes of steps (`p1`), and client facts
(`f1`).
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from mi_cli.interview import results
from mi_cli.interview.arguments import share_numbers
from mi_cli.interview.results import Result
from mi_cli.interview.shareable import Shareable
from mi_cli.records.change import ReversibleChange
from mi_cli.records.plan import Plan
from mi_cli.terminal.asking import Asker
from mi_cli.terminal.page import Line, Role, Screen
from mi_cli.terminal.share_pages import share_page
from mi_cli.words.interview.model import InterviewWords


def choose_shared(
    shareable: Shareable,
    plan: Plan,
    change: Callable[[Callable[[Plan], ReversibleChange]], Plan],
    asker: Asker,
    screen: Screen,
    words: InterviewWords,
    today: date,
    *,
    dated: bool = False,
) -> None:
    """Shows what could be passed on, and takes numbers until Enter: `7 p1 f1` may be passed on, `-7` no longer.

    `change` makes the changes that a rule gives for the plan, saves them, and returns the new plan. With `dated`, each
    entry shows its day. `today` is the day on which the client agrees. Raises what `change` raises, and GoBack where
    the `asker` does: the list is then shown anew, as it stands by then.
    """
    screen.show(share_page(shareable, plan, words, dated=dated))
    while answer := asker.text(words.plan.share_ask):
        decision = share_numbers(answer)
        if decision is None or not shareable.has(decision):
            screen.show([Line(words.plan.share_numbers, Role.WARN, " ")])
            continue
        plan = change(partial(shareable.change, decision, on=today))
        agreed = [str(n) for n, entry in shareable.entries.items() if plan.copy_of(entry.from_.session, entry.from_.n)]
        agreed += [f"p{n}" for n, result in shareable.results.items() if _is_shared(result, plan)]
        agreed += [f"f{n}" for n, fact in shareable.facts.items() if fact.is_in(plan)]
        text = words.plan.share_now.format(numbers=", ".join(agreed) or "–")
        screen.show([Line(text, Role.DIM, " ")])


def _is_shared(result: Result, plan: Plan) -> bool:
    """Returns whether the client has agreed to pass the result on, as it stands in the plan now."""
    return any(in_plan.shared_on for in_plan in results.in_plan(result, plan))
