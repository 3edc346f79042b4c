"""An interview in which one save fails: before it reaches the disk, or just after."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from mi_cli.errors import SaveFailed
from mi_cli.interview.recorder import Recorder
from mi_cli.prompts.load import load
from mi_cli.prompts.model import PromptSet
from mi_cli.records.client_facts import Facts
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.session import Session
from mi_cli.store.records.base import InterviewHandle, Store
from mi_cli.store.records.interviews import hold_interview
from tests.conftest import Desk

Saved = TypeVar("Saved")


class Crash(BaseException):
    """Stands for a crash of the process: nothing in the program may catch it."""


def full() -> SaveFailed:
    """What a full disk raises."""
    return SaveFailed("Not saved: the disk is full.")


class Fault:
    """Decides which save fails, and records what has reached the disk since then."""

    def __init__(self) -> None:
        self.saved: list[str] = []
        self._left = 0
        self._error: BaseException = Crash()
        self._late = False

    def set(self, nth: int, error: BaseException, *, late: bool = False) -> None:
        """Save number `nth` from now on, counted from 1, raises; `late`: when it has reached the disk. 0 for none."""
        self.saved, self._left, self._error, self._late = [], nth, error, late

    def save(self, what: str, really: Callable[[], Saved]) -> Saved:
        """One save."""
        wrong = self._left == 1
        self._left -= 1
        if wrong and not self._late:
            raise self._error
        saved = really()
        self.saved.append(what)
        if wrong:
            raise self._error
        return saved


class FailingStore:
    """A store of client facts and plans that wraps a real one."""

    def __init__(self, store: Store, fault: Fault) -> None:
        self._store = store
        self._fault = fault

    def plan(self, client_id: str) -> Plan:
        return self._store.plan(client_id)

    def client_facts(self, client_id: str) -> Facts:
        return self._store.client_facts(client_id)

    def change_facts(self, client_id: str, change: Callable[[Facts], Facts]) -> Facts:
        return self._fault.save("facts", lambda: self._store.change_facts(client_id, change))

    def change_plan(self, client_id: str, change: Callable[[Plan], Plan]) -> Plan:
        return self._fault.save("plan", lambda: self._store.change_plan(client_id, change))


class FailingInterview:
    """An `InterviewHandle` that wraps a real one."""

    def __init__(self, held: InterviewHandle, fault: Fault) -> None:
        self._held = held
        self._fault = fault
        self.store: Store = FailingStore(held.store, fault)
        self.session = held.session
        self.notes = held.notes
        self.conflicts = held.conflicts

    def save_notes(self, notes: Notes) -> None:
        self._fault.save("notes", lambda: self._held.save_notes(notes))

    def save_session(self, session: Session) -> None:
        self._fault.save("session", lambda: self._held.save_session(session))

    def draft(self, last_turn: int) -> str:
        return self._held.draft(last_turn)

    def save_draft(self, line: str, last_turn: int) -> None:
        self._fault.save("draft", lambda: self._held.save_draft(line, last_turn))

    def drop_draft(self) -> None:
        self._held.drop_draft()


def resume_failing(desk: Desk, fault: Fault) -> Recorder:
    """Resumes the desk's latest interview after a crash; `fault` decides which save will fail."""
    desk.crash()
    held = FailingInterview(desk.held.enter_context(hold_interview(desk.store, desk.ref)), fault)
    return Recorder.resume(held, _prompts(), desk.store.now, desk.store.new_id)


@cache
def _prompts() -> PromptSet:
    return load("en", None)
