"""What an entry, a ruler's question, a safety concern and a day are called, wherever one is shown."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from mi_cli.records.notes import Entry
from mi_cli.records.session import SafetyConcern
from mi_cli.words.days import day_in_words
from mi_cli.words.interview.model import InterviewWords

if TYPE_CHECKING:
    from mi_cli.interview.rulers import RulerQuestion

STAR_MARK = " *"  # after the kind of an entry that was starred


def entry_kind(entry: Entry, words: InterviewWords) -> str:
    """Returns what kind of entry it is, such as `change talk, desire` or `counselor, reflection`."""
    more = words.talk[entry.talk] if entry.talk else words.acts[entry.act] if entry.act else ""
    return f"{words.kinds[entry.kind]}, {more}" if more else words.kinds[entry.kind]


def shown_day(when: date, words: InterviewWords) -> str:
    """Returns a day in the language of the words."""
    return day_in_words(when, words.plan.language)


def question_text(question: "RulerQuestion", words: InterviewWords) -> str:
    """Returns the question that a ruler asks next."""
    return words.questions[question.follow_up].format(value=question.reading.value)


def concern_names(concerns: Sequence[SafetyConcern], words: InterviewWords) -> str:
    """Returns the names of the concerns, such as `suicide, overdose`."""
    return ", ".join(words.concerns[concern.concern] for concern in concerns)
