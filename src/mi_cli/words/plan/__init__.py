"""The texts around a change plan: the questions of `mi goals plan`, and the labels of a goal."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.plan.model import PlanWords

plan_words: "Selector[PlanWords]" = Selector(__name__)
