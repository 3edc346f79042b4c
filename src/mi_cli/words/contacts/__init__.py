"""The texts around contacts: what is no interview and belongs in the record (`mi contact`)."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.contacts.model import ContactWords


def contact_words(tag: str | None) -> "ContactWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.contacts.es import ES

        return ES
    from mi_cli.words.contacts.en import EN

    return EN
