"""The follow-up questions of a ruler.

First "why not a lower number?", whose answer is change talk; at 0, where there is no lower number, "what would have to
be different for it to be a 1?". Then, unless the reading is 10, "what would raise it?". Never "why not higher?", which
asks for sustain talk (Miller & Rollnick 2013).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mi_cli.prompts.model import Moment, Prompt
from mi_cli.records.session import Reading
from mi_cli.records.terms import Kind, Ruler, Talk
from mi_cli.records.text_keys import FollowUp

# What the answer to "why not a lower number?" is, where that is plain: importance is about reasons, confidence about
# what somebody is able to. Readiness may be anything.
_WHY: Final[Mapping[Ruler, Talk]] = {Ruler.IMPORTANCE: Talk.REASON, Ruler.CONFIDENCE: Talk.ABILITY}
_MOMENTS: Final = {
    Ruler.IMPORTANCE: Moment.RULER_IMPORTANCE,
    Ruler.CONFIDENCE: Moment.RULER_CONFIDENCE,
    Ruler.READINESS: Moment.RULER_READINESS,
}


@dataclass(frozen=True)
class NumberQuestion:
    """A ruler's own question, which is in view until it is answered by a number, passed over, or dropped.

    `target` is the name of the target that was typed, or null; `prompt` is the prompt that asks it, or null where the
    prompt set has none: then the companion has its own words for it.
    """

    ruler: Ruler
    target: str | None = None
    prompt: Prompt | None = None


@dataclass(frozen=True)
class RulerQuestion:
    """A follow-up question that is in view, and the reading that it belongs to."""

    reading: Reading
    follow_up: FollowUp

    @property
    def answer_kind(self) -> Kind:
        """The kind of entry that an answer becomes: reasons for not being lower are change talk."""
        return Kind.CHANGE if self.follow_up is FollowUp.WHY_NOT_LOWER else Kind.SAID

    @property
    def answer_talk(self) -> Talk | None:
        """The DARN-CAT type of an answer, where it is plain."""
        return _WHY.get(self.reading.ruler) if self.follow_up is FollowUp.WHY_NOT_LOWER else None


def ruler_prompt(prompts: Iterable[Prompt], ruler: Ruler) -> Prompt | None:
    """Returns the first of the prompts that asks for a number on that ruler, whatever the focus is; null if none."""
    return next((prompt for prompt in prompts if _MOMENTS[ruler] in prompt.when and not prompt.focus), None)


def ruler_asked_by(prompt: Prompt) -> Ruler | None:
    """Returns the ruler that a prompt asks for a number on, or null."""
    return next((ruler for ruler, moment in _MOMENTS.items() if moment in prompt.when), None)


def first_question(reading: Reading) -> RulerQuestion:
    """Returns the question to ask right after the number."""
    return RulerQuestion(reading, FollowUp.WHAT_WOULD_MAKE_IT_ONE if reading.value == 0 else FollowUp.WHY_NOT_LOWER)


def next_question(question: RulerQuestion) -> RulerQuestion | None:
    """Returns the question to ask once this one was answered or passed over; null after the last.

    At 0 the first question asks already what would raise it.
    """
    if question.follow_up is not FollowUp.WHY_NOT_LOWER or question.reading.value == 10:
        return None
    return RulerQuestion(question.reading, FollowUp.WHAT_WOULD_RAISE_IT)


def answered(question: RulerQuestion, n: int) -> Reading:
    """Returns the reading with the number of the entry that answers the question."""
    if question.follow_up is FollowUp.WHAT_WOULD_RAISE_IT:
        return question.reading.replace(raise_=n)
    return question.reading.replace(why=n)
