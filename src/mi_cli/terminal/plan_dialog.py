"""A change plan at a terminal, a question at a time. Each can be passed over; each answer is saved as it is given."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from mi_cli.interview import client_voice as voice
from mi_cli.interview import goals
from mi_cli.interview.actions import AddGoalPart, Problem
from mi_cli.interview.goals import FieldPath
from mi_cli.interview.grammar import parse
from mi_cli.interview.plan_editor import PlanEditor
from mi_cli.records.plan import Goal, Plan
from mi_cli.records.terms import GoalStatus
from mi_cli.terminal import plan_pages
from mi_cli.terminal.asking import Asker
from mi_cli.terminal.page import BLANK, Line, Role, Screen
from mi_cli.words.interview.model import InterviewWords

# What is asked about an item after its first part, and the line of an interview that makes one.
_PARTS: Final = {
    "steps": ("when", "where", "how", "reach"),
    "supports": ("how",),
    "barriers": ("response",),
}
_LINES: Final = {"reasons": "reason", "steps": "step", "supports": "support", "barriers": "barrier", "signs": "sign"}
_REACHES: Final = {"1": "proximal", "2": "distal"}
_TAKE_OUT: Final = "-"


@dataclass(frozen=True)
class PlanDialog:
    """Counselor and client at a terminal, with the client's plan before them. `ask` gives an answer, trimmed."""

    keeper: PlanEditor
    screen: Screen
    words: InterviewWords
    ask: Callable[[str], str]
    counselor: str

    def heard(self, question: str) -> str:
        """Words for a goal or a step. If they do not sound like the client's they are asked about, once."""
        said = self.ask(question)
        if (
            said
            and voice.sounds_like_the_institution(said)
            and not self.asker.yes(self.words.plan.ask_voice, enter=True)
        ):
            return self.ask(question)
        return said

    @property
    def asker(self) -> Asker:
        """Asks for a yes or no, or for a number."""
        return Asker(self.ask, lambda text: self.screen.show([Line(text, Role.WARN, " ")]), self.words.answers)

    def say(self, text: str) -> None:
        """A quiet line."""
        self.screen.show([Line(text, Role.DIM, " ")])

    def saved(self, place: str) -> None:
        """What was just saved."""
        part = self.words.goal_parts.get(place) or self.words.plan.labels[place]
        self.say(self.words.saved_part.format(part=part))

    @property
    def prompt(self) -> str:
        """What stands before an answer."""
        return "> " if self.screen.plain else "› "


def choose(table: PlanDialog, plan: Plan) -> Goal:
    """One of several active goals, by its number."""
    rows = [Line(f"“{goal.words}”", lead=f" {number:>3}  ") for number, goal in enumerate(plan.active, 1)]
    table.screen.show([BLANK, *rows])
    number = table.asker.number(table.words.plan.which, range(1, len(plan.active) + 1), enter=1)
    return plan.active[(number or 1) - 1]


def is_meant(table: PlanDialog, goal: Goal, status: GoalStatus) -> bool:
    """Whether this goal is to stand so from now on: asked with its words."""
    return table.asker.yes(table.words.plan.ask_stands[status].format(words=goal.words), enter=False)


def new_goal(table: PlanDialog, review_on: date | None = None) -> Goal | None:
    """A goal in the client's words; null when there were none."""
    said = table.heard(table.words.plan.ask_goal)
    return table.keeper.add(said, review_on) if said else None


def walk_plan(table: PlanDialog, goal: Goal, *, without: Collection[str] = ()) -> None:
    """The change plan, question by question, with what stands there already."""
    fields = [field for field in goals.CHANGE_PLAN if field not in without]
    table.screen.show([BLANK, *plan_pages.goal_lines(goal.replace(history=()), " ", table.words)][:2])
    for number, field in enumerate(fields, 1):
        title = table.words.plan.count.format(title=table.words.plan.titles[field], number=number, of=len(fields))
        table.screen.show([BLANK, Line(title, Role.TITLE, " ")])
        goal = _ask_items(table, goal, field) if field in goals.LISTS else _ask_field(table, goal, field)
    table.screen.show([BLANK])
    table.say(table.words.plan.walked)


def _ask_field(table: PlanDialog, goal: Goal, field: str) -> Goal:
    _question(table, table.words.plan.questions[field], plan_pages.standing(goal, field, table.words))
    answer = _answer(table, FieldPath(field), table.prompt)
    return _set(table, goal, FieldPath(field), answer) if answer else goal


def _ask_items(table: PlanDialog, goal: Goal, field: str) -> Goal:
    """Items for a list, until Enter. `Tell Dave @ Wednesday` says both at once, as in an interview."""
    _question(table, table.words.plan.questions[field], plan_pages.standing(goal, field, table.words))
    while said := table.heard(table.prompt) if field == "steps" else table.ask(table.prompt):
        line = parse(f"/{_LINES[field]} {said}")
        if isinstance(line, AddGoalPart):
            goal = table.keeper.change_goal(goal.id, partial(goals.from_line, line))
            table.saved(field)
        goal = _ask_parts(table, goal, field)
        _question(table, table.words.plan.more[field], (), table.words.plan.keys_list)
    return goal


def _ask_parts(table: PlanDialog, goal: Goal, field: str) -> Goal:
    """What belongs to the item just made, and was not said with it."""
    number = len(getattr(goal, field))
    for part in _PARTS.get(field, ()):
        spot = FieldPath(field, number, part)
        if goals.value_at(goal, spot) is None:
            _question(table, table.words.plan.questions[f"{field}.{part}"], ())
            answer = _answer(table, spot, table.prompt)
            goal = _set(table, goal, spot, answer) if answer else goal
    return goal


def _question(table: PlanDialog, question: str, so_far: Collection[str], keys: str = "") -> None:
    rows = [Line(row, Role.DIM, f"   {table.words.plan.standing}: ") for row in so_far]
    hint = Line(keys or table.words.plan.keys, Role.DIM, "   ")
    table.screen.show([BLANK, Line(question, Role.SAY, "   "), *rows, hint])


# -- changing one thing -----------------------------------------------------------------------------------------------


def edit(table: PlanDialog, goal: Goal) -> bool:
    """Shows what can be changed, and changes one of it. Whether something was changed."""
    table.screen.show(plan_pages.places_page(goal, table.words))
    places = goals.field_paths(goal)
    number = table.asker.number(table.words.plan.edit_ask, range(1, len(places) + 1))
    return number is not None and edit_place(table, goal, places[number - 1])


def edit_place(table: PlanDialog, goal: Goal, place: FieldPath) -> bool:
    """Changes what stands in a place; of an item, part by part. Whether something was changed."""
    before, parts = goal, goals.LISTS.get(place.field, ()) if not place.part else ()
    for spot in [FieldPath(place.field, place.item, part) for part in parts] or [place]:
        value = goals.value_at(goal, spot)
        if value is not None:
            text = plan_pages.value_text(spot.part or spot.field, value, table.words)
            table.screen.show([Line(text, Role.SAY, "   ")])
        label = table.words.plan.labels[f"{spot.field}.{spot.part}" if spot.part else spot.field]
        choices = f" ({', '.join(goals.choices(spot))})" if goals.choices(spot) else ""
        question = table.words.plan.edit_value if spot.can_be_empty else table.words.plan.edit_goal
        answer = _answer(table, spot, question.format(label=f"{label}{choices}"), out=spot.can_be_empty)
        if answer:
            goal = _set(table, goal, spot, answer)
            if answer.value is None and spot.part in parts[:1]:
                break  # the whole item is gone
    return goal != before


@dataclass(frozen=True, repr=False)
class _Answer:
    """A value that fits its place; null takes out what stands there. `by` is who worded an objective."""

    value: str | int | None
    by: str = ""


def _answer(table: PlanDialog, spot: FieldPath, question: str, *, out: bool = False) -> _Answer | None:
    """An answer that fits the place; null when it was passed over."""
    while said := table.heard(question) if spot.is_spoken else table.ask(question):
        if out and said == _TAKE_OUT:
            return _Answer(None)
        typed = _REACHES.get(said, said) if spot.part == "reach" else said
        value = goals.read_value(spot, typed, table.keeper.now().date())
        if not isinstance(value, Problem):
            return _Answer(value, _by(table) if spot.field == "objective" else "")
        numbers = "1 (proximal), 2 (distal)" if spot.part == "reach" else ""
        hint = numbers or ", ".join(goals.choices(spot)) or spot.field
        table.screen.show([Line(table.words.problems[value].format(hint=hint), Role.WARN, " ")])
    return None


def _by(table: PlanDialog) -> str:
    return table.ask(table.words.plan.edit_by.format(by=table.counselor)) or table.counselor


def _set(table: PlanDialog, goal: Goal, spot: FieldPath, answer: _Answer) -> Goal:
    changed = table.keeper.change_goal(
        goal.id, lambda fresh, at: goals.edit_field(fresh, spot, answer.value, at, answer.by)
    )
    table.saved(f"{spot.field}.{spot.part}" if spot.part else spot.field)
    return changed


# -- what came of it --------------------------------------------------------------------------------------------------


def progress(table: PlanDialog, goal: Goal) -> None:
    """A dated line, and a step that was done with how it went; each can be passed over."""
    table.screen.show([BLANK, *plan_pages.goal_lines(goal, " ", table.words), BLANK])
    if said := table.ask(table.words.plan.ask_progress):
        goal = table.keeper.change_goal(goal.id, partial(goals.from_line, AddGoalPart("progress", (said,))))
        table.saved("progress")
    still_open = {number: step for number, step in enumerate(goal.steps, 1) if step.done_on is None}
    if not still_open:
        return
    rows = [Line(step.words, lead=f" {number:>3}  ") for number, step in still_open.items()]
    table.screen.show([Line(table.words.plan.open_steps, Role.TITLE, " "), *rows])
    number = table.asker.number(table.words.plan.ask_step, still_open)
    if number is not None:
        outcome = table.ask(table.words.plan.ask_outcome) or None
        table.keeper.change_goal(goal.id, lambda fresh, at: goals.mark_step_done(fresh, number, outcome, at))
        table.saved("steps")
