"""The plan of the client whose code was typed: what the commands of `mi goals` have in common that change it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from mi_cli.cli.context import Context
from mi_cli.cli.interruption import Interrupted
from mi_cli.cli.surroundings import new_id, now
from mi_cli.errors import Failed
from mi_cli.interview.goal_by_id import goal_named
from mi_cli.interview.plan_editor import PlanEditor
from mi_cli.records.plan import Goal
from mi_cli.terminal.asking import GoBack
from mi_cli.terminal.plan_dialog import PlanDialog, choose_goal
from mi_cli.terminal.system import without_echo
from mi_cli.words.goals import goal_words
from mi_cli.words.interview import interview_words
from mi_cli.words.interview.model import InterviewWords

_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class ClientPlan:
    """The plan of the client whose code was typed, and what a command needs to change it."""

    context: Context
    given_code: str

    @cached_property
    def editor(self) -> PlanEditor:
        """Changes the plan. Raises Failed for a code that is not known."""
        return PlanEditor(self.context.store, self.context.catalog.client_id(self.given_code), now, new_id)

    @cached_property
    def code(self) -> str:
        """The client's code as the store has it."""
        return self.context.catalog.code_of()[self.editor.client]

    @cached_property
    def language(self) -> str:
        """The client's language; the counselor's where it is not known."""
        return self.context.store.client(self.editor.client).language or self.context.language

    @cached_property
    def words(self) -> InterviewWords:
        """The texts of the companion, in the client's language."""
        return interview_words(self.language)

    @contextmanager
    def dialog(self, instead: str) -> Iterator[PlanDialog]:
        """Gives a dialog about the plan at the terminal.

        Raises WrongUsage, naming what to give `instead`, when nobody can be asked. Raises Interrupted on Ctrl-C, which
        tells whether anything was saved.
        """
        self.context.require_terminal(instead)
        store, client = self.context.store, self.editor.client
        store.require_saving(client, store.locked_plan(client))
        read = self.context.line_reader(instead, edited=True)
        dialog = PlanDialog(self.editor, self.context.screen, self.words, read, self.context.counselor)
        before = self.editor.plan
        with without_echo():
            try:
                yield dialog
            except (Interrupted, KeyboardInterrupt):
                raise Interrupted(
                    goal_words(self.context.language).earlier_saved if self.editor.plan != before else ""
                ) from None

    def goal(self, name: str | None) -> Goal:
        """Returns the goal whose id begins with `name`, else the only active one, else the one that is chosen."""
        plan = self.editor.plan
        if name is not None:
            return goal_named(plan, name)
        own_words = goal_words(self.context.language)
        if not plan.active:
            raise Failed(own_words.no_active, own_words.no_active_how)
        if len(plan.active) == 1:
            return plan.active[0]
        with self.dialog(own_words.several) as dialog:
            return choose_goal(dialog, plan)

    def ask_about(self, name: str | None, ask: Callable[[Goal, bool], _Answer]) -> _Answer:
        """Returns what `ask` does about the goal that is meant.

        Where that was chosen from several, `ask` is told so, and may raise GoBack: then another can be chosen.
        """
        is_chosen = name is None and len(self.editor.plan.active) > 1
        while True:
            try:
                return ask(self.goal(name), is_chosen)
            except GoBack:
                continue
