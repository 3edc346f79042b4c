"""Lines of the handoff that stand in more than one of its sections: a step, a fact, remarks between brackets.

What the client said is quoted, what was told or noted is not, and what the program says about either is in quiet print.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TypeAlias

from mi_cli.handoff.days import in_words, spelled_out, when_of, without_weekday
from mi_cli.handoff.document import Facts, Inline, Paragraph, Run, Tone, quote, text, told
from mi_cli.handoff.packet import Packet, PassedFact, PassedStep, Said
from mi_cli.records.terms import FactName
from mi_cli.words.documents.model import DocumentWords
from mi_cli.words.facts import fact_words
from mi_cli.words.worded_facts import in_language

Rows: TypeAlias = Sequence[tuple[str, Sequence[Inline]]]


def nothing(words: DocumentWords) -> Paragraph:
    """Returns what stands in a section that is empty."""
    return Paragraph((Run(words.nothing_passed_on, Tone.QUIET),))


def fact_rows(rows: Rows, words: DocumentWords, *, glance: bool = False) -> Facts | Paragraph:
    """Returns the rows that have an answer; the labels of the others stand together in the last one.

    A section in which no row has an answer says so in one line, without the labels.
    """
    answered = [(label, tuple(answers)) for label, answers in rows if answers]
    if not answered:
        return nothing(words)
    empty = "; ".join(label for label, answers in rows if not answers)
    missing = [(words.nothing_on, ((Run(empty, Tone.QUIET),),))] if empty else []
    return Facts((*answered, *missing), glance)


def step_line(step: PassedStep, today: date, words: DocumentWords) -> Inline:
    """Returns a step with all that is known of it."""
    said = [told(part) for part in (step.where, step.how) if part]
    parts = [words.reach[step.reach] if step.reach else None]
    parts.append(
        words.done.format(day=without_weekday(step.done_on, words))
        if step.done_on
        else words.step_statuses.get(step.status)
    )
    parts.append(words.not_noted if step.is_past(today) else None)
    noted = [part for part in parts if part]
    line = with_remarks(quote(step.words), *remarks_on_time(step, words), *said, *noted)
    return (*line, Run(f" {words.outcome} ", Tone.QUIET), *told(step.outcome)) if step.outcome else line


def remarks_on_time(step: PassedStep, words: DocumentWords) -> list[Inline]:
    """Returns when a step is to be done, as the client said it, and the day that this means; nothing if it has none."""
    when = when_of(step, words)
    if not when:
        return []
    said = step.when if step.when and when.startswith(step.when) else ""
    return [(*(told(said) if said else ()), Run(when.removeprefix(said), Tone.QUIET))]


def review(day: date, today: date, words: DocumentWords) -> str:
    """Returns on which day a goal is to be looked at again, or was to be."""
    said = words.review_on if day >= today else words.review_was
    return said.format(day=in_words(day, words))


def pair(first: Inline, second: str | None, between: str = "") -> Inline:
    """Returns two pieces of text as one line: “who: how”, or with `between` “what – then: …”."""
    if not second:
        return first
    joint = Run(f" – {between} " if between else ": ", Tone.QUIET)
    return (*first, joint, *told(second))


def with_remarks(line: Inline, *more: str | Inline) -> Inline:
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


def dated(line: Inline, item: Said, words: DocumentWords) -> Inline:
    """Returns the line with which talk it is, and the day it was said."""
    return with_remarks(line, *([words.talk[item.talk]] if item.talk else []), without_weekday(item.on, words))


def fact_line(fact: PassedFact, words: DocumentWords) -> Inline:
    """Returns a fact with who told it and when. Its words are what was noted, and no quotation."""
    told_on = without_weekday(fact.on, words)
    said = in_language(fact.name, fact.words, words.language)
    if said == fact.words or fact.name is not FactName.DIRECTION:
        sent = fact_words(words.language).sent  # no word of it was told
        line = text(said) if said == sent else told(spelled_out(said, words))
    else:  # worded by the program; before it may stand which behavior it is of, in the client's words
        behavior, joint, label = said.rpartition(": ")
        line = (*(told(f"{behavior}{joint}") if behavior else ()), *text(label))
    return with_remarks(line, words.sources[fact.source], told_on)


def safety_line(packet: Packet, contact: str, words: DocumentWords) -> Inline:
    """Returns that a safety concern was raised, on which days, and the number to call."""
    days = "; ".join(without_weekday(day, words) for day in packet.safety_raised)
    return text(words.safety_raised.format(days=days, contact=contact))
