"""What is known of a client as a page."""

from collections.abc import Iterator

from mi_cli.interview.client_facts import IN_WORDS
from mi_cli.records.client_facts import Fact, Facts, Mandate, Target
from mi_cli.terminal.page import Line, Page, Role
from mi_cli.words.days import day_in_words
from mi_cli.words.facts.model import FactWords

# The parts of a target and of a mandate, in the order in which they are shown and asked for.
TARGET_PARTS = ("substance", "route", "pattern", "last_use")
MANDATE_PARTS = ("by", "reported", "until")


def facts_page(facts: Facts, words: FactWords) -> Page:
    """Returns everything that is known, each with the day and who told it; a line that says so if it is nothing."""
    rows: list[Line] = []
    for target in facts.targets:
        rows += _target_lines(target, words)
    rows += _mandate_lines(facts.mandate, words) if facts.mandate else ()
    for field in IN_WORDS.values():
        fact: Fact | None = getattr(facts, field)
        rows += [_line(field, f"{fact.words}{_origin(fact, words)}", words)] if fact else []
    return rows or [Line(words.nothing, Role.DIM, " ")]


def _target_lines(target: Target, words: FactWords) -> Iterator[Line]:
    yield _line("name", f"{target.name}{_origin(target, words)}", words)
    for part in TARGET_PARTS:
        if value := getattr(target, part):
            yield _line(part, value, words, indent="   ")
    if target.direction:
        yield _line("direction", words.directions[target.direction], words, indent="   ")


def _mandate_lines(mandate: Mandate, words: FactWords) -> Iterator[Line]:
    yield _line("by", f"{mandate.by or words.sent}{_origin(mandate, words)}", words)
    if mandate.reported:
        yield _line("reported", mandate.reported, words, indent="   ")
    if mandate.until:
        yield _line("until", day_in_words(mandate.until, words.language), words, indent="   ")


def _origin(fact: Fact | Mandate | Target, words: FactWords) -> str:
    return f"  ({words.origin.format(day=day_in_words(fact.on, words.language), source=words.sources[fact.source])})"


def _line(field: str, text: str, words: FactWords, indent: str = " ") -> Line:
    return Line(text, lead=f"{indent}{words.labels[field]}: ")
