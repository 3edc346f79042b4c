"""Says what a progress note lacks, by a profile of requirements, and what it resembles. It judges nothing else.

Theory of operation. What a note holds is told by the sources of its lines, whatever its format: a goal by `goal:`,
what was done by visits, rulers, marks and ticks, the response by readings, steps and picked lines. What a clinician
typed into a blank is the note's own text; it alone is compared with other notes (`likeness`). Days are counted from the
day of the service.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from mi_cli.insight.due import PlanEvery, day_here, plan_due_on, review_is_due
from mi_cli.insight.progress_note.likeness import ALIKE, OwnText, alike
from mi_cli.insight.progress_note.requirements import Limit, Profile, Requirement
from mi_cli.records.matters import PlanAge
from mi_cli.records.plan import Plan
from mi_cli.records.progress_note import ProgressNote, Served
from mi_cli.records.terms import GoalStatus, NoteAuthor, NoteBlank, NoteNeed, NoteState
from mi_cli.words.days import day_in_words
from mi_cli.words.languages import counted
from mi_cli.words.note.model import NoteWords

_DONE: Final = ("visit:", "act:", "ticked:", "disclosure:")
_RESPONSE: Final = ("reading:", "step:", "progress:", "entry:", "shared:", "contact:")
_BEHAVIOR: Final = ("step:", "progress:", "entry:", "shared:", "contact:")
# Blanks in which a clinician notes a fact; whatever else a clinician fills in is taken for a judgment.
_FACTUAL: Final = frozenset(
    {NoteBlank.USE_SINCE, NoteBlank.TEST_RESULTS, NoteBlank.NEXT_APPOINTMENT, NoteBlank.REFERRALS}
)


@dataclass(frozen=True)
class Beside:
    """What a note is compared with. `plan` is null where it cannot be read: then nothing is said of its goals.

    `own` is what a clinician typed into the note.
    `times` are those of the interview as they are now, null where there is none. `before` are the own texts of the
    client's last notes before this one; `that_day` those of other clients' notes of the same day. `age` is that of the
    plan, null where it cannot be read or is not asked about, and where there is a later note.
    """

    plan: Plan | None
    own: OwnText
    times: tuple[Served, ...] | None = None
    before: Sequence[OwnText] = ()
    that_day: Sequence[OwnText] = ()
    age: PlanAge | None = None


@dataclass(frozen=True)
class Visit:
    """An interview that is over, or an appointment that was missed (`missed`), by its id."""

    id: str
    on: date
    missed: bool = False


def findings(note: ProgressNote, beside: Beside, profile: Profile, now: datetime, words: NoteWords) -> Iterator[str]:
    """Yields a sentence for each thing that is missing, late, not linked, or too much like another note."""
    for line in profile.lines:
        if line.plan:
            yield from _plan(beside.age, line, line.plan, now, words)
        elif note.contact and line.needs in _OF_INTERVIEW:
            continue
        elif (holds := _HOLDS.get(line.needs)) and not holds(note, beside):
            yield _missing(line, words)
    yield from _time(note, beside, profile, now, words)
    if beside.plan:
        yield from _goals(note, beside.plan, now, words)
    yield from _likeness(beside, words)


def without_note(visits: Iterable[Visit], noted: Collection[str], profile: Profile, words: NoteWords) -> Iterator[str]:
    """Yields what the profile wants of each visit, and a sentence for each without a note; nothing if all have one.

    `noted` are the ids of those with a note.
    """
    wanted = next((line for line in profile.lines if line.needs is NoteNeed.EVERY_VISIT), None)
    without = [visit for visit in visits if wanted and visit.id not in noted]
    if wanted and without:
        yield _missing(wanted, words)
    for visit in without:
        sentence = words.missed_without_note if visit.missed else words.interview_without_note
        yield sentence.format(id=visit.id, day=_day(visit.on, words))


def _missing(line: Requirement, words: NoteWords) -> str:
    return words.missing.format(what=words.needs[line.needs], source=line.source, day=_day(line.read_on, words))


def _plan(age: PlanAge | None, line: Requirement, every: PlanEvery, now: datetime, words: NoteWords) -> Iterator[str]:
    if age and (since := plan_due_on(age, every, now)):
        changed, interviews = (
            _day(day_here(age.changed_at, now), words),
            counted(words.interviews, len(age.interviews)),
        )
        day = _day(line.read_on, words)
        yield words.plan_due.format(
            since=_day(since, words),
            changed=changed,
            interviews=interviews,
            source=line.source,
            day=day,
        )


def _holds_goal(note: ProgressNote, beside: Beside) -> bool:
    if beside.plan is None:
        return bool(note.goals)
    active = {goal.id for goal in beside.plan.goals if goal.status is GoalStatus.ACTIVE}
    return any(goal in active for goal in note.goals)


def _holds_next(note: ProgressNote, _beside: Beside) -> bool:
    last = [section.key for section in note.sections if section.under is None][-1:]
    return any(section.lines for section in note.sections if {section.key, section.under} & {*last, "plan"})


# What only the note of an interview is asked for: a missed visit or a call has no times of its own, and serves no goal.
_OF_INTERVIEW: Final = frozenset(
    {NoteNeed.TIMES, NoteNeed.PLACE, NoteNeed.GOAL, NoteNeed.INTERVENTION, NoteNeed.RESPONSE, NoteNeed.NEXT_STEP}
)
# How a note shows that it holds what is needed. The other needs are told otherwise: a signature with its days, the age
# of the plan, visits without a note.
_HOLDS: Final[Mapping[NoteNeed, Callable[[ProgressNote, Beside], bool]]] = {
    NoteNeed.TIMES: lambda note, _: any(each.to > each.from_ for each in note.served),
    NoteNeed.SERVICE: lambda note, _: bool(note.modality),
    NoteNeed.PLACE: lambda note, _: bool(note.place),
    NoteNeed.GOAL: _holds_goal,
    NoteNeed.INTERVENTION: lambda note, _: _has(note, _DONE),
    NoteNeed.RESPONSE: lambda note, _: _has(note, _RESPONSE),
    NoteNeed.BEHAVIOR: lambda note, _: not _is_judged(note) or _has(note, _BEHAVIOR),
    NoteNeed.NEXT_STEP: _holds_next,
    NoteNeed.CREDENTIALS: lambda note, _: bool(note.signed.credentials if note.signed else note.credentials),
}


def _has(note: ProgressNote, sources: tuple[str, ...]) -> bool:
    lines = (line for section in note.sections for line in section.lines or ())
    return any(source.startswith(sources) for line in lines for source in (line.source or "").split())


def _is_judged(note: ProgressNote) -> bool:
    """Whether a clinician typed what is a judgment, and not a fact such as the next appointment."""
    return any(each.lines for each in note.sections if each.by is NoteAuthor.CLINICIAN and each.key not in _FACTUAL)


def _time(note: ProgressNote, beside: Beside, profile: Profile, now: datetime, words: NoteWords) -> Iterator[str]:
    served = note.served_on
    if served > now.date():
        yield words.in_the_future
    if note.state is NoteState.DRAFT and beside.times is not None and beside.times != note.served:
        yield words.other_times
    if note.signed is None:
        late = _days_late(day_here(note.since, now), now.date(), profile.sign)  # as `mi today` counts
        if late and profile.sign:
            yield words.late_unsigned.format(late=_days(late, words), source=profile.sign.source)
        else:
            due = date.fromordinal(served.toordinal() + (profile.sign.days if profile.sign else 0))
            yield words.not_signed_yet.format(day=_day(due, words))
    elif profile.sign and (late := _days_late(served, note.signed.at.date(), profile.sign)):
        yield words.late_signed.format(late=_days(late, words), source=profile.sign.source)
    for amendment in note.amendments:
        late = _days_late(served, amendment.at.date(), profile.amend)
        if late and profile.amend:
            day = _day(amendment.at, words)
            yield words.late_amendment.format(day=day, late=_days(late, words), source=profile.amend.source)


def _days_late(served: date, done: date, limit: Limit | None) -> int:
    return max((done - served).days - limit.days, 0) if limit else 0


def _day(when: date, words: NoteWords) -> str:
    return day_in_words(when, words.language)


def _days(count: int, words: NoteWords) -> str:
    return words.one_day if count == 1 else words.days.format(count=count)


def _goals(note: ProgressNote, plan: Plan, now: datetime, words: NoteWords) -> Iterator[str]:
    for goal_id in note.goals:
        goal = plan.goal(goal_id)
        if goal is None or goal.status is not GoalStatus.ACTIVE:
            yield words.goal_not_active.format(goal=goal_id)
        elif goal.review_on and review_is_due(goal.review_on, now):
            yield words.review_due.format(day=_day(goal.review_on, words))


def _likeness(beside: Beside, words: NoteWords) -> Iterator[str]:
    for others, sentence in ((beside.before, words.alike), (beside.that_day, words.alike_day)):
        for other, share in alike(beside.own, others):
            yield sentence.format(share=share, id=other.note, day=_day(other.day, words), threshold=ALIKE)
