"""Builds the document for the CBT therapist from a packet: a summary of half a page, then everything.

The headings are those that CBT works with: targets and goals, reasons and values to come back to, first tasks,
triggers, strengths, supports, obstacles, what is parked. A heading without content says so and is never left out.
"""

from collections.abc import Iterable
from typing import Final

from mi_cli.handoff.cover import ConsentLines, Cover, consent_blocks, cover_blocks, notice_language
from mi_cli.handoff.days import without_weekday
from mi_cli.handoff.document import (
    Block,
    Document,
    Heading,
    Items,
    NewPage,
    Paper,
    Paragraph,
    Run,
    Table,
    Tone,
    paper_of,
    quote,
    text,
    told,
)
from mi_cli.handoff.glance import glance
from mi_cli.handoff.lines import (
    Rows,
    dated,
    fact_line,
    fact_rows,
    nothing,
    pair,
    review,
    safety_line,
    step_line,
    with_remarks,
)
from mi_cli.handoff.packet import Packet, PassedGoal
from mi_cli.handoff.readings import reading_blocks
from mi_cli.records.terms import FactName, Kind
from mi_cli.words.documents.model import DocumentWords

_FACTS: Final = (  # that do not stand at a glance
    FactName.OFF_LIMITS,
    FactName.HELPED,
    FactName.MEDICINES,
    FactName.SAFER_USE,
    FactName.REACH,
    FactName.COLLATERAL,
)


def therapist_document(
    packet: Packet,
    cover: Cover | None,
    words: DocumentWords,
    consent: ConsentLines | None = None,
    *,
    contact: str | None = None,
) -> Document:
    """Returns the handoff in the language of `words`; a cover comes first, on a page of its own.

    `contact` is how to reach the sender where there is no cover, which says it.
    """
    contact = cover.contact if cover else contact or packet.counselor
    return Document(
        title=words.title.format(code=packet.client.code),
        language=words.language,
        spoken=packet.language,
        author=packet.counselor,
        made_at=packet.made_at,
        notice=cover.notice.page if cover else None,
        notice_language=notice_language(cover) if cover else None,
        page_of=words.page_of,
        cover=words.cover if cover else None,
        paper=paper_of(cover.jurisdiction) if cover else Paper.LETTER,
        mark=f"{packet.client.code} · {without_weekday(packet.made_at, words)}",
        blocks=(
            *((*cover_blocks(cover, packet.holds, words), NewPage()) if cover else ()),
            *glance(packet, contact, words),
            *(consent_blocks(consent, words) if consent else ()),
            *_parked(packet, words),
            *_goals(packet, words),
            *_said(packet, words),
            *_known(packet, words),
            *reading_blocks(packet, words),
            *_interviews(packet, contact, words),
        ),
    )


def _parked(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    yield Heading(words.parked)
    if packet.parked:
        yield Paragraph((Run(words.parked_as_told, Tone.QUIET),))
        yield Items(tuple(dated(told(item.words), item, words) for item in packet.parked))
    else:
        yield nothing(words)


def _goals(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    yield Heading(words.goals)
    if not packet.goals:
        yield nothing(words)
    for place, goal in enumerate(packet.goals, 1):
        yield Heading(words.goal.format(n=place), 3)
        said_on = Run(f"  {words.said_on.format(day=without_weekday(goal.said_on, words))}", Tone.QUIET)
        status = words.goal_statuses.get(goal.status)
        over = [Run(f" · {status}", Tone.STRONG)] if status else []
        yield Paragraph((*quote(goal.words), said_on, *over), lead=True)
        yield fact_rows(_goal_rows(goal, packet, words), words)


def _goal_rows(goal: PassedGoal, packet: Packet, words: DocumentWords) -> Rows:
    """Returns what belongs to a goal. Numbers are missed only where the rulers have none either."""
    objective, today = goal.objective, packet.made_at.date()
    worded = [with_remarks(told(objective.words), words.worded_by.format(who=objective.by))] if objective else []
    numbers = [
        text(f"{words.rulers[ruler]} {value}")
        for ruler, value in zip(words.rulers, (goal.importance, goal.confidence), strict=False)
        if value is not None
    ]
    return [
        (words.reasons, tuple(map(quote, goal.reasons))),
        (words.steps, tuple(step_line(step, today, words) for step in goal.steps)),
        (words.supports, tuple(pair(told(support.who), support.how) for support in goal.supports)),
        (words.barriers, tuple(pair(told(barrier.what), barrier.response, words.then) for barrier in goal.barriers)),
        (words.signs, tuple(map(quote, goal.signs))),
        (words.if_not_working, (quote(goal.if_not_working),) if goal.if_not_working else ()),
        (words.objective, tuple(worded)),
        *([(words.importance_and_confidence, tuple(numbers))] if numbers or not packet.readings else []),
        (words.review, (text(review(goal.review_on, today, words)),) if goal.review_on else ()),
        (
            words.progress,
            tuple(with_remarks(told(line.words), without_weekday(line.at, words)) for line in goal.progress),
        ),
    ]


def _said(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    change = packet.of(Kind.CHANGE)
    mobilizing = [item for item in change if item.talk and item.talk.mobilizing]
    preparing = [item for item in change if item not in mobilizing]
    quoted = [
        (label, tuple(dated(quote(item.words), item, words) for item in items))
        for label, items in (
            (words.focus, packet.of(Kind.FOCUS)),
            (words.change, preparing),
            (words.mobilizing, mobilizing),
            (words.sustain, packet.of(Kind.SUSTAIN)),
            (words.ambivalence, packet.of(Kind.AMBIVALENCE)),
            (words.values, packet.of(Kind.VALUE)),
        )
    ]
    noted = [
        (label, tuple(dated(told(item.words), item, words) for item in packet.of(kind)))
        for label, kind in (
            (words.agenda, Kind.AGENDA),
            (words.next_step, Kind.NEXT),
            (words.triggers, Kind.TRIGGER),
            (words.strengths, Kind.STRENGTH),
        )
    ]
    yield Heading(words.said)
    yield fact_rows([*quoted, *noted], words)


def _known(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    """Yields the facts that do not stand at a glance."""
    yield Heading(words.facts)
    rows = [(words.fact_names[name], tuple(fact_line(fact, words) for fact in packet.known(name))) for name in _FACTS]
    yield fact_rows(rows, words)


def _interviews(packet: Packet, contact: str, words: DocumentWords) -> Iterable[Block]:
    yield Heading(words.interviews)
    if packet.interviews:
        rows = (
            (
                without_weekday(held.started_at, words),
                str(held.minutes),
                ", ".join(words.stages[stage] for stage in held.stages),
            )
            for held in packet.interviews
        )
        yield Table(words.interviews_caption, words.interviews_columns, tuple(rows))
    else:
        yield nothing(words)
    yield Heading(words.safety)
    yield Paragraph(safety_line(packet, contact, words)) if packet.safety_raised else nothing(words)
