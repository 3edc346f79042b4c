"""The dialog in which the client decides what may be passed on to others.

Only what the client agrees to is copied into the plan, and what is not in the plan is never passed on. Three lists are
numbered: entries of interviews (`7`), results, which are progress lines and outcomes of steps (`p1`), and client facts
(`f1`).
"""

from collections.abc import Callable, Mapping
from datetime import date

from mi_cli.interview import fact_sharing, results, sharing
from mi_cli.interview.actions import Share
from mi_cli.interview.fact_sharing import FactCopy
from mi_cli.interview.grammar import share_numbers
from mi_cli.interview.results import Result
from mi_cli.records.change import ReversibleChange
from mi_cli.records.plan import Plan, Shared
from mi_cli.terminal.asking import Asker
from mi_cli.terminal.page import Line, Role, Screen
from mi_cli.terminal.share_pages import share_page
from mi_cli.words.interview.model import InterviewWords


def choose_shared(
    entries: Mapping[int, Shared],
    numbered_results: Mapping[int, Result],
    numbered_facts: Mapping[int, FactCopy],
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
    entry shows its day. `today` is the day on which the client agrees. Raises what `change` raises.
    """
    screen.show(share_page(entries, numbered_results, numbered_facts, plan, words, dated=dated))
    while answer := asker.text(words.plan.share_ask):
        decision = share_numbers(answer)
        if decision is None or not _all_shown(decision, entries, numbered_results, numbered_facts):
            screen.show([Line(words.plan.share_numbers, Role.WARN, " ")])
            continue
        plan = change(_rule(decision, entries, numbered_results, numbered_facts, today))
        agreed = [str(n) for n, entry in entries.items() if plan.copy_of(entry.from_.session, entry.from_.n)]
        agreed += [f"p{n}" for n, result in numbered_results.items() if _is_shared(result, plan)]
        agreed += [f"f{n}" for n, fact in numbered_facts.items() if fact.is_in(plan)]
        text = words.plan.share_now.format(numbers=", ".join(agreed) or "–")
        screen.show([Line(text, Role.DIM, " ")])


def _all_shown(
    decision: Share,
    entries: Mapping[int, Shared],
    numbered_results: Mapping[int, Result],
    numbered_facts: Mapping[int, FactCopy],
) -> bool:
    """Returns whether each number stands in one of the three lists."""
    return (
        {*decision.numbers, *decision.out} <= entries.keys()
        and {*decision.results, *decision.results_out} <= numbered_results.keys()
        and {*decision.facts, *decision.facts_out} <= numbered_facts.keys()
    )


def _is_shared(result: Result, plan: Plan) -> bool:
    """Returns whether the client has agreed to pass the result on, as it stands in the plan now."""
    return any(in_plan.shared_on for in_plan in results.in_plan(result, plan))


def _rule(
    decision: Share,
    entries: Mapping[int, Shared],
    numbered_results: Mapping[int, Result],
    numbered_facts: Mapping[int, FactCopy],
    today: date,
) -> Callable[[Plan], ReversibleChange]:
    """Returns the rule that gives the changes of a plan that the decision means."""
    agreed, withdrawn = ([entries[n] for n in numbers] for numbers in (decision.numbers, decision.out))
    agreed_results = [numbered_results[n] for n in decision.results]
    withdrawn_results = [numbered_results[n] for n in decision.results_out]

    facts, facts_out = ([numbered_facts[n] for n in numbers] for numbers in (decision.facts, decision.facts_out))

    def rule(plan: Plan) -> ReversibleChange:
        change = sharing.share_and_withdraw(agreed, withdrawn, plan)
        change += results.share_and_withdraw(agreed_results, withdrawn_results, plan, today)
        return change + fact_sharing.share_and_withdraw(facts, facts_out, numbered_facts.values(), plan, today)

    return rule
