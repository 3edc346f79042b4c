"""The summary of half a page, with which the handoff begins: what one has to know before the client comes in.

A concern for safety comes first, since it cannot wait until the rest is read.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from mi_cli.handoff.days import without_weekday
from mi_cli.handoff.document import Block, Heading, Inline, Paragraph, Run, Tone, quote, text, told
from mi_cli.handoff.lines import fact_line, fact_rows, remarks_on_time, review, safety_line, with_remarks
from mi_cli.handoff.packet import Packet, PassedGoal
from mi_cli.handoff.readings import latest_answers
from mi_cli.records.name_matching import same_name
from mi_cli.records.terms import FactName, GoalStatus, Kind, Talk
from mi_cli.words.documents.model import DocumentWords

_MOST: Final = 4  # of one kind; how many more there are is said
_FACTS: Final = (FactName.APPOINTMENT, FactName.PRACTICE, FactName.MANDATE, FactName.LIMITS)
_Row = tuple[str, Sequence[Inline]]


def glance(packet: Packet, contact: str, words: DocumentWords) -> Iterable[Block]:
    """Yields the summary. `contact` is how to reach the sender."""
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
    successes = _successes(packet, words)
    rows: tuple[_Row, ...] = (
        (words.safety, [safety_line(packet, contact, words)] if packet.safety_raised else []),
        *_subject_rows(packet, words),
        (words.wants, [_numbered(numbers.get(goal.id), goal.words) for goal in goals]),
        (words.why, [quote(reason) for reason in _reasons(packet, goals)]),
        *_step_rows(packet, goals, words),
        *([(words.successes, successes)] if successes else []),
        *((words.fact_names[name], [fact_line(fact, words) for fact in packet.known(name)]) for name in _FACTS),
        (words.spoken, [text(words.languages.get(packet.language, packet.language))]),
        (words.sender, [text(", ".join(dict.fromkeys([packet.counselor, contact])))]),
        (words.parked_short, [told(item.words) for item in packet.parked]),
        (words.rulers_short, latest_answers(packet, words)),
    )
    yield fact_rows([(label, _shortened(answers, words)) for label, answers in rows], words, glance=True)
    yield Paragraph((Run(f"{words.how_to_read} {words.abbreviations}", Tone.QUIET),))


def _subject_rows(packet: Packet, words: DocumentWords) -> Iterable[_Row]:
    """Yields which change it is about, and where the client wants to go with it.

    The focus comes first; a fact of the same words is one with it.
    """
    focus = [item.words for item in packet.of(Kind.FOCUS)[-1:]]
    facts = [fact for fact in packet.known(FactName.TARGET) if not any(same_name(fact.words, said) for said in focus)]
    yield (
        words.fact_names[FactName.TARGET],
        [*(quote(said) for said in focus), *(fact_line(fact, words) for fact in facts)],
    )
    yield words.fact_names[FactName.DIRECTION], [fact_line(fact, words) for fact in packet.known(FactName.DIRECTION)]


def _reasons(packet: Packet, goals: Iterable[PassedGoal]) -> Iterable[str]:
    """Returns the first reason of each goal, then what was said for the change, then what matters; each once."""
    reasons = [reason for goal in goals for reason in goal.reasons[:1]]
    reasons += [item.words for item in packet.of(Kind.CHANGE) if item.talk in (Talk.REASON, Talk.NEED, Talk.DESIRE)]
    reasons += [item.words for item in packet.of(Kind.VALUE)]
    return dict.fromkeys(reasons)


def _step_rows(packet: Packet, goals: Sequence[PassedGoal], words: DocumentWords) -> Iterable[_Row]:
    """Yields what the client will do next, and what was agreed for a day that is past, with that day.

    Where there is only the second, it is not said that nothing was passed on about the first.
    """
    today = packet.made_at.date()
    following = [
        with_remarks(told(item.words), words.as_noted, without_weekday(item.on, words))
        for item in packet.of(Kind.NEXT)[-1:]
    ]
    following += [step for step in (_next_step(goal, today, words) for goal in goals) if step]
    past = [
        with_remarks(quote(step.words), *remarks_on_time(step, words))
        for goal in goals
        for step in goal.steps
        if step.is_past(today)
    ]
    if following or not past:
        yield words.next, following
    if past:
        yield words.past, past


def _next_step(goal: PassedGoal, today: date, words: DocumentWords) -> Inline | None:
    """Returns what the client will do next for a goal, and when; None if nothing is open."""
    step = goal.next_step(today)
    if step is None:
        return None
    again = review(goal.review_on, today, words) if goal.review_on and goal.review_on >= today else None
    return with_remarks(quote(step.words), *remarks_on_time(step, words), *([again] if again else []))


def _successes(packet: Packet, words: DocumentWords) -> list[Inline]:
    """Returns the goals that are met and the steps that are done, the latest step first."""
    met = [with_remarks(quote(goal.words), words.goal_statuses[goal.status])
           for goal in packet.goals if goal.status is GoalStatus.MET]  # fmt: skip
    done = [(step.done_on, step) for goal in packet.goals for step in goal.steps if step.done_on]
    done.sort(key=lambda dated: dated[0], reverse=True)
    return met + [
        with_remarks(quote(step.words), words.done.format(day=without_weekday(day, words))) for day, step in done
    ]


def _shortened(answers: Sequence[Inline], words: DocumentWords) -> Sequence[Inline]:
    """Returns the first answers, and how many more of them stand further below."""
    rest = len(answers) - _MOST
    return answers if rest <= 0 else (*answers[:_MOST], (Run(words.more.format(n=rest), Tone.QUIET),))


def _numbered(place: int | None, words: str) -> Inline:
    return (*(text(f"{place}: ") if place else ()), *quote(words))
