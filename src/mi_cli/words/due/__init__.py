"""The texts around what is due (`mi today`, `mi` alone, `mi doctor`, `mi client show`)."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.due.model import DueWords

due_words: "Selector[DueWords]" = Selector(__name__)
