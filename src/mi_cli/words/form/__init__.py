"""The words of the consent form: one shape, and a module for each language."""

from mi_cli.words.form.model import FormWords
from mi_cli.words.languages import language_of


def form_words(tag: str | None) -> FormWords:
    """The words for a language tag such as `es` or `es-MX`; English where there are none."""
    if language_of(tag or "") == "es":
        from mi_cli.words.form.es import ES

        return ES
    from mi_cli.words.form.en import EN

    return EN
