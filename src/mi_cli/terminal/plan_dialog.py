"""The dialog about a client's change plan: counselor and client answer one question at a time.

Three rules hold:

- Every question can be passed over with Enter, which changes nothing.
- Every answer is saved as soon as it is given, and the client sees what was saved.
- Words for a goal or a step that do not sound like the client's own are asked about, once.

The dialog decides what to ask. What a change does to a goal is decided in `interview.goals`, and saving it is the
business of the `PlanEditor`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final

from mi_cli.interview import client_voice, goals
from mi_cli.interview.actions import AddGoalPart, ReplaceStep, SettleStep
from mi_cli.interview.arguments import goal_part, replace_step_line
from mi_cli.interview.goals import FieldPath
from mi_cli.interview.plan_editor import PlanEditor
from mi_cli.records.plan import CHANGE_PLAN, Goal, Plan
from mi_cli.records.terms import GoalStatus, Reach, StepStatus
from mi_cli.records.text_keys import Problem
from mi_cli.terminal import plan_pages
from mi_cli.terminal.asking import Asker, GoBack, LineReader, ask_in_turn, with_back
from mi_cli.terminal.page import BLANK, Line, Role, Screen
from mi_cli.words.interview.model import InterviewWords

_REACHES: Final = {"1": "proximal", "2": "distal"}  # What may be typed instead of the word.
_CLEAR: Final = "-"  # What is typed to empty a field.


@dataclass(frozen=True)
class PlanDialog:
    """The client's plan, and the terminal. `read` reads an answer, and `counselor` is who words an objective."""

    editor: PlanEditor
    screen: Screen
    words: InterviewWords
    read: LineReader
    counselor: str

    def ask(self, question: str) -> str:
        """Returns the answer, trimmed; empty if the question was passed over."""
        return self.asker.text(question) or ""

    def ask_client_words(self, question: str) -> str:
        """Returns words for a goal or a step; if they do not sound like the client's, they may be given once more."""
        answer = self.ask(question)
        if not answer or not client_voice.sounds_like_the_institution(answer):
            return answer
        try:
            is_the_clients = self.asker.yes(self.words.plan.ask_client_voice, enter=True)
        except GoBack:
            return self.ask_client_words(question)
        return answer if is_the_clients else self.ask(question)

    @property
    def with_back(self) -> "PlanDialog":
        """The dialog for a series of questions: `b` raises GoBack."""
        return replace(self, read=with_back(self.read))

    @property
    def asker(self) -> Asker:
        """Asks at the terminal, and says in the client's language what would be an answer."""
        return Asker(self.read, lambda text: self.screen.show([Line(text, Role.WARN, " ")]), self.words.answers)

    def show_note(self, text: str) -> None:
        """Shows a dim line."""
        self.screen.show([Line(text, Role.DIM, " ")])

    def show_saved(self, field: str) -> None:
        """Shows which part of the goal was just saved, such as `steps` or `steps.when`."""
        part = self.words.goal_parts.get(field) or self.words.plan.labels[field]
        self.show_note(self.words.saved_part.format(part=part))

    @property
    def prompt(self) -> str:
        """What stands before the answer, where the question stands above it."""
        return "> " if self.screen.plain else "› "


def choose_goal(dialog: PlanDialog, plan: Plan) -> Goal:
    """Returns one of several active goals, chosen by its number; the first for Enter."""
    rows = [Line(f"“{goal.words}”", lead=f" {number:>3}  ") for number, goal in enumerate(plan.active, 1)]
    dialog.screen.show([BLANK, *rows])
    number = dialog.asker.number(dialog.words.plan.ask_which, range(1, len(plan.active) + 1), enter=1)
    return plan.active[(number or 1) - 1]


def confirm_status(dialog: PlanDialog, goal: Goal, status: GoalStatus) -> bool:
    """Asks, with the words of the goal, whether it is to have that status. Returns whether the answer was yes.

    Raises GoBack where the dialog does.
    """
    return dialog.asker.yes(dialog.words.plan.ask_status[status].format(words=goal.words), enter=False)


def new_goal(dialog: PlanDialog, review_on: date | None = None) -> Goal | None:
    """Asks for a goal in the client's words, and saves it. Returns None if there were no words."""
    answer = dialog.ask_client_words(dialog.words.plan.ask_goal)
    return dialog.editor.add(answer, review_on) if answer else None


def ask_change_plan(
    dialog: PlanDialog, goal: Goal, *, without: Collection[str] = (), is_new: bool = False, leaves: bool = False
) -> None:
    """Asks all questions of the change plan but those `without`, and shows with each what the goal holds already.

    `b` goes back to the question before; at the first of a goal that `is_new`, to its words. At the very first it
    raises GoBack, where `leaves` says so.
    """
    fields = [field for field in CHANGE_PLAN if field not in without]
    dialog.screen.show([BLANK, *plan_pages.goal_lines(goal.replace(history=()), " ", dialog.words)][:2])
    series = dialog.with_back

    def ask(number: int, field: str) -> None:
        title = dialog.words.plan.count.format(title=dialog.words.plan.titles[field], number=number, of=len(fields))
        dialog.screen.show([BLANK, Line(title, Role.TITLE, " ")])
        fresh = _fresh(dialog, goal)
        _ask_list(series, fresh, field) if field in goals.LISTS else _ask_field(series, fresh, field)

    before: list[Callable[[], object]] = [partial(edit_field, series, goal, FieldPath("words"), leaves=True)]
    if not is_new:
        before = [partial(_ask_about_steps, series, goal)] if goals.open_steps(goal) else []
    series_of_fields = (partial(ask, number, field) for number, field in enumerate(fields, 1))
    ask_in_turn([*before, *series_of_fields], len(before) if is_new else 0, leaves=leaves)
    dialog.screen.show([BLANK])
    dialog.show_note(dialog.words.plan.finished)


def _ask_field(dialog: PlanDialog, goal: Goal, field: str) -> Goal:
    _show_question(dialog, dialog.words.plan.questions[field], plan_pages.standing(goal, field, dialog.words))
    answer = _ask_value(dialog, FieldPath(field), dialog.prompt)
    return _save_value(dialog, goal, FieldPath(field), answer) if answer else goal


def _ask_list(dialog: PlanDialog, goal: Goal, field: str) -> None:
    """Asks for items of a list until Enter. `Tell Dave @ Wednesday` names two parts at once, as in an interview.

    An item is saved as it is typed. `b` after it goes back through its parts to its words; from there it raises GoBack.
    """
    _show_question(dialog, dialog.words.plan.questions[field], plan_pages.standing(goal, field, dialog.words))
    item: FieldPath | None = None
    questions: list[Callable[[], object]] = []
    while True:
        try:
            answer = dialog.ask_client_words(dialog.prompt) if field == "steps" else dialog.ask(dialog.prompt)
        except GoBack:
            if item is None or not _is_there(dialog, goal, item):
                raise
            ask_in_turn(questions, len(questions) - 1, leaves=True)
        else:
            if not answer:
                return
            item, questions = _added(dialog, goal, field, answer)
            ask_in_turn(questions, 1, leaves=True)
        _show_question(dialog, dialog.words.plan.more_questions[field], (), dialog.words.plan.enter_goes_on)


def _added(dialog: PlanDialog, goal: Goal, field: str, answer: str) -> tuple[FieldPath, list[Callable[[], object]]]:
    """Saves a new item of a list. Returns it, and what to ask: its words anew, then each part that was not named."""
    goal = dialog.editor.add_part(goal.id, goal_part(field, answer))
    dialog.show_saved(field)
    number = len(getattr(goal, field))
    words = FieldPath(field, number, next(iter(goals.LISTS[field]), ""))
    asked = (FieldPath(field, number, part) for part in goals.ASKED_PARTS.get(field, ()))
    missing = [path for path in asked if goals.value_at(goal, path) is None]
    item = FieldPath(field, number)
    return item, [
        partial(edit_field, dialog, goal, words, leaves=True),
        *(partial(_ask_part, dialog, goal, item, path) for path in missing),
    ]


def _ask_part(dialog: PlanDialog, goal: Goal, item: FieldPath, path: FieldPath) -> None:
    if not _is_there(dialog, goal, item):  # It was deleted, with `b` and then its words.
        return
    _show_question(dialog, dialog.words.plan.questions[f"{path.field}.{path.part}"], ())
    if answer := _ask_value(dialog, path, dialog.prompt):
        _save_value(dialog, _fresh(dialog, goal), path, answer)


def _is_there(dialog: PlanDialog, goal: Goal, item: FieldPath) -> bool:
    return item in goals.field_paths(_fresh(dialog, goal))


def _show_question(dialog: PlanDialog, question: str, present: Collection[str], keys: str = "") -> None:
    rows = [Line(row, Role.DIM, f"   {dialog.words.plan.so_far}: ") for row in present]
    hint = Line(keys or dialog.words.plan.enter_or_back, Role.DIM, "   ")
    dialog.screen.show([BLANK, Line(question, Role.SAY, "   "), *rows, hint])


# -- changing one thing -----------------------------------------------------------------------------------------------


def edit(dialog: PlanDialog, goal: Goal, *, leaves: bool = False) -> bool:
    """Shows what can be changed, and changes the one that is chosen. Returns whether something was changed.

    `b` goes back to what can be changed; there it raises GoBack, where `leaves` says so.
    """
    chosen: list[FieldPath] = []
    series = dialog.with_back

    def choose() -> None:
        fresh = _fresh(dialog, goal)
        places = goals.field_paths(fresh)
        dialog.screen.show(plan_pages.fields_page(fresh, places, dialog.words))
        number = series.asker.number(dialog.words.plan.edit_ask, range(1, len(places) + 1))
        chosen[:] = places[number - 1 : number] if number else []

    def change() -> None:
        for place in chosen:
            edit_field(dialog, _fresh(dialog, goal), place, leaves=True)

    ask_in_turn([choose, change], leaves=leaves)
    return _fresh(dialog, goal) != goal


def edit_field(dialog: PlanDialog, goal: Goal, edited: FieldPath, *, leaves: bool = False) -> bool:
    """Asks for a new value of a field; of an item, for each of its parts. Returns whether something was changed.

    `b` goes back to the part before. At the first it raises GoBack, where `leaves` says so.
    """
    series = dialog.with_back
    parts = goals.LISTS.get(edited.field, ()) if not edited.part else ()
    paths = [FieldPath(edited.field, edited.item, part) for part in parts] or [edited]
    is_there = True

    def ask(path: FieldPath) -> None:
        nonlocal is_there
        if not is_there:  # The whole item was deleted.
            return
        fresh = _fresh(dialog, goal)
        value = goals.value_at(fresh, path)
        if value is not None:
            text = plan_pages.value_text(path.part or path.field, value, dialog.words)
            dialog.screen.show([Line(text, Role.SAY, "   ")])
        label = dialog.words.plan.labels[f"{path.field}.{path.part}" if path.part else path.field]
        named = ", ".join(goals.choices(path, dialog.words.plan.language))
        choices = f" ({named})" if named else ""
        question = dialog.words.plan.edit_value if path.can_be_empty else dialog.words.plan.edit_goal
        answer = _ask_value(series, path, question.format(label=f"{label}{choices}"), out=path.can_be_empty)
        if answer:
            _save_value(dialog, fresh, path, answer)
            is_there = answer.value is not None or path.part not in parts[:1]

    ask_in_turn([partial(ask, path) for path in paths], leaves=leaves)
    return _fresh(dialog, goal) != goal


def _fresh(dialog: PlanDialog, goal: Goal) -> Goal:
    """Returns the goal as it is saved: each answer is saved as it is given."""
    return next(fresh for fresh in dialog.editor.plan.goals if fresh.id == goal.id)


@dataclass(frozen=True, repr=False)
class _Answer:
    """A value that fits its field; None empties the field. `by` is who worded an objective."""

    value: str | int | None
    by: str = ""


def _ask_value(dialog: PlanDialog, path: FieldPath, question: str, *, out: bool = False) -> _Answer | None:
    """Asks until the answer fits the field. Returns None if the question was passed over."""
    while answer := dialog.ask_client_words(question) if path.is_spoken else dialog.ask(question):
        if out and answer == _CLEAR:
            return _Answer(None)
        typed = _REACHES.get(answer, answer) if path.part == "reach" else answer
        value = goals.read_value(path, typed, dialog.editor.now().date(), dialog.words.plan.language)
        if not isinstance(value, Problem):
            return _Answer(value, _ask_author(dialog) if path.field == "objective" else "")
        dialog.screen.show([Line(no_value_text(value, path, dialog.words), Role.WARN, " ")])
    return None


def no_value_text(problem: Problem, path: FieldPath, words: InterviewWords) -> str:
    """Returns what a field takes, where what was typed is no value of it."""
    if problem is Problem.NOT_ON_THE_RULER:
        return words.answers.number.format(first=0, last=10)
    numbers = [f"{number} ({words.plan.reaches[Reach(reach)]})" for number, reach in _REACHES.items()]
    named = numbers if path.part == "reach" else goals.choices(path, words.plan.language)
    return words.problems[problem].format(hint=", ".join(named))


def _ask_author(dialog: PlanDialog) -> str:
    return dialog.ask(dialog.words.plan.edit_by.format(by=dialog.counselor)) or dialog.counselor


def _save_value(dialog: PlanDialog, goal: Goal, path: FieldPath, answer: _Answer) -> Goal:
    changed = dialog.editor.change_goal(
        goal.id, lambda fresh, at: goals.edit_field(fresh, path, answer.value, at, answer.by)
    )
    dialog.show_saved(f"{path.field}.{path.part}" if path.part else path.field)
    return changed


# -- what came of it --------------------------------------------------------------------------------------------------


def progress(dialog: PlanDialog, goal: Goal, *, leaves: bool = False) -> None:
    """Asks for a progress line, and what became of the open steps; each can be passed over.

    `b` goes back to the question before. At the first it raises GoBack, where `leaves` says so.
    """
    series = dialog.with_back
    dialog.screen.show([BLANK, *plan_pages.goal_lines(goal, " ", dialog.words), BLANK])

    def ask_progress() -> None:
        if answer := series.ask(dialog.words.plan.ask_progress):
            dialog.editor.add_part(goal.id, AddGoalPart("progress", (answer,)))
            dialog.show_saved("progress")

    ask_in_turn([ask_progress, partial(_ask_about_steps, series, goal)], leaves=leaves)


def what_became(dialog: PlanDialog, goal: Goal, number: int, *, leaves: bool = False) -> None:
    """Shows step `number` of the goal, and asks what became of it. Enter changes nothing, and that is said.

    `b` at the first question raises GoBack, where `leaves` says so.
    """
    step = plan_pages.step_text(goal.steps[number - 1], dialog.words)
    dialog.screen.show([BLANK, Line(step, Role.TITLE, f" {number:>3}  "), BLANK])
    _ask_what_became(dialog.with_back, goal, number, leaves=leaves)
    if _fresh(dialog, goal) == goal:
        dialog.show_note(dialog.words.plan.not_edited)


def _ask_about_steps(dialog: PlanDialog, goal: Goal) -> None:
    """Asks what became of the open steps, one after the other, until Enter; one may be replaced by another.

    Raises GoBack for a `b` where a step is to be chosen.
    """
    chosen: list[int] = []

    def choose() -> None:
        still_open = goals.open_steps(_fresh(dialog, goal))
        rows = [Line(plan_pages.step_text(step, dialog.words), lead=f" {n:>3}  ") for n, step in still_open.items()]
        dialog.screen.show([Line(dialog.words.plan.open_steps, Role.TITLE, " "), *rows])
        number = dialog.asker.number(dialog.words.plan.ask_step, still_open)
        chosen[:] = [number] if number else []

    def became() -> None:
        for number in chosen:
            _ask_what_became(dialog, goal, number, leaves=True)

    while goals.open_steps(_fresh(dialog, goal)):
        ask_in_turn([choose, became], leaves=True)
        if not chosen:
            break


def _ask_what_became(dialog: PlanDialog, goal: Goal, number: int, *, leaves: bool = False) -> None:
    """Asks what became of a step, which Enter leaves as it is, then what came of it; saves that.

    `b` goes back to what became of it; there it raises GoBack, where `leaves` says so.
    """
    words = dialog.words.plan
    statuses = dict(enumerate((StepStatus.DONE, StepStatus.PARTLY, StepStatus.NOT_DONE, StepStatus.REPLACED), 1))
    chosen: list[StepStatus] = []

    def choose() -> None:
        dialog.screen.show([Line(words.step_statuses[status], lead=f" {n:>3}  ") for n, status in statuses.items()])
        became = dialog.asker.number(words.ask_became, statuses)
        chosen[:] = [statuses[became]] if became else []

    def settle() -> None:
        for status in chosen:
            if action := _settling(dialog, status, number):
                dialog.editor.settle(goal.id, number, action)
                dialog.show_saved("steps")

    ask_in_turn([choose, settle], leaves=leaves)


def _settling(dialog: PlanDialog, status: StepStatus, number: int) -> SettleStep | ReplaceStep | None:
    """Asks for what came of a step, or for the step that replaces it. Returns null if there are no words for that."""
    if status is not StepStatus.REPLACED:
        return SettleStep(status, number, dialog.ask(dialog.words.plan.ask_outcome) or None)
    _show_question(dialog, dialog.words.plan.questions["steps"], (), dialog.words.plan.enter_passes_over)
    words = dialog.ask_client_words(dialog.prompt)
    return replace_step_line(number, words) if words else None
