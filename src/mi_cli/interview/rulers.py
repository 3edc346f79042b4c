"""The follow-up questions of a ruler.

First "why not a lower number?", whose answer is change talk; at 0, where there is no lower number, "what would have to
be different for it to be a 1?". Then, unless the reading is 10, "what would raise it?". Never "why not higher?", which
asks for sustain talk (Miller & Rollnick 2013).
"""

from dataclasses import dataclass

from mi_cli.records.session import Reading
from mi_cli.records.terms import Kind
from mi_cli.records.text_keys import FollowUp


@dataclass(frozen=True)
class RulerQuestion:
    """A follow-up question that is in view, and the reading that it belongs to."""

    reading: Reading
    follow_up: FollowUp

    @property
    def answer_kind(self) -> Kind:
        """The kind of entry that an answer becomes: reasons for not being lower are change talk."""
        return Kind.CHANGE if self.follow_up is FollowUp.WHY_NOT_LOWER else Kind.SAID


def first_question(reading: Reading) -> RulerQuestion:
    """Returns the question to ask right after the number."""
    return RulerQuestion(reading, FollowUp.WHAT_WOULD_MAKE_IT_ONE if reading.value == 0 else FollowUp.WHY_NOT_LOWER)


def next_question(question: RulerQuestion) -> RulerQuestion | None:
    """Returns the question to ask once this one was answered or passed over; null after the last."""
    if question.follow_up is FollowUp.WHAT_WOULD_RAISE_IT or question.reading.value == 10:
        return None
    return RulerQuestion(question.reading, FollowUp.WHAT_WOULD_RAISE_IT)


def answered(question: RulerQuestion, n: int) -> Reading:
    """Returns the reading with the number of the entry that answers the question."""
    if question.follow_up is FollowUp.WHAT_WOULD_RAISE_IT:
        return question.reading.replace(raise_=n)
    return question.reading.replace(why=n)
