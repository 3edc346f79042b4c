"""What a command waits for, said once it takes longer than half a second."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.waiting.model import WaitingWords

waiting_words: "Selector[WaitingWords]" = Selector(__name__)
