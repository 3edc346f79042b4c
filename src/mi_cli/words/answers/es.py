"""What is said to an answer that is not allowed, in Spanish."""

from typing import Final

from mi_cli.words.answers.model import AnswerWords

ES: Final = AnswerWords(
    yes_or_no="Responda s para sí o n para no.",
    number="Escriba un número del {first} al {last}.",
    numbers="Escriba uno de estos números: {numbers}.",
)
