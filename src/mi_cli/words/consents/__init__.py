"""What is asked about a consent, and what speaks against passing something on."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.consents.model import ConsentWords

consent_words: "Selector[ConsentWords]" = Selector(__name__)
