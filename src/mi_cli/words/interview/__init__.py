"""The words of an interview: one shape, and a module for each language."""

from mi_cli.words.interview.model import InterviewWords
from mi_cli.words.languages import language_of


def interview_words(tag: str | None) -> InterviewWords:
    """The words for a language tag such as `es` or `es-MX`; English where there are none."""
    if language_of(tag or "") == "es":
        from mi_cli.words.interview.es import ES

        return ES
    from mi_cli.words.interview.en import EN

    return EN
