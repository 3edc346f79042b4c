"""All that can be typed in an interview, on one page: `mi help interview` shows it, and the man page holds it."""

from collections.abc import Iterator
from dataclasses import dataclass

from mi_cli.interview.grammar import MARKS, TYPE_STARTS
from mi_cli.terminal.page import BLANK, Line, Page, Role
from mi_cli.words.interview.model import InterviewWords


@dataclass(frozen=True)
class Section:
    """A heading with its rows: a term and what it does, or (with an empty term) a sentence."""

    heading: str
    rows: tuple[tuple[str, str], ...]


def guide(words: InterviewWords) -> tuple[Section, ...]:
    """Returns the sections: marks, types, commands, examples and keys."""
    marks = (*MARKS, "\\")
    topics = words.help_topics
    return (
        Section(words.guide_marks, tuple(("", topics[mark]) for mark in marks)),
        Section(words.guide_types, tuple((f"+{start}", words.talk[talk]) for start, talk in TYPE_STARTS.items())),
        Section(words.guide_commands, tuple(("", text) for name, text in topics.items() if name not in marks)),
        Section(words.guide_examples, words.guide_example_lines),
        Section(words.guide_keys, words.guide_key_lines),
    )


def guide_page(words: InterviewWords) -> Page:
    """Returns the guide as a page."""
    return list(_lines(words))


def _lines(words: InterviewWords) -> Iterator[Line]:
    yield Line(words.guide_title, Role.TITLE, " ")
    for section in guide(words):
        yield BLANK
        yield Line(section.heading, Role.SAY, " ")
        width = max(len(term) for term, _ in section.rows)
        for term, text in section.rows:
            yield Line(text, lead=f"   {term:<{width}}   " if term else "   ")
