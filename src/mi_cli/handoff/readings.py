"""What was answered on the rulers: the latest at a glance, charts, a table of all, and what was said about the numbers.

Answers about different behaviors are never one line, in no chart, table or sentence (`Packet.series`). The name of a
behavior is what was noted of it, and no quotation.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from mi_cli.handoff import chart
from mi_cli.handoff.days import without_weekday
from mi_cli.handoff.document import (
    Block,
    Heading,
    Inline,
    Items,
    Paragraph,
    Picture,
    Run,
    Table,
    Tone,
    quote,
    text,
    told,
    unstyled,
)
from mi_cli.handoff.lines import nothing
from mi_cli.handoff.packet import Packet, PassedReading, Subject
from mi_cli.handoff.sparkline import sparkline
from mi_cli.words.documents.model import DocumentWords

_MOST_CHARTS: Final = 6  # more of them cannot be read


def latest_answers(packet: Packet, words: DocumentWords) -> list[Inline]:
    """Returns a line for each thing that was rated, with the answers on each ruler and the day of the last one."""
    series = packet.series()
    lines = []
    for subject in dict.fromkeys(subject for subject, _ in series):
        answers = [(ruler, answers) for (other, ruler), answers in series.items() if other == subject]
        line = list(_subject_prefix(subject, packet, words))
        for place, (day, of_day) in enumerate(groupby(answers, key=lambda each: each[1][-1].at.date())):
            values = ", ".join(f"{words.rulers[ruler]} {_values(each)}" for ruler, each in of_day)
            line += [*(text("; ") if place else ()), *text(values)]
            if not subject.asked:  # the day stands before the line
                line.append(Run(f" ({without_weekday(day, words)})", Tone.QUIET))
        lines.append(tuple(line))
    return lines


def reading_blocks(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    """Yields charts of what was rated on several days, a table of every answer, and what was said about the numbers."""
    yield Heading(words.readings)
    series = packet.series()
    if not series:
        yield nothing(words)
        return
    yield from _charts(packet, words)
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
    said = [
        (
            *_subject_prefix(subject, packet, words),
            *text(f"{words.rulers[ruler]} {reading.value}, {label} "),
            *quote(answer),
        )
        for (subject, ruler), readings in series.items()
        for reading in readings
        for label, answer in ((words.why_not_lower, reading.why), (words.to_raise, reading.to_raise))
        if answer
    ]  # fmt: skip
    if said:
        yield Items(tuple(said))


def _charts(packet: Packet, words: DocumentWords) -> Iterable[Block]:
    """Yields a picture for each row of charts, so that a page can end between two rows; too many are left out.

    A chart has what was rated on several days, by the last answer of each day.
    """
    series = packet.series()
    panels: dict[Subject, list[chart.Series]] = {}
    days: dict[Subject, set[date]] = {}
    for (subject, ruler), answers in series.items():
        points = tuple({reading.at.date(): (reading.at, reading.value) for reading in answers}.values())
        days.setdefault(subject, set()).update(at.date() for at, _ in points)
        panels.setdefault(subject, []).append(chart.Series(ruler, words.rulers[ruler], points))
    moving = [subject for subject in panels if len(days[subject]) > 1]
    if len(moving) > _MOST_CHARTS:
        yield Paragraph((Run(words.chart_left_out, Tone.QUIET),))
        return
    times = [reading.at for reading in packet.readings]
    first, last = (without_weekday(at, words) for at in (min(times), max(times)))
    alt = words.chart.format(first=first, last=last)
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


def _subject(subject: Subject, words: DocumentWords) -> Inline:
    """Returns what a line of readings is about."""
    goal = text(words.goal.format(n=subject.goal)) if subject.goal else ()
    about = told(subject.about) if subject.about else ()
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
