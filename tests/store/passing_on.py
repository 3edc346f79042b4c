"""A counselor who passes on a document under a consent that is recorded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mi_cli.handoff.gate import Request, permit
from mi_cli.handoff.program import Program
from mi_cli.records.consent import Consent
from mi_cli.records.disclosure import Disclosure
from mi_cli.records.permit import Permit
from mi_cli.records.terms import Basis, Category
from mi_cli.store.records.consents import add_consent, consents
from mi_cli.store.records.disclosures import Outgoing, deliver, print_out
from mi_cli.store.records.json_store import JsonStore
from tests.handoff import consents as invented

PROGRAM = Program("Harbor Program", recipients=("C. Colleague",))
DOCUMENT = Outgoing(b"the goals", "md", frozenset({Category.GOAL_PLAN}), ("goal0001",), "2024")


@dataclass(frozen=True)
class Hand:
    """Passes one client's documents on to A. Therapist."""

    store: JsonStore
    client: str
    basis: Basis | None = None

    @classmethod
    def with_consent(cls, store: JsonStore, client: str) -> "Hand":
        """Records a consent for the client first."""
        add_consent(store, invented.consent(client=client, id="cons0001", created_at=store.now()))
        return cls(store, client)

    def judge(self, known: Sequence[Consent]) -> Permit:
        """Asks the gate with these consents, at the present time."""
        request = Request(self.client, "J-014", basis=self.basis)
        return permit(request, known, PROGRAM, self.store.now())

    @property
    def permit(self) -> Permit:
        """The gate's permit with the consents that are recorded now. Raises Refused."""
        return self.judge(consents(self.store, self.client, damaged=[]))

    def over(self, target: Path, content: bytes = DOCUMENT.content, *, overwrite: bool = False) -> Disclosure:
        """Passes a document on to a file, and returns the entry in the log."""
        document = replace(DOCUMENT, content=content)
        return deliver(self.store, self.permit, self.judge, document, target, overwrite=overwrite)

    def out(self, write: Callable[[bytes], object]) -> Disclosure:
        """Passes a document on to standard output, and returns the entry in the log."""
        return print_out(self.store, self.permit, self.judge, DOCUMENT, write)
