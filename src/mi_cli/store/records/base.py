"""What an interview needs of a store, in terms of records: two protocols without paths."""

from collections.abc import Callable
from typing import Protocol

from mi_cli.records.client_facts import Facts
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.session import Session


class Store(Protocol):
    """Reads and changes client facts and plans."""

    def client_facts(self, client_id: str) -> Facts:
        """Returns what is known of a client; facts with nothing in them if there are none yet. Raises Damaged."""

    def change_facts(self, client_id: str, change: Callable[[Facts], Facts]) -> Facts:
        """Lock the facts, read them anew, change and save them; returns them. Raises Damaged, InUse, SaveFailed."""

    def plan(self, client_id: str) -> Plan:
        """Returns a client's plan; an empty one if there is none yet. Raises Damaged."""

    def change_plan(self, client_id: str, change: Callable[[Plan], Plan]) -> Plan:
        """Lock the plan, read it anew, change and save it; returns it. Raises Damaged, InUse, SaveFailed."""


class InterviewHandle(Protocol):
    """An interview whose lock is held: nobody else writes its session and notes."""

    @property
    def store(self) -> Store:
        """The store it is in."""

    @property
    def session(self) -> Session:
        """The session as it was when the interview was opened or begun."""

    @property
    def notes(self) -> Notes:
        """The notes of the session."""

    @property
    def conflicts(self) -> int:
        """How many foreign versions of a record were found in its place and moved to the quarantine."""

    def save_notes(self, notes: Notes) -> None:
        """Save the notes. Raises SaveFailed."""

    def save_session(self, session: Session) -> None:
        """Save the facts of the session. Raises SaveFailed."""

    def draft(self, last_turn: int) -> str:
        """Returns the half-typed line that was left after that turn; "" if there is none."""

    def save_draft(self, line: str, last_turn: int) -> None:
        """Save the half-typed line. Raises SaveFailed."""

    def drop_draft(self) -> None:
        """Delete the half-typed line: it was entered or dropped. Raises SaveFailed."""
