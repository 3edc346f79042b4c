"""A consent taken down at a terminal, question by question. The answers are a draft until it is recorded."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from mi_cli.cli.context import Context
from mi_cli.cli.interruption import Declined, Interrupted
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged, MiError, WrongUsage
from mi_cli.handoff import consent_questions as taking
from mi_cli.handoff.consent_questions import Defaults
from mi_cli.records.terms import Jurisdiction
from mi_cli.store.disk import atomic
from mi_cli.store.records import consents as kept
from mi_cli.store.records.json_store import JsonStore
from mi_cli.terminal.page import BLANK, Line, Role
from mi_cli.terminal.sharing_pages import draft_page


def around(context: Context) -> Defaults:
    """What is known without asking."""
    program = context.program
    us = program.jurisdiction is Jurisdiction.US_PART2
    return Defaults(program.discloser, now().date(), us=us, counselor=context.counselor)


@dataclass(frozen=True)
class TakingDown:
    """The consent of one client that is being taken down."""

    context: Context
    store: "JsonStore"
    client: str
    code: str

    @contextmanager
    def kept_if_interrupted(self) -> Iterator[None]:
        """An interruption within it says whether the answers are kept."""
        try:
            yield
        except (Interrupted, KeyboardInterrupt):
            is_kept = atomic.is_there(self.store.layout.consent_draft(self.client))
            raise Interrupted(f"Nothing was recorded. {self._goes_on}" if is_kept else "") from None

    def asked(self, known: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
        """Ask what is not known yet. `given` was said on the command line, and counts more than a draft."""
        answers = {**known, **self._taken_up(), **given}
        place = around(self.context)
        self._tell("As it stands on the paper. Enter passes over a question.", Role.DIM)
        while question := taking.next_question(answers, place):
            choices = [Line(text, lead=f"  {n}  ") for n, (_, text) in enumerate(question.choices, 1)]
            self.context.screen.show([BLANK, Line(question.text, Role.SAY), *choices])
            default = dict(question.choices).get(question.default or "", question.default)
            many = "Numbers, or all. " if question.many else ""
            enter = f"{many}Enter: {default}" if default else many.strip()
            try:
                answer = self.context.ask(f"  {enter} › " if enter else "  › ", instead="")
                answers = taking.with_answer(answers, question, answer, place)
            except WrongUsage as error:
                self._tell(f"{error.message} {error.hint}".strip(), Role.WARN)
            else:
                self._keep(answers)
        return answers

    def confirmed(self, answers: Mapping[str, Any]) -> None:
        """Ask whether it is to be recorded. Raises Declined, once it is known what is to become of the answers."""
        asker = self.context.asker()
        if asker.yes("Record it? Enter records, n leaves: ", enter=True):
            return
        if asker.yes("Keep the answers for later? Enter keeps them, n deletes them: ", enter=True):
            kept.save_draft(self.store, self.client, answers)
            raise Declined(f"Nothing was recorded. {self._goes_on}")
        kept.drop_draft(self.store, self.client)
        raise Declined("Nothing was recorded, and the answers are deleted.")

    @property
    def _goes_on(self) -> str:
        return f"The answers are kept: `mi consent add {self.code}` goes on with them."

    def _taken_up(self) -> dict[str, Any]:
        """The draft of before, if there is one and it is wanted; one that is not wanted is deleted."""
        try:
            draft = kept.draft(self.store, self.client)
            page = draft_page(taking.so_far(draft), self.code) if draft else []
        except (Damaged, WrongUsage):
            kept.set_draft_aside(self.store, self.client)
            self._tell("A consent that was half filled in cannot be read. It is set aside.", Role.WARN)
            return {}
        if not draft:
            return {}
        self.context.screen.show(page)
        if self.context.asker().yes("Go on with it? Enter goes on, n deletes it and begins anew: ", enter=True):
            return draft
        kept.drop_draft(self.store, self.client)
        return {}

    def _keep(self, answers: Mapping[str, Any]) -> None:
        """Have the answers on the disk. That they cannot be is no reason not to go on."""
        try:
            kept.save_draft(self.store, self.client, answers)
        except MiError as error:
            self._tell(f"This answer is not on the disk yet. {error.message}", Role.WARN)

    def _tell(self, text: str, role: Role) -> None:
        self.context.screen.show([Line(text, role)])
