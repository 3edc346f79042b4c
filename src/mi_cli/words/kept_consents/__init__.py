"""What is kept of a consent, as it is shown, recorded and taken back."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.kept_consents.model import KeptConsentWords

kept_consent_words: "Selector[KeptConsentWords]" = Selector(__name__)
