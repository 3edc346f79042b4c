"""Composes a progress note: which recorded fact stands in which section, and what the counselor adds.

Theory of operation
-------------------
A note is a list of sections, and a section a list of lines. Each line names its source (`NoteLine.source`), and there
are three kinds of lines:

1. **Recorded** (`goal:`, `visit:`, `reading:`, `step:` …): written anew from the facts each time that a draft goes on,
   so that a corrected time or a result that was noted since is in it. A line is written only for something that was
   recorded. A prompt that was in view is none of these: it says nothing about what was said.
2. **Chosen by the counselor**: techniques that were ticked (`ticked:`), and lines of the interview that were picked
   (`entry:`). They stay as they are. Words of the interview come in by `pick` alone.
3. **Typed** (null): what a clinician wrote into a blank. A blank that nobody filled in has no lines, not even none: it
   is null, and is printed as a blank.

Which facts stand in which section is said by the format, which is data.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from mi_cli.insight.progress_note.facts import NoteFacts, Picked
from mi_cli.insight.progress_note.formats import FormatSection, NoteFormat
from mi_cli.records import dates
from mi_cli.records.facts import ReadingFact
from mi_cli.records.plan import Goal, Step
from mi_cli.records.progress_note import NoteLine, NoteSection, ProgressNote
from mi_cli.records.terms import VERBATIM, Act, Kind, NoteAuthor, NoteFact, StepStatus, Technique
from mi_cli.records.text import with_full_stop
from mi_cli.words.days import day_in_words, time_in_words
from mi_cli.words.documents import document_words
from mi_cli.words.languages import counted
from mi_cli.words.note.model import NoteWords

OPEN, CLOSE = "“", "”"
# What may be picked. Of what the counselor said only counts go in, and a safety concern stands in the chart.
PICKABLE: Final = frozenset(Kind) - {Kind.MINE, Kind.SAFETY, Kind.AMENDMENT}
# What the client agreed to have in the plan, and that goes in by itself. Sustain talk and parked matters do not.
_FROM_SHARED: Final = (Kind.FOCUS, Kind.AGENDA, Kind.CHANGE, Kind.VALUE, Kind.STRENGTH, Kind.TRIGGER)
_CHOSEN: Final = ("ticked:", "entry:")

Lines = Iterator[NoteLine]


def sections_of(facts: NoteFacts, goals: Sequence[str], form: NoteFormat, words: NoteWords) -> tuple[NoteSection, ...]:
    """Returns the sections of a new note about these goals: what is recorded, and every blank empty."""
    sections: list[NoteSection] = []
    for section in form.sections:
        lines = _merged(line for fact in section.facts for line in _RECORDED[fact](facts, goals, words))
        is_blank = section.by is NoteAuthor.CLINICIAN
        sections.append(
            NoteSection(key=section.key, label=section.label, lines=None if is_blank else lines, by=section.by)
        )
        sections += [
            NoteSection(key=blank, label=words.blanks[blank], under=section.key, by=NoteAuthor.CLINICIAN)
            for blank in section.blanks
        ]
    return tuple(sections)


def refreshed(note: ProgressNote, facts: NoteFacts, form: NoteFormat, words: NoteWords) -> ProgressNote:
    """Returns the draft with what is recorded now; what the counselor chose or typed stays."""
    before = {section.key: section for section in note.sections}
    new = []
    for section in sections_of(facts, note.goals, form, words):
        kept = [line for line in (before[section.key].lines or () if section.key in before else ()) if is_kept(line)]
        lines = (*(section.lines or ()), *kept)
        new.append(section.replace(lines=lines if lines or section.lines is not None else None))
    new += [section for section in note.sections if section.key not in {each.key for each in new} and section.lines]
    modality = modality_of(facts, words)
    return note.replace(sections=_without_marked_ticks(new), served=facts.served, modality=modality)


def modality_of(facts: NoteFacts, words: NoteWords) -> str:
    """Returns the service in words: the interview with its stages, or the kind of the contact."""
    if facts.contact_kind:
        return words.of_contact.format(kind=facts.contact_kind)
    stages = document_words(words.language).stages
    return words.in_stages.format(stages=", ".join(stages[stage] for stage in facts.stages))


def is_kept(line: NoteLine) -> bool:
    """Whether the line was chosen or typed by a person, and is not written anew from the facts."""
    return line.source is None or line.source.startswith(_CHOSEN)


def goals_addressed(facts: NoteFacts) -> tuple[str, ...]:
    """Returns the ids of the goals that the interview has touched, as recorded: written, revised or read in it."""
    touched = {reading.goal for reading in facts.readings}
    return tuple(
        goal.id for goal in facts.plan.goals if goal.id in touched or _is_from(goal, facts) or _is_revised(goal, facts)
    )


# -- what the counselor chooses ----------------------------------------------------------------------------------------


def with_ticked(note: ProgressNote, ticked: Iterable[Technique], form: NoteFormat, words: NoteWords) -> ProgressNote:
    """Returns the draft with these techniques ticked, and no others."""
    section = form.section_of(NoteFact.TECHNIQUES)
    if section is None:
        return note
    wanted = set(ticked)
    lines = [
        NoteLine(text=words.ticked.format(technique=words.techniques[each]), source=f"ticked:{each}")
        for each in Technique
        if each in wanted
    ]
    changed = _changed(note, section, lambda line: not (line.source or "").startswith("ticked:"), lines)
    return changed.replace(sections=_without_marked_ticks(changed.sections))


def ticked_in(note: ProgressNote) -> list[Technique]:
    """Returns the techniques that are ticked in a draft."""
    return [technique for technique in Technique if f"ticked:{technique}" in _sources(note)]


def marked_in(note: ProgressNote) -> list[Technique]:
    """Returns the techniques that were marked in the interview, which need no tick."""
    return [technique for technique in Technique if f"act:{technique}" in _sources(note)]


def pick(note: ProgressNote, picked: Picked, form: NoteFormat) -> ProgressNote:
    """Returns the draft with a line of the interview in it, once, where the format puts such lines."""
    fact = NoteFact.OBSERVATIONS if picked.kind is Kind.OBSERVATION else NoteFact.WORDS
    section = form.section_of(fact) or form.section_of(NoteFact.WORDS) or form.section_of(NoteFact.OBSERVATIONS)
    if section is None or picked.n in picked_in(note):
        return note
    text = f"{OPEN}{picked.words}{CLOSE}" if picked.kind in VERBATIM else picked.words
    return _changed(note, section, lambda _: True, [NoteLine(text=text, source=f"entry:{picked.n}")])


def unpick(note: ProgressNote, n: int) -> ProgressNote:
    """Returns the draft without that line of the interview."""
    return note.replace(
        sections=tuple(
            section.replace(lines=tuple(line for line in section.lines if line.source != f"entry:{n}"))
            if section.lines
            else section
            for section in note.sections
        )
    )


def picked_in(note: ProgressNote) -> set[int]:
    """Returns the numbers of the lines that were picked."""
    return {int(source.removeprefix("entry:")) for source in _sources(note) if source.startswith("entry:")}


def with_blank(note: ProgressNote, key: str, text: str | None) -> ProgressNote:
    """Returns the draft with what a clinician wrote into a blank; null empties it again."""
    lines = tuple(NoteLine(text=line) for line in text.split("\n") if line.strip()) if text else None
    return note.replace(
        sections=tuple(section.replace(lines=lines) if section.key == key else section for section in note.sections)
    )


def blanks_of(note: ProgressNote) -> list[NoteSection]:
    """Returns the sections that only a clinician fills in, in order."""
    return [section for section in note.sections if section.by is NoteAuthor.CLINICIAN]


def _changed(
    note: ProgressNote, section: FormatSection, keeps: Callable[[NoteLine], bool], added: Iterable[NoteLine]
) -> ProgressNote:
    def changed(present: NoteSection) -> NoteSection:
        return present.replace(lines=(*filter(keeps, present.lines or ()), *added))

    return note.replace(sections=tuple(changed(each) if each.key == section.key else each for each in note.sections))


def _without_marked_ticks(sections: Iterable[NoteSection]) -> tuple[NoteSection, ...]:
    """Returns the sections without ticks of what was marked in the interview: it stands there once."""
    sections = tuple(sections)
    marked = {line.source for section in sections for line in section.lines or ()}

    def is_double(line: NoteLine) -> bool:
        kind, _, technique = (line.source or "").partition(":")
        return kind == "ticked" and f"act:{technique}" in marked

    return tuple(
        section.replace(lines=tuple(line for line in section.lines if not is_double(line)))
        if section.lines
        else section
        for section in sections
    )


def _sources(note: ProgressNote) -> set[str]:
    return {line.source for section in note.sections for line in section.lines or () if line.source}


def _merged(lines: Iterable[NoteLine]) -> tuple[NoteLine, ...]:
    """Returns the recorded lines, each text once, with all that bears it out."""
    sources: dict[str, list[str]] = {}
    for line in lines:
        sources.setdefault(line.text, []).append(line.source or "")
    return tuple(NoteLine(text=text, source=" ".join(dict.fromkeys(each))) for text, each in sources.items())


# -- what is recorded --------------------------------------------------------------------------------------------------


def _goals(facts: NoteFacts, goals: Sequence[str], words: NoteWords) -> Lines:
    for goal in _named(facts, goals):
        yield NoteLine(
            text=_about_goal(goal, f"{OPEN}{goal.words}{CLOSE}", facts, goals, words), source=f"goal:{goal.id}"
        )
        if goal.objective:
            worded = words.objective.format(by=goal.objective.by, words=goal.objective.words)
            yield NoteLine(text=_about_goal(goal, worded, facts, goals, words), source=f"goal:{goal.id}")


def _acts(facts: NoteFacts, _goals: Sequence[str], words: NoteWords) -> Lines:
    names = document_words(words.language)
    for stage in facts.stages:
        source = " ".join(f"visit:{stay.n}" for stay in facts.stays if stay.stage is stage)
        text = words.held.format(stage=names.stages[stage], minutes=facts.minutes_in(stage))
        yield NoteLine(text=text, source=source)
    for ruler in dict.fromkeys(reading.ruler for reading in facts.readings):
        source = " ".join(f"reading:{n}" for n, each in enumerate(facts.readings, 1) if each.ruler is ruler)
        yield NoteLine(text=words.ruler_asked.format(ruler=names.rulers[ruler]), source=source)
    written = [goal for goal in facts.plan.goals if _is_from(goal, facts)]
    if written:
        source = " ".join(f"goal:{goal.id}" for goal in written)
        yield NoteLine(text=counted(words.goals_written, len(written)), source=source)
    for goal in facts.plan.goals:
        if goal not in written and _is_revised(goal, facts):
            yield NoteLine(text=words.plan_changed, source=f"goal:{goal.id}")
    for passed in facts.passed:
        text = words.copy_given if passed.to_client else words.handed_off
        yield NoteLine(text=text, source=f"disclosure:{passed.seq}")


def _techniques(facts: NoteFacts, _goals: Sequence[str], words: NoteWords) -> Lines:
    for act in Act:
        if count := facts.marked.get(act, 0):
            technique = words.acts[act]
            yield NoteLine(text=words.marked.format(technique=technique, count=count), source=f"act:{act}")
    if count := facts.marked.get(None, 0):
        yield NoteLine(text=words.marked_other.format(count=count), source="act:other")


def _readings(facts: NoteFacts, goals: Sequence[str], words: NoteWords) -> Lines:
    names = document_words(words.language)
    about = {_about(reading) for reading in facts.readings}
    for subject in dict.fromkeys((each.ruler, _about(each)) for each in facts.readings):
        own = [(n, each) for n, each in enumerate(facts.readings, 1) if (each.ruler, _about(each)) == subject]
        values = words.then.join(str(each.value) for _, each in own)
        if before := next((each for each in facts.earlier if (each.ruler, _about(each)) == subject), None):
            values = words.reading_before.format(
                values=values, value=before.value, day=day_in_words(before.at, words.language)
            )
        ruler, (target, goal) = names.rulers[subject[0]], subject[1]
        named = facts.targets.get(target or "") or _goal_words(facts, goal)
        text = words.reading_of if named and max(len(about), len(goals)) > 1 else words.reading
        source = " ".join(f"reading:{n}" for n, _ in own)
        yield NoteLine(text=text.format(ruler=ruler, values=values, about=named), source=source)


def _steps(facts: NoteFacts, goals: Sequence[str], words: NoteWords) -> Lines:
    for goal in facts.plan.goals:
        for step in goal.steps:
            if step.on and _is_new(step, facts):
                about = f"{step.words} – {step.outcome}" if step.outcome else step.words
                text = words.steps[step.status].format(day=day_in_words(step.on, words.language), words=about)
                text = _about_goal(goal, with_full_stop(text), facts, goals, words)
                yield NoteLine(text=text, source=f"step:{step.id}")
        for number, line in enumerate(goal.progress, 1):
            if line.at.date() <= facts.day.date() and (facts.since is None or line.at > facts.since):
                text = words.progress.format(day=day_in_words(line.at, words.language), words=line.words)
                yield NoteLine(text=_about_goal(goal, text, facts, goals, words), source=f"progress:{goal.id}/{number}")


def _words(facts: NoteFacts, _goals: Sequence[str], words: NoteWords) -> Lines:
    plan = facts.plan
    for item in (*plan.focus, *plan.talk, *plan.values, *plan.strengths, *plan.triggers):
        if item.kind in _FROM_SHARED and facts.session and item.from_.session == facts.session:
            text = f"{OPEN}{item.words}{CLOSE}" if item.kind in VERBATIM else item.words
            yield NoteLine(text=text, source=f"shared:{item.from_.n}")
    if facts.contact_kind:
        kind = f"{facts.contact_kind[:1].upper()}{facts.contact_kind[1:]}"
        text = words.contact_was.format(kind=kind, at=time_in_words(facts.day, words.language))
        yield NoteLine(text=text, source=f"contact:{facts.contact}")
    for number, line in enumerate(facts.contact_lines, 1):
        yield NoteLine(text=line, source=f"contact:{facts.contact}/{number}")


def _nothing(_facts: NoteFacts, _goals: Sequence[str], _words: NoteWords) -> Lines:
    yield from ()


def _safety(facts: NoteFacts, _goals: Sequence[str], words: NoteWords) -> Lines:
    for number, at in enumerate(facts.safety, 1):
        yield NoteLine(text=words.safety_raised.format(time=dates.time(at)), source=f"safety:{number}")


def _next(facts: NoteFacts, goals: Sequence[str], words: NoteWords) -> Lines:
    for item in facts.plan.next:
        if facts.session and item.from_.session == facts.session:
            yield NoteLine(text=words.agreed.format(words=item.words), source=f"shared:{item.from_.n}")
    for goal in _named(facts, goals):
        for step in goal.steps:
            if step.is_open:
                text = words.step_when if (when := _when(step, words)) else words.step_planned
                text = _about_goal(goal, text.format(words=step.words, when=when), facts, goals, words)
                yield NoteLine(text=text, source=f"step:{step.id}")
        if goal.review_on:
            text = words.review.format(day=day_in_words(goal.review_on, words.language))
            yield NoteLine(text=_about_goal(goal, text, facts, goals, words), source=f"goal:{goal.id}")


# The table of the reference: which recorded facts each `NoteFact` stands for. Observations come in by picking alone.
_RECORDED: Final[Mapping[NoteFact, Callable[[NoteFacts, Sequence[str], NoteWords], Lines]]] = {
    NoteFact.GOALS: _goals,
    NoteFact.ACTS: _acts,
    NoteFact.TECHNIQUES: _techniques,
    NoteFact.READINGS: _readings,
    NoteFact.STEPS: _steps,
    NoteFact.WORDS: _words,
    NoteFact.OBSERVATIONS: _nothing,
    NoteFact.SAFETY: _safety,
    NoteFact.NEXT: _next,
}


def _named(facts: NoteFacts, goals: Sequence[str]) -> list[Goal]:
    return [goal for goal in facts.plan.goals if goal.id in goals]


def _about_goal(goal: Goal, text: str, facts: NoteFacts, goals: Sequence[str], words: NoteWords) -> str:
    """Returns a line with the number of its goal, where the note is about several and this is one of them."""
    named = _named(facts, goals)
    return words.of_goal.format(number=named.index(goal) + 1, text=text) if goal in named and len(named) > 1 else text


def _is_from(goal: Goal, facts: NoteFacts) -> bool:
    return facts.session is not None and goal.from_.session == facts.session


def _is_revised(goal: Goal, facts: NoteFacts) -> bool:
    """Whether something of the goal was replaced while the interview lasted."""
    return any(served.from_ <= before.at <= served.to for served in facts.served for before in goal.history)


def _about(reading: ReadingFact) -> tuple[str | None, str | None]:
    """Returns what a reading is about: readings of different behaviors are never one line."""
    return reading.target, (reading.goal if reading.target is None else None)


def _goal_words(facts: NoteFacts, goal_id: str | None) -> str | None:
    goal = facts.plan.goal(goal_id)
    return f"{OPEN}{goal.words}{CLOSE}" if goal else None


def _when(step: Step, words: NoteWords) -> str:
    """Returns when a step is to be done: the words for it, and the day that they mean if it is certain."""
    said, typed = step.when or "", dates.day(step.due) if step.due else ""
    day = day_in_words(step.due, words.language) if step.due else ""
    return said.replace(typed, day) if typed and typed in said else ", ".join(filter(None, (said, day)))


def _is_new(step: Step, facts: NoteFacts) -> bool:
    """Whether what became of the step was noted since the interview before, and not after this one's day."""
    assert step.on is not None
    day, since = facts.day.date(), facts.since.date() if facts.since else None
    return step.on <= day and (since is None or step.on > since or step.on == day) and _has_result(step)


def _has_result(step: Step) -> bool:
    return step.status is not StepStatus.OPEN or step.outcome is not None
