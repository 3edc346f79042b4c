"""The texts of the commands about prompt sets."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.prompt_sets.model import PromptSetWords


def prompt_set_words(tag: str | None) -> "PromptSetWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.prompt_sets.es import ES

        return ES
    from mi_cli.words.prompt_sets.en import EN

    return EN
