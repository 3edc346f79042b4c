"""What an interview begins with: whose it is, which number it has, and where the last one ended."""

from typing import TYPE_CHECKING

from mi_cli.insight.last_time import LastTime
from mi_cli.interview import goals
from mi_cli.records.plan import Plan
from mi_cli.records.session import Session
from mi_cli.terminal.entry_labels import concern_names, shown_day
from mi_cli.terminal.page import Line, Page, Role
from mi_cli.terminal.plan_pages import due_note
from mi_cli.words.contacts.model import ContactWords
from mi_cli.words.days import day_in_words
from mi_cli.words.interview.model import InterviewWords

if TYPE_CHECKING:
    from mi_cli.records.contact import Contact, ContactLine


def title_page(words: InterviewWords, code: str, number: int, extra: str = "") -> list[Line]:
    """Returns the title. `number` counts the client's interviews from 1; `extra` says what is unusual about it."""
    title = words.first_interview.format(code=code)
    if number > 1:
        title = words.interview_number.format(code=code, number=number)
    return [Line(f"{title} · {extra}" if extra else title, Role.TITLE, " ")]


def last_time_page(last: LastTime, words: InterviewWords) -> Page:
    """Returns what was agreed last time, verbatim, the readings, and a concern that was left open."""
    day = shown_day(last.session.started_at, words)
    page = []
    if last.concerns:
        names = concern_names(last.concerns, words)
        page.append(Line(words.last_concern.format(day=day, concerns=names), Role.WARN, " "))
    if last.agreed:
        page.append(Line(words.last_time.format(day=day, words=last.agreed), lead=" "))
    if last.readings:
        readings = ", ".join(f"{words.rulers[reading.ruler].lower()} {reading.value}" for reading in last.readings)
        page.append(Line(words.last_readings.format(day=day, readings=readings), Role.DIM, " "))
    return page


def last_return_page(answer: "Contact", words: ContactWords) -> Page:
    """Returns what the CBT therapist answered: what was worked on, what changed, where motivation sinks."""
    page = [Line(words.last_return.format(day=day_in_words(answer.at, words.language)), lead=" ")]
    return [*page, *(Line(line.words, Role.DIM, "   ", topic_of(line, words)) for line in answer.lines)]


def topic_of(line: "ContactLine", words: ContactWords) -> str:
    """Returns what a line of an answer is about, as a heading; empty for any other line."""
    return f"{words.topics[line.about]}:" if line.about else ""


def open_concerns_page(session: Session, words: InterviewWords) -> Page:
    """Returns the concerns of an interview that is resumed, if any is still open."""
    still_open = session.open_concerns
    if not still_open:
        return []
    return [Line(words.concern_open.format(concerns=concern_names(still_open, words)), Role.WARN, " ")]


def goals_begun_page(plan: Plan, words: InterviewWords) -> Page:
    """Returns all active goals with their open steps, verbatim, numbered as they are typed; then what can be typed."""
    page: list[Line] = []
    for number, goal in enumerate(plan.active, 1):
        page.append(Line(words.last_goal.format(n=number, words=goal.words), lead=" "))
        for place, step in goals.open_steps(goal).items():
            form = words.last_step_when if step.when else words.last_step
            when = f"{step.when or ''}{due_note(step, words)}"
            page.append(Line(form.format(n=place, words=step.words, when=when), lead="   "))
    if page:
        hint, of_several = (
            (words.steps_hint, words.steps_hint_of_several)
            if any(map(goals.open_steps, plan.active))
            else (words.progress_hint, words.progress_hint_of_several)
        )
        page.append(Line(of_several if len(plan.active) > 1 else hint, Role.DIM, "   "))
    return page


def first_time_page(words: InterviewWords) -> Page:
    """Returns the few things worth knowing before the very first interview."""
    return [Line(text, lead="   ") for text in words.first_time]
