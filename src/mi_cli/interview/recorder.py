"""The one door into an interview: a line is walked, and saved before it counts as entered.

Where one line touches several records the order is notes, session, plan. The notes hold what the turn owes the other
two (`pending`), so a crash in between is mended on opening. When a save fails the records stay in memory, and the next
line that can be saved saves them too.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from mi_cli.errors import MiError
from mi_cli.interview.actions import Action, AddEntry
from mi_cli.interview.plan_editor import PlanEditor
from mi_cli.interview.session_start import pending_plan_changes, resume, start
from mi_cli.interview.state import InterviewState, Leaving, Outcome
from mi_cli.prompts.model import PromptSet
from mi_cli.records.change import Change
from mi_cli.records.names import replace_surrogates
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.session import Session
from mi_cli.store.records.base import InterviewHandle


@dataclass(frozen=True)
class SaveResult:
    """What came of a line. `trouble` when it is not on the disk: it is in memory, and saved by the next that is."""

    outcome: Outcome
    error: MiError | None = None


class Recorder:
    """An interview that is held, walked and saved. `now` and `new_id` are the clock and the source of ids."""

    def __init__(
        self, held: InterviewHandle, walk: InterviewState, now: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        self.state = walk
        self._held = held
        self._now = now
        self._new_id = new_id
        self._notes_on_disk: Notes | None = held.notes
        self._session_on_disk: Session | None = held.session
        self._owed: tuple[Change, ...] = ()
        self._end_to_retry: str | None = None

    @classmethod
    def start(
        cls,
        held: InterviewHandle,
        prompts: PromptSet,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        *,
        first: bool = True,
    ) -> "Recorder":
        """For an interview that begins, perhaps the client's `first`. Raises Damaged for a plan that cannot be read."""
        plan = held.store.plan(held.session.client)
        return cls(held, start(held.session, held.notes, plan, prompts, first=first), now, new_id)

    @classmethod
    def resume(
        cls,
        held: InterviewHandle,
        prompts: PromptSet,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        *,
        first: bool = True,
    ) -> "Recorder":
        """For an interview that goes on: mended, and saved as open. Raises Damaged, InUse, SaveFailed."""
        plan = held.store.plan(held.session.client)
        walk = resume(held.session, held.notes, plan, prompts, now(), first=first)
        recorder = cls(held, walk, now, new_id)
        recorder._owed = pending_plan_changes(held.notes, plan)
        recorder._save()
        return recorder

    @property
    def unsaved(self) -> bool:
        """Whether something is in memory that is not on the disk."""
        return bool(
            self._owed or self.state.notes is not self._notes_on_disk or self.state.session is not self._session_on_disk
        )

    @property
    def conflicts(self) -> int:
        """How often another hand, perhaps a sync, had changed a record meanwhile; that version was set aside."""
        return self._held.conflicts

    @property
    def plan_editor(self) -> PlanEditor:
        """The door to the client's plan, for what is decided once the interview is closed."""
        return PlanEditor(self._held.store, self.state.session.client, self._now, self._new_id)

    def enter(self, line: str) -> SaveResult:
        """Take a line. When this returns without trouble it is on the disk."""
        line = replace_surrogates(line)
        before, self._end_to_retry = self.state, None
        entered = self._keep(self.state.handle_line(line, self._now(), self._new_id))
        if entered.error and entered.outcome.leaving is Leaving.ENDED:
            # An interview that is not on the disk is not over: it goes on as it was, and the line is tried again.
            self.state, self._end_to_retry = before, line
            self._notes_on_disk = self._session_on_disk = None  # it may be closed there; the next save puts that right
            return replace(entered, outcome=replace(entered.outcome, state=before, leaving=None))
        return entered

    def do(self, action: Action) -> SaveResult:
        """Do something that was not typed as one line: several lines pasted, kept as one entry."""
        if isinstance(action, AddEntry) and action.words:
            action = replace(action, words=replace_surrogates(action.words))
        return self._keep(self.state.apply(action, self._now(), self._new_id))

    def _keep(self, outcome: Outcome) -> SaveResult:
        self.state = outcome.state
        self._owed += outcome.plan_changes
        return SaveResult(outcome, self._try_to_save())

    def pause(self) -> MiError | None:
        """Stop for now; what went wrong, if it could not be saved. An `/end` that could not be saved is tried again."""
        if self._end_to_retry is not None and self.enter(self._end_to_retry).error is None:
            return None
        self.state = self.state.paused(self._now())
        return self._try_to_save()

    def close(self) -> MiError | None:
        """End it, as `/end` does; a note that is open ends with it. What went wrong, if it could not be saved.

        If it cannot be saved as ended it is paused.
        """
        self.state = replace(self.state, note=None)
        self._end_to_retry = "/end"
        return self.pause()

    def draft(self) -> str:
        """The half-typed line that was left, if any."""
        return self._held.draft(self.state.notes.last_turn)

    def keep_draft(self, line: str) -> None:
        """Keep the half-typed line on the disk. Raises SaveFailed."""
        self._held.save_draft(line, self.state.notes.last_turn)

    def drop_draft(self) -> None:
        """There is no half-typed line. Raises SaveFailed."""
        self._held.drop_draft()

    def _try_to_save(self) -> MiError | None:
        try:
            self._save()
        except MiError as trouble:
            return trouble
        return None

    def _save(self) -> None:
        if self.state.notes is not self._notes_on_disk:
            self._held.save_notes(self.state.notes)
            self._notes_on_disk = self.state.notes
        if self.state.session is not self._session_on_disk:
            self._held.save_session(self.state.session)
            self._session_on_disk = self.state.session
        if self._owed:
            plan = self._held.store.change_plan(self.state.session.client, self._make_owed)
            self._owed = ()
            self._settle(plan)
        elif self.state.notes.pending:
            self._settle(self.state.plan)

    def _make_owed(self, plan: Plan) -> Plan:
        # From the notes, not from `_owed`: a save that failed at its last step is in the plan already.
        for change in pending_plan_changes(self.state.notes, plan):
            plan = plan.with_changes(change)
        return plan.replace(turns={**plan.turns, self.state.session.id: self.state.notes.last_turn})

    def _settle(self, plan: Plan) -> None:
        """Nothing is owed any more; the notes say so from their next save on, which is soon enough."""
        self.state = self.state.marked_saved(plan)
        self._notes_on_disk = self.state.notes
