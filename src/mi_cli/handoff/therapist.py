"""Builds the document for the CBT therapist from a packet: a summary of half a page, then everything.

The headings are those that CBT works with: targets and goals, reasons and values to come back to, first tasks,
triggers, strengths, supports, obstacles, what is parked. A heading without content says so and is never left out.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from mi_cli.handoff import chart
from mi_cli.handoff.cover import ConsentLines, Cover, consent_blocks, cover_blocks, notice_language
from mi_cli.handoff.days import in_words, spelled_out, when_of, without_weekday
from mi_cli.handoff.document import (
    Block,
    Document,
    Facts,
    Heading,
    Inline,
    Items,
    NewPage,
    Paper,
    Paragraph,
    Picture,
    Run,
    Table,
    Tone,
    paper_of,
    quote,
    text,
    told,
    unstyled,
)
from mi_cli.handoff.packet import Packet, PassedFact, PassedGoal, PassedReading, PassedStep, Said, Subject
from mi_cli.handoff.sparkline import sparkline
from mi_cli.records import dates
from mi_cli.records.name_matching import same_name
from mi_cli.records.terms import FactName, GoalStatus, Kind, Talk
from mi_cli.words.documents.model import DocumentWords
from mi_cli.words.worded_facts import in_language

_AT_A_GLANCE = 4
_MOST_CHARTS = 6  # more of them cannot be read
_FACTS_AT_A_GLANCE = (FactName.APPOINTMENT, FactName.PRACTICE, FactName.MANDATE, FactName.LIMITS)
_FACTS_BELOW = (
    FactName.OFF_LIMITS,
    FactName.HELPED,
    FactName.MEDICINES,
    FactName.SAFER_USE,
    FactName.REACH,
    FactName.COLLATERAL,
)
Rows = list[tuple[str, tuple[Inline, ...]]]


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
        mark=f"{packet.client.code} · {dates.day(packet.made_at)}",
        blocks=(
            *((*cover_blocks(cover, packet.holds, words), NewPage()) if cover else ()),
            *_top(packet, contact, words),
            *(consent_blocks(consent, words) if consent else ()),
            *_parked(packet, words),
            *_goals(packet, words),
            *_said(packet, words),
            *_known(packet, words),
            *_readings(packet, words),
            *_answers(packet, words),
            *_interviews(packet, contact, words),
        ),
    )


def _top(packet: Packet, contact: str, words: DocumentWords) -> Iterable[Block]:
    yield Heading(words.overview)
    client = packet.client
    about = [client.code, *([client.name] if client.name else [])]
    about += [words.birth_date.format(day=without_weekday(client.born_on, words))] if client.born_on else []
    made_on = without_weekday(packet.made_at, words)
    about.append(words.handed_on.format(counselor=packet.counselor, day=made_on))
    about.append(words.made_with.format(program=packet.made_by))
    yield Paragraph((Run(" · ".join(about), Tone.QUIET),))
    goals = [goal for goal in packet.goals if goal.status is GoalStatus.ACTIVE]
    numbers = {goal.id: packet.number(goal.id) for goal in goals} if len(packet.goals) > 1 else {}
    today = packet.made_at.date()
    steps = [_next_step(goal, today, words) for goal in goals]
    past = [quote(step.words) for goal in goals for step in goal.steps if step.is_past(today)]
    agreed = [
        _with_remarks(told(item.words), words.as_noted, without_weekday(item.on, words))
        for item in packet.of(Kind.NEXT)[-1:]
    ]
    reasons = [reason for goal in goals for reason in goal.reasons[:1]]
    reasons += [item.words for item in packet.of(Kind.CHANGE) if item.talk in (Talk.REASON, Talk.NEED, Talk.DESIRE)]
    reasons += [item.words for item in packet.of(Kind.VALUE)]
    successes = _successes(packet, words)
    rows = (
        *_subject_rows(packet, words),
        (words.wants, [_numbered(numbers.get(goal.id), goal.words) for goal in goals]),
        (words.why, [quote(reason) for reason in dict.fromkeys(reasons)]),
        *_next_rows(agreed + [step for step in steps if step], past, words),
        *([(words.successes, successes)] if successes else []),
        *_practical_rows(packet, contact, words),
        (words.parked_short, [told(item.words) for item in packet.parked]),
        (words.rulers_short, _rulers(packet, words)),
    )
    yield _facts([(label, _shortened(answers, words)) for label, answers in rows], words, glance=True)
    yield Paragraph((Run(f"{words.how_to_read} {words.abbreviations}", Tone.QUIET),))


def _rulers(packet: Packet, words: DocumentWords) -> list[Inline]:
    """Returns a line for each thing that was rated, with the answers on each ruler."""
    values: dict[Subject, list[str]] = {}
    for (subject, ruler), answers in packet.series().items():
        values.setdefault(subject, []).append(f"{words.rulers[ruler]} {_values(answers)}")
    return [(*_subject_prefix(subject, packet, words), *text(", ".join(each))) for subject, each in values.items()]


def _next_rows(following: list[Inline], past: list[Inline], words: DocumentWords) -> Iterable[tuple[str, list[Inline]]]:
    """Yields what the client will do next, and what was agreed for a day that is past.

    Where there is only the second, it is not said that nothing was passed on about the first.
    """
    if following or not past:
        yield words.next, following
    if past:
        yield words.past, past


def _subject_rows(packet: Packet, words: DocumentWords) -> Iterable[tuple[str, list[Inline]]]:
    """Yields which change it is about, and where the client wants to go with it.

    The focus comes first; a fact of the same words is one with it.
    """
    focus = [item.words for item in packet.of(Kind.FOCUS)[-1:]]
    facts = [fact for fact in packet.known(FactName.TARGET) if not any(same_name(fact.words, said) for said in focus)]
    yield words.fact_names[FactName.TARGET], [quote(said) for said in focus] + [_fact(fact, words) for fact in facts]
    yield words.fact_names[FactName.DIRECTION], [_fact(fact, words) for fact in packet.known(FactName.DIRECTION)]


def _practical_rows(packet: Packet, contact: str, words: DocumentWords) -> Iterable[tuple[str, list[Inline]]]:
    """Yields what the first call and the first appointment need."""
    yield words.safety, [_safety(packet, contact, words)] if packet.safety_raised else []
    for name in _FACTS_AT_A_GLANCE:
        yield words.fact_names[name], [_fact(fact, words) for fact in packet.known(name)]
    yield words.spoken, [text(words.languages.get(packet.language, packet.language))]
    yield words.sender, [text(", ".join(dict.fromkeys([packet.counselor, contact])))]


def _parked(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    yield Heading(words.parked)
    if packet.parked:
        yield Paragraph((Run(words.parked_as_told, Tone.QUIET),))
        yield Items(tuple(_dated(told(item.words), item, words) for item in packet.parked))
    else:
        yield Paragraph(_nothing(words))


def _goals(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    yield Heading(words.goals)
    if not packet.goals:
        yield Paragraph(_nothing(words))
    for place, goal in enumerate(packet.goals, 1):
        yield Heading(words.goal.format(n=place), 3)
        said_on = Run(f"  {words.said_on.format(day=without_weekday(goal.said_on, words))}", Tone.QUIET)
        status = words.goal_statuses.get(goal.status)
        over = [Run(f" · {status}", Tone.STRONG)] if status else []
        yield Paragraph((*quote(goal.words), said_on, *over), lead=True)
        yield _facts(_goal_rows(goal, packet, words), words)


def _goal_rows(goal: PassedGoal, packet: Packet, words: DocumentWords) -> Rows:
    """Returns what belongs to a goal. Numbers are missed only where the rulers have none either."""
    objective, today = goal.objective, packet.made_at.date()
    worded = [_with_remarks(told(objective.words), words.worded_by.format(who=objective.by))] if objective else []
    numbers = [
        text(f"{words.rulers[ruler]} {value}")
        for ruler, value in zip(words.rulers, (goal.importance, goal.confidence), strict=False)
        if value is not None
    ]
    return [
        (words.reasons, tuple(map(quote, goal.reasons))),
        (words.steps, tuple(_step(step, today, words) for step in goal.steps)),
        (words.supports, tuple(_pair(told(support.who), support.how) for support in goal.supports)),
        (words.barriers, tuple(_pair(told(barrier.what), barrier.response, words.then) for barrier in goal.barriers)),
        (words.signs, tuple(map(quote, goal.signs))),
        (words.if_not_working, (quote(goal.if_not_working),) if goal.if_not_working else ()),
        (words.objective, tuple(worded)),
        *([(words.importance_and_confidence, tuple(numbers))] if numbers or not packet.readings else []),
        (words.review, (text(_review(goal.review_on, today, words)),) if goal.review_on else ()),
        (
            words.progress,
            tuple(_with_remarks(told(line.words), without_weekday(line.at, words)) for line in goal.progress),
        ),
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
            (words.ambivalence, packet.of(Kind.AMBIVALENCE)),
            (words.values, packet.of(Kind.VALUE)),
        )
    ]
    rows += [
        (label, tuple(_dated(told(item.words), item, words) for item in packet.of(kind)))
        for label, kind in (
            (words.agenda, Kind.AGENDA),
            (words.next_step, Kind.NEXT),
            (words.triggers, Kind.TRIGGER),
            (words.strengths, Kind.STRENGTH),
        )
    ]
    yield Heading(words.said)
    yield _facts(rows, words)


def _known(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    """Yields the facts that do not stand at a glance."""
    yield Heading(words.facts)
    rows = [(words.fact_names[name], tuple(_fact(fact, words) for fact in packet.known(name))) for name in _FACTS_BELOW]
    yield _facts(rows, words)


def _readings(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    """Yields a chart of what was rated on several days, by the last answer of each day, and a table of every answer."""
    yield Heading(words.readings)
    series = packet.series()
    if not series:
        yield Paragraph(_nothing(words))
        return
    panels: dict[Subject, list[chart.Series]] = {}
    days: dict[Subject, set[date]] = {}
    for (subject, ruler), answers in series.items():
        points = tuple({reading.at.date(): (reading.at, reading.value) for reading in answers}.values())
        days.setdefault(subject, set()).update(at.date() for at, _ in points)
        panels.setdefault(subject, []).append(chart.Series(ruler, words.rulers[ruler], points))
    times = [reading.at for reading in packet.readings]
    first, last = (without_weekday(at, words) for at in (min(times), max(times)))
    alt = words.chart.format(first=first, last=last)
    if len(panels) > _MOST_CHARTS:
        yield Paragraph((Run(words.chart_left_out, Tone.QUIET),))
    else:  # a picture for each row of charts, so that a page can end between two rows
        moving = [subject for subject in panels if len(days[subject]) > 1]
        for at in range(0, len(moving), chart.COLUMNS):
            row = moving[at : at + chart.COLUMNS]
            charts = [chart.Panel(unstyled(_subject(subject, words)), tuple(panels[subject])) for subject in row]
            lines = (
                f"{unstyled(_subject_prefix(subject, packet, words))}{words.rulers[ruler]} "
                f"{sparkline([reading.value for reading in answers])} {_values(answers)}"
                for (subject, ruler), answers in series.items()
                if subject in row
            )
            drawn = chart.svg(charts, alt, lambda at: without_weekday(at, words))
            yield Picture(drawn, alt, " · ".join(lines))
    yield Table(
        words.readings_caption,
        words.readings_columns,
        tuple(
            (
                _subject(subject, words),
                words.rulers[ruler],
                _answers_by_day(answers, words),
                _trend([reading.value for reading in answers], words),
            )
            for (subject, ruler), answers in series.items()
        ),
    )


def _answers(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    """Yields what was said about the numbers, each answer beside its number."""
    said = [
        (
            *_subject_prefix(subject, packet, words),
            *text(f"{words.rulers[ruler]} {reading.value}, {label} "),
            *quote(answer),
        )
        for (subject, ruler), readings in packet.series().items()
        for reading in readings
        for label, answer in ((words.why_not_lower, reading.why), (words.to_raise, reading.to_raise))
        if answer
    ]  # fmt: skip
    if said:
        yield Items(tuple(said))


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
        yield Paragraph(_nothing(words))
    yield Heading(words.safety)
    yield Paragraph(_safety(packet, contact, words) if packet.safety_raised else _nothing(words))


# -- pieces --------------------------------------------------------------------------------------------------------


def _nothing(words: DocumentWords) -> Inline:
    return (Run(words.nothing_passed_on, Tone.QUIET),)


def _facts(rows: Rows, words: DocumentWords, *, glance: bool = False) -> Facts:
    """Returns the rows that have an answer; the labels of the others stand together in the last one."""
    answered = [(label, answers) for label, answers in rows if answers]
    empty = "; ".join(label for label, answers in rows if not answers)
    nothing = [(words.nothing_on, ((Run(empty, Tone.QUIET),),))] if empty else []
    return Facts((*answered, *nothing), glance)


def _shortened(answers: Sequence[Inline], words: DocumentWords) -> tuple[Inline, ...]:
    """Returns the first answers, and how many more of them stand further below."""
    rest = len(answers) - _AT_A_GLANCE
    if rest <= 0:
        return tuple(answers)
    return (*answers[:_AT_A_GLANCE], (Run(words.more.format(n=rest), Tone.QUIET),))


def _numbered(place: int | None, words: str) -> Inline:
    return (*(text(f"{place}: ") if place else ()), *quote(words))


def _successes(packet: Packet, words: DocumentWords) -> list[Inline]:
    """Returns the goals that are met and the steps that are done, the latest step first."""
    met = [_with_remarks(quote(goal.words), words.goal_statuses[goal.status])
           for goal in packet.goals if goal.status is GoalStatus.MET]  # fmt: skip
    done = [(step.done_on, step) for goal in packet.goals for step in goal.steps if step.done_on]
    done.sort(key=lambda dated: dated[0], reverse=True)
    return met + [
        _with_remarks(quote(step.words), words.done.format(day=without_weekday(day, words))) for day, step in done
    ]


def _next_step(goal: PassedGoal, today: date, words: DocumentWords) -> Inline | None:
    """Returns what the client will do next for a goal, and when; None if nothing is open."""
    step = goal.next_step(today)
    if step is None:
        return None
    review = _review(goal.review_on, today, words) if goal.review_on and goal.review_on >= today else None
    return _with_remarks(quote(step.words), *_remarks_on_time(step, words), *([review] if review else []))


def _review(day: date, today: date, words: DocumentWords) -> str:
    said = words.review_on if day >= today else words.review_was
    return said.format(day=in_words(day, words))


def _step(step: PassedStep, today: date, words: DocumentWords) -> Inline:
    said = [told(part) for part in (step.where, step.how) if part]
    parts = [words.reach[step.reach] if step.reach else None]
    parts.append(
        words.done.format(day=without_weekday(step.done_on, words))
        if step.done_on
        else words.step_statuses.get(step.status)
    )
    parts.append(words.not_noted if step.is_past(today) else None)
    noted = [part for part in parts if part]
    line = _with_remarks(quote(step.words), *_remarks_on_time(step, words), *said, *noted)
    return (*line, Run(f" {words.outcome} ", Tone.QUIET), *told(step.outcome)) if step.outcome else line


def _remarks_on_time(step: PassedStep, words: DocumentWords) -> list[Inline]:
    """Returns when a step is to be done, as the client said it, and the day that this means; nothing if it has none."""
    when = when_of(step, words)
    if not when:
        return []
    said = step.when if step.when and when.startswith(step.when) else ""
    return [(*(told(said) if said else ()), Run(when.removeprefix(said), Tone.QUIET))]


def _pair(first: Inline, second: str | None, between: str = "") -> Inline:
    """Returns two pieces of text as one line: “who: how”, or with `between` “what – then: …”."""
    if not second:
        return first
    joint = Run(f" – {between} " if between else ": ", Tone.QUIET)
    return (*first, joint, *told(second))


def _with_remarks(line: Inline, *more: str | Inline) -> Inline:
    """Returns the line with remarks about it between brackets; those that are no line yet are in quiet print."""
    if not more:
        return line
    runs = [Run(" (", Tone.QUIET)]
    for place, remark in enumerate(more):
        runs += [Run("; ", Tone.QUIET)] if place else []
        runs += [Run(remark, Tone.QUIET)] if isinstance(remark, str) else remark
    runs.append(Run(")", Tone.QUIET))
    alike = groupby(filter(attrgetter("text"), runs), key=attrgetter("tone"))
    return (*line, *(Run("".join(run.text for run in them), tone) for tone, them in alike))


def _dated(line: Inline, item: Said, words: DocumentWords) -> Inline:
    return _with_remarks(line, *([words.talk[item.talk]] if item.talk else []), without_weekday(item.on, words))


def _fact(fact: PassedFact, words: DocumentWords) -> Inline:
    """Returns a fact with who told it and when. Its words are what was noted, and no quotation."""
    told_on = without_weekday(fact.on, words)
    said = in_language(fact.name, fact.words, words.language)
    if said == fact.words:
        line = told(spelled_out(said, words))
    else:  # worded by the program; before it may stand which behavior it is of, in the client's words
        behavior, joint, label = said.rpartition(": ")
        line = (*(told(f"{behavior}{joint}") if behavior else ()), *text(label))
    return _with_remarks(line, words.sources[fact.source], told_on)


def _safety(packet: Packet, contact: str, words: DocumentWords) -> Inline:
    days = "; ".join(without_weekday(day, words) for day in packet.safety_raised)
    return text(words.safety_raised.format(days=days, contact=contact))


def _subject(subject: Subject, words: DocumentWords) -> Inline:
    """Returns what a line of readings is about. The name of a behavior is in the client's words: it is quoted."""
    goal = text(words.goal.format(n=subject.goal)) if subject.goal else ()
    about = quote(subject.about) if subject.about else ()
    named = (*goal, *text(", "), *about) if goal and about else goal or about or text(words.in_general)
    if subject.asked:
        return (*named, *text(words.subject_asked.format(day=without_weekday(subject.asked, words))))
    return (*named, *text(words.nth_subject.format(n=subject.nth))) if subject.nth else named


def _subject_prefix(subject: Subject, packet: Packet, words: DocumentWords) -> Inline:
    """Returns the subject that stands before a line of readings; empty if all readings are about the same."""
    subjects = {other for other, _ in packet.series()}
    return (*_subject(subject, words), *text(": ")) if len(subjects) > 1 else ()


def _values(readings: Sequence[PassedReading]) -> str:
    return " → ".join(str(reading.value) for reading in readings)


def _answers_by_day(readings: Sequence[PassedReading], words: DocumentWords) -> str:
    days = groupby(readings, key=lambda reading: reading.at.date())
    return "; ".join(f"{without_weekday(day, words)}: {', '.join(str(each.value) for each in on)}" for day, on in days)


def _trend(values: Sequence[int], words: DocumentWords) -> str:
    if len(values) == 1:
        return words.one_reading
    if values[0] == values[-1]:
        return words.unchanged
    return words.from_to.format(first=values[0], last=values[-1])
