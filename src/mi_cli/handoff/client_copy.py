"""The client's own copy: one warm page in the client's words, in the first person, without notice or signature.

Headings without content are left out, since the client uses this page and does not fill it in.
"""

from collections.abc import Iterable

from mi_cli.handoff.document import CLEAR, LARGE, Block, Document, Heading, Inline, Items, Paragraph, Run, Tone, text
from mi_cli.handoff.packet import Packet, PassedGoal, PassedStep
from mi_cli.records.plan import Barrier
from mi_cli.words.documents.model import DocumentWords


def client_document(packet: Packet, words: DocumentWords, *, large: bool) -> Document:
    """Returns the page in the language of `words`; `large` for large print."""
    return Document(
        title=words.my_plan,
        language=words.language,
        spoken=packet.language,
        author=packet.counselor,
        made_at=packet.made_at,
        page_of=words.page_of,
        size=LARGE if large else CLEAR,
        blocks=tuple(_blocks(packet, words)),
    )


def _blocks(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    if not packet.goals:
        yield Paragraph(text(words.no_goal_yet))
        return
    yield Paragraph((Run(words.my_plan_intro, Tone.QUIET),))
    for place, goal in enumerate(packet.goals, 1):
        yield Heading(words.my_goals.format(n=place) if len(packet.goals) > 1 else words.my_goal)
        yield Paragraph(text(goal.words), lead=True)
        yield from _goal_blocks(goal, words)
    yield Paragraph((Run(words.my_outro, Tone.QUIET),))


def _goal_blocks(goal: PassedGoal, words: DocumentWords) -> Iterable[Block]:
    parts: list[tuple[str, list[Inline]]] = [
        (words.my_why, [text(reason) for reason in goal.reasons]),
        (words.my_steps, [_step(step, words) for step in goal.steps]),
        (words.my_helpers, [text(": ".join(filter(None, (support.who, support.how)))) for support in goal.supports]),
        (words.my_ifs, [_if_then(barrier, words) for barrier in goal.barriers]),
        (words.my_signs, [text(sign) for sign in goal.signs]),
        (words.my_if_not, [text(goal.if_not_working)] if goal.if_not_working else []),
    ]
    for label, answers in parts:
        if answers:
            yield Heading(label, 3)
            yield Items(tuple(answers))
    if goal.review_on:
        yield Paragraph((Run(words.my_review.format(day=goal.review_on), Tone.STRONG),))


def _step(step: PassedStep, words: DocumentWords) -> Inline:
    line = ", ".join(part for part in (step.words, step.when, step.where, step.how) if part)
    if step.done_on is None:
        return text(line)
    return (*text(f"{line} "), Run(words.my_done.format(day=step.done_on), Tone.STRONG))


def _if_then(barrier: Barrier, words: DocumentWords) -> Inline:
    """Returns “If … then …”; without a response, the obstacle alone."""
    if not barrier.response:
        return text(barrier.what)
    if_, then = Run(words.if_, Tone.STRONG), Run(words.my_then, Tone.STRONG)
    return (if_, *text(f" {barrier.what} "), then, *text(f" {barrier.response}"))
