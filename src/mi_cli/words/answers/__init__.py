"""What is said when a question of a dialog gets an answer that it does not allow (not: a line of an interview)."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.answers.model import AnswerWords

answer_words: "Selector[AnswerWords]" = Selector(__name__)
