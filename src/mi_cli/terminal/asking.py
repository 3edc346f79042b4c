"""Questions that are answered by yes or no, or by a number: asked again until the answer is one of these.

A wrong answer never stands for something, and Enter stands only for what the question says that it stands for.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from mi_cli.records.answers import number_from, yes_or_no
from mi_cli.records.names import primary_language


@dataclass(frozen=True)
class AnswerWords:
    """What is said when an answer is none of those that a question allows. Braces are filled in with numbers."""

    yes_or_no: str
    number: str
    numbers: str


ANSWERS_EN: Final = AnswerWords(
    yes_or_no="Please answer y for yes or n for no.",
    number="Please type a number from {first} to {last}.",
    numbers="Please type one of these numbers: {numbers}.",
)
ANSWERS_ES: Final = AnswerWords(
    yes_or_no="Responda s para sí o n para no.",
    number="Escriba un número del {first} al {last}.",
    numbers="Escriba uno de estos números: {numbers}.",
)


def answer_words(language: str | None) -> AnswerWords:
    """The words in that language, else in English."""
    return ANSWERS_ES if primary_language(language or "en") == "es" else ANSWERS_EN


@dataclass(frozen=True)
class Asker:
    """Asks until it gets an answer that the question allows.

    `ask` gives an answer, trimmed, or null when none is to be had; `tell` shows what would be an answer.
    """

    ask: Callable[[str], str | None]
    tell: Callable[[str], object]
    words: AnswerWords = ANSWERS_EN

    def yes(self, question: str, *, enter: bool) -> bool:
        """Whether the answer is yes. Enter is `enter`; where no answer is to be had it is a no."""
        said, is_there = self._said(question)
        return (enter and is_there) if said is None else said

    def yes_or_later(self, question: str) -> bool | None:
        """Whether the answer is yes; null for Enter, and where no answer is to be had."""
        return self._said(question)[0]

    def number(self, question: str, choices: Collection[int], *, enter: int | None = None) -> int | None:
        """One of the numbers in `choices`. Enter is `enter`; where no answer is to be had it is null."""
        while answer := self.ask(question):
            number = number_from(answer)
            if number in choices:
                return number
            self.tell(self._which(choices))
        return enter if answer is not None else None

    def _said(self, question: str) -> tuple[bool | None, bool]:
        """What was said, null for Enter; and whether there is anybody to answer."""
        while answer := self.ask(question):
            said = yes_or_no(answer)
            if said is not None:
                return said, True
            self.tell(self.words.yes_or_no)
        return None, answer is not None

    def _which(self, choices: Collection[int]) -> str:
        first, last = min(choices), max(choices)
        if last - first + 1 == len(choices):
            return self.words.number.format(first=first, last=last)
        return self.words.numbers.format(numbers=", ".join(map(str, sorted(choices))))
