"""What is said to an answer that is not allowed, in English."""

from typing import Final

from mi_cli.words.answers.model import AnswerWords

EN: Final = AnswerWords(
    yes_or_no="Please answer y for yes or n for no.",
    number="Please type a number from {first} to {last}.",
    numbers="Please type one of these numbers: {numbers}.",
)
