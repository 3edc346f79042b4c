"""What an interview begins with: whose it is, which number it has, and where the last one ended."""

from mi_cli.insight.last_session import LastGoal, LastTime
from mi_cli.records import dates
from mi_cli.records.session import Session
from mi_cli.terminal.page import Line, Page, Role
from mi_cli.terminal.pages import concern_names
from mi_cli.words.interview.model import InterviewWords


def title_page(words: InterviewWords, code: str, number: int, extra: str = "") -> list[Line]:
    """Returns the title. `number` counts the client's interviews from 1; `extra` says what is unusual about it."""
    title = words.first_interview.format(code=code)
    if number > 1:
        title = words.interview_number.format(code=code, number=number)
    return [Line(f"{title} · {extra}" if extra else title, Role.TITLE, " ")]


def last_time_page(last: LastTime, words: InterviewWords) -> Page:
    """Returns what was agreed last time, verbatim, the readings, and a concern that was left open."""
    day = dates.day(last.session.started_at)
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


def open_concerns_page(session: Session, words: InterviewWords) -> Page:
    """Returns the concerns of an interview that is resumed, if any is still open."""
    still_open = session.open_concerns
    if not still_open:
        return []
    return [Line(words.concern_open.format(concerns=concern_names(still_open, words)), Role.WARN, " ")]


def last_goal_page(last: LastGoal, words: InterviewWords) -> Page:
    """Returns the last goal and its steps, verbatim, each step with when it was to be taken."""
    page = [Line(words.last_goal.format(words=last.goal.words), lead=" ")]
    for step in last.steps:
        form = words.last_step_when if step.when else words.last_step
        page.append(Line(form.format(words=step.words, when=step.when), lead="   "))
    progress = words.progress_hint if last.of == 1 else words.progress_hint_of_several
    page.append(Line(progress.format(number=last.number, of=last.of), Role.DIM, "   "))
    return page


def first_time_page(words: InterviewWords) -> Page:
    """Returns the few things worth knowing before the very first interview."""
    return [Line(text, lead="   ") for text in words.first_time]
