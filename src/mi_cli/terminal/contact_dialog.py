"""The questions of `mi contact add`: what it was, and the few facts that belong in the record.

Every question but the first can be skipped with Enter, and `b` goes back. Nothing asks for a judgment of the client.
"""

from mi_cli.records.contact import ContactLine
from mi_cli.records.terms import ContactKind, ContactTopic
from mi_cli.terminal.asking import Asker, GoBack
from mi_cli.terminal.page import BLANK, Line, Role, Screen
from mi_cli.words.contacts.model import ContactWords


def ask_contact(
    screen: Screen, asker: Asker, words: ContactWords, given: ContactKind | None
) -> tuple[ContactKind, list[ContactLine]] | None:
    """Returns what it was, and the facts that were typed; None if no kind was given and none is chosen."""
    series = asker.with_back
    while True:
        try:
            kind = given or _ask_kind(screen, series, words)
            return (kind, _ask_lines(screen, series, words, kind)) if kind else None
        except GoBack:
            continue


def _ask_kind(screen: Screen, asker: Asker, words: ContactWords) -> ContactKind | None:
    kinds = list(ContactKind)
    choices = (Line(words.choices[kind], lead=f"   {number}  ") for number, kind in enumerate(kinds, 1))
    screen.show([BLANK, Line(words.ask_kind, Role.TITLE, " "), *choices])
    number = asker.number(f"{words.ask_which} ", range(1, len(kinds) + 1))
    return kinds[number - 1] if number else None


def _ask_lines(screen: Screen, asker: Asker, words: ContactWords, kind: ContactKind) -> list[ContactLine]:
    """Asks for the facts: a fixed list of them for what came back, else until Enter. Raises GoBack at the first."""
    topics = list(ContactTopic) if kind is ContactKind.RETURN else []
    answers: list[ContactLine | None] = []
    while not topics or len(answers) < len(topics):
        topic = topics[len(answers)] if topics else None
        question = words.questions[topic] if topic else words.ask_more if answers else words.ask_lines
        screen.show([BLANK, Line(question, lead="   "), Line(words.enter_skips, Role.DIM, "   ")])
        try:
            answer = asker.text("> " if screen.plain else "› ")
        except GoBack:
            if not answers:
                raise
            answers.pop()
            continue
        if not answer and not topics:
            break
        answers.append(ContactLine(words=answer, about=topic) if answer else None)
    return [answer for answer in answers if answer]
