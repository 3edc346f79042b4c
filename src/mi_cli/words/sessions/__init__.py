"""The texts of the commands about interviews."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.sessions.model import SessionWords

session_words: "Selector[SessionWords]" = Selector(__name__)
