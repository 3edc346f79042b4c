"""The shape of the texts that ask again after an answer that a question does not allow."""

from mi_cli.words.texts import Texts


class AnswerWords(Texts):
    """One sentence for each kind of question. Braces are placeholders for the numbers that are allowed."""

    yes_or_no: str
    number: str  # from {first} to {last}
    numbers: str  # one of {numbers}, where there are gaps between them
