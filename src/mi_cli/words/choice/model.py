"""The shape of the texts about the choice of the next prompt."""

from collections.abc import Mapping

from mi_cli.records.text_keys import Need, RuleName
from mi_cli.words.texts import Texts


class ChoiceWords(Texts):
    """For each rule what it offers and why, and for each need what must be so."""

    title: str
    order: tuple[str, ...]
    rules_title: str
    offers: Mapping[RuleName, str]
    reasons: Mapping[RuleName, str]
    source: str  # of a {source}
    needs_title: str
    needs: Mapping[Need, str]
