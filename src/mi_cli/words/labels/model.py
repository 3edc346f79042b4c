"""The shape of the names of consent and handoff's closed sets."""

from collections.abc import Mapping

from mi_cli.records.consent import Element
from mi_cli.records.terms import Basis, Capacity, Category, HandoffPart, Purpose, RecipientKind
from mi_cli.words.texts import Texts


class LabelWords(Texts):
    """A name for each member of each set. They stand within sentences, so none begins with a capital letter.

    `handoff.scope.PARTS` says which parts a category has. The names of the parts are printed on the form, which the
    client signs, and on the cover, which the recipient reads: so none of them says "my" or "the client's".
    """

    categories: Mapping[Category, str]
    parts: Mapping[HandoffPart, str]
    purposes: Mapping[Purpose, str]
    recipients: Mapping[RecipientKind, str]
    bases: Mapping[Basis, str]
    capacities: Mapping[Capacity, str]
    elements: Mapping[Element, str]  # what a valid consent must name (42 CFR 2.31)
    no_end: str  # stands where a consent has no expiry
