"""What is said when a question of a dialog gets an answer that it does not allow (not: a line of an interview)."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.answers.model import AnswerWords


def answer_words(tag: str | None) -> "AnswerWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.answers.es import ES

        return ES
    from mi_cli.words.answers.en import EN

    return EN
