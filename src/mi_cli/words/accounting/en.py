"""The texts of the accounting of disclosures in English."""

from typing import Final

from mi_cli.words.accounting.model import AccountingWords

EN: Final = AccountingWords(
    title="With whom it was shared, {code}: {since} to {today}",
    nothing="Nothing was shared with anybody in that time.",
    to="to",
    address="address",
    what="what",
    purpose="what for",
    basis="permitted by",
    files="as",
    not_known="not known",
    own="Copies for the client are not listed here.",
)
