"""Builds the document for the CBT therapist from a packet: a summary of half a page, then everything.

The headings are those that CBT works with: targets and goals, reasons and values to come back to, first tasks,
triggers, strengths, supports, obstacles, what is parked. A heading without content says so and is never left out.
"""

from collections.abc import Iterable, Sequence

from mi_cli.handoff import chart
from mi_cli.handoff.cover import ConsentLines, Cover, consent_blocks, cover_blocks, notice_language
from mi_cli.handoff.document import (
    Block,
    Document,
    Facts,
    Heading,
    Inline,
    Items,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Table,
    Tone,
    quote,
    text,
)
from mi_cli.handoff.packet import Packet, PassedGoal, PassedReading, PassedStep, Said
from mi_cli.records import dates
from mi_cli.records.terms import Kind, Talk
from mi_cli.words.documents.model import DocumentWords

_AT_A_GLANCE = 4
Rows = list[tuple[str, tuple[Inline, ...]]]


def therapist_document(
    packet: Packet, cover: Cover | None, words: DocumentWords, consent: ConsentLines | None = None
) -> Document:
    """Returns the handoff in the language of `words`; a cover comes first, on a page of its own."""
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
        blocks=(
            *((*cover_blocks(cover, words), NewPage()) if cover else ()),
            *_top(packet, words),
            *(consent_blocks(consent, words) if consent else ()),
            *_parked(packet, words),
            *_goals(packet, words),
            *_said(packet, words),
            *_readings(packet, words),
            *_interviews(packet, words),
        ),
    )


def _top(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    yield Heading(words.overview)
    client = packet.client
    about = [client.code, *([client.name] if client.name else [])]
    about += [words.birth_date.format(day=client.born_on)] if client.born_on else []
    about.append(words.handed_on.format(counselor=packet.counselor, day=dates.day(packet.made_at)))
    about.append(words.made_with.format(program=packet.made_by))
    yield Paragraph((Run(" · ".join(about), Tone.QUIET),))
    goals, several = packet.goals, len(packet.goals) > 1
    steps = [_next_step(goal, words) for goal in goals]
    agreed = [_with_remarks(text(item.words), words.as_noted) for item in packet.of(Kind.NEXT)[-1:]]
    reasons = [reason for goal in goals for reason in goal.reasons[:1]]
    reasons += [item.words for item in packet.of(Kind.CHANGE) if item.talk in (Talk.REASON, Talk.NEED, Talk.DESIRE)]
    reasons += [item.words for item in packet.of(Kind.VALUE)]
    rulers = [
        text(f"{_subject_prefix(number, packet, words)}{words.rulers[ruler]} {_values(answers)}")
        for (number, ruler), answers in packet.series().items()
    ]
    rows = (
        (words.wants, [_numbered(place, goal.words, several) for place, goal in enumerate(goals, 1)]),
        (words.why, [quote(reason) for reason in dict.fromkeys(reasons)]),
        (words.next, agreed + [step for step in steps if step]),
        (words.parked_short, [text(item.words) for item in packet.parked]),
        (words.rulers_short, rulers),
    )
    yield Facts(tuple((label, _shortened(answers, words)) for label, answers in rows), glance=True)
    yield Paragraph((Run(words.how_to_read, Tone.QUIET),))


def _parked(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    yield Heading(words.parked)
    yield Paragraph((Run(words.parked_as_told, Tone.QUIET),))
    yield Items(_or_nothing([_dated(text(item.words), item, words) for item in packet.parked], words))


def _goals(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    yield Heading(words.goals)
    if not packet.goals:
        yield Paragraph(_nothing(words))
    for place, goal in enumerate(packet.goals, 1):
        yield Heading(words.goal.format(n=place), 3)
        said_on = Run(f"  {words.said_on.format(day=goal.said_on)}", Tone.QUIET)
        yield Paragraph((*quote(goal.words), said_on), lead=True)
        yield _facts(_goal_rows(goal, words), words)


def _goal_rows(goal: PassedGoal, words: DocumentWords) -> Rows:
    objective = goal.objective
    worded = [_with_remarks(text(objective.words), words.worded_by.format(who=objective.by))] if objective else []
    numbers = [
        text(f"{words.rulers[ruler]} {value}")
        for ruler, value in zip(words.rulers, (goal.importance, goal.confidence), strict=False)
        if value is not None
    ]
    return [
        (words.reasons, tuple(map(quote, goal.reasons))),
        (words.steps, tuple(_step(step, words) for step in goal.steps)),
        (words.supports, tuple(_pair(text(support.who), support.how) for support in goal.supports)),
        (words.barriers, tuple(_pair(quote(barrier.what), barrier.response, words.then) for barrier in goal.barriers)),
        (words.signs, tuple(map(quote, goal.signs))),
        (words.if_not_working, (quote(goal.if_not_working),) if goal.if_not_working else ()),
        (words.objective, tuple(worded)),
        (words.importance_and_confidence, tuple(numbers)),
        (words.review, (text(words.review_on.format(day=goal.review_on)),) if goal.review_on else ()),
        (words.progress, tuple(_with_remarks(text(line.words), dates.day(line.at)) for line in goal.progress)),
    ]


def _said(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    change = packet.of(Kind.CHANGE)
    mobilizing = [item for item in change if item.talk and item.talk.mobilizing]
    preparing = [item for item in change if item not in mobilizing]
    rows: Rows = [
        (label, tuple(_dated(quote(item.words), item, words) for item in items))
        for label, items in (
            (words.focus, packet.of(Kind.FOCUS)),
            (words.change, preparing),
            (words.mobilizing, mobilizing),
            (words.sustain, packet.of(Kind.SUSTAIN)),
            (words.values, packet.of(Kind.VALUE)),
        )
    ]
    rows += [
        (label, tuple(_dated(text(item.words), item, words) for item in packet.of(kind)))
        for label, kind in (
            (words.agenda, Kind.AGENDA),
            (words.next_step, Kind.NEXT),
            (words.triggers, Kind.TRIGGER),
            (words.strengths, Kind.STRENGTH),
        )
    ]
    yield Heading(words.said)
    yield _facts(rows, words)


def _readings(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    yield Heading(words.readings)
    series = packet.series()
    if not series:
        yield Paragraph(_nothing(words))
        return
    panels: dict[int | None, list[chart.Series]] = {}
    for (number, ruler), answers in series.items():
        points = tuple((reading.at, reading.value) for reading in answers)
        panels.setdefault(number, []).append(chart.Series(ruler, words.rulers[ruler], points))
    times = [reading.at for reading in packet.readings]
    alt = words.chart.format(first=dates.day(min(times)), last=dates.day(max(times)))
    charts = [chart.Panel(_subject(number, words), tuple(lines)) for number, lines in panels.items()]
    lines = (
        f"{_subject_prefix(number, packet, words)}{words.rulers[ruler]} "
        f"{chart.sparkline([reading.value for reading in answers])} {_values(answers)}"
        for (number, ruler), answers in series.items()
    )
    yield Picture(chart.svg(charts, alt), alt, " · ".join(lines))
    yield Table(
        words.readings_caption,
        words.readings_columns,
        tuple(
            (
                _subject(number, words),
                words.rulers[ruler],
                ", ".join(f"{dates.day(reading.at)}: {reading.value}" for reading in answers),
                _trend([reading.value for reading in answers], words),
            )
            for (number, ruler), answers in series.items()
        ),
    )


def _interviews(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    yield Heading(words.interviews)
    if packet.interviews:
        rows = (
            (dates.day(held.started_at), str(held.minutes), ", ".join(words.stages[stage] for stage in held.stages))
            for held in packet.interviews
        )
        yield Table(words.interviews_caption, words.interviews_columns, tuple(rows))
    else:
        yield Paragraph(_nothing(words))
    yield Heading(words.safety)
    days = ", ".join(f"{day}" for day in packet.safety_raised)
    yield Paragraph(text(words.safety_raised.format(days=days)) if days else _nothing(words))


# -- pieces --------------------------------------------------------------------------------------------------------


def _nothing(words: DocumentWords) -> Inline:
    return (Run(words.nothing_passed_on, Tone.QUIET),)


def _or_nothing(answers: Sequence[Inline], words: DocumentWords) -> tuple[Inline, ...]:
    return tuple(answers) or (_nothing(words),)


def _facts(rows: Rows, words: DocumentWords) -> Facts:
    return Facts(tuple((label, _or_nothing(answers, words)) for label, answers in rows))


def _shortened(answers: Sequence[Inline], words: DocumentWords) -> tuple[Inline, ...]:
    """Returns the first answers, and how many more of them stand further below."""
    rest = len(answers) - _AT_A_GLANCE
    if rest <= 0:
        return _or_nothing(answers, words)
    return (*answers[:_AT_A_GLANCE], (Run(words.more.format(n=rest), Tone.QUIET),))


def _numbered(place: int, words: str, several: bool) -> Inline:
    return (*(text(f"{place}: ") if several else ()), *quote(words))


def _next_step(goal: PassedGoal, words: DocumentWords) -> Inline | None:
    """Returns the first step of a goal that is not done yet, and when it is to be done; None if there is none."""
    step = next((step for step in goal.steps if step.done_on is None), None)
    if step is None:
        return None
    review = words.review_on.format(day=goal.review_on) if goal.review_on else None
    return _with_remarks(quote(step.words), *(part for part in (step.when, review) if part))


def _step(step: PassedStep, words: DocumentWords) -> Inline:
    parts = [step.when, step.where, step.how, words.reach[step.reach] if step.reach else None]
    parts.append(words.done.format(day=step.done_on) if step.done_on else None)
    line = _with_remarks(quote(step.words), *(part for part in parts if part))
    return (*line, Run(f" {words.outcome} ", Tone.QUIET), *text(step.outcome)) if step.outcome else line


def _pair(first: Inline, second: str | None, between: str = "") -> Inline:
    """Returns two pieces of text as one line: “who: how”, or with `between` “what – then …”."""
    if not second:
        return first
    joint = Run(f" – {between} " if between else ": ", Tone.QUIET)
    return (*first, joint, *quote(second))


def _with_remarks(line: Inline, *more: str) -> Inline:
    """Returns the line with remarks about it, in quiet print between brackets."""
    return (*line, Run(f" ({'; '.join(more)})", Tone.QUIET)) if more else line


def _dated(line: Inline, item: Said, words: DocumentWords) -> Inline:
    return _with_remarks(line, *([words.talk[item.talk]] if item.talk else []), f"{item.on}")


def _subject(number: int | None, words: DocumentWords) -> str:
    return words.goal.format(n=number) if number else words.in_general


def _subject_prefix(number: int | None, packet: Packet, words: DocumentWords) -> str:
    """Returns the subject that stands before a line of readings; empty if all readings are about the same."""
    numbers = {subject for subject, _ in packet.series()}
    return f"{_subject(number, words)}: " if len(numbers) > 1 else ""


def _values(readings: Sequence[PassedReading]) -> str:
    return " → ".join(str(reading.value) for reading in readings)


def _trend(values: Sequence[int], words: DocumentWords) -> str:
    if len(values) == 1:
        return words.one_reading
    if values[0] == values[-1]:
        return words.unchanged
    return words.from_to.format(first=values[0], last=values[-1])
