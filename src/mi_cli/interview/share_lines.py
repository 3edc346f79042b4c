"""The line of `/share`: what the client agrees to pass on goes into the plan, and what they withdraw comes out of it.

All that one line names is done, or nothing of it. What it changes is a rule of `interview.shareable`.
"""

from collections.abc import Collection
from datetime import datetime

from mi_cli.interview import results, sharing
from mi_cli.interview.actions import Share
from mi_cli.interview.outcome import Applied, Effect, Outcome, make_turn, rejected
from mi_cli.interview.shareable import Shareable
from mi_cli.interview.state import InterviewState
from mi_cli.records.text_keys import Problem


def share(state: InterviewState, action: Share, at: datetime) -> Outcome:
    """Does what the client agreed to."""
    plan, session = state.plan, state.session.id
    entries = {entry.n: entry for entry in state.notes.entries}
    answers = sharing.answers_in(state.session.readings)
    copies = {item.from_.n: item for item in plan.shared if item.from_.session == session}
    goal_results, facts = results.numbered(plan), state.shareable_facts
    # What was named, what it must be among, and what is wrong if it is not.
    named: tuple[tuple[Collection[int], Collection[int], Problem], ...] = (
        (action.numbers, entries, Problem.NO_SUCH_ENTRY),
        (action.numbers, [n for n in entries if sharing.can_be_shared(entries[n], answers)], Problem.NOT_SHAREABLE),
        (action.out, copies, Problem.NOT_SHARED),
        (action.results + action.results_out, goal_results, Problem.NO_SUCH_RESULT),
        (action.results_out, [n for n in goal_results if goal_results[n].shared_on], Problem.NOT_SHARED),
        (action.facts + action.facts_out, facts, Problem.NO_SUCH_SHARED_FACT),
        (action.facts_out, [n for n in facts if facts[n].is_in(plan)], Problem.NOT_SHARED),
    )
    for numbers, known, problem in named:
        if not set(numbers) <= set(known):
            return rejected(state, problem)
    items = {n: copies.get(n) or sharing.as_shared(entries[n], session) for n in action.numbers + action.out}
    change = Shareable(items, goal_results, facts).change(action, plan, at.date())
    shared = len(action.numbers + action.results + action.facts)
    unshared = len(action.out + action.results_out + action.facts_out)
    reply = Applied(Effect.SHARED, n=shared) if shared else Applied(Effect.UNSHARED, n=unshared)
    return make_turn(state, at, reply, change=change)
