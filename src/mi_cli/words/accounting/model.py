"""The shape of the texts of an accounting of disclosures (45 CFR 164.528(b)(2))."""

from mi_cli.words.texts import Texts


class AccountingWords(Texts):
    """The title, the labels of an entry, and what stands where there is no entry. Braces are placeholders."""

    title: str
    nothing: str
    to: str
    address: str
    what: str
    purpose: str
    basis: str
    files: str
    not_known: str
    own: str
