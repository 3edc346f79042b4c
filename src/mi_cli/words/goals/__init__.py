"""The texts of the commands about goals: what is missing, and how to give it."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.goals.model import GoalWords

goal_words: "Selector[GoalWords]" = Selector(__name__)
