"""The texts of the consent form that the client signs."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.form.model import FormWords

form_words: "Selector[FormWords]" = Selector(__name__)
