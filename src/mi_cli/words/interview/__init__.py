"""The texts of an interview: refusals, help, the status bar, pages, questions."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.interview.model import InterviewWords

interview_words: "Selector[InterviewWords]" = Selector(__name__)
