"""The texts of the commands that keep the store: making, checking, trash and backups."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.keeping.model import KeepingWords

keeping_words: "Selector[KeepingWords]" = Selector(__name__)
