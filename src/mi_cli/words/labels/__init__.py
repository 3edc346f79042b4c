"""The names of the categories, purposes, recipients and other closed sets of consent and handoff."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.labels.model import LabelWords


def label_words(tag: str | None) -> "LabelWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.labels.es import ES

        return ES
    from mi_cli.words.labels.en import EN

    return EN
