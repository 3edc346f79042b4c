"""At the end of an interview at a terminal: what is offered, one thing after the other. Enter passes each by.

Offers, not gates: only a no to the plan as it stands, or words in its place, go back to the interview.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mi_cli.errors import MiError
from mi_cli.interview import results, sharing
from mi_cli.interview.actions import Action, CloseConcerns, End
from mi_cli.interview.grammar import parse_entry_type
from mi_cli.interview.recorder import Recorder
from mi_cli.records.answers import yes_or_no
from mi_cli.records.notes import Entry
from mi_cli.records.terms import Kind
from mi_cli.terminal import pages, plan_pages
from mi_cli.terminal.asking import Asker, LineReader
from mi_cli.terminal.page import BLANK, Line, Role, Screen
from mi_cli.terminal.share_dialog import go_through
from mi_cli.words.interview.model import InterviewWords

AT_ONCE: Final = 8  # entries to look back on: as many as can be seen together, with room for the answers


@dataclass(frozen=True)
class Closing:
    """What an offer has to hand. `ask` gives null when no answer is to be had; `do` acts, and shows what came of it."""

    recorder: Recorder
    screen: Screen
    words: InterviewWords
    end: End
    ask: Callable[[str], str | None]
    do: Callable[[Action], None]


def is_yes(answer: str | None) -> bool:
    """Enter, or anything but a no, is a yes; no answer to be had is a no."""
    return answer is not None and yes_or_no(answer) is not False


def no_answer(answer: str | None) -> str:
    """Words typed where a yes or a no was asked for, by somebody who was not looking: they belong to the interview."""
    return answer if answer and yes_or_no(answer) is None else ""


def concerns(closing: Closing) -> None:
    """A safety concern that is open is asked about, once."""
    words = closing.words
    still_open = closing.recorder.state.session.open_concerns
    if still_open:
        names = pages.concern_names(still_open, words)
        if done := no_answer(closing.ask(words.concern_ask.format(concerns=names))):  # a yes or a no tells nothing
            closing.do(CloseConcerns(done))


def look_back(closing: Closing) -> None:
    """Change talk kept without a type can be given one, entry by entry."""
    shown: list[Entry] = []
    while untyped := _untyped(closing.recorder):
        if not any(entry in shown for entry in untyped):
            shown = untyped[:AT_ONCE]
            title = Line(closing.words.look_back_title, Role.TITLE, " ")
            rows = (Line(f"“{entry.words}”", lead=f" {entry.n:>3}  ") for entry in shown)
            closing.screen.show([BLANK, title, *rows, BLANK])
        answer = closing.ask(closing.words.look_back_ask)
        if not answer:
            break
        number, _, talk = answer.partition(" ")
        closing.do(parse_entry_type(number, talk if talk[:1] in ("", "+", "-") else f"+{talk}"))


def plan(closing: Closing) -> str | None:
    """The plan and the next step, for the client to say whether they may stand: null, or what was typed instead."""
    walk = closing.recorder.state
    page = list(plan_pages.goals_page(walk.plan, walk.goal_in_hand, closing.words)) if walk.plan.active else []
    if closing.end.words:
        page.append(Line(f"“{closing.end.words}”", Role.SAY, f" {closing.words.next_step}: "))
    if not page:
        return None
    closing.screen.show([*page, BLANK])
    answer = closing.ask(closing.words.end_offer)
    typed = no_answer(answer)
    return None if is_yes(answer) and not typed else typed


def share(recorder: Recorder, screen: Screen, words: InterviewWords, ask: LineReader) -> None:
    """Once it is closed, next step and all: going through what could be passed on, if that is wanted."""
    rows = {item.from_.n: item for item in sharing.shareable(recorder.state.notes)}
    plan = recorder.state.plan
    came_of_it = results.numbered(plan, since=recorder.state.session.started_at)
    left = [item for item in rows.values() if plan.copy_of(item.from_.session, item.from_.n) is None]
    undecided = [one for one in came_of_it.values() if one.shared_on is None]
    asker = Asker(ask, lambda text: screen.show([Line(text, Role.WARN, " ")]), words.answers)
    offer = words.plan.share_offer.format(n=len(left) + len(undecided))
    if (left or undecided) and asker.yes(offer, enter=False):
        try:
            keeper = recorder.plan_editor
            go_through(rows, came_of_it, plan, keeper.change, asker, screen, words, keeper.now().date())
        except MiError as trouble:
            failed = words.plan.share_failed.format(trouble=pages.trouble_reason(trouble, words))
            screen.show([Line(failed, Role.WARN, " ")])


def _untyped(recorder: Recorder) -> list[Entry]:
    entries = recorder.state.notes.entries
    return [entry for entry in entries if entry.kind is Kind.CHANGE and entry.talk is None and entry.words is not None]


# In this order: what is about somebody's safety first, what the client decides last.
OFFERS: Final[tuple[Callable[[Closing], str | None], ...]] = (concerns, look_back, plan)
