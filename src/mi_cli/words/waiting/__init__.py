"""What a command waits for, said once it takes longer than half a second."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.waiting.model import WaitingWords


def waiting_words(tag: str | None) -> "WaitingWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.waiting.es import ES

        return ES
    from mi_cli.words.waiting.en import EN

    return EN
