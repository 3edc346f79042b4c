"""The texts about who may get a handoff: the members of the program, and what speaks against passing something on."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.sharing.model import SharingWords

sharing_words: "Selector[SharingWords]" = Selector(__name__)
