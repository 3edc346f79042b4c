"""Runs an interview: applies each action to the state and saves it before reporting success.

Theory of operation
===================

`state` is the interview in memory. `_notes_on_disk` and `_session_on_disk` are the notes and the session that were
saved last; records are immutable, so a record has to be saved exactly when it is another object than that. Changes
to the client facts and to the plan that are not on the disk yet are in `notes.pending` (see `interview.turns`).

The rules:

1. *A line counts as entered when `apply` or `save` returns its outcome without an error.* Then it is on the disk: each
   file was written whole and flushed. `take` only applies a line in memory, so that many that came at once are saved at
   once: each save writes all of the notes, and 20,000 lines are not to be written 20,000 times.
2. *The order is notes, session, facts, plan.* The notes name in `pending` what the line means for the others, so
   whatever a crash leaves can be completed when the interview is opened again. The facts and the plan are each locked,
   read anew, changed and saved, because other processes change them too. After that `pending` is emptied in memory; the
   file follows with the next save of the notes. Until then the turn numbers in session, facts and plan tell that they
   are complete.
3. *When a save fails, nothing is undone.* The line stays in memory, the outcome has the error, and the next line that
   can be saved saves this one too. `unsaved` tells whether such lines are left.
4. *An end is different*: an interview that is not on the disk as closed is not over. The state from before the end is
   put back, and `pause` tries the end once more. A file may already say "closed" then, so both records are saved again
   whatever they hold.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from mi_cli.errors import MiError
from mi_cli.interview import lines
from mi_cli.interview.actions import Action, AddEntry, End, Star
from mi_cli.interview.grammar import parse_pasted
from mi_cli.interview.moving import paused
from mi_cli.interview.outcome import Applied, Effect, Outcome, Reply
from mi_cli.interview.plan_editor import PlanEditor
from mi_cli.interview.session_start import resume, start
from mi_cli.interview.situation import NOTHING_EARLIER, Earlier
from mi_cli.interview.state import InterviewState
from mi_cli.interview.turns import (
    facts_with_pending,
    pending_fact_changes,
    pending_plan_changes,
    plan_with_pending,
)
from mi_cli.prompts.model import PromptSet
from mi_cli.records.names import replace_surrogates
from mi_cli.records.notes import Notes
from mi_cli.records.session import Session
from mi_cli.records.terms import Kind
from mi_cli.store.records.base import InterviewHandle


class Recorder:
    """An interview whose files are held by this process. `now` is the clock, `new_id` the source of ids."""

    def __init__(
        self, held: InterviewHandle, state: InterviewState, now: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        self.state = state
        self._held = held
        self._now = now
        self._new_id = new_id
        self._notes_on_disk: Notes | None = held.notes
        self._session_on_disk: Session | None = held.session
        self._before_end: tuple[InterviewState, End] | None = None
        self._end_to_retry: End | None = None

    @classmethod
    def start(
        cls,
        held: InterviewHandle,
        prompts: PromptSet,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        *,
        first: bool = True,
        earlier: Earlier = NOTHING_EARLIER,
    ) -> "Recorder":
        """Starts an interview: the client's `first`, or one with what `earlier` ones left.

        Raises Damaged for facts or a plan that cannot be read.
        """
        facts, plan = held.store.client_facts(held.session.client), held.store.plan(held.session.client)
        state = start(held.session, held.notes, facts, plan, prompts, first=first, earlier=earlier)
        return cls(held, state, now, new_id)

    @classmethod
    def resume(
        cls,
        held: InterviewHandle,
        prompts: PromptSet,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        *,
        first: bool = True,
        earlier: Earlier = NOTHING_EARLIER,
    ) -> "Recorder":
        """Resumes an interview: repairs it, and saves it as open. Raises Damaged, InUse, SaveFailed."""
        facts, plan = held.store.client_facts(held.session.client), held.store.plan(held.session.client)
        state = resume(held.session, held.notes, facts, plan, prompts, now(), first=first, earlier=earlier)
        recorder = cls(held, state, now, new_id)
        recorder._save()
        return recorder

    @property
    def unsaved(self) -> bool:
        """Whether something is in memory that is not on the disk."""
        return bool(
            self._facts_are_behind
            or self._plan_is_behind
            or self.state.notes is not self._notes_on_disk
            or self.state.session is not self._session_on_disk
        )

    @property
    def conflicts(self) -> int:
        """How often another program, perhaps a sync, had changed a record meanwhile; its version was set aside."""
        return self._held.conflicts

    @property
    def plan_editor(self) -> PlanEditor:
        """An editor of the client's plan, for what is decided once the interview is closed."""
        return PlanEditor(self._held.store, self.state.session.client, self._now, self._new_id)

    def read_line(self, line: str) -> Action:
        """Returns what a typed line means now; bytes that were no text are replaced, as they could not be saved."""
        return lines.read_line(self.state, replace_surrogates(line))

    def enter(self, line: str) -> Outcome:
        """Reads a typed line and applies it."""
        return self.apply(self.read_line(line))

    def read_pasted(self, text: str) -> list[AddEntry | Star]:
        """Returns what the lines of a paste are, if each is to be an entry of its own."""
        return parse_pasted(replace_surrogates(text), self.state.session.language)

    def enter_pasted(self, text: str) -> Outcome:
        """Adds several lines that were pasted at once, as one entry."""
        return self.apply(AddEntry(Kind.SAID, replace_surrogates(text)))

    def enter_each(self, entries: Sequence[AddEntry | Star]) -> Outcome:
        """Adds the lines of a paste, each as a turn of its own, and saves them at once."""
        for entry in entries:
            self.take(entry)
        return self.save([Outcome(self.state, Applied(Effect.ENTRIES, n=len(entries)))])[0]

    def apply(self, action: Action) -> Outcome:
        """Applies an action and saves what it changed. When the outcome has no error it is on the disk."""
        return self.save([self.take(action)])[0]

    def take(self, action: Action) -> Outcome:
        """Applies an action in memory. It counts as entered only when `save` has returned its outcome."""
        self._before_end = (self.state, action) if isinstance(action, End) else None
        outcome = lines.apply(self.state, action, self._now(), self._new_id)
        self.state = outcome.state
        return outcome

    def save(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """Saves what the actions that were taken have changed. Returns their outcomes as they are then.

        Only the last of them may be other than words.
        """
        error = self._try_to_save()
        before_end, self._before_end = self._before_end, None
        self._end_to_retry = None
        *words, last = outcomes
        if error and before_end:
            self.state, self._end_to_retry = before_end
            self._notes_on_disk = self._session_on_disk = None
            last = replace(last, leaving=None)
        last = replace(last, state=self.state, reply=self._numbered(last.reply))
        return [replace(outcome, error=error) for outcome in (*words, last)]

    def _numbered(self, reply: Reply) -> Reply:
        """Returns the reply to a new goal with the number that the goal has in the plan as it was saved."""
        goal = self.state.plan.goal(self.state.goal)
        if not isinstance(reply, Applied) or reply.effect is not Effect.GOAL or goal not in self.state.plan.active:
            return reply
        return replace(reply, n=self.state.plan.active.index(goal) + 1)

    def pause(self) -> MiError | None:
        """Stops for now, after another try of an end that could not be saved. Returns why it could not be saved."""
        if self._end_to_retry is not None and self.apply(self._end_to_retry).error is None:
            return None
        self.state = paused(self.state, self._now())
        return self._try_to_save()

    def close(self) -> MiError | None:
        """Ends it as `/end` does; an open note ends with it. Returns why it could not be saved.

        If it cannot be saved as ended it is paused.
        """
        self.state = replace(self.state, open_note=None)
        self._end_to_retry = End(None)
        return self.pause()

    def draft(self) -> str:
        """Returns the half-typed line that was left; empty if there is none."""
        return self._held.draft(self.state.notes.last_turn)

    def keep_draft(self, line: str) -> None:
        """Keeps the half-typed line on the disk. Raises SaveFailed."""
        self._held.save_draft(line, self.state.notes.last_turn)

    def drop_draft(self) -> None:
        """Removes the half-typed line from the disk. Raises SaveFailed."""
        self._held.drop_draft()

    def _try_to_save(self) -> MiError | None:
        try:
            self._save()
        except MiError as error:
            return error
        return None

    @property
    def _facts_are_behind(self) -> bool:
        """Whether a turn changed the facts in memory, and the facts on the disk do not have that change yet."""
        return bool(pending_fact_changes(self.state.notes, self.state.facts))

    @property
    def _plan_is_behind(self) -> bool:
        """Whether a turn changed the plan in memory, and the plan on the disk does not have that change yet."""
        return bool(pending_plan_changes(self.state.notes, self.state.plan))

    def _save(self) -> None:
        if self.state.notes is not self._notes_on_disk:
            self._held.save_notes(self.state.notes)
            self._notes_on_disk = self.state.notes
        if self.state.session is not self._session_on_disk:
            self._held.save_session(self.state.session)
            self._session_on_disk = self.state.session
        # A save that failed at its last step is in the record already; `…_with_pending` looks at the record itself.
        client, notes = self.state.session.client, self.state.notes
        facts, plan = self.state.facts, self.state.plan
        if self._facts_are_behind:
            facts = self._held.store.change_facts(client, lambda facts: facts_with_pending(facts, notes))
        if self._plan_is_behind:
            plan = self._held.store.change_plan(client, lambda plan: plan_with_pending(plan, notes))
        if notes.pending:
            # `pending` is emptied in memory; the file follows with the next save of the notes, which is soon enough.
            self.state = self.state.marked_saved(facts, plan)
            self._notes_on_disk = self.state.notes
