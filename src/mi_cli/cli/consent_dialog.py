"""A consent that a person enters at a terminal, question by question.

After each answer all answers are kept as a draft, sealed as the rest of the store. The draft is offered the next time,
and goes once the consent is recorded, or once the person does not want it any more.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from mi_cli.cli.context import Context
from mi_cli.cli.interruption import Declined, Interrupted
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged, MiError, WrongUsage
from mi_cli.handoff.consent_draft import preview
from mi_cli.records.terms import Jurisdiction
from mi_cli.store.records import consents
from mi_cli.store.records.json_store import JsonStore
from mi_cli.store.records.ledger import sharing_locked
from mi_cli.terminal.asking import GoBack, with_back
from mi_cli.terminal.consent_answers import with_answer
from mi_cli.terminal.consent_pages import draft_page
from mi_cli.terminal.consent_questions import Defaults, next_question
from mi_cli.terminal.page import BLANK, Line, Role
from mi_cli.words.consents import consent_words
from mi_cli.words.consents.model import ConsentWords
from mi_cli.words.told import in_one_line, told


@dataclass(frozen=True)
class ConsentDialog:
    """Asks for the consent of one client, who has the id `client` and the code `code`."""

    context: Context
    store: JsonStore
    client: str
    code: str

    @contextmanager
    def draft_mentioned_if_interrupted(self) -> Iterator[None]:
        """Raises Interrupted for an interruption within it, and says whether the answers are kept."""
        try:
            yield
        except (Interrupted, KeyboardInterrupt):
            is_kept = consents.has_draft(self.store, self.client)
            raise Interrupted(self._words.nothing_recorded.format(more=self._how_to_go_on) if is_kept else "") from None

    def begin(self, known: Mapping[str, Any]) -> dict[str, Any]:
        """Returns the answers to begin with: what is known, and those that were kept, if they are wanted."""
        self.store.require_saving(self.client, sharing_locked(self.store, self.client))
        answers = {**known, **self._draft_to_go_on_with()}
        self._say(self._words.as_on_paper, Role.DIM)
        return answers

    def ask(self, answers: dict[str, Any], earlier: list[dict[str, Any]]) -> dict[str, Any]:
        """Asks what is not known yet. Returns all fields of `mi.consent/1` that are known then. Raises Interrupted.

        `earlier` are the answers as they were before each question that was answered; it is added to.
        """
        defaults, read, trouble = self._defaults, with_back(self.context.line_reader("")), ""
        while question := next_question(answers, defaults):
            question = question.in_language(self.context.language)
            choices = [Line(text, lead=f"  {n}  ") for n, (_, text) in enumerate(question.choices, 1)]
            self.context.screen.show([BLANK, Line(question.text, Role.SAY), *choices])
            if trouble:  # Beneath the choices, which may fill the screen.
                self._say(trouble, Role.WARN)
            trouble = ""
            default = dict(question.choices).get(question.default or "", question.default)
            many = f"{self._words.numbers_or_all} " if question.many else ""
            enter = f"{many}Enter: {default}" if default else many.strip()
            try:
                answer = read(f"  {enter} › " if enter else "  › ") or ""
                after = with_answer(answers, question, answer, defaults)
            except GoBack:
                answers = self.go_back(earlier) if earlier else answers
            except WrongUsage as error:
                trouble = in_one_line(error, self.context.language)
            else:
                earlier.append(answers)
                answers = after
                self._save_draft(answers)
        return answers

    def go_back(self, earlier: list[dict[str, Any]]) -> dict[str, Any]:
        """Returns the answers as they were before the last one: an answer can add questions, so they all come back."""
        answers = earlier.pop()
        self._save_draft(answers)
        return answers

    def confirm(self, answers: Mapping[str, Any]) -> None:
        """Asks whether the consent is to be recorded. Raises GoBack; Declined, which says if the answers are kept."""
        asker = self.context.asker(self.context.language)
        if asker.with_back.yes(self._words.ask_record, enter=True):
            return
        if asker.yes(self._words.ask_keep, enter=True):
            consents.save_draft(self.store, self.client, answers)
            raise Declined(self._words.nothing_recorded.format(more=self._how_to_go_on))
        self.drop_draft()
        raise Declined(self._words.answers_deleted)

    def drop_draft(self) -> None:
        """Deletes the kept answers."""
        consents.drop_draft(self.store, self.client)

    @property
    def _defaults(self) -> Defaults:
        program = self.context.program
        is_us = program.jurisdiction is Jurisdiction.US_PART2
        return Defaults(program.discloser, now().date(), us=is_us, counselor=self.context.counselor)

    @property
    def _how_to_go_on(self) -> str:
        return self._words.answers_kept.format(code=self.code)

    def _draft_to_go_on_with(self) -> dict[str, Any]:
        """Returns the earlier draft if the person wants to go on with it. A draft that is not wanted is deleted."""
        try:
            draft = consents.draft(self.store, self.client)
            page = draft_page(preview(draft), self.code, self.context.language) if draft else []
        except (Damaged, WrongUsage):
            consents.set_draft_aside(self.store, self.client)
            self._say(self._words.draft_unreadable, Role.WARN)
            return {}
        if not draft:
            return {}
        self.context.screen.show(page)
        if self.context.asker(self.context.language).yes(self._words.ask_go_on, enter=True):
            return draft
        self.drop_draft()
        return {}

    def _save_draft(self, answers: Mapping[str, Any]) -> None:
        """Saves the answers. Where that fails, a warning is shown, and the questions go on."""
        try:
            consents.save_draft(self.store, self.client, answers)
        except MiError as error:
            self._say(self._words.not_on_disk.format(why=told(error, self.context.language)[0]), Role.WARN)

    @property
    def _words(self) -> ConsentWords:
        return consent_words(self.context.language)

    def _say(self, text: str, role: Role) -> None:
        self.context.screen.show([Line(text, role)])
