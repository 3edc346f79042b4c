"""What an interview asks of a store, in terms of records. Nothing outside this room knows paths."""

from collections.abc import Callable
from typing import Protocol

from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.session import Session


class Store(Protocol):
    """Where plans live."""

    def plan(self, client_id: str) -> Plan:
        """A client's plan; an empty one if there is none yet. Raises Damaged."""

    def change_plan(self, client_id: str, change: Callable[[Plan], Plan]) -> Plan:
        """Lock the plan, read it anew, change it, save it. Raises Damaged, InUse, SaveFailed."""


class InterviewHandle(Protocol):
    """An interview whose lock is held: nobody else writes its session and notes."""

    @property
    def store(self) -> Store:
        """The store it is in."""

    @property
    def session(self) -> Session:
        """The session as it was read or begun."""

    @property
    def notes(self) -> Notes:
        """Its notes."""

    @property
    def conflicts(self) -> int:
        """How often another hand's version of a record was found in its place, and set aside."""

    def save_notes(self, notes: Notes) -> None:
        """Raises SaveFailed."""

    def save_session(self, session: Session) -> None:
        """Raises SaveFailed."""

    def draft(self, last_turn: int) -> str:
        """The half-typed line, if one was left since that turn."""

    def save_draft(self, line: str, last_turn: int) -> None:
        """Keep the half-typed line. Raises SaveFailed."""

    def drop_draft(self) -> None:
        """The line is entered, or was dropped. Raises SaveFailed."""
