"""The names of the categories, purposes, recipients and other closed sets of consent and handoff."""

from typing import TYPE_CHECKING

from mi_cli.words.languages import Selector

if TYPE_CHECKING:
    from mi_cli.words.labels.model import LabelWords

label_words: "Selector[LabelWords]" = Selector(__name__)
