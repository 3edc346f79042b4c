"""The way so far as rows: for the screen, for a spreadsheet, and for the page to look at with the client."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mi_cli.handoff.days import in_words
from mi_cli.insight.way import AtVisit, Course, Subject, Way
from mi_cli.records import dates
from mi_cli.records.terms import ContactKind, Ruler
from mi_cli.words.documents import document_words
from mi_cli.words.languages import counted
from mi_cli.words.trend.model import TrendWords

Day = Callable[[datetime], str]
GAP: Final = "–"  # what was not asked, and what cannot be read
_BARS: Final = "▁▂▃▄▅▆▇█"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute


@dataclass(frozen=True)
class Section:
    """A table about one thing: its name, the header, a row for each visit, and what is said beneath."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...] = ()


def sections(
    way: Way, names: Mapping[Subject, str], words: TrendWords, *, bars: bool, day: Day = dates.day
) -> Iterator[Section]:
    """Gives a section for each subject. What names neither a target nor a goal is one, of interviews by themselves.

    `bars` draws a bar beside each number; `day` writes a day.
    """
    alone: list[Course] = []
    for course in way.courses:
        if course.subject.session:
            alone.append(course)
        else:
            yield _section(names.get(course.subject, ""), way, [course], words, bars=bars, day=day)
    if alone:
        yield _section(words.unnamed, way, alone, words, bars=bars, day=day, by_itself=True)


def _section(
    name: str, way: Way, courses: list[Course], words: TrendWords, *, bars: bool, day: Day, by_itself: bool = False
) -> Section:
    cells = [(visit, cell) for course in courses for visit, cell in zip(way.visits, course.visits, strict=True)]
    if by_itself:
        cells = [(visit, cell) for visit, cell in cells if cell.says_something]
    rulers = [ruler for ruler in Ruler if any(ruler in cell.readings for _, cell in cells)]
    with_steps = any(cell.steps_done for _, cell in cells)
    header = (words.day, *(words.rulers[ruler] for ruler in rulers), words.marks)
    rows = [
        (
            day(visit.at),
            *(_answers(cell, ruler, bars=bars) for ruler in rulers),
            marks(cell),
            *([str(cell.steps_done)] if with_steps else []),
        )
        for visit, cell in cells
    ]
    remarks = []
    for ruler in rulers if not by_itself else ():
        asked = sum(ruler in cell.readings for _, cell in cells)
        remarks.append(counted(words.asked, len(cells)).format(ruler=words.rulers[ruler], n=asked))
    for visit, cell in cells:
        if cell.marks and (share := cell.marks.share):
            percent = {name: round(100 * value) for name, value in vars(share).items()}
            remarks.append(words.share.format(day=day(visit.at), **percent))
    return Section(name, (*header, *([words.steps_done] if with_steps else [])), tuple(rows), tuple(remarks))


def marks(cell: AtVisit) -> str:
    """Returns the marks as counts, such as `6 : 2`; a gap where the notes cannot be read."""
    return f"{cell.marks.change} : {cell.marks.sustain}" if cell.marks else GAP


def events(way: Way, kinds: Mapping[ContactKind, str], words: TrendWords) -> list[str]:
    """Returns the lapses, each at the visit where it was told, and the contacts, oldest first."""
    found = [(visit.at, lapses(visit.lapses, words)) for visit in way.visits if visit.lapses]
    found += [(at, kinds[kind]) for at, kind in way.contacts]
    return [f"{dates.day(at)}  {what}" for at, what in sorted(found, key=lambda event: event[0])]


def lapses(number: int, words: TrendWords) -> str:
    """Returns how many lapses were told."""
    return words.one_lapse if number == 1 else words.lapses.format(n=number)


def csv_rows(way: Way, names: Mapping[Subject, str]) -> Iterator[tuple[str, ...]]:
    """Gives a row for each thing that was recorded. What was not asked has no row, and 0 has one."""
    yield "day", "session", "target", "goal", "about", "what", "value"
    for course in way.courses:
        about = (course.subject.target or "", course.subject.goal or "", _no_formula(names.get(course.subject, "")))
        for visit, cell in zip(way.visits, course.visits, strict=True):
            where = (dates.day(visit.at), visit.session, *about)
            for ruler, answers in cell.readings.items():
                yield from ((*where, ruler.value, str(answer)) for answer in answers)
            if cell.marks and (cell.marks.change or cell.marks.sustain):
                yield (*where, "change", str(cell.marks.change))
                yield (*where, "sustain", str(cell.marks.sustain))
            if cell.steps_done:
                yield (*where, "steps_done", str(cell.steps_done))
    for visit in way.visits:
        if visit.lapses:
            yield dates.day(visit.at), visit.session, "", "", "", "lapses", str(visit.lapses)
    yield from ((dates.day(at), "", "", "", "", "contact", kind.value) for at, kind in way.contacts)


def client_sections(way: Way, names: Mapping[Subject, str], words: TrendWords) -> Iterator[Section]:
    """Gives the tables for the client's page: without marks, and with each lapse at the visit where it was told.

    Its days are in words.
    """
    named = document_words(words.language)

    def day(at: datetime) -> str:
        return in_words(at.date(), named)

    for section in sections(way, names, words, bars=False, day=day):
        column = section.header.index(words.marks)
        header = tuple(cell for place, cell in enumerate(section.header) if place != column)
        rows = [tuple(cell for place, cell in enumerate(row) if place != column) for row in section.rows]
        if len(header) > 1:
            yield Section(section.name, header, tuple(rows))
    told = [(day(visit.at), lapses(visit.lapses, words)) for visit in way.visits if visit.lapses]
    if told:
        yield Section(words.events, (words.day, words.told), tuple(told))


def _answers(cell: AtVisit, ruler: Ruler, *, bars: bool) -> str:
    answers = cell.readings.get(ruler)
    if answers is None:
        return GAP
    return ", ".join(f"{_BARS[round(answer * 7 / 10)]} {answer}" if bars else str(answer) for answer in answers)


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
