"""The texts about who may get a handoff: the members of the program, and what speaks against passing something on."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.sharing.model import SharingWords


def sharing_words(tag: str | None) -> "SharingWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.sharing.es import ES

        return ES
    from mi_cli.words.sharing.en import EN

    return EN
