"""The texts of the consent form that the client signs."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.form.model import FormWords


def form_words(tag: str | None) -> "FormWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.form.es import ES

        return ES
    from mi_cli.words.form.en import EN

    return EN
