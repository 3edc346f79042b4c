"""The texts around contacts: what is no interview and belongs in the record (`mi contact`)."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.contacts.model import ContactWords

contact_words: "Selector[ContactWords]" = Selector(__name__)
