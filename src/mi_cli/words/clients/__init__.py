"""The texts about client codes that look alike, and about moving an interview to another client."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.clients.model import ClientWords

client_words: "Selector[ClientWords]" = Selector(__name__)
