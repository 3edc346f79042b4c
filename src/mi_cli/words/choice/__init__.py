"""The rules by which the next prompt is chosen, said to people: `mi help next`."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.choice.model import ChoiceWords


def choice_words(tag: str | None) -> "ChoiceWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.choice.es import ES

        return ES
    from mi_cli.words.choice.en import EN

    return EN
