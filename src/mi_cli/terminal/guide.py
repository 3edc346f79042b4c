"""Two pages of help: all that can be typed in an interview, and the rules by which the next prompt is chosen.

`mi help interview` and `mi help next` show them; the man page holds the first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mi_cli.interview.marks import ALL_MARKS, TYPE_STARTS
from mi_cli.interview.rules import ALL_RULES
from mi_cli.records.text_keys import RuleName
from mi_cli.terminal.page import BLANK, Line, Page, Role
from mi_cli.terminal.pages import help_text
from mi_cli.words.choice.model import ChoiceWords
from mi_cli.words.interview.model import InterviewWords
from mi_cli.words.typed_names import typed_names


@dataclass(frozen=True)
class Section:
    """A heading with its rows: a term and what it does, or (with an empty term) a sentence."""

    heading: str
    rows: tuple[tuple[str, str], ...]


def guide(words: InterviewWords, language: str = "en") -> tuple[Section, ...]:
    """Returns the sections: marks, types, commands, examples and keys. `language` is that of the words."""
    topics = {name: help_text(name, words, language) for name in words.help_topics}
    types = [(f"+{start}", words.talk[talk]) for start, talk in TYPE_STARTS.items()]
    types += [(f"+{name}", words.talk[talk]) for name, talk in typed_names(language).types.items()]
    return (
        Section(words.guide_marks, tuple(("", topics[mark]) for mark in ALL_MARKS)),
        Section(words.guide_types, tuple(types)),
        Section(words.guide_commands, tuple(("", text) for name, text in topics.items() if name not in ALL_MARKS)),
        Section(words.guide_examples, words.guide_example_lines),
        Section(words.guide_keys, words.guide_key_lines),
    )


def guide_page(words: InterviewWords, language: str = "en") -> Page:
    """Returns the guide as a page."""
    return list(_lines(words, language))


def _lines(words: InterviewWords, language: str) -> Iterator[Line]:
    yield Line(words.guide_title, Role.TITLE, " ")
    for section in guide(words, language):
        yield BLANK
        yield Line(section.heading, Role.SAY, " ")
        width = max(len(term) for term, _ in section.rows)
        for term, text in section.rows:
            yield Line(text, lead=f"   {term:<{width}}   " if term else "   ")


def next_page(words: ChoiceWords, labels: Mapping[RuleName, str]) -> Page:
    """Returns the table of rules as a page: after what, what is offered, why, and the source; then the needs."""
    page = [Line(words.title, Role.TITLE, " "), BLANK, *(Line(text, lead="   ") for text in words.order)]
    page += [BLANK, Line(words.rules_title, Role.SAY, " ")]
    for rule in ALL_RULES:
        page += [
            BLANK,
            Line(f"{labels[rule.name]}: {words.offers[rule.name]}", lead="   "),
            Line(words.reasons[rule.name], Role.DIM, "     "),
            Line(words.source.format(source=rule.source), Role.DIM, "     "),
        ]
    page += [BLANK, Line(words.needs_title, Role.SAY, " ")]
    width = max(map(len, words.needs))
    return [*page, *(Line(text, lead=f"   {need:<{width}}   ") for need, text in words.needs.items())]
