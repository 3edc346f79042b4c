"""A client's plan as pages: goals with what belongs to them, where they came from, and what may be passed on.

Numbers in a page are what a person types next: `/goal #2`, `mi goals progress --step 2`, `/share 7 p1`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from mi_cli.handoff.sparkline import sparkline
from mi_cli.interview import sharing
from mi_cli.interview.goal_by_id import name_of
from mi_cli.records import dates
from mi_cli.records.client_facts import Facts
from mi_cli.records.facts import ReadingFact, SessionFacts
from mi_cli.records.plan import CHANGE_PLAN, Before, Goal, Plan, Shared, Step
from mi_cli.records.terms import VERBATIM, GoalStatus, Kind, Reach, Ruler, StepStatus
from mi_cli.terminal.entry_labels import shown_day
from mi_cli.terminal.page import BLANK, Line, Page, Role
from mi_cli.words.days import time_in_words
from mi_cli.words.interview.model import InterviewWords

if TYPE_CHECKING:
    from mi_cli.interview.goals import FieldPath


def goals_page(plan: Plan, in_hand: Goal | None, words: InterviewWords) -> Page:
    """Returns the active goals with what belongs to them, numbered for `/goal #N`. `in_hand` is marked."""
    if not plan.active:
        return [Line(words.goals_none, Role.DIM, " ")]
    page = [BLANK, Line(words.goals_title, Role.TITLE, " ")]
    for number, goal in enumerate(plan.active, 1):
        page += goal_lines(goal, f" #{number:<3} ", words, note=words.goal_in_hand if goal == in_hand else "")
    return [*page, BLANK]


def plan_page(plan: Plan, words: InterviewWords, *, only: Goal | None = None, history: bool = False) -> Page:
    """Returns a plan: all goals with their origin, then what the client agreed to pass on.

    `only` is the one goal to show, without the second part. `history` adds what stood in the goals before.
    """
    page: list[Line] = []
    for goal in [only] if only else plan.goals:
        lead = _lead(plan, goal.id, " ")
        status = words.plan.statuses[goal.status] if goal.status is not GoalStatus.ACTIVE else ""
        page += goal_lines(goal, lead, words, note=status, origin=True)
        page += _history_lines(goal, " " * len(lead), words) if history else []
        page.append(BLANK)
    if only or not (plan.shared or plan.facts):
        return page
    page += [Line(words.shared_title, Role.TITLE, " "), *_shared_lines(plan.shared, words)]
    if plan.facts:
        page.append(Line(words.plan.share_headings["facts"], Role.DIM, "   "))
    return [*page, *(Line(f"{words.facts[fact.name]}: {fact.words}", lead="     ") for fact in plan.facts)]


def _lead(plan: Plan, goal_id: str | None, indent: str) -> str:
    """Returns the name of a goal, or a blank for none, as wide as the widest name in the plan."""
    width = max((len(name_of(plan, goal.id)) for goal in plan.goals), default=0)
    return f"{indent}{name_of(plan, goal_id) if goal_id else '':<{width}}  "


def readings_lines(
    plan: Plan,
    sessions: Sequence[SessionFacts],
    facts: Facts,
    words: InterviewWords,
    *,
    bars: bool,
    only: Goal | None = None,
) -> Iterator[Line]:
    """Gives a line for each ruler with its readings over time: of each target, then of each goal, or of one `only`.

    `sessions` are newest first, as the store gives them; `bars` draws a bar for each number. Readings of different
    targets are never one line; one without a target is joined with those of its interview alone.
    """
    series: dict[tuple[str | None, str, Ruler], list[ReadingFact]] = {}
    for session in reversed(sessions):
        for reading in session.readings:
            about = reading.target or ("" if reading.goal else session.id)
            series.setdefault((reading.goal, about, reading.ruler), []).append(reading)
    goals_in_order = [None, *(goal.id for goal in ([only] if only else plan.goals))]
    keys = [key for key in series if key[0] in goals_in_order]
    keys.sort(key=lambda key: goals_in_order.index(key[0]))  # within a goal they stay in order of time
    several = Counter(goal for goal, _ in {(goal, about) for goal, about, _ in keys})
    if keys:
        yield Line(words.plan.readings, Role.TITLE, " ")
    for goal, about, ruler in keys:
        answers = sorted(series[goal, about, ruler], key=lambda reading: reading.at)
        values = [answer.value for answer in answers]
        days = dict.fromkeys(shown_day(answer.at, words) for answer in (answers[0], answers[-1]))
        target = facts.target(about) if goal is None or several[goal] > 1 else None
        of = f" ({target.name})" if target else ""
        drawn = f"{sparkline(values)} " if bars else ""
        text = f"{drawn}{' → '.join(map(str, values))}  ({' – '.join(days)})"
        yield Line(text, lead=f"{_lead(plan, goal, '   ')}{words.rulers[ruler]}{of}: ")


def goal_lines(goal: Goal, lead: str, words: InterviewWords, *, note: str = "", origin: bool = False) -> Iterator[Line]:
    """Gives a goal, verbatim, and what belongs to it. `note` stands behind it, `lead` before its first line."""
    yield Line(f"“{goal.words}”" + (f"  ({note})" if note else ""), Role.SAY, lead)
    indent = " " * len(lead)
    if origin:
        yield Line(_origin(goal, words), Role.DIM, indent)
    if goal.objective:
        by = words.plan.worded_by.format(by=goal.objective.by)
        yield Line(f"{goal.objective.words}  ({by})", lead=f"{indent}{words.plan.labels['objective']}: ")
    for field in CHANGE_PLAN:
        yield from _field_lines(goal, field, indent, words)
    for item in goal.progress:
        label, agreed = words.plan.labels["progress"], agreed_note(item.shared, words)
        yield Line(f"{item.words}  ({shown_day(item.at, words)}){agreed}", lead=f"{indent}{label}: ")


def _field_lines(goal: Goal, field: str, indent: str, words: InterviewWords) -> Iterator[Line]:
    """Gives the lines of a field. Several steps are numbered, for `mi goals progress --step 2`."""
    rows, label = standing(goal, field, words), words.plan.labels[field]
    for number, row in enumerate(rows, 1):
        numbered = f" {number}" if field == "steps" and len(rows) > 1 else ""
        yield Line(row, lead=f"{indent}{label}{numbered}: ")


def standing(goal: Goal, field: str, words: InterviewWords) -> list[str]:
    """Returns the text of a field; of a list, a text for each item."""
    value = goal.model_dump(mode="json")[field]
    items = value if isinstance(value, list) else [value]
    return [value_text(field, item, words) for item in items if item is not None]


def value_text(field: str, value: object, words: InterviewWords) -> str:
    """Returns the text of a JSON value that stands in the field, or of an item if the field is a list."""
    match field, value:
        case "steps", Mapping():
            return step_text(Step.model_validate(value), words)
        case "supports", {"who": str(who), "how": how}:
            return _joined(who, ": ", how)
        case "barriers", {"what": str(what), "response": response}:
            return _joined(what, " → ", response)
        case (("progress" | "objective"), {"words": str(text)}):
            return text
        case "review_on", str(iso):
            return shown_day(date.fromisoformat(iso), words)
        case ("status", str(status)) if status in words.plan.statuses:
            return words.plan.statuses[GoalStatus(status)]
        case _:
            return str(value)


def step_text(step: Step, words: InterviewWords) -> str:
    """Returns a step with when, where and how, and what became of it."""
    more = [part for part in (step.where, step.how) if part]
    more += [words.plan.reaches[Reach(step.reach)]] if step.reach else []
    when = f"{step.when}{due_note(step, words)}" if step.when else None
    text = " · ".join([_joined(step.words, " @ ", when), *more])
    if step.status is StepStatus.OPEN:
        return text
    status = words.plan.step_statuses[step.status]
    settled = words.plan.settled.format(status=status, day=shown_day(step.on, words)) if step.on else status
    return f"{text}  ({_joined(settled, ': ', step.outcome)}){agreed_note(step.outcome_shared, words)}"


def due_note(step: Step, words: InterviewWords) -> str:
    """Returns a note with the day that the words for when mean; empty if that is not known, or is what they say."""
    if step.due is None or dates.day(step.due) in (step.when or ""):
        return ""
    return f" ({words.plan.due.format(day=shown_day(step.due, words))})"


def agreed_note(day: date | None, words: InterviewWords) -> str:
    """Returns a note with the day on which the client agreed to pass on the result; empty if there is none."""
    return f"  ({words.plan.share_agreed.format(day=shown_day(day, words))})" if day else ""


def _joined(first: str, between: str, second: object) -> str:
    """Returns both texts with `between` between them, or the first alone if there is no second."""
    return first if second is None else f"{first}{between}{second}"


def _origin(goal: Goal, words: InterviewWords) -> str:
    """Returns the interview, the stage and the entry that a goal came from, or that it was added outside of one."""
    origin, day = goal.from_, shown_day(goal.from_.at, words)
    if origin.session is None:
        return words.plan.from_outside.format(day=day)
    stage = words.stages[origin.stage].lower() if origin.stage else ""
    text = words.plan.from_interview.format(day=day, session=origin.session, stage=stage)
    if origin.entry is not None:
        return f"{text}, {words.plan.from_words_of.format(n=origin.entry)}"
    return text if origin.n is None else f"{text}, {words.plan.from_entry.format(n=origin.n)}"


def _history_lines(goal: Goal, indent: str, words: InterviewWords) -> Iterator[Line]:
    if not goal.history:
        yield Line(words.plan.history_none, Role.DIM, indent)
        return
    yield Line(words.plan.history, Role.DIM, indent)
    for before in goal.history:
        yield Line(_before_text(before, words), lead=f"{indent}{time_in_words(before.at, words.plan.language)}  ")


def _before_text(before: Before, words: InterviewWords) -> str:
    label = words.plan.labels.get(before.field, before.field)
    return words.plan.earlier_value.format(label=label, value=value_text(before.field, before.before, words))


# -- what may be changed ----------------------------------------------------------------------------------------------


def fields_page(goal: Goal, places: Iterable["FieldPath"], words: InterviewWords) -> Page:
    """Returns the fields of a goal that can be changed, numbered. `places` are all of them (`goals.field_paths`)."""
    fields = goal.model_dump(mode="json")
    page = [BLANK, Line(words.plan.edit_title, Role.TITLE, " ")]
    for number, path in enumerate(places, 1):
        value = fields[path.field][path.item - 1] if path.item else fields[path.field]
        text = "–" if value is None else value_text(path.field, value, words)
        page.append(Line(text, lead=f" {number:>3}  {words.plan.labels[path.field]}: "))
    return [*page, BLANK]


# -- what the client agreed to pass on --------------------------------------------------------------------------------


def _shared_lines(items: tuple[Shared, ...], words: InterviewWords) -> Iterator[Line]:
    for field, grouped in groupby(items, key=lambda item: sharing.list_of(item.kind)):
        yield Line(words.plan.share_headings[field], Role.DIM, "   ")
        for item in grouped:
            yield shared_line(item, "     ", [kind_beside(item, words), _entry(item, words)])


def shared_line(item: Shared, lead: str, notes: list[str]) -> Line:
    """Returns an item that may be passed on, quoted if it is the client's own words, with what is noted of it."""
    note = ", ".join(text for text in notes if text)
    quoted = f"“{item.words}”" if item.kind in VERBATIM else item.words
    return Line(quoted + (f"  ({note})" if note else ""), lead=lead)


def kind_beside(item: Shared, words: InterviewWords) -> str:
    """Returns what the heading does not say: that it is from the agenda, or the side and the type of the talk."""
    if item.kind not in (Kind.AGENDA, Kind.CHANGE, Kind.SUSTAIN, Kind.AMBIVALENCE):
        return ""
    kind = words.kinds[item.kind]
    return f"{kind}, {words.talk[item.talk]}" if item.talk else kind


def _entry(item: Shared, words: InterviewWords) -> str:
    """Returns the interview and the entry that the item was copied from."""
    origin = item.from_
    return words.plan.share_entry.format(n=origin.n, session=origin.session, day=shown_day(origin.at, words))
