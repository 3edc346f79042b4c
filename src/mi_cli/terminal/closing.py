"""What is offered when an interview is ended at a terminal, one thing after the other.

Each is an offer, not a condition: Enter skips it. Only "no" to the plan as it is, or other words in place of an answer,
go back to the interview, and `b` goes back to the offer before. `OFFERS` gives the order; `share` comes after them,
when the interview is closed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from mi_cli.errors import MiError
from mi_cli.interview import results, sharing
from mi_cli.interview.actions import Action, CloseConcerns, End
from mi_cli.interview.arguments import parse_entry_type
from mi_cli.interview.recorder import Recorder
from mi_cli.interview.shareable import Shareable
from mi_cli.records.answers import yes_or_no
from mi_cli.records.notes import Entry
from mi_cli.records.terms import Kind
from mi_cli.terminal import pages, plan_pages
from mi_cli.terminal.asking import Asker, GoBack, LineReader, ask_in_turn, with_back
from mi_cli.terminal.entry_labels import concern_names
from mi_cli.terminal.page import BLANK, Line, Role, Screen
from mi_cli.terminal.share_dialog import choose_shared
from mi_cli.words.interview.model import InterviewWords
from mi_cli.words.typed_names import typed_names

AT_ONCE: Final = 8  # how many entries are shown together to look back on, with room for the answers on the screen


@dataclass(frozen=True)
class Closing:
    """What an offer works with.

    `ask` returns the answer, or null when there can be none: the input has ended. `do` applies an action and shows what
    came of it.
    """

    recorder: Recorder
    screen: Screen
    words: InterviewWords
    end: End
    ask: LineReader
    do: Callable[[Action], None]


def make_offers(closing: Closing) -> str | None:
    """Makes one offer after the other. Returns null if the interview may end, else words typed in place of an answer.

    `b` goes back to the nearest offer before that still has something to ask about.
    """
    series, at = replace(closing, ask=with_back(closing.ask)), 0
    while at < len(OFFERS):
        try:
            back = OFFERS[at].make(series)
        except GoBack:
            at = max((number for number in range(at) if OFFERS[number].is_open(closing)), default=at)
        else:
            if back is not None:
                return back
            at += 1
    return None


def is_yes(answer: str | None) -> bool:
    """Whether the answer is a yes: Enter, or anything but a no. No answer at all is a no."""
    return answer is not None and yes_or_no(answer) is not False


def other_words(answer: str | None) -> str:
    """Returns words that were typed in place of a yes or a no; else an empty text.

    The counselor was not looking at the screen, and these words belong to the interview.
    """
    return answer if answer and yes_or_no(answer) is None else ""


def ask_about_concerns(closing: Closing) -> None:
    """Asks once about the safety concerns that are open."""
    words = closing.words
    still_open = closing.recorder.state.session.open_concerns
    if still_open:
        names = concern_names(still_open, words)
        # A bare yes or no does not say what was done, so the concerns stay open.
        if facts := other_words(closing.ask(words.ask_concern.format(concerns=names))):
            closing.do(CloseConcerns(facts))


def look_back(closing: Closing) -> None:
    """Offers to give change talk without a type its type, entry by entry."""
    shown: list[Entry] = []
    while untyped := _untyped(closing.recorder):
        if not any(entry in shown for entry in untyped):
            shown = untyped[:AT_ONCE]
            title = Line(closing.words.untyped_title, Role.TITLE, " ")
            rows = (Line(f"“{entry.words}”", lead=f" {entry.n:>3}  ") for entry in shown)
            closing.screen.show([BLANK, title, *rows, BLANK])
        answer = closing.ask(closing.words.ask_untyped)
        if not answer:
            break
        number, _, talk = answer.partition(" ")
        mark = talk if talk[:1] in ("", "+", "-") else f"+{talk}"
        closing.do(parse_entry_type(number, mark, typed_names(closing.recorder.state.session.language)))


def confirm_plan(closing: Closing) -> str | None:
    """Shows the plan and the next step, and asks whether the client agrees to both.

    Returns null when the interview may end, else the words that were typed in place of an answer, or an empty text.
    """
    state = closing.recorder.state
    page = list(plan_pages.goals_page(state.plan, state.goal_in_hand, closing.words)) if state.plan.active else []
    if closing.end.words:
        page.append(Line(closing.end.words, Role.SAY, f" {closing.words.next_step}: "))
    if not page:
        return None
    closing.screen.show([*page, BLANK])
    answer = closing.ask(closing.words.ask_end)
    typed = other_words(answer)
    return None if is_yes(answer) and not typed else typed


def share(recorder: Recorder, screen: Screen, words: InterviewWords, ask: LineReader) -> None:
    """Offers, once the interview is closed, to go through what could be passed on; `b` comes back to the offer."""
    answers = sharing.answers_in(recorder.state.session.readings)
    rows = {item.from_.n: item for item in sharing.shareable(recorder.state.notes, answers)}
    plan = recorder.state.plan
    goal_results = results.numbered(plan, since=recorder.state.session.started_at)
    left = [item for item in rows.values() if plan.copy_of(item.from_.session, item.from_.n) is None]
    undecided = [result for result in goal_results.values() if result.shared_on is None]
    facts = recorder.state.shareable_facts
    facts_left = [fact for fact in facts.values() if not fact.is_in(plan)]
    asker = Asker(ask, lambda text: screen.show([Line(text, Role.WARN, " ")]), words.answers).with_back
    offer = words.plan.share_offer.format(n=len(left) + len(undecided) + len(facts_left))
    wanted = False

    def ask_whether() -> None:
        nonlocal wanted
        wanted = bool(left or undecided or facts_left) and asker.yes(offer, enter=False)

    def choose() -> None:
        if wanted:
            editor, shareable = recorder.plan_editor, Shareable(rows, goal_results, facts)
            choose_shared(shareable, editor.plan, editor.change, asker, screen, words, editor.now().date())

    try:
        ask_in_turn([ask_whether, choose])
    except MiError as error:
        failed = words.plan.share_failed.format(trouble=pages.not_saved_reason(error, words))
        screen.show([Line(failed, Role.WARN, " ")])


def _untyped(recorder: Recorder) -> list[Entry]:
    """Returns the entries of change talk that have words and no type."""
    entries = recorder.state.notes.entries
    return [entry for entry in entries if entry.kind is Kind.CHANGE and entry.talk is None and entry.words is not None]


class Offer(NamedTuple):
    """`is_open` says whether there is still something to ask about; `make` returns words that were typed instead."""

    is_open: Callable[[Closing], bool]
    make: Callable[[Closing], str | None]


# The order: what is about somebody's safety comes first, what the client decides comes last.
OFFERS: Final = (
    Offer(lambda closing: bool(closing.recorder.state.session.open_concerns), ask_about_concerns),
    Offer(lambda closing: bool(_untyped(closing.recorder)), look_back),
    Offer(lambda _: True, confirm_plan),
)
