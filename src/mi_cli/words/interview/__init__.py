"""The texts of an interview: refusals, help, the status bar, pages, questions."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.interview.model import InterviewWords


def interview_words(tag: str | None) -> "InterviewWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.interview.es import ES

        return ES
    from mi_cli.words.interview.en import EN

    return EN
