"""The texts of the accounting of disclosures (`mi disclosures accounting`), which is the client's to read."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.accounting.model import AccountingWords

accounting_words: "Selector[AccountingWords]" = Selector(__name__)
