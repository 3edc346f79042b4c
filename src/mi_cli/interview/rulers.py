"""What follows a reading: never "why not higher?", which asks for sustain talk (Miller & Rollnick 2013).

First "why not a lower number?" (change talk); at 0, where there is no lower number, "what would have to be different
for it to be a 1?". Then, not at 10, "what would raise it?".
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from mi_cli.records.session import Reading
from mi_cli.records.terms import Kind


class FollowUp(StrEnum):
    """A follow-up question of a ruler."""

    WHY_NOT_LOWER = auto()
    WHAT_WOULD_MAKE_IT_ONE = auto()
    WHAT_WOULD_RAISE_IT = auto()


@dataclass(frozen=True)
class RulerQuestion:
    """A follow-up in view: which reading it belongs to, and what it asks."""

    reading: Reading
    follow_up: FollowUp

    @property
    def answer_kind(self) -> Kind:
        """What an answer is kept as: reasons not to be lower are change talk; the rest is what was said."""
        return Kind.CHANGE if self.follow_up is FollowUp.WHY_NOT_LOWER else Kind.SAID


def first_question(reading: Reading) -> RulerQuestion:
    """What to ask right after the number."""
    return RulerQuestion(reading, FollowUp.WHAT_WOULD_MAKE_IT_ONE if reading.value == 0 else FollowUp.WHY_NOT_LOWER)


def next_question(question: RulerQuestion) -> RulerQuestion | None:
    """What to ask after that one was answered or passed over."""
    if question.follow_up is FollowUp.WHAT_WOULD_RAISE_IT or question.reading.value == 10:
        return None
    return RulerQuestion(question.reading, FollowUp.WHAT_WOULD_RAISE_IT)


def answered(question: RulerQuestion, n: int) -> Reading:
    """The reading with entry `n` as the answer."""
    if question.follow_up is FollowUp.WHAT_WOULD_RAISE_IT:
        return question.reading.replace(raise_=n)
    return question.reading.replace(why=n)
