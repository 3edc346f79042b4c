"""What the client could agree to pass on, as a page: entries, results of goals, and client facts, each numbered.

The numbers are what a person types next: `/share 7 p1 f2`.
"""

from itertools import groupby

from mi_cli.interview import results, sharing
from mi_cli.interview.shareable import Shareable
from mi_cli.interview.state import InterviewState
from mi_cli.records.plan import Plan
from mi_cli.terminal.entry_labels import shown_day
from mi_cli.terminal.page import BLANK, Line, Page, Role
from mi_cli.terminal.plan_pages import agreed_note, kind_beside, shared_line
from mi_cli.words.interview.model import InterviewWords


def shareable_page(state: InterviewState, words: InterviewWords) -> Page:
    """Returns what of this interview the client could agree to pass on, numbered for `/share`."""
    answers = sharing.answers_in(state.session.readings)
    entries = {item.from_.n: item for item in sharing.shareable(state.notes, answers)}
    shareable = Shareable(entries, results.numbered(state.plan), state.shareable_facts)
    if shareable.is_empty:
        return [Line(words.shareable_none, Role.DIM, " ")]
    hint = Line(words.shareable_hint, Role.DIM, " ")
    return [*share_page(shareable, state.plan, words), hint, BLANK]


def share_page(shareable: Shareable, plan: Plan, words: InterviewWords, *, dated: bool = False) -> list[Line]:
    """Returns what could be passed on, numbered and under headings, with what the client agreed to already.

    With `dated`, each entry shows its day.
    """
    page = [BLANK, Line(words.shareable_title, Role.TITLE, " ")]
    for field, group in groupby(shareable.entries.items(), key=lambda numbered: sharing.list_of(numbered[1].kind)):
        page.append(Line(words.plan.share_headings[field], Role.DIM, "   "))
        for number, item in group:
            in_plan = plan.copy_of(item.from_.session, item.from_.n) is not None
            day = shown_day(item.from_.at, words) if dated else ""
            notes = [kind_beside(item, words), day, words.already_shared if in_plan else ""]
            page.append(shared_line(item, f" {number:>3}  ", notes))
    if shareable.results:
        page.append(Line(words.plan.share_headings["results"], Role.DIM, "   "))
    for number, result in shareable.results.items():
        parts = [
            f"{shown_day(result.on, words)}:" if result.on else "",
            f"{result.step}:" if result.step else "",
            result.words,
        ]
        text = " ".join(part for part in parts if part)
        page.append(Line(f"{text}{agreed_note(result.shared_on, words)}", lead=f" {f'p{number}':>3}  "))
    if shareable.facts:
        page.append(Line(words.plan.share_headings["facts"], Role.DIM, "   "))
    for number, fact in shareable.facts.items():
        note = f"  ({words.already_shared})" if fact.is_in(plan) else ""
        page.append(Line(f"{words.facts[fact.fact]}: {fact.words}{note}", lead=f" {f'f{number}':>3}  "))
    return page
