"""The client's own copy: one warm page in the client's words, in the first person, without notice or signature.

What was said for the change stands with the goal where there is one, and by itself below several, since it was said of
none of them. Headings without content are left out, since the client uses this page and does not fill it in. Steps that
are still to be taken come first; what was reached stands as a success, and a step that was not done or was replaced not
at all. What was told in another language than the page's is marked as being in it, so that it is read aloud as it was
said.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from mi_cli.handoff.days import in_words, spelled_out, when_of
from mi_cli.handoff.document import (
    CLEAR,
    LARGE,
    Block,
    Document,
    Heading,
    Inline,
    Items,
    Paragraph,
    Run,
    Tone,
    paper_of,
    text,
)
from mi_cli.handoff.packet import Packet, PassedGoal, PassedStep
from mi_cli.records.plan import Barrier
from mi_cli.records.terms import FactName, GoalStatus, Jurisdiction, Kind, StepStatus, Talk
from mi_cli.words.documents.model import DocumentWords

# What speaks for change: commitment and steps stand in the plan itself.
_WHY = (Talk.DESIRE, Talk.REASON, Talk.NEED)
_OVER = (StepStatus.NOT_DONE, StepStatus.REPLACED)


@dataclass(frozen=True)
class WhomToCall:
    """How to reach the counselor, and what the settings say for an emergency. The line 988 is for the US alone."""

    counselor: str | None = None
    in_an_emergency: tuple[str, ...] = ()
    jurisdiction: Jurisdiction = Jurisdiction.US_PART2


def client_document(packet: Packet, words: DocumentWords, call: WhomToCall, *, large: bool) -> Document:
    """Returns the page in the language of `words`; `large` for large print."""
    return Document(
        title=words.my_plan,
        language=words.language,
        spoken=packet.language,
        author=packet.counselor,
        made_at=packet.made_at,
        page_of=words.page_of,
        size=LARGE if large else CLEAR,
        paper=paper_of(call.jurisdiction),
        blocks=tuple(_blocks(packet, words, call)),
    )


def _blocks(packet: Packet, words: DocumentWords, call: WhomToCall) -> Iterable[Block]:
    told, today = _told_in(packet, words), packet.made_at.date()
    if packet.goals:
        yield Paragraph((Run(words.my_plan_intro, Tone.QUIET),))
    else:
        yield Paragraph(text(words.no_goal_yet))
    reached = [goal for goal in packet.goals if goal.status is GoalStatus.MET]
    wanted = [goal for goal in packet.goals if goal not in reached]
    why = _why(packet, wanted)
    for place, goal in enumerate(wanted, 1):
        yield Heading(words.my_goals.format(n=place) if len(wanted) > 1 else words.my_goal)
        yield Paragraph(text(goal.words, told), lead=True)
        yield from _goal_blocks(goal, [*goal.reasons, *(why if len(wanted) == 1 else ())], words, told, today)
    if len(wanted) > 1:
        yield from _list(words.my_why, [text(reason, told) for reason in why], 2)
    yield from _list(words.my_success, [text(goal.words, told) for goal in reached], 2)
    yield from _list(words.my_strengths, [text(item.words, told) for item in packet.of(Kind.STRENGTH)], 2)
    appointments = [spelled_out(fact.words, words) for fact in packet.known(FactName.APPOINTMENT)]
    yield from _list(words.my_appointment, [text(appointment, told) for appointment in appointments], 2)
    agreed = [] if appointments else [item.words for item in packet.of(Kind.NEXT)[-1:]]
    yield from _list(words.my_next, [text(step, told) for step in agreed], 2)
    practice = [text(fact.words, told) for fact in packet.known(FactName.PRACTICE)]
    yield from _list(words.my_practice, practice, 2)
    counselor = [text(words.my_counselor.format(who=call.counselor))] if call.counselor else []
    yield from _list(words.my_call, counselor, 2)
    line = [text(words.my_night_line)] if call.jurisdiction is Jurisdiction.US_PART2 else []
    yield from _list(words.my_night, [*line, *map(text, call.in_an_emergency)], 2)
    if packet.goals:
        yield Paragraph((Run(words.my_outro, Tone.QUIET),))


def _told_in(packet: Packet, words: DocumentWords) -> str | None:
    """Returns the language of what was told, where it is another one than that of the page."""
    return packet.language if packet.language != words.language else None


def _why(packet: Packet, wanted: list[PassedGoal]) -> list[str]:
    """Returns everything that was shared that speaks for change, each once, without the reasons of the goals."""
    said = [item.words for item in packet.of(Kind.CHANGE) if item.talk in _WHY]
    said += [item.words for item in packet.of(Kind.VALUE)]
    of_goals = {reason for goal in wanted for reason in goal.reasons}
    return [words for words in dict.fromkeys(said) if words not in of_goals]


def _goal_blocks(
    goal: PassedGoal, why: list[str], words: DocumentWords, told: str | None, today: date
) -> Iterable[Block]:
    steps = sorted((step for step in goal.steps if step.status not in _OVER), key=lambda step: not step.is_open)
    parts: list[tuple[str, list[Inline]]] = [
        (words.my_why, [text(reason, told) for reason in why]),
        (words.my_steps, [_step(step, words, told) for step in steps]),
        (words.my_helpers, [text(": ".join(filter(None, (one.who, one.how))), told) for one in goal.supports]),
        (words.my_ifs, [_if_then(barrier, words, told) for barrier in goal.barriers]),
        (words.my_signs, [text(sign, told) for sign in goal.signs]),
        (words.my_if_not, [text(goal.if_not_working, told)] if goal.if_not_working else []),
    ]
    for label, answers in parts:
        yield from _list(label, answers, 3)
    if goal.review_on and goal.review_on >= today:  # a day that is past is no day to look forward to
        day = in_words(goal.review_on, words)
        yield Paragraph((Run(words.my_review.format(day=day), Tone.STRONG),))


def _list(label: str, answers: list[Inline], level: int) -> Iterable[Block]:
    if answers:
        yield Heading(label, level)
        yield Items(tuple(answers))


def _step(step: PassedStep, words: DocumentWords, told: str | None) -> Inline:
    """Returns the step on one line; the day that was meant is in the language of the page."""
    when = when_of(step, words) or ""
    if step.when and when.startswith(step.when):
        until_then, day = f"{step.words}, {step.when}", when.removeprefix(step.when)
    else:
        until_then, day = step.words, f", {when}" if when else ""
    after = "".join(f", {part}" for part in (step.where, step.how) if part)
    line = [Run(part, language=language) for part, language in ((until_then, told), (day, None), (after, told)) if part]
    if step.done_on is None:
        return tuple(line)
    line[-1] = replace(line[-1], text=f"{line[-1].text} ")
    return (*line, Run(words.my_done.format(day=in_words(step.done_on, words)), Tone.STRONG))


def _if_then(barrier: Barrier, words: DocumentWords, told: str | None) -> Inline:
    """Returns “If: … Then: …”; without a response, the obstacle alone."""
    if not barrier.response:
        return text(barrier.what, told)
    if_, then = Run(words.if_, Tone.STRONG), Run(words.my_then, Tone.STRONG)
    return (if_, *text(f" {barrier.what} ", told), then, *text(f" {barrier.response}", told))
