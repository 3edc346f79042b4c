"""The texts of the accounting of disclosures in Spanish."""

from typing import Final

from mi_cli.words.accounting.model import AccountingWords

ES: Final = AccountingWords(
    title="Con quién se compartió, {code}: del {since} al {today}",
    nothing="No se compartió nada con nadie en ese tiempo.",
    to="a",
    address="dirección",
    what="qué",
    purpose="para qué",
    basis="permitido por",
    files="como",
    not_known="no se conoce",
    own="Las copias para el propio cliente no figuran aquí.",
)
