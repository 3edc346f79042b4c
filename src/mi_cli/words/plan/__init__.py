"""The texts around a change plan: the questions of `mi goals plan`, and the labels of a goal."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.plan.model import PlanWords


def plan_words(tag: str | None) -> "PlanWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.plan.es import ES

        return ES
    from mi_cli.words.plan.en import EN

    return EN
