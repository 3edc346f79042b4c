"""The texts of the commands about goals: what is missing, and how to give it."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.goals.model import GoalWords


def goal_words(tag: str | None) -> "GoalWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.goals.es import ES

        return ES
    from mi_cli.words.goals.en import EN

    return EN
