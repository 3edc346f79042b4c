"""The one door into an interview: a line is walked, and saved before it counts as entered.

Where one line touches several records the order is notes, session, plan. The notes hold what the turn owes the other
two (`pending`), so a crash in between is mended on opening. When a save fails the records stay in memory, and the next
line that can be saved saves them too.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from mi_cli.errors import MiError
from mi_cli.interview.actions import Action, Keep
from mi_cli.interview.opening import begin, go_on, plan_owed
from mi_cli.interview.plan_keeper import PlanKeeper
from mi_cli.interview.walk import Leaving, Outcome, Walk
from mi_cli.prompts.model import PromptSet
from mi_cli.records.change import Change
from mi_cli.records.names import writable
from mi_cli.records.notes import Notes
from mi_cli.records.plan import Plan
from mi_cli.records.session import Session
from mi_cli.store.base import HeldInterview


@dataclass(frozen=True)
class Entered:
    """What came of a line. `trouble` when it is not on the disk: it is in memory, and saved by the next that is."""

    outcome: Outcome
    trouble: MiError | None = None


class Recorder:
    """An interview that is held, walked and saved. `now` and `new_id` are the clock and the source of ids."""

    def __init__(self, held: HeldInterview, walk: Walk, now: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self.walk = walk
        self._held = held
        self._now = now
        self._new_id = new_id
        self._notes_on_disk: Notes | None = held.notes
        self._session_on_disk: Session | None = held.session
        self._owed: tuple[Change, ...] = ()
        self._end_to_retry: str | None = None

    @classmethod
    def begun(
        cls,
        held: HeldInterview,
        prompts: PromptSet,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        *,
        first: bool = True,
    ) -> "Recorder":
        """For an interview that begins, perhaps the client's `first`. Raises Damaged for a plan that cannot be read."""
        plan = held.store.plan(held.session.client)
        return cls(held, begin(held.session, held.notes, plan, prompts, first=first), now, new_id)

    @classmethod
    def resumed(
        cls,
        held: HeldInterview,
        prompts: PromptSet,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        *,
        first: bool = True,
    ) -> "Recorder":
        """For an interview that goes on: mended, and saved as open. Raises Damaged, InUse, SaveFailed."""
        plan = held.store.plan(held.session.client)
        walk = go_on(held.session, held.notes, plan, prompts, now(), first=first)
        recorder = cls(held, walk, now, new_id)
        recorder._owed = plan_owed(held.notes, plan)
        recorder._save()
        return recorder

    @property
    def unsaved(self) -> bool:
        """Whether something is in memory that is not on the disk."""
        return bool(
            self._owed or self.walk.notes is not self._notes_on_disk or self.walk.session is not self._session_on_disk
        )

    @property
    def others(self) -> int:
        """How often another hand, perhaps a sync, had changed a record meanwhile; that version was set aside."""
        return self._held.others

    @property
    def keeper(self) -> PlanKeeper:
        """The door to the client's plan, for what is decided once the interview is closed."""
        return PlanKeeper(self._held.store, self.walk.session.client, self._now, self._new_id)

    def enter(self, line: str) -> Entered:
        """Take a line. When this returns without trouble it is on the disk."""
        line = writable(line)
        before, self._end_to_retry = self.walk, None
        entered = self._keep(self.walk.take(line, self._now(), self._new_id))
        if entered.trouble and entered.outcome.leaving is Leaving.ENDED:
            # An interview that is not on the disk is not over: it goes on as it was, and the line is tried again.
            self.walk, self._end_to_retry = before, line
            self._notes_on_disk = self._session_on_disk = None  # it may be closed there; the next save puts that right
            return replace(entered, outcome=replace(entered.outcome, walk=before, leaving=None))
        return entered

    def do(self, action: Action) -> Entered:
        """Do something that was not typed as one line: several lines pasted, kept as one entry."""
        if isinstance(action, Keep) and action.words:
            action = replace(action, words=writable(action.words))
        return self._keep(self.walk.do(action, self._now(), self._new_id))

    def _keep(self, outcome: Outcome) -> Entered:
        self.walk = outcome.walk
        self._owed += outcome.plan_changes
        return Entered(outcome, self._try_to_save())

    def pause(self) -> MiError | None:
        """Stop for now; what went wrong, if it could not be saved. An `/end` that could not be saved is tried again."""
        if self._end_to_retry is not None and self.enter(self._end_to_retry).trouble is None:
            return None
        self.walk = self.walk.paused(self._now())
        return self._try_to_save()

    def close(self) -> MiError | None:
        """End it, as `/end` does; a note that is open ends with it. What went wrong, if it could not be saved.

        If it cannot be saved as ended it is paused.
        """
        self.walk = replace(self.walk, note=None)
        self._end_to_retry = "/end"
        return self.pause()

    def draft(self) -> str:
        """The half-typed line that was left, if any."""
        return self._held.draft(self.walk.notes.last_turn)

    def keep_draft(self, line: str) -> None:
        """Keep the half-typed line on the disk. Raises SaveFailed."""
        self._held.save_draft(line, self.walk.notes.last_turn)

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
        if self.walk.notes is not self._notes_on_disk:
            self._held.save_notes(self.walk.notes)
            self._notes_on_disk = self.walk.notes
        if self.walk.session is not self._session_on_disk:
            self._held.save_session(self.walk.session)
            self._session_on_disk = self.walk.session
        if self._owed:
            plan = self._held.store.change_plan(self.walk.session.client, self._make_owed)
            self._owed = ()
            self._settle(plan)
        elif self.walk.notes.pending:
            self._settle(self.walk.plan)

    def _make_owed(self, plan: Plan) -> Plan:
        # From the notes, not from `_owed`: a save that failed at its last step is in the plan already.
        for change in plan_owed(self.walk.notes, plan):
            plan = plan.changed(change)
        return plan.but(turns={**plan.turns, self.walk.session.id: self.walk.notes.last_turn})

    def _settle(self, plan: Plan) -> None:
        """Nothing is owed any more; the notes say so from their next save on, which is soon enough."""
        self.walk = self.walk.settled(plan)
        self._notes_on_disk = self.walk.notes
