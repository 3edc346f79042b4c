"""The texts of the accounting of disclosures (`mi disclosures accounting`), which is the client's to read."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import language_of

if TYPE_CHECKING:
    from mi_cli.words.accounting.model import AccountingWords


def accounting_words(tag: str | None) -> "AccountingWords":
    """Returns the texts in the language of a tag such as `es` or `es-MX`: English for any that is not spoken."""
    if language_of(tag or "") == "es":
        from mi_cli.words.accounting.es import ES

        return ES
    from mi_cli.words.accounting.en import EN

    return EN
