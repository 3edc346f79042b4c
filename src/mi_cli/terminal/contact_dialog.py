"""The questions of `mi contact add`: what it was, and the few facts that belong in the record.

Every question but the first can be skipped with Enter. Nothing asks for a judgment of the client.
"""

from collections.abc import Iterator

from mi_cli.records.contact import ContactLine
from mi_cli.records.terms import ContactKind, ContactTopic
from mi_cli.terminal.asking import Asker
from mi_cli.terminal.page import BLANK, Line, Role, Screen
from mi_cli.words.contacts.model import ContactWords


def ask_kind(screen: Screen, asker: Asker, words: ContactWords) -> ContactKind | None:
    """Returns what it was; null if nothing was chosen."""
    kinds = list(ContactKind)
    choices = (Line(words.choices[kind], lead=f"   {number}  ") for number, kind in enumerate(kinds, 1))
    screen.show([BLANK, Line(words.ask_kind, Role.TITLE, " "), *choices])
    number = asker.number(f"{words.ask_which} ", range(1, len(kinds) + 1))
    return kinds[number - 1] if number else None


def ask_lines(screen: Screen, asker: Asker, words: ContactWords, kind: ContactKind) -> list[ContactLine]:
    """Returns the facts that were typed; none where every question was skipped."""
    return list(_answers(screen, asker, words, kind))


def _answers(screen: Screen, asker: Asker, words: ContactWords, kind: ContactKind) -> Iterator[ContactLine]:
    if kind is ContactKind.RETURN:
        for topic in ContactTopic:
            if answer := _ask(screen, asker, words, words.questions[topic]):
                yield ContactLine(words=answer, about=topic)
        return
    question = words.ask_lines
    while answer := _ask(screen, asker, words, question):
        yield ContactLine(words=answer)
        question = words.ask_more


def _ask(screen: Screen, asker: Asker, words: ContactWords, question: str) -> str:
    screen.show([BLANK, Line(question, lead="   "), Line(words.enter_skips, Role.DIM, "   ")])
    return asker.text("> " if screen.plain else "› ") or ""
