"""What a client could agree to pass on: entries, results of goals and client facts, each kind by its numbers.

`/share`, the end of an interview and `mi goals share` show it, take a decision (`actions.Share`), and change the plan
by one rule. What belongs to each kind is in `interview.sharing`, `results` and `fact_sharing`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from mi_cli.interview import fact_sharing, results, sharing
from mi_cli.interview.actions import Share
from mi_cli.interview.fact_sharing import FactCopy
from mi_cli.interview.results import Result
from mi_cli.records.change import ReversibleChange
from mi_cli.records.plan import Plan, Shared


@dataclass(frozen=True, repr=False)
class Shareable:
    """What could be passed on."""

    entries: Mapping[int, Shared]
    results: Mapping[int, Result]
    facts: Mapping[int, FactCopy]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that could be passed on."""
        return not (self.entries or self.results or self.facts)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all of it for `mi goals share`."""
        facts = (fact.name for fact in self.facts.values())
        return (*map(sharing.name, self.entries.values()), *(one.name for one in self.results.values()), *facts)

    def named(self, names: Collection[str], *, out: bool) -> Share:
        """Returns the decision to pass on what has these names, or no longer to pass it on (`out`)."""
        entries = tuple(n for n, entry in self.entries.items() if sharing.name(entry) in names)
        goal_results = tuple(n for n, result in self.results.items() if result.name in names)
        facts = tuple(n for n, fact in self.facts.items() if fact.name in names)
        if out:
            return Share((), out=entries, results_out=goal_results, facts_out=facts)
        return Share(entries, results=goal_results, facts=facts)

    def has(self, decision: Share) -> bool:
        """Whether each number of the decision stands here."""
        return (
            {*decision.numbers, *decision.out} <= self.entries.keys()
            and {*decision.results, *decision.results_out} <= self.results.keys()
            and {*decision.facts, *decision.facts_out} <= self.facts.keys()
        )

    def change(self, decision: Share, plan: Plan, on: date) -> ReversibleChange:
        """Puts into the plan what the client agreed to on that day, and takes out what they withdrew."""
        agreed, withdrawn = ([self.entries[n] for n in numbers] for numbers in (decision.numbers, decision.out))
        change = sharing.share_and_withdraw(agreed, withdrawn, plan)
        agreed_results = [self.results[n] for n in decision.results]
        change += results.share_and_withdraw(agreed_results, [self.results[n] for n in decision.results_out], plan, on)
        facts, facts_out = ([self.facts[n] for n in numbers] for numbers in (decision.facts, decision.facts_out))
        return change + fact_sharing.share_and_withdraw(facts, facts_out, self.facts.values(), plan, on)
