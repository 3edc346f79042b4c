"""Changes the client facts outside an interview: `mi client facts`.

Every change goes through `FactsEditor.change`, as those to a plan go through `PlanEditor`: the store locks the facts
and reads them anew, a rule of `interview.client_facts` says what to change, and the store saves the result.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mi_cli.records.change import ReversibleChange
from mi_cli.records.client_facts import Facts
from mi_cli.store.records.base import Store


@dataclass(frozen=True)
class FactsEditor:
    """An editor of what is known of one client. `now` is the clock, `new_id` the source of ids."""

    store: Store
    client: str
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    @property
    def facts(self) -> Facts:
        """The facts as they are on the disk. Raises Damaged."""
        return self.store.client_facts(self.client)

    def change(self, rule: Callable[[Facts, datetime], ReversibleChange]) -> Facts:
        """Applies what the rule says and returns the new facts. Raises Damaged, InUse, SaveFailed."""
        at = self.now()
        return self.store.change_facts(self.client, lambda facts: facts.with_changes(*rule(facts, at).changes))
