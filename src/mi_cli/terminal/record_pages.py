"""Records and prompt sets as pages: what the `show` commands put on the screen."""

from collections.abc import Mapping

from mi_cli.interview.rulers import RulerQuestion, first_question
from mi_cli.prompts.model import Prompt, PromptSet
from mi_cli.records import dates
from mi_cli.records.notes import Entry, Notes
from mi_cli.records.session import Session
from mi_cli.records.terms import Stage
from mi_cli.records.text_keys import FollowUp
from mi_cli.terminal.entry_labels import STAR_MARK, entry_kind, question_text, shown_day
from mi_cli.terminal.page import BLANK, Line, Page, Role
from mi_cli.words.days import time_in_words
from mi_cli.words.interview.model import InterviewWords


def session_page(session: Session, notes: Notes, code: str, words: InterviewWords, prompts: PromptSet | None) -> Page:
    """Returns an interview: its facts, its readings, and each entry under the prompt that was in view.

    `prompts` is the prompt set as it is now, or None if it is gone or cannot be used.
    """
    when = time_in_words(session.started_at, words.plan.language)
    minutes = words.bar_minutes.format(minutes=session.minutes())
    title = f"{code} · {when} · {minutes} · {words.statuses[session.status]} · {session.counselor}"
    page = [Line(title, Role.TITLE, " ")]
    visits = " → ".join(f"{dates.time(visit.from_)} {words.stages[visit.stage].lower()}" for visit in session.visits)
    page.append(Line(visits, Role.DIM, " "))
    for reading in session.readings:
        answers_at = ((words.reading_why, reading.why), (words.reading_raise, reading.raise_))
        answers = "; ".join(label.format(n=n) for label, n in answers_at if n is not None)
        text = f"{words.rulers[reading.ruler]} {reading.value}" + (f" ({answers})" if answers else "")
        page.append(Line(text, lead=f" {dates.time(reading.at)}  "))
    if prompts is None or prompts.digest != session.prompt_set.digest:
        change = words.set_unreadable if prompts is None else words.set_changed
        page.append(Line(change.format(name=session.prompt_set.name), Role.DIM, " "))
    asked = _questions(session, words)
    stage = in_view = None
    for entry in notes.entries:
        if entry.stage is not stage:
            stage, in_view = entry.stage, None
            page += [BLANK, *([Line(words.stages[stage], Role.TITLE, " ")] if stage else [])]
        heading = _heading(entry, asked, prompts, words)
        if heading != in_view:
            in_view = heading
            page += [Line(heading, Role.DIM, "   ")] if heading else []
        label = f"{entry_kind(entry, words)}{STAR_MARK if entry.star else ''}"
        label = f"{label} ({shown_day(entry.at, words)}, {entry.by})" if entry.by else label
        text = label if entry.words is None else f"{label}: {entry.words}"
        page.append(Line(text, lead=f" {dates.time(entry.at)} {entry.n:>3}  "))
    return page


def _questions(session: Session, words: InterviewWords) -> Mapping[int, str]:
    """Returns the questions of rulers that were in view, by the number of the entry that answers each."""
    asked = {}
    for reading in session.readings:
        if reading.why is not None:
            asked[reading.why] = question_text(first_question(reading), words)
        if reading.raise_ is not None:
            asked[reading.raise_] = question_text(RulerQuestion(reading, FollowUp.WHAT_WOULD_RAISE_IT), words)
    return asked


def _heading(entry: Entry, asked: Mapping[int, str], prompts: PromptSet | None, words: InterviewWords) -> str:
    """Returns what was in view: a ruler's question, or the id of a prompt, with its words if the set still has it.

    That it was in view does not say that it was asked. Empty for an amendment, which was made afterwards.
    """
    if entry.n in asked:
        return f"{words.in_view} · {asked[entry.n]}"
    if entry.prompt is None:
        return words.nothing_in_view if entry.stage else ""
    prompt = prompts.prompt(entry.prompt, entry.stage or Stage.ENGAGING) if prompts else None
    return " · ".join([words.in_view, entry.prompt, *([prompt.say] if prompt else [])])


def prompt_set_page(prompts: PromptSet, words: InterviewWords) -> Page:
    """Returns a prompt set, stage by stage, with the id of each prompt."""
    page = [Line(f"{prompts.title} · {prompts.version}", Role.TITLE, " ")]
    for stage, guide in prompts.stages.items():
        page += [BLANK, Line(f"{words.stages[stage]}: {guide.aim}", Role.TITLE, " ")]
        width = max(len(prompt.id) for prompt in guide.prompts) if guide.prompts else 0
        page += [Line(prompt.say, lead=f" {prompt.id:<{width}}  ") for prompt in guide.prompts]
    return page


def prompt_page(prompt: Prompt) -> Page:
    """Returns one prompt, with everything that belongs to it."""
    rows = [
        ("say", prompt.say),
        ("kind", prompt.kind),
        ("evokes", prompt.evokes or ""),
        ("listen for", prompt.listen_for),
        *(("follow up", follow_up) for follow_up in prompt.follow_ups),
        ("for", prompt.meant),
        ("focus", ", ".join(prompt.focus)),
        ("when", ", ".join(prompt.when)),
        ("note", prompt.note),
        ("source", prompt.source),
    ]
    return [Line(text, lead=f" {label:<10}  ") for label, text in rows if text]
