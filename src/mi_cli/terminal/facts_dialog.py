"""The questions of `mi client facts CLIENT NAME`: that one fact alone, and nothing else.

Every question can be passed over with Enter, which changes nothing. Every answer is saved as soon as it is given. What
a change does is decided in `interview.client_facts`, and saving it is the business of the `FactsEditor`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from mi_cli.interview import client_facts
from mi_cli.interview.facts_editor import FactsEditor
from mi_cli.records import dates
from mi_cli.records.change import ReversibleChange
from mi_cli.records.client_facts import Facts, Mandate, Target
from mi_cli.records.terms import Direction, FactName, FactSource
from mi_cli.terminal.asking import Asker, GoBack
from mi_cli.terminal.facts_pages import MANDATE_PARTS, TARGET_PARTS
from mi_cli.terminal.page import BLANK, Line, Role, Screen
from mi_cli.words.facts.model import FactWords

_CLEAR: Final = "-"  # What is typed to take something out.
Rule = Callable[[Facts, datetime], ReversibleChange]


@dataclass(frozen=True)
class FactsDialog:
    """The client's facts, and the terminal. `source` is who told what is noted now; null: as the rule says.

    `in_series` is whether `b` goes back to the question before.
    """

    editor: FactsEditor
    screen: Screen
    words: FactWords
    asker: Asker
    code: str
    source: FactSource | None = None
    in_series: bool = False

    @property
    def told(self) -> Mapping[str, Any]:
        """The source as an argument for a rule, if one was given."""
        return {"source": self.source} if self.source else {}

    def ask(self, field: str, present: str | None, *, clear: bool = True) -> str:
        """Asks for a field, with what is known of it; the answer is empty if the question was passed over."""
        known = [Line(present, Role.DIM, f"   {self.words.present}: ")] if present else []
        hint = self.words.enter_or_clear if clear and present else self.words.enter_leaves
        self.screen.show([BLANK, Line(self.words.questions[field], Role.SAY, "   "), *known])
        back = f" {self.words.back}" if self.in_series else ""
        self.screen.show([Line(f"{hint}{back}", Role.DIM, "   ")])
        return self.asker.text("> " if self.screen.plain else "› ") or ""

    def save(self, field: str, rule: Rule, *, removed: bool = False) -> Facts:
        """Saves a change and says what it was about."""
        facts = self.editor.change(rule)
        said = self.words.removed if removed else self.words.noted
        self.screen.show([Line(said.format(what=self.words.labels[field]), Role.DIM, " ")])
        return facts


def ask_fact(dialog: FactsDialog, name: FactName) -> None:
    """Asks for that fact, and saves what is answered."""
    before = dialog.editor.facts.known
    match name:
        case FactName.TARGET:
            _ask_target(dialog)
        case FactName.DIRECTION:
            if target := _chosen_target(dialog, dialog.words.which_target):
                _ask_direction(dialog, target)
            elif not dialog.editor.facts.targets:
                dialog.screen.show([Line(dialog.words.no_target.format(code=dialog.code), Role.WARN, " ")])
        case FactName.MANDATE:
            _ask_mandate(dialog)
        case _:
            _ask_words(dialog, name, client_facts.IN_WORDS[name])
    if dialog.editor.facts.known == before:
        dialog.screen.show([Line(dialog.words.unchanged, Role.DIM, " ")])


def _ask_words(dialog: FactsDialog, name: FactName, field: str) -> None:
    known = getattr(dialog.editor.facts, field)
    answer = dialog.ask(field, known.words if known else None)
    if answer == _CLEAR and known:
        dialog.save(field, lambda facts, _: client_facts.remove_fact(facts, name), removed=True)
    elif answer and answer != _CLEAR:
        new_id, told = dialog.editor.new_id, dialog.told
        dialog.save(field, lambda facts, at: client_facts.with_fact(facts, name, answer, at, new_id, **told))


def _ask_mandate(dialog: FactsDialog) -> None:
    series, at = _series(dialog), 0
    while at < len(MANDATE_PARTS):
        part, known = MANDATE_PARTS[at], dialog.editor.facts.mandate
        try:
            answer = series.ask(part, _shown(known, part))
            while part == "until" and answer and answer != _CLEAR and not _day(dialog, answer):
                dialog.screen.show([Line(dialog.words.not_a_date, Role.WARN, " ")])
                answer = series.ask(part, _shown(known, part))
        except GoBack:
            at = max(at - 1, 0)
            continue
        at += 1
        if not answer or (answer == _CLEAR and known is None):
            continue
        if answer == _CLEAR and part == "by":  # Without who sent the client there is nothing left to tell.
            dialog.save("by", lambda facts, _: client_facts.set_mandate(facts, None), removed=True)
            return
        value = None if answer == _CLEAR else _day(dialog, answer) if part == "until" else answer
        dialog.save(part, _mandate_rule(dialog, part, value), removed=value is None)


def _series(dialog: FactsDialog) -> FactsDialog:
    """Returns the dialog for a series of questions, in which `b` goes back."""
    return replace(dialog, asker=dialog.asker.with_back, in_series=True)


def _mandate_rule(dialog: FactsDialog, part: str, value: object) -> Rule:
    def rule(facts: Facts, at: datetime) -> ReversibleChange:
        known = facts.mandate or Mandate(on=at.date(), source=dialog.source or FactSource.COUNSELOR)
        return client_facts.set_mandate(facts, known.replace(**{part: value}, on=at.date(), **dialog.told))

    return rule


def _ask_target(dialog: FactsDialog) -> None:
    target = _chosen_target(dialog, dialog.words.which_or_new) if dialog.editor.facts.targets else None
    if target is None:
        name = dialog.ask("name", None)
        if not name or name == _CLEAR:
            return
        told = dialog.told
        facts = dialog.save(
            "name", lambda facts, at: client_facts.with_target(facts, name, dialog.editor.new_id, at, **told)[1]
        )
        target = client_facts.target_named(facts, name)
    series, at = _series(dialog), 0
    while target and at < len(TARGET_PARTS):
        part = TARGET_PARTS[at]
        try:
            answer = series.ask(part, _shown(target, part))
        except GoBack:
            at = max(at - 1, 0)
            continue
        at += 1
        if answer:
            value = None if answer == _CLEAR else answer
            facts = dialog.save(part, _target_rule(dialog, target, part, value), removed=value is None)
            target = facts.target(target.id)
    if target:
        _ask_direction(dialog, target)


def _target_rule(dialog: FactsDialog, target: Target, part: str, value: object) -> Rule:
    def rule(facts: Facts, at: datetime) -> ReversibleChange:
        known = facts.target(target.id) or target
        return client_facts.set_target(facts, known.replace(**{part: value}, on=at.date(), **dialog.told))

    return rule


def _ask_direction(dialog: FactsDialog, target: Target) -> None:
    words = dialog.words
    choices = dict(enumerate(Direction, 1))
    named = ", ".join(f"{words.directions[direction]} ({number})" for number, direction in choices.items())
    question = words.choose_direction.format(question=words.questions["direction"], choices=named)
    known = [Line(words.directions[target.direction], Role.DIM, f"   {words.present}: ")] if target.direction else []
    dialog.screen.show([BLANK, *known, Line(words.enter_leaves, Role.DIM, "   ")])
    number = dialog.asker.number(question, choices)
    if number is not None:
        dialog.save("direction", _target_rule(dialog, target, "direction", choices[number]))


def _chosen_target(dialog: FactsDialog, question: str) -> Target | None:
    """Returns one of the targets; the only one without asking, unless another may be added. Null for none of them."""
    targets = dialog.editor.facts.targets
    if len(targets) == 1 and question == dialog.words.which_target:
        return targets[0]
    if not targets:
        return None
    rows = [Line(target.name, lead=f" {number:>3}  ") for number, target in enumerate(targets, 1)]
    dialog.screen.show([BLANK, *rows])
    number = dialog.asker.number(question, range(1, len(targets) + 1))
    return targets[number - 1] if number is not None else None


def _shown(part: Target | Mandate | None, field: str) -> str | None:
    value = getattr(part, field) if part else None
    return dates.day(value) if field == "until" and value else value


def _day(dialog: FactsDialog, answer: str) -> object:
    return dates.day_from(answer, dialog.editor.now().date())
